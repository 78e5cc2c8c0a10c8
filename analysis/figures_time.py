"""Figures with time along the bottom: the staircase, relations, trust, attention, waits."""

from typing import Any, Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from analysis.comparison import DECISION_SIZES, Comparison, Floats, quarter_middles
from analysis.figures import (
    BLUE,
    FAINT,
    FIELD,
    GREEN,
    INK,
    PURPLE,
    VERMILION,
    Drawing,
    broken,
    end_labels,
    look,
    new_figure,
    styled,
    to_svg,
)
from analysis.language import Words
from experiments.jobs import WEEKS_PER_QUARTER
from simulation.observables import OBSERVABLES
from simulation.vocabulary import SIZES

LAYERS: Final[tuple[dict[str, Any], ...]] = (
    {"facecolor": FIELD, "hatch": ""},
    {"facecolor": "white", "hatch": "....", "edgecolor": PURPLE},
    {"facecolor": "white", "hatch": "////", "edgecolor": GREEN},
    {"facecolor": BLUE, "hatch": ""},
    {"facecolor": VERMILION, "hatch": "xx"},
)
PANELS_IN_A_ROW: Final = 3
PANEL_HEIGHT: Final = 2.9
WIDTH_OF_LEGEND: Final = 135  # letters of its size beside one another, lines and gaps among them
SMALLEST_EFFECTS_SHOWN: Final = 10  # the smallest effect of interest is a tenth of the height


def staircase(comparison: Comparison, words: Words) -> Drawing:
    """Share of finished cases on each step per quarter, one panel a model."""
    names = [words(f"step.{step}") for step in range(5)]
    summary = " ".join(
        words(
            "report.alt_staircase_model",
            model=model.letter,
            alone=words.number(100 * comparison.steps[model.letter][-1, 0], 0),
            joint=words.number(100 * comparison.steps[model.letter][-1, 3:].sum(), 0),
        )
        for model in comparison.models
    )
    alt = words("report.alt_staircase", summary=summary)
    return _stacked(comparison, words, comparison.steps, names, "staircase", alt)


def relations(comparison: Comparison, words: Words) -> Drawing:
    """Share of relations on each step per quarter, one panel a model."""
    names = [words("step.untold"), *(words(f"step.{step}") for step in range(1, 5))]
    summary = " ".join(
        words(
            "report.alt_relations_model",
            model=model.letter,
            upper=words.number(100 * comparison.relations[model.letter][-1, 3:].sum(), 0),
        )
        for model in comparison.models
    )
    alt = words("report.alt_relations", summary=summary)
    return _stacked(comparison, words, comparison.relations, names, "relations", alt)


