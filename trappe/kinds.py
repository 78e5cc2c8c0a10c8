"""What kind of file a YAML file seems to be, so that a wrong one is told by its own rules."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

Kind = Literal["scenario", "experiment", "pattern"]

LIKE: Final = 0.75  # how alike a misspelt field and a field are
ARTICLE: Final = {"experiment": "an experiment file", "pattern": "a pattern file"}
COMMAND: Final = {"experiment": "sweep", "pattern": "patterns"}


def kind_of(name_or_path: str) -> Kind:
    """The kind whose fields stand at the top, misspelt ones too; a scenario where in doubt.

    Raises ``ScenarioError`` for a file that cannot be read.
    """
    from experiments.experiment_schema import ExperimentFile
    from experiments.patterns.reading import MANY
    from experiments.patterns.schema import Pattern
    from scenarios.composing import SUFFIXES
    from scenarios.explaining import fields_at
    from scenarios.reading import read

    file = Path(name_or_path)
    if file.suffix not in SUFFIXES or not file.is_file():
        return "scenario"
    given = read(file).data
    fields: dict[Kind, list[str]] = {
        "scenario": fields_at(()),
        "experiment": list(ExperimentFile.model_fields),
        "pattern": [*Pattern.model_fields, MANY],
    }
    return max(fields, key=lambda kind: _fitting(given, fields[kind]))


def _fitting(given: Iterable[str], fields: list[str]) -> float:
    return sum(
        1.0 if key in fields else 0.7 * bool(get_close_matches(key, fields, n=1, cutoff=LIKE))
        for key in given
    )


def refuse_other_kinds(name_or_path: str) -> None:
    """Stop where a scenario is wanted and the file is of another kind, with what is wrong in it.

    Raises ``ScenarioError``.
    """
    from scenarios import ScenarioError
    from scenarios.errors import Place, explain

    kind = kind_of(name_or_path)
    if kind == "scenario":
        return
    wrong = ""
    try:
        check_as(kind, name_or_path)
    except ScenarioError as reason:
        wrong = f". In it, {reason}"
    raise explain(
        f"this seems to be {ARTICLE[kind]}, not an organisation model; "
        f"use: trappe {COMMAND[kind]} {name_or_path}{wrong}",
        place=Place(name_or_path, 0),
    )


def check_as(kind: Kind, path: str) -> None:
    """Read the file as what it is. Raises ``ScenarioError`` with the first thing wrong in it."""
    if kind == "experiment":
        from experiments.experiment import load_experiment

        load_experiment(path)
    elif kind == "pattern":
        from experiments.patterns.reading import read_patterns
        from experiments.patterns.settling import prepared

        for one in read_patterns([Path(path)]):
            prepared(one)
