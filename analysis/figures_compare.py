"""Figures without time: what the hours went to, and the paired differences."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from analysis.comparison import Comparison, Model
from analysis.figures import (
    BLUE,
    FIELD,
    GREEN,
    INK,
    VERMILION,
    WIDTH,
    Drawing,
    broken,
    new_figure,
    styled,
    to_svg,
)
from analysis.language import Words
from analysis.paired import Difference
from simulation.observables import Observable

PRICE: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("meeting", "hours_meeting", {"facecolor": BLUE}),
    (
        "coordination",
        "hours_coordination",
        {"facecolor": "white", "hatch": "////", "edgecolor": GREEN},
    ),
    ("work", "hours_work", {"facecolor": FIELD}),
    ("double", "double_hours", {"facecolor": "white", "hatch": "xxx", "edgecolor": VERMILION}),
    ("activities", "hours_activities", {"facecolor": "white", "hatch": "...", "edgecolor": BLUE}),
    ("upkeep", "hours_upkeep", {"facecolor": "white"}),
    ("torn", "hours_torn", {"facecolor": "white", "hatch": "\\\\\\\\", "edgecolor": VERMILION}),
)
PAIRS_IN_A_ROW: Final = 3
LETTERS_OF_A_NAME: Final = 34
SETTLED: Final = frozenset({"better", "worse", "more", "less", "equal"})


def price(comparison: Comparison, words: Words) -> Drawing:
    """Hours a week by what they went to, one bar a model."""
    said = []
    with styled():
        names = [_model_name(model, words) for model in comparison.models]
        lines = max(name.count("\n") + 1 for name in names)
        figure, grid = new_figure(max(0.55, 0.2 * lines) * len(names) + 1.3)
        axes = grid[0, 0]
        for place, model in enumerate(comparison.models):
            hours = {
                part: (comparison.means[model.letter, name].mean or 0.0) / comparison.weeks
                for part, name, _ in PRICE
            }
            left = 0.0
            for part, _, style in PRICE:
                axes.barh(place, hours[part], 0.62, left, linewidth=0.6,
                          label=words(f"report.short_{part}") if place == 0 else None,
                          **{"edgecolor": INK, **style})  # fmt: skip
                if hours[part] > 0.06 * sum(hours.values()):
                    write_inside(axes, left + hours[part] / 2, place, words.number(hours[part], 0))
                left += hours[part]
            axes.annotate(words.number(left, 0), (left, place), xytext=(6, 0), va="center",
                          textcoords="offset points", fontweight="bold")  # fmt: skip
            said.append(_said(words, model, hours))
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlabel(words("report.hours_axis"))
        axes.margins(x=0.08)
        figure.legend(loc="outside upper center", ncols=4, frameon=False)
        return to_svg(figure, "price", words("report.alt_hours", summary=" ".join(said)))


def _model_name(model: Model, words: Words) -> str:
    """Names of joined models are long; on one line they would leave no room for the bars."""
    return broken(f"{model.letter} {model.name(words.language)}", LETTERS_OF_A_NAME)


def write_inside(axes: Any, x: float, y: float, text: str) -> None:
    """A number that stays legible on any hatching."""
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
    axes.text(x, y, text, ha="center", va="center", fontsize=9, bbox=paper)


def _said(words: Words, model: Model, hours: dict[str, float]) -> str:
    numbers = {part: words.number(value, 0) for part, value in hours.items()}
    return words("report.alt_hours_model", model=model.letter, **numbers)


class Lettered(Protocol):
    """A model by the letter that stands for it."""

    @property
    def letter(self) -> str:
        """A, B, ..."""


class Compared(Protocol):
    """What has differences to draw: a comparison, or the findings of a sweep."""

    @property
    def main(self) -> list[Observable]:
        """Rows."""

    @property
    def pairs(self) -> Sequence[tuple[Lettered, Lettered]]:
        """Panels."""

    @property
    def differences(self) -> dict[tuple[str, str, str], Difference]:
        """By first letter, second letter, observable."""

    @property
    def weeks(self) -> int:
        """Length of a run: smallest effects of flows add up over it."""


def effects(comparison: Compared, words: Words) -> Drawing:
    """Paired differences in units of the smallest effect, right is better for the first."""
    rows, pairs = comparison.main, comparison.pairs
    columns = min(PAIRS_IN_A_ROW, len(pairs))
    bands = -(-len(pairs) // columns)
    with styled():
        figure, grid = new_figure((0.29 * len(rows) + 1.1) * bands, columns, bands, sharey=True,
                                  sharex=True)  # fmt: skip
        figure.set_figwidth(WIDTH)
        for axes, (first, second) in zip(grid.flat, pairs, strict=False):
            for line, row in enumerate(rows):
                difference = comparison.differences[first.letter, second.letter, row.name]
                _draw_difference(axes, line, row, difference, comparison.weeks)
            _dress(axes, len(rows))
            _say_sides(axes, words, first, second)
        for axes in grid.flat[len(pairs) :]:
            axes.set_visible(False)
        for band in grid:
            band[0].set_yticks(
                range(len(rows)), [_row_name(words, row) for row in rows], fontsize=8.5
            )
        figure.supxlabel(words("report.differences_axis"), fontsize=10)
        return to_svg(figure, "effects", words("report.alt_effects"))


def _draw_difference(
    axes: Any, line: int, row: Observable, difference: Difference, weeks: int
) -> None:
    if difference.mean is None or difference.low is None or difference.high is None:
        axes.text(0, line, "—", ha="center", va="center")
        return
    scale = (row.direction or 1) / row.smallest_over(weeks)
    settled = difference.verdict in SETTLED
    axes.plot(
        [difference.low * scale, difference.high * scale], [line, line], color=BLUE, linewidth=2
    )
    axes.plot(
        difference.mean * scale,
        line,
        marker="o" if row.direction else "s",
        markersize=6,
        color=BLUE,
        markerfacecolor=BLUE if settled else "white",
    )


def _dress(axes: Any, rows: int) -> None:
    """The band of the smallest effect, a scale that is even within it and logarithmic beyond."""
    axes.axvspan(-1, 1, color=FIELD, zorder=0)
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xscale("symlog", linthresh=1.0, linscale=0.6)
    reach = max(10.0, *(abs(end) for end in axes.get_xlim()))
    axes.set_xlim(-reach, reach)
    ticks = [tick for tick in (1, 10, 100, 1000) if tick <= reach]
    marks = [*(-tick for tick in reversed(ticks)), 0, *ticks]
    axes.set_xticks(marks, [str(mark).replace("-", "−") for mark in marks])
    axes.minorticks_off()
    axes.set_ylim(rows - 0.4, -0.6)
    axes.grid(axis="y", color=FIELD, linewidth=0.8)
    axes.tick_params(axis="y", length=0)


def _say_sides(axes: Any, words: Words, first: Lettered, second: Lettered) -> None:
    """Which side is whose, above the panel."""
    left = words("report.second_best", letter=second.letter)
    right = words("report.first_best", letter=first.letter)
    axes.set_title(left, loc="left", fontsize=9)
    axes.set_title(f"{first.letter} − {second.letter}", loc="center", fontweight="bold")
    axes.set_title(right, loc="right", fontsize=9)


def _row_name(words: Words, row: Observable) -> str:
    return broken(words.label(row), 38)