def _stacked(
    comparison: Comparison,
    words: Words,
    shares: dict[str, Floats],
    names: list[str],
    name: str,
    alt: str,
) -> Drawing:
    models = comparison.models
    columns = min(PANELS_IN_A_ROW, len(models))
    rows = -(-len(models) // columns)
    middles = quarter_middles(comparison.weeks)
    with styled():
        figure, grid = new_figure(PANEL_HEIGHT * rows + 0.5, columns, rows, sharey=True)
        for axes, model in zip(grid.flat, models, strict=False):
            bottom = np.zeros(len(middles))
            for layer, look_of_layer in enumerate(LAYERS):
                height = np.nan_to_num(100.0 * shares[model.letter][:, layer])
                axes.bar(middles, height, WEEKS_PER_QUARTER - 1.5, bottom, linewidth=0.4,
                         **{"edgecolor": INK, **look_of_layer})  # fmt: skip
                bottom = bottom + height
            axes.set_title(f"{model.letter}  {broken(model.name(words.language), 26)}")
            axes.set_ylim(0, 100)
            axes.set_xlim(0, comparison.weeks)
            axes.set_xlabel(words("report.weeks_axis"))
        for axes in grid.flat[len(models) :]:
            axes.set_visible(False)
        for row in grid:
            row[0].set_ylabel(words("report.share_axis"))
        patches = [
            Patch(**{"edgecolor": INK, "linewidth": 0.4, **layer}, label=label)
            for layer, label in zip(LAYERS, names, strict=True)
        ]
        figure.legend(handles=patches[::-1], loc="outside upper center", ncols=5, frameon=False,
                      fontsize=9, handlelength=1.6, columnspacing=1.2)  # fmt: skip
        return to_svg(figure, name, alt)


def lines(comparison: Comparison, words: Words, observables: list[str], name: str) -> Drawing:
    """Weekly observables over time with the interval of the mean, one panel each."""
    rows = [OBSERVABLES[key] for key in observables]
    said = []
    with styled():
        figure, grid = new_figure(3.5, len(rows))
        for axes, row in zip(grid.flat, rows, strict=True):
            ends, colours = {}, {}
            for place, model in enumerate(comparison.models):
                curve, style = comparison.curves[model.letter, row.name], look(place)
                axes.plot(
                    curve.weeks, curve.mean, markersize=4, markevery=2, linewidth=1.6, **style
                )
                axes.fill_between(curve.weeks, curve.low, curve.high, color=style["color"],
                                  alpha=0.18, linewidth=0)  # fmt: skip
                ends[model.letter] = float(curve.mean[-1])
                colours[model.letter] = style["color"]
                said.append(
                    words(
                        "report.alt_lines_model",
                        observable=words.label(row),
                        model=model.letter,
                        start=words.number(float(curve.mean[0]), 2),
                        end=words.number(float(curve.mean[-1]), 2),
                    )
                )
            axes.set_title(f"{broken(words.label(row), 44)}\n({words.unit(row)})")
            axes.set_xlabel(words("report.weeks_axis"))
            axes.set_xlim(0, comparison.weeks)
            axes.grid(axis="y", color=FIELD, linewidth=0.8)
            _show_no_less_than(axes, SMALLEST_EFFECTS_SHOWN * row.smallest_effect)
            _decimal_mark(axes, words)
            end_labels(axes, ends, colours, quarter_middles(comparison.weeks)[-1])
        _legend(figure, comparison, words, markers=True)
        alt = words(
            "report.alt_lines",
            names=", ".join(words.label(row) for row in rows),
            summary=" ".join(said),
        )
        return to_svg(figure, name, alt)


def waiting(comparison: Comparison, words: Words) -> Drawing:
    """Kaplan-Meier curves: share still waiting by weeks waited, one panel per size of matter."""
    longest = max(waits.weeks.max(initial=1.0) for waits in comparison.waits.values())
    furthest = min(comparison.weeks, 104, int(longest) + 1)
    with styled():
        figure, grid = new_figure(3.5, len(DECISION_SIZES), sharey=True)
        for axes, size in zip(grid.flat, DECISION_SIZES, strict=True):
            ends, colours = {}, {}
            for place, model in enumerate(comparison.models):
                waits, style = comparison.waits[model.letter, size], look(place)
                kept = waits.weeks <= furthest  # the curve ends where nobody waits any more
                weeks = np.r_[0.0, waits.weeks[kept]]
                share = 100.0 * np.r_[1.0, waits.waiting[kept]]
                axes.step(weeks, share, where="post",
                          linewidth=1.6, color=style["color"],
                          linestyle=style["linestyle"])  # fmt: skip
                ends[model.letter] = float(share[-1])
                colours[model.letter] = style["color"]
            axes.axhline(50, color=FAINT, linewidth=0.8, linestyle=":")
            axes.set_title(words(f"size.{SIZES[size]}"))
            axes.set_xlabel(words("report.weeks_waited"))
            axes.set_ylim(0, 100)
            axes.set_xlim(0, furthest)
            end_labels(axes, ends, colours, furthest)
        grid[0, 0].set_ylabel(words("report.still_waiting"))
        _legend(figure, comparison, words, markers=False)
        return to_svg(figure, "waiting", words("report.alt_waiting"))


def _legend(figure: Figure, comparison: Comparison, words: Words, markers: bool) -> None:
    handles = []
    for place, model in enumerate(comparison.models):
        style = look(place)
        if not markers:
            del style["marker"]
        label = f"{model.letter}  {model.name(words.language)}"
        handles.append(Line2D([], [], linewidth=1.6, markersize=4, label=label, **style))
    longest = max(len(str(handle.get_label())) for handle in handles)
    columns = max(1, min(3, WIDTH_OF_LEGEND // (longest + 6)))  # names that are cut tell nothing
    figure.legend(handles=handles, loc="outside upper center", ncols=columns, frameon=False,
                  fontsize=9, handlelength=3)  # fmt: skip


def _show_no_less_than(axes: Any, span: float) -> None:
    """Keep the scale from blowing up differences too small to matter."""
    low, high = axes.get_ylim()
    missing = max(0.0, span - (high - low)) / 2.0
    axes.set_ylim(low - missing, high + missing)


def _decimal_mark(axes: Any, words: Words) -> None:
    low, high = axes.get_ylim()
    decimals = 2 if high - low < 1 else 1 if high - low < 10 else 0  # ticks lie 0.02 or more apart
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(value, decimals)))
