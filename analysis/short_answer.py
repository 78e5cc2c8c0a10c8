"""The short answer of a comparison: per pair of models what is clear and what is undecided."""

from typing import Final

from analysis.comparison import Comparison, Model
from analysis.language import Words, is_plain_number

IN_ORDER: Final = ("better", "worse", "more", "less")
MOST_NAMED: Final = 4  # observables named with one verdict before the rest is only counted


def short_answer(comparison: Comparison, words: Words) -> list[str]:
    """One or two sentences a pair, from the main observables.

    Clear is a difference whose whole interval lies beyond the smallest effect of interest;
    undecided is one whose interval reaches both inside and beyond it. The rest is practically
    equal. The largest differences, measured in smallest effects, come first.
    """
    said = []
    for first, second in comparison.pairs:
        letters = {"first": first.letter, "second": second.letter}
        by_verdict = _by_verdict(comparison, words, first, second)
        clear = [
            words(f"short.{verdict}", list=_named(words, by_verdict[verdict]))
            for verdict in IN_ORDER
            if verdict in by_verdict
        ]
        if comparison.runs < 2:
            said.append(words("short.one_run", **letters))
        elif clear:
            said.append(words("short.clear", **letters, list="; ".join(clear)))
        else:
            said.append(words("short.none_clear", **letters))
        if "unsettled" in by_verdict:
            listed = _named(words, by_verdict["unsettled"])
            said.append(words("short.undecided", **letters, list=listed))
    return said


def _by_verdict(
    comparison: Comparison, words: Words, first: Model, second: Model
) -> dict[str, list[str]]:
    """Main observables by verdict as they are told, the largest difference first."""
    ranked = []
    for row in comparison.main:
        found = comparison.differences[first.letter, second.letter, row.name]
        smallest = row.smallest_over(comparison.weeks)
        size = abs(found.mean or 0.0) / smallest if smallest else 0.0
        told = words.label(row)
        if found.verdict in IN_ORDER:
            amount = words.value(row, found.mean, sign=True)
            unit = "" if is_plain_number(row) else f" {words.unit(row, difference=True)}"
            told = f"{told} ({amount}{unit})"
        ranked.append((size, found.verdict, told))
    ranked.sort(key=lambda one: -one[0])
    sorted_out: dict[str, list[str]] = {}
    for _, verdict, told in ranked:
        sorted_out.setdefault(verdict, []).append(told)
    return sorted_out


def _named(words: Words, told: list[str]) -> str:
    listed = ", ".join(told[:MOST_NAMED])
    left = len(told) - MOST_NAMED
    return words("short.and_more", list=listed, count=left) if left > 0 else listed
