"""The comparison on a terminal of 80 columns or more.

Models are letters in the tables, explained above them, so that three models and their three
differences fit side by side.
"""

from collections.abc import Sequence
from typing import Final, TypeVar

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cells import (
    difference_cell,
    effect_and_chance_cell,
    label_with_unit,
    mean_cell,
    warnings,
)
from analysis.comparison import Comparison, Model
from analysis.language import Words
from analysis.paired import Difference
from analysis.short_answer import short_answer
from simulation.observables import Observable

Item = TypeVar("Item")

NARROW: Final = 80  # also the width when there is no terminal
LABEL_WIDTH: Final = 27
WIDEST_LABEL: Final = 60
CELL_WIDTH: Final = 16
PADDING: Final = 1
SETTLED: Final = frozenset({"better", "worse", "more", "less"})


def show(comparison: Comparison, words: Words, console: Console) -> None:
    """Print the models, the short answer, their means, and all paired differences."""
    for model in comparison.models:
        console.print(Text(f" {model.letter}  {model.name(words.language)} ({model.key})"))
    console.print()
    if comparison.pairs:
        _show_short_answer(comparison, words, console)
    _show_means(comparison, words, console)
    if comparison.pairs:
        _show_differences(comparison, words, console)
    else:
        console.print(Text(words("screen.only_one")))
    for sentence in warnings(words, comparison):
        console.print(Text(f"! {sentence}"))
    console.print(Text(words("screen.caution")))


def _show_short_answer(comparison: Comparison, words: Words, console: Console) -> None:
    console.print(Text(words("short.title"), style="bold"))
    for sentence in short_answer(comparison, words):
        console.print(Padding(Text(sentence), (0, 0, 0, 2)))
    console.print(Text(words("short.read")))
    console.print()


def _show_means(comparison: Comparison, words: Words, console: Console) -> None:
    for models in _portions(comparison.models, _columns_that_fit(console.width, CELL_WIDTH)):
        title = words("screen.means_title", runs=comparison.runs)
        table = _table(title, words, console.width - len(models) * (CELL_WIDTH + PADDING))
        for model in models:
            table.add_column(model.letter, justify="right", width=CELL_WIDTH, no_wrap=True)
        for row in comparison.main:
            cells = [mean_cell(words, row, comparison.means[m.letter, row.name]) for m in models]
            table.add_row(label_with_unit(words, row), *cells)
        console.print(table)


def _show_differences(comparison: Comparison, words: Words, console: Console) -> None:
    for pairs in _portions(comparison.pairs, _columns_that_fit(console.width, CELL_WIDTH)):
        room = console.width - len(pairs) * (CELL_WIDTH + PADDING)
        title = "differences_title" if comparison.shares_world else "differences_title_other_worlds"
        table = _table(words(f"screen.{title}"), words, room)
        for first, second in pairs:
            heading = f"{first.letter} − {second.letter}"
            table.add_column(heading, justify="right", width=CELL_WIDTH)
        for row in comparison.main:
            cells = [_difference_text(comparison, words, row, *pair) for pair in pairs]
            table.add_row(label_with_unit(words, row, difference=True), *cells)
        console.print(table)
    console.print(Text(words("screen.marks")))
    shown = len(comparison.pairs) * len(comparison.main)
    console.print(Text(words("screen.marks_read", shown=shown)))
    console.print(Text(words("screen.second_line_read")))


def _difference_text(
    comparison: Comparison, words: Words, row: Observable, first: Model, second: Model
) -> Text:
    """Difference, interval and verdict; below them the standardised effect and P(first better)."""
    difference: Difference = comparison.differences[first.letter, second.letter, row.name]
    text = difference_cell(words, row, difference)
    if difference.verdict != "undefined":
        text = f"{text} {words('mark.' + difference.verdict)}"
    shown = Text(text, style="bold" if difference.verdict in SETTLED else "")
    if difference.verdict != "undefined":
        shown.append(f"\n{effect_and_chance_cell(words, difference)}", style="not bold dim")
    return shown


def _table(title: str, words: Words, room: int) -> Table:
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        padding=(0, PADDING, 0, 0),
        pad_edge=False,
    )
    label_width = max(LABEL_WIDTH, min(room - 2 - PADDING, WIDEST_LABEL))
    table.add_column(words("screen.observable"), width=label_width)
    return table


def _columns_that_fit(console_width: int, column_width: int) -> int:
    return max(1, (console_width - LABEL_WIDTH - PADDING - 1) // (column_width + PADDING))


def _portions(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
