"""Both languages say the same things, and numbers are written as people write them."""

import re
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cells import difference_cell, interval_cell
from analysis.language import LANGUAGES, Words, _table, decimals_of
from analysis.paired import Difference
from simulation.observables import OBSERVABLES
from simulation.vocabulary import EVENTS, SIZES, THEMES


def flat(table: dict[str, Any], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        path = f"{above}.{key}" if above else key
        found |= flat(value, path) if isinstance(value, dict) else {path: value}
    return found


def holes(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize(
    ("mean", "half", "shown"),
    [
        (0.03, 0.02, "+0,03 ±0,02"),  # would round to 0,0 ±0,0, as if nothing were there
        (-0.0004, 0.0003, "−0,0004 ±0,0003"),
        (0.0, 0.02, "0,00 ±0,02"),
        (3.0, 2.0, "+3,0 ±2,0"),
        (0.04, 0.0, "+0,04 ±0,00"),
        (0.0, 0.0, "0,0 ±0,0"),
        (1e-12, 1e-13, "0,0 ±0,0"),
    ],
)
def test_a_difference_that_is_not_zero_does_not_read_as_zero(
    mean: float, half: float, shown: str
) -> None:
    row = next(one for one in OBSERVABLES.values() if decimals_of(one) == 1 and one.unit != "share")
    found = Difference(9, 0, mean, mean - half, mean + half, 0.95, 0.0, None, "unsettled", False)
    assert difference_cell(Words("da"), row, found) == shown


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (-1.98, -1.96, "−1,98 … −1,96"),  # would read −2,0 … −2,0 beside a limit of 2,0
        (-2.004, -1.0, "−2,004 … −1,000"),
        (-2.0, -1.0, "−2,0 … −1,0"),  # on it
        (-1.5, 2.5, "−1,5 … +2,5"),
    ],
)
def test_an_interval_shows_on_which_side_of_the_limit_it_ends(
    low: float, high: float, shown: str
) -> None:
    row = next(one for one in OBSERVABLES.values() if decimals_of(one) == 1 and one.unit != "share")
    found = Difference(9, 0, low, low, high, 0.95, 0.0, None, "unsettled", False)
    assert interval_cell(Words("da"), row, found, smallest=2.0) == shown


def test_both_languages_have_the_same_sentences_with_the_same_holes() -> None:
    danish, english = (flat(_table(language)) for language in LANGUAGES)
    assert danish.keys() == english.keys()
    for key in danish:
        assert holes(danish[key]) == holes(english[key]), key


def test_a_body_is_called_organ_in_danish() -> None:
    spoken = re.sub(r"\{\w+\}", "", " ".join(flat(_table("da")).values()).lower())
    assert not re.search(r"\b(forum|forums|fora)\b", spoken)


def test_quotation_marks_are_those_of_the_language() -> None:
    danish, english = (" ".join(flat(_table(language)).values()) for language in LANGUAGES)
    assert not set("“”") & set(danish)
    assert not set("»«") & set(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_theme_size_and_unit_has_its_words(language: str) -> None:
    table = flat(_table(language))
    by_level = {"settled", "case_finished"}
    two_ways = {"advised"}
    assert {f"event.{kind}" for kind in EVENTS if kind not in by_level | two_ways} <= table.keys()
    assert {
        f"event.{kind}_{way}" for kind in two_ways for way in ("for", "against")
    } <= table.keys()
    assert {f"event.{kind}_{step}" for kind in by_level for step in range(5)} <= table.keys()
    assert {f"theme.{theme}" for theme in THEMES} <= table.keys()
    assert {f"size.{size}" for size in SIZES[1:]} <= table.keys()
    units = {row.unit for row in OBSERVABLES.values()} - {"0–1"}
    assert {f"units.{unit}" for unit in units} <= table.keys()


@pytest.mark.parametrize(
    ("language", "value", "decimals", "expected"),
    [
        ("da", 1234567.891, 1, "1.234.567,9"),
        ("en", 1234567.891, 1, "1,234,567.9"),
        ("da", -0.25, 2, "−0,25"),
        ("da", -0.001, 2, "0,00"),  # no minus before nothing
        ("en", float("nan"), 2, "—"),
        ("en", None, 2, "—"),
        ("en", float("inf"), 0, "∞"),
    ],
)
def test_numbers(language: str, value: float | None, decimals: int, expected: str) -> None:
    assert Words(language).number(value, decimals) == expected


def test_signs_and_shares() -> None:
    words = Words("da")
    assert words.value(OBSERVABLES["share_joint"], 0.1234, sign=True) == "+12,3"
    assert words.unit(OBSERVABLES["share_joint"]) == "%"
    assert words.unit(OBSERVABLES["share_joint"], difference=True) == "procentpoint"


@given(st.sampled_from(sorted(OBSERVABLES)))
def test_the_smallest_effect_can_be_seen_in_a_table(name: str) -> None:
    row = OBSERVABLES[name]
    assert any(digit in "123456789" for digit in Words("en").value(row, row.smallest_effect))
    assert 0 <= decimals_of(row) <= 4


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no such language"):
        Words("sv")


@pytest.mark.parametrize(("count", "said"), [(1, "1 kørsel"), ("1", "1 kørsel"), (2, "2 kørsler")])
def test_one_is_not_said_in_the_plural(count: object, said: str) -> None:
    assert said in Words("da")("report.main_text", runs=count)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("da", "26. november 2026 kl. 10:48:31 UTC"),
        ("en", "26 November 2026, 10:48:31 UTC"),
    ],
)
def test_times_are_said_as_people_say_them(language: str, said: str) -> None:
    words = Words(language)
    assert words.moment("2026-11-26T10:48:31+00:00") == said
    assert words.moment("—") == "—"
