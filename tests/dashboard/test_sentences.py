"""Both languages say the same things, and nothing is left unsaid or said in vain."""

import string
import tomllib
from pathlib import Path

import dashboard
from analysis.language import LANGUAGES
from dashboard.sentences import sentences
from simulation.vocabulary import N_STEPS

FOLDER = Path(dashboard.__file__).parent
SOURCES = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.vue"), FOLDER.parent / "trappe" / "dashboard.py"]


def leaves(language):
    def walk(table, path):
        for key, value in table.items():
            if isinstance(value, dict):
                yield from walk(value, (*path, key))
            else:
                yield ".".join((*path, key)), value

    text = (FOLDER / "words" / f"{language}.toml").read_text("utf-8")
    return dict(walk(tomllib.loads(text), ()))


def fields(sentence):
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field}


def test_both_languages_have_the_same_sentences_with_the_same_places():
    danish, english = leaves("da"), leaves("en")
    assert danish.keys() == english.keys()
    for key, sentence in danish.items():
        assert sentence.strip()
        assert fields(sentence) == fields(english[key]), key


def test_steps_are_called_the_same_in_the_figure_as_in_tables_and_reports():
    for language in LANGUAGES:
        words = sentences(language)
        for step in range(N_STEPS):
            label = words(f"figure.staircase.label_{step}", share="").replace("|", " ").strip()
            assert label == words(f"step.{step}")


def test_every_sentence_is_used():
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    families = (
        "lever.",
        "part.",
        "cannot.",
        "figure.staircase.label_",
        "figure.price.",
        "key.",
        "figure.",
    )
    for key in leaves("da"):
        last = key.rsplit(".", 1)[-1]
        said = key in code or f".{last}" in code or f'"{last}"' in code or f"_{last}" in code
        assert said or key.startswith(families), key


def test_no_danish_is_left_in_the_code():
    for path in SOURCES:
        if path.suffix == ".vue":
            assert not set("æøåÆØÅ") & set(path.read_text("utf-8")), path
