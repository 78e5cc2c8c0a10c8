"""Figures of a sweep: the staircase, differences by point, and what the outcome depends on."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from matplotlib.ticker import FuncFormatter

from analysis.figures import BLUE, FIELD, INK, Drawing, broken, new_figure, styled, to_svg
from analysis.figures_compare import write_inside
from analysis.figures_time import LAYERS
from analysis.language import Words, scale_of
from analysis.sweep_findings import Findings
from experiments.factors import Factor
from simulation.observables import Observable

PANELS_IN_A_ROW: Final = 3
LABEL_WIDTH: Final = 34
MOST_DECIMALS: Final = 6
ROOM_FOR_NUMBER: Final = 6.0  # per cent of a bar below which its number is left out


def staircase(findings: Findings, words: Words) -> Drawing:
    """Share of finished cases on each step, one bar a model."""
    said = []
    with styled():
        names = [
            _wrapped(f"{model.letter} {model.name(words.language)}", LABEL_WIDTH)
            for model in findings.models
        ]
        lines = max(name.count("\n") + 1 for name in names)
        figure, grid = new_figure(max(0.6, 0.2 * lines) * len(names) + 1.3)
        axes = grid[0, 0]
        for place, model in enumerate(findings.models):
            shares, left = 100.0 * findings.steps[model.letter], 0.0
            for step, share in enumerate(np.nan_to_num(shares)):
                axes.barh(place, share, 0.62, left, linewidth=0.6,
                          label=words(f"step.{step}") if place == 0 else None,
                          **{"edgecolor": INK, **LAYERS[step]})  # fmt: skip
                if share > ROOM_FOR_NUMBER:
                    write_inside(axes, left + share / 2, place, words.number(share, 0))
                left += share
            said.append(
                words(
                    "findings.alt_staircase_model",
                    model=model.letter,
                    alone=words.number(float(shares[0]), 0),
                    joint=words.number(float(shares[3:].sum()), 0),
                )
            )
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel(words("report.share_axis"))
        figure.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=9)
        alt = words("findings.alt_staircase", summary=" ".join(said))
        return to_svg(figure, "steps", alt)


def by_point(findings: Findings, words: Words) -> Drawing:
    """Difference of the headline at every point, from lowest to highest, one panel a pair."""
    row, pairs = findings.headline, findings.pairs
    columns = min(PANELS_IN_A_ROW, len(pairs))
    bands = -(-len(pairs) // columns)
    scale = scale_of(row)
    with styled():
        figure, grid = new_figure(2.9 * bands, columns, bands, sharey=True)
        for axes, (first, second) in zip(grid.flat, pairs, strict=False):
            mean, low, high = findings.by_point[first.letter, second.letter]
            order = np.argsort(mean)
            places = np.arange(1, len(mean) + 1)
            band = row.smallest_effect * scale
            axes.axhspan(-band, band, color=FIELD, zorder=0)
            axes.axhline(0, color=INK, linewidth=0.8)
            known = np.isfinite(low[order])
            axes.vlines(places[known], low[order][known] * scale, high[order][known] * scale,
                        color=BLUE, linewidth=1.2, alpha=0.5)  # fmt: skip
            axes.plot(places, mean[order] * scale, ".", color=BLUE, markersize=4)
            axes.set_title(f"{first.letter} − {second.letter}", fontweight="bold", loc="center")
            axes.set_xlabel(words("findings.points_axis"))
            _decimal_mark(axes.yaxis, words)
        for axes in grid.flat[len(pairs) :]:
            axes.set_visible(False)
        for band_of_panels in grid:
            band_of_panels[0].set_ylabel(_wrapped(_named(words, row), 30))
        return to_svg(figure, "points", words("findings.alt_points"))


class Dots(NamedTuple):
    """One panel of numbers with intervals, one a factor: (F,) each."""

    title: str
    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


def dots(
    panels: Sequence[Dots], factors: Sequence[Factor], axis: str, band: float, words: Words,
    name: str, alt: str,
) -> Drawing:  # fmt: skip
    """Numbers with intervals by factor; ``band`` is the half-width of the grey field."""
    columns = min(PANELS_IN_A_ROW + 1, len(panels))
    rows = -(-len(panels) // columns)
    labels = [_wrapped(factor_name(one, words.language), LABEL_WIDTH) for one in factors]
    height = sum(0.13 + 0.15 * (1 + label.count("\n")) for label in labels) + 1.0
    with styled():
        figure, grid = new_figure(height * rows, columns, rows, sharey=True, sharex=True)
        for axes, panel in zip(grid.flat, panels, strict=False):
            if band > 0.0:
                axes.axvspan(-band, band, color=FIELD, zorder=0)
            axes.axvline(0, color=INK, linewidth=0.8)
            for line, (mean, low, high) in enumerate(
                zip(panel.mean, panel.low, panel.high, strict=True)
            ):
                beyond = low > band or high < -band
                axes.plot([low, high], [line, line], color=BLUE, linewidth=2)
                axes.plot(mean, line, marker="o", markersize=5.5, color=BLUE,
                          markerfacecolor=BLUE if beyond else "white")  # fmt: skip
            axes.set_title(_wrapped(panel.title, 24), fontsize=9.5)
            axes.set_ylim(len(labels) - 0.4, -0.6)
            axes.grid(axis="y", color=FIELD, linewidth=0.8)
            axes.tick_params(axis="y", length=0)
            _decimal_mark(axes.xaxis, words)
        for axes in grid.flat[len(panels) :]:
            axes.set_visible(False)
        for row in grid:
            row[0].set_yticks(range(len(labels)), labels, fontsize=8.5)
        figure.supxlabel(axis, fontsize=10)
        return to_svg(figure, name, alt)


def effects(findings: Findings, words: Words) -> Drawing | None:
    """Main effects on the headline, a panel a model and one for the question's difference."""
    row = findings.headline
    scale = scale_of(row)
    panels = []
    for title, key in outcomes(findings, row, words):
        found = findings.responses[key].effects
        if not found:
            return None
        ends = [[getattr(one, end) * scale for one in found] for end in ("mean", "low", "high")]
        panels.append(Dots(title, *ends))
    axis = words("findings.effects_axis", observable=_named(words, row))
    factors = findings.sweep.experiment.factors
    band = row.smallest_effect * scale
    return dots(panels, factors, axis, band, words, "main", words("findings.alt_effects"))


