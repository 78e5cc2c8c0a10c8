"""The short answer at the top: clear, undecided and equal, each where it belongs."""

import re
from dataclasses import replace

import pytest
from rich.console import Console

from analysis.language import Words
from analysis.screen import show
from analysis.short_answer import MOST_NAMED, short_answer
from tests.analysis.comparisons import comparison


@pytest.mark.parametrize(
    ("language", "clear", "more", "none"),
    [("da", "A over for B: klart ", r"og (\d+) mål til", "ingen klare forskelle"),
     ("en", "A against B: clearly ", r"and (\d+) more", "no clear differences")],
)  # fmt: skip
def test_a_clear_difference_is_said_and_an_equal_one_is_not(
    language: str, clear: str, more: str, none: str
) -> None:
    words = Words(language)
    far, same = comparison(0.0, 5.0), comparison(0.0, 0.0)
    said = short_answer(far, words)
    assert len(said) == 1
    assert said[0].startswith(clear)
    counted = sum(map(int, re.findall(more, said[0])))
    assert said[0].count(" (") + counted == len(far.main)
    equal = short_answer(same, words)
    assert len(equal) == 1
    assert none in equal[0]


def test_what_is_undecided_is_said_apart() -> None:
    words, half = Words("en"), comparison(0.0, 1.0)
    verdicts = [half.differences["A", "B", row.name].verdict for row in half.main]
    undecided = verdicts.count("unsettled")
    assert undecided > 0
    sentence = short_answer(half, words)[-1]
    assert sentence.startswith("A against B, undecided: ")
    named = [
        row
        for row, verdict in zip(half.main, verdicts, strict=True)
        if verdict == "unsettled" and words.label(row) in sentence
    ]
    assert len(named) >= min(undecided, MOST_NAMED)


def test_the_largest_difference_comes_first_with_its_amount() -> None:
    far, words = comparison(0.0, 5.0), Words("en")
    worse = [row for row in far.main if row.direction == 1]  # A lies below B in everything
    largest = max(
        worse,
        key=lambda row: (
            abs(far.differences["A", "B", row.name].mean or 0.0) / row.smallest_over(far.weeks)
        ),
    )
    amount = words.value(largest, far.differences["A", "B", largest.name].mean, sign=True)
    assert f"clearly worse on {words.label(largest)} ({amount}" in short_answer(far, words)[0]


def test_the_short_answer_stands_above_the_tables() -> None:
    console = Console(width=80)
    words = Words("da")
    with console.capture() as captured:
        show(comparison(0.0, 5.0, 0.0), words, console)
    text = captured.get()
    assert text.index("Det korte svar") < text.index("Gennemsnit af")
    for pair in ("A over for B", "A over for C", "B over for C"):
        assert text.index(pair) < text.index("Gennemsnit af")
    with console.capture() as captured:
        show(comparison(0.0), words, console)
    assert "Det korte svar" not in captured.get()


@pytest.mark.parametrize(
    ("language", "said"), [("da", "intet kan afgøres"), ("en", "nothing can be settled")]
)
def test_one_run_settles_nothing(language: str, said: str) -> None:
    one = replace(comparison(0.0, 0.0), runs=1)
    sentence = short_answer(one, Words(language))[0]
    assert said in sentence
    assert "klar" not in sentence
