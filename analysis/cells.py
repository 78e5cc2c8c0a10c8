"""Numbers as they stand in a table cell, on screen and in the report alike."""

from analysis.comparison import Comparison, Model
from analysis.language import (
    ENOUGH_RUNS,
    MOST_EXTRA_DECIMALS,
    PLUS_MINUS,
    Words,
    decimals_of,
    decimals_to_see,
    few_runs,
    listed,
    scale_of,
)
from analysis.paired import Difference, Mean
from simulation.observables import Observable


def mean_cell(words: Words, observable: Observable, mean: Mean) -> str:
    """``0,431 ±0,004``; an em dash where no run defines it."""
    text = words.value(observable, mean.mean)
    if mean.low is None or mean.high is None:
        return text
    return f"{text} {PLUS_MINUS}{half_width(words, observable, mean.low, mean.high)}"


def difference_cell(words: Words, observable: Observable, difference: Difference) -> str:
    """``+0,123 ±0,006``; an em dash where it cannot be computed."""
    if difference.low is None or difference.high is None:
        return "—"
    decimals = decimals_of_difference(observable, difference)
    half = (difference.high - difference.low) / 2.0
    text = words.value(observable, difference.mean, sign=True, decimals=decimals)
    return f"{text} {PLUS_MINUS}{words.value(observable, half, decimals=decimals)}"


def decimals_of_difference(
    observable: Observable, difference: Difference, smallest: float | None = None
) -> int:
    """Enough that neither an interval nor, where it has no width, a difference rounds to zero.

    With the ``smallest`` difference of interest beside it, also enough to see on which side of it
    an end of the interval lies.
    """
    if difference.low is None or difference.high is None:
        return decimals_of(observable)
    half = (difference.high - difference.low) / 2.0
    decimals = decimals_to_see(observable, half or difference.mean or 0.0)
    ends = [abs(end) * scale_of(observable) for end in (difference.low, difference.high)]
    limit = None if smallest is None else smallest * scale_of(observable)
    more = range(decimals, decimals_of(observable) + MOST_EXTRA_DECIMALS + 1)
    return next((one for one in more if not _touches(ends, limit, one)), decimals)


def _touches(ends: list[float], limit: float | None, decimals: int) -> bool:
    """Whether an end reads as the limit."""
    return limit is not None and any(round(end, decimals) == round(limit, decimals) for end in ends)


def interval_cell(
    words: Words, observable: Observable, difference: Difference, smallest: float
) -> str:
    """``+0,117 … +0,129``; an em dash where there is none. ``smallest`` stands beside it."""
    if difference.low is None or difference.high is None:
        return "—"
    decimals = decimals_of_difference(observable, difference, smallest)
    ends = (difference.low, difference.high)
    return " … ".join(words.value(observable, end, sign=True, decimals=decimals) for end in ends)


def half_width(words: Words, observable: Observable, low: float, high: float) -> str:
    """Half the width of an interval, rounded like the value it belongs to."""
    half = (high - low) / 2.0 * scale_of(observable)
    return words.number(half, decimals_of(observable))


def chance_cell(words: Words, difference: Difference) -> str:
    """Share of runs in which the first is better, as per cent; an em dash without direction."""
    if difference.probability_better is None:
        return "—"
    return f"{words.number(100.0 * difference.probability_better, 0)} %"


def effect_and_chance_cell(words: Words, difference: Difference) -> str:
    """``d −1,2 P 4 %``: d_av and the share of runs in which the first is better."""
    effect = "—"
    if difference.effect is not None:
        effect = words.number(difference.effect, 1, sign=True)
    return f"d {effect} P {chance_cell(words, difference)}"


def label_with_unit(words: Words, observable: Observable, difference: bool = False) -> str:
    """``tillid mellem organisationer (0–1)``."""
    return f"{words.label(observable)} ({words.unit(observable, difference)})"


def warnings(words: Words, comparison: Comparison) -> list[str]:
    """Everything about these very numbers that a reader must be told, in whole sentences."""
    told = [words("warning.identical", list=listed(group, words)) for group in comparison.identical]
    if comparison.runs < ENOUGH_RUNS:
        told.append(words(few_runs(comparison.runs), runs=comparison.runs))
    hours = [model.hours_a_week for model in comparison.models]
    if max(hours) > 1.01 * min(hours):
        parts = (
            f"{model.letter}: {words.number(model.hours_a_week, 0)}" for model in comparison.models
        )
        told.append(words("warning.hours", hours=", ".join(parts)))
    if not comparison.shares_world:
        told.append(words("warning.other_worlds"))
    told += [
        words("warning.missing", observable=words.label(row), counts=_counts(comparison, row))
        for row in comparison.main
        if any(comparison.means[model.letter, row.name].missing for model in comparison.models)
    ]
    skewed = [
        (first, second, row)
        for first, second in comparison.pairs
        for row in comparison.main
        if _is_skewed(comparison, first, second, row)
    ]
    if skewed and comparison.runs >= ENOUGH_RUNS:
        names = dict.fromkeys(words.label(row) for _, _, row in skewed)
        shown = len(comparison.pairs) * len(comparison.main)
        told.append(
            words(
                "warning.skewed_many",
                count=len(skewed),
                shown=shown,
                observables="; ".join(names),
            )
        )
    return told


def _is_skewed(comparison: Comparison, first: Model, second: Model, row: Observable) -> bool:
    difference = comparison.differences[first.letter, second.letter, row.name]
    return difference.skewed and difference.verdict != "undefined"


def _counts(comparison: Comparison, row: Observable) -> str:
    """``A: 180/200, B: 200/200``."""
    return ", ".join(
        f"{model.letter}: {comparison.means[model.letter, row.name].runs}/{comparison.runs}"
        for model in comparison.models
    )