def outcomes(
    findings: Findings, row: Observable, words: Words
) -> list[tuple[str, tuple[str, str]]]:
    """Title and key in ``findings.responses`` of each outcome that is about ``row``."""
    found = [
        (f"{model.letter}  {model.name(words.language)}", (model.letter, row.name))
        for model in findings.models
    ]
    asked = findings.asked
    if asked is not None and row == findings.headline:
        first, second = (model.letter for model in asked)
        found.append((words("findings.difference", first=first, second=second), (first, second)))
    return found


def factor_name(one: Factor, language: str) -> str:
    """What a factor is called in ``da`` or ``en``, with a capital letter."""
    text = one.name.da if language == "da" else one.name.en
    return text[:1].upper() + text[1:]


def _named(words: Words, row: Observable) -> str:
    return f"{words.label(row)} ({words.unit(row, difference=True)})"


def _wrapped(text: str, width: int) -> str:
    return broken(text.replace("$", r"\$"), width)  # no formula is meant


def _decimal_mark(axis: Any, words: Words) -> None:
    """The language's decimal mark, with as many decimals as the steps between the ticks have."""
    step = float(np.diff(axis.get_majorticklocs()).min())
    decimals = next((n for n in range(MOST_DECIMALS) if _is_whole(step * 10**n)), MOST_DECIMALS)
    axis.set_major_formatter(FuncFormatter(lambda value, _: words.number(value, decimals)))


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-6 * abs(value)
