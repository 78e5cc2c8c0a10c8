"""One comparison under several parameter sets: what holds whichever of them is right."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.cells import label_with_unit
from analysis.comparison import Comparison, Model
from analysis.language import Words
from analysis.paired import Verdict
from simulation.observables import Observable

ORDER: Final[tuple[Verdict, ...]] = (
    "better", "worse", "more", "less", "equal", "unsettled", "undefined",
)  # fmt: skip


def show_across(comparisons: Sequence[Comparison], words: Words, console: Console) -> None:
    """Print, for every pair of models, how often each verdict was reached and the range.

    Args:
        comparisons: one per parameter set, of the same models; at least one.
        words: the language.
        console: where to print.
    """
    for first, second in comparisons[0].pairs:
        told = {"first": first.letter, "second": second.letter, "sets": len(comparisons)}
        table = Table(
            title=words("across.title", **told), title_justify="left", title_style="bold",
            box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False,
        )  # fmt: skip
        table.add_column(words("across.observable"), overflow="fold")
        table.add_column(words("across.verdicts"), no_wrap=True)
        table.add_column(words("across.range"), justify="right", no_wrap=True)
        for row in comparisons[0].main:
            table.add_row(
                label_with_unit(words, row, difference=True),
                _verdicts(comparisons, first, second, row, words),
                _range(comparisons, first, second, row, words),
            )
        console.print(table)
    console.print(Text(words("across.read")))


def across_table(names: Sequence[str], comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """One row per parameter set, pair of models and observable: what the comparison says."""
    rows = [
        {
            "set": name, "first": first, "second": second, "observable": observable,
            "runs": one.runs, "mean": one.mean, "low": one.low, "high": one.high,
            "effect": one.effect, "probability_better": one.probability_better,
            "verdict": one.verdict,
        }
        for name, comparison in zip(names, comparisons, strict=True)
        for (first, second, observable), one in comparison.differences.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def verdict_counts(
    comparisons: Sequence[Comparison], first: Model, second: Model, row: Observable
) -> "Counter[Verdict]":
    """How many parameter sets gave each verdict."""
    key = (first.letter, second.letter, row.name)
    return Counter(one.differences[key].verdict for one in comparisons)


def _verdicts(
    comparisons: Sequence[Comparison], first: Model, second: Model, row: Observable, words: Words
) -> str:
    counts = verdict_counts(comparisons, first, second, row)
    told = [f"{words('mark.' + name)} {counts[name]}" for name in ORDER if counts[name]]
    return "  ".join(told)


def _range(
    comparisons: Sequence[Comparison], first: Model, second: Model, row: Observable, words: Words
) -> str:
    key = (first.letter, second.letter, row.name)
    means = [one.differences[key].mean for one in comparisons]
    known = [mean for mean in means if mean is not None]
    if not known:
        return "—"
    ends = (words.value(row, end, sign=True) for end in (min(known), max(known)))
    return " … ".join(ends)
