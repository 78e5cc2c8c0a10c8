"""What a search for parameters gave, on a terminal."""

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.language import Words
from experiments.calibration.accepted import Accepted
from experiments.calibration.distance import Score
from experiments.calibration.screening import Influence, Space, defaults

DECIMALS: Final = 2


def show_fit(
    kept: Sequence[Accepted],
    reference: Score,
    influences: Sequence[Influence],
    cube: Space,
    fitted: Sequence[str],
    words: Words,
    console: Console,
) -> None:
    """Shortfalls per pattern under the defaults and each kept set, and the sets themselves."""
    console.print(_shortfalls(kept, reference, fitted, words))
    console.print(Text(words("fit.shortfalls_read")))
    console.print()
    console.print(_values(kept, influences, cube, words))
    console.print(Text(words("fit.values_read")))


def _table(title: str, words: Words, kept: Sequence[Accepted]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD,
                  padding=(0, 1, 0, 0), pad_edge=False)  # fmt: skip
    table.add_column("", overflow="fold")
    table.add_column(words("fit.defaults"), justify="right")
    for number in range(1, len(kept) + 1):
        table.add_column(str(number), justify="right")
    return table


def _shortfalls(
    kept: Sequence[Accepted], reference: Score, fitted: Sequence[str], words: Words
) -> Table:
    table = _table(words("fit.shortfalls_title"), words, kept)
    columns = [reference, *(one.score for one in kept)]
    for counted, part in ((True, "patterns.fitted_part"), (False, "patterns.kept_part")):
        names = [name for name in reference.patterns if (name in fitted) == counted]
        if names:
            table.add_row(Text(words(part), style="italic"))
        for name in names:
            cells = [words.number(one.patterns[name], DECIMALS) for one in columns]
            table.add_row(name, *cells)
    totals = [words.number(one.distance, DECIMALS) for one in columns]
    table.add_row(Text(words("fit.distance"), style="bold"), *totals)
    return table


def _values(
    kept: Sequence[Accepted], influences: Sequence[Influence], cube: Space, words: Words
) -> Table:
    table = _table(words("fit.values_title"), words, kept)
    table.add_column(words("fit.range"), justify="right")
    table.add_column(words("fit.influence"), justify="right")
    standard = defaults()
    effects = {one.name: one.effect for one in influences}
    for place, name in enumerate(cube.names):
        cells = [words.number(standard[name], 3)]
        cells += [words.number(one.values[name], 3) for one in kept]
        limits = f"{cube.low[place]:g}–{cube.high[place]:g}"
        table.add_row(name, *cells, limits, words.number(effects[name], 1))
    return table
