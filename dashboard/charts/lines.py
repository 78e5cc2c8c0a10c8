"""Curves with a band: trust over time, and the share of matters that still wait for a decision."""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from analysis.comparison import Floats, quarter_middles
from analysis.survival import median_wait, survival_of_counts
from dashboard.charts.canvas import (
    BLUE,
    SOFT,
    TEXT,
    Figure,
    area,
    curve,
    dot,
    drawing,
    line,
    spread,
    text,
)
from dashboard.charts.frame import BOTTOM, HEIGHT, LOW_HEIGHT, TOP, Frame, years_in
from dashboard.sentences import Sentences
from experiments.jobs import Outcome
from simulation.observables import WEEKLY

RIGHT: Final = 306.0
BAND: Final = (0.1, 0.9)  # eight runs in ten
BAND_OPACITY: Final = 0.22
STROKES: Final = ((BLUE, 3.4, ""), (SOFT, 2.6, "8 5"))  # with moved levers, and without
TRUST: Final = "trust_partnership"
LABEL_GAP: Final = 2 * TEXT + 10.0
WEEKS_SHOWN: Final = 52  # of the waiting curve
MARK_WEEKS: Final = (0, 13, 26, 39, 52)


Said = Callable[[float], str]


class Band(NamedTuple):
    """A curve: ``middle`` with ``low`` and ``high`` at the places ``along``, all (K,)."""

    along: Floats
    middle: Floats
    low: Floats
    high: Floats


def trust(moved: Outcome, base: Outcome | None, words: Sentences) -> Figure:
    """Trust between kommune, boligorganisation and helhedsplan, mean of the runs per quarter."""
    bands = [_trust_band(outcome) for outcome in (moved, base) if outcome is not None]
    frame = Frame(RIGHT, moved.weeks)
    years = [words("figure.year", year=year + 1) for year in range(years_in(moved.weeks))]
    levels = [(value, words.number(value, 1)) for value in (0.0, 0.5, 1.0)]
    ends = [words.number(float(band.middle[-1]), 2) for band in bands]
    parts = [
        *frame.levels(levels),
        *frame.years(years),
        *_curves(frame, bands),
        frame.floor(),
        *_end_labels(frame, bands, ends, words),
    ]
    alt = _alt("trust", bands, words, lambda value: words.number(value, 2), (0, -1))
    names = [words("figure.quarter", quarter=k + 1) for k in range(len(bands[0].along))]
    rows = _rows(names, bands, lambda value: words.number(value, 2))
    return Figure(drawing(parts, LOW_HEIGHT, alt), _columns(words, "figure.quarters", bands), rows)


def waiting(moved: Outcome, base: Outcome | None, words: Sentences) -> Figure:
    """Kaplan–Meier curve: share still undecided after so many weeks, matters of every size."""
    bands = [_wait_band(outcome) for outcome in (moved, base) if outcome is not None]
    frame = Frame(RIGHT, WEEKS_SHOWN)
    parts = [
        *frame.levels([(share, words.percent(share)) for share in (0.0, 0.5, 1.0)]),
        *frame.marks([(week, str(week)) for week in MARK_WEEKS]),
        frame.axis_name(words("figure.waiting.axis")),
        *_curves(frame, [_stepped(band) for band in bands], ends=False),
        frame.floor(),
        *_medians(frame, bands, words),
    ]
    alt = _alt("waiting", bands, words, words.percent, (13, 26, 52))
    chosen = [Band(*(values[list(MARK_WEEKS)] for values in band)) for band in bands]
    names = [words("figure.week", week=week) for week in MARK_WEEKS]
    rows = _rows(names, chosen, words.percent)
    return Figure(drawing(parts, HEIGHT, alt), _columns(words, "figure.waiting.axis", bands), rows)


def _trust_band(outcome: Outcome) -> Band:
    runs = outcome.quarterly[:, :, WEEKLY.index(TRUST)].astype(np.float64)
    low, high = np.nanquantile(runs, BAND, axis=0)
    return Band(quarter_middles(outcome.weeks), np.nanmean(runs, axis=0), low, high)


def _wait_band(outcome: Outcome) -> Band:
    """Share still undecided after each number of weeks waited; NaN if no matter was sent."""
    along = np.arange(WEEKS_SHOWN + 1, dtype=np.float64)
    counts = outcome.waits[:, 1:].astype(np.float64).sum(axis=1)
    asked = counts.sum(axis=(1, 2)) > 0
    if not asked.any():
        nothing = np.full(len(along), np.nan)
        return Band(along, nothing, nothing, nothing)
    runs = survival_of_counts(counts)[:, : WEEKS_SHOWN + 1]
    middle = survival_of_counts(counts.sum(axis=0))[: WEEKS_SHOWN + 1]
    low, high = np.quantile(runs[asked], BAND, axis=0)
    return Band(along, middle, low, high)


def _stepped(band: Band) -> Band:
    """The same curve with corners: all wait at first, and it stays until the week it falls."""
    values = (np.concatenate([[1.0], np.repeat(value, 2)[:-1]]) for value in band[1:])
    return Band(np.repeat(band.along, 2), *values)


def _curves(frame: Frame, bands: list[Band], ends: bool = True) -> list[str]:
    """The band of the first, then both curves: the first solid, the base dashed and grey."""
    parts = []
    for place, band in reversed(list(enumerate(bands))):
        known = ~np.isnan(band.middle)
        if not np.isfinite(band.middle[-1]):
            continue
        along = [frame.x(float(value)) for value in band.along[known]]
        low, middle, high = (
            [frame.y(float(value)) for value in values[known]]
            for values in (band.low, band.middle, band.high)
        )
        if place == 0:
            around = [*zip(along, high, strict=True), *reversed([*zip(along, low, strict=True)])]
            parts.append(area(around, BLUE, BAND_OPACITY))
        colour, width, dash = STROKES[place]
        parts.append(curve([*zip(along, middle, strict=True)], colour, width, dash))
        if ends:
            parts.append(dot(along[-1], middle[-1], colour, hollow=place > 0))
    return parts


def _end_labels(frame: Frame, bands: list[Band], ends: list[str], words: Sentences) -> list[str]:
    """What each curve is, and where it ends, to the right of it."""
    last = [float(np.nan_to_num(band.middle[-1])) for band in bands]
    wanted = [frame.y(value) for value in last]
    if len(wanted) > 1 and wanted[0] == wanted[1]:
        wanted[1] += 0.01
    places = spread(wanted, LABEL_GAP, TOP + TEXT * 0.8, BOTTOM - TEXT * 0.7)
    parts = []
    for place, end, key, (colour, *_) in zip(places, ends, _names(bands), STROKES, strict=False):
        parts.append(text(frame.right + 11, place, end, colour=colour, bold=True))
        parts.append(text(frame.right + 11, place + TEXT, words(key), colour=colour))
    return parts


def _medians(frame: Frame, bands: list[Band], words: Sentences) -> list[str]:
    """To the right: after how many weeks half are decided; a mark on each curve at that point."""
    left, y = frame.right + 11, TOP + TEXT * 0.8
    parts = []
    for row, part in enumerate(words("figure.waiting.half").split("|")):
        parts.append(text(left, y + row * TEXT, part, colour=SOFT))
    y += 3.4 * TEXT
    for band, key, (colour, width, dash) in zip(bands, _names(bands), STROKES, strict=False):
        week = median_wait(band.along, band.middle)
        if week is not None:
            parts.append(dot(frame.x(week), frame.y(0.5), colour, hollow=colour == SOFT))
        parts.append(line(left, y - TEXT, left + 60, y - TEXT, colour, width, dash))
        said = words("figure.waiting.none") if np.isnan(band.middle[-1]) else _weeks(week, words)
        parts.append(text(left, y + 3, said, colour=colour, bold=True))
        parts.append(text(left, y + 3 + TEXT, words(key), colour=colour))
        y += 4.2 * TEXT
    return parts


def _weeks(week: float | None, words: Sentences) -> str:
    if week is None:
        return words("figure.waiting.never")
    return words("figure.week_one" if week == 1 else "figure.week", week=words.number(week, 0))


def _names(bands: list[Band]) -> list[str]:
    return ["figure.moved", "figure.base"] if len(bands) > 1 else ["figure.model"]


def _columns(words: Sentences, first: str, bands: list[Band]) -> list[str]:
    names = ["figure.moved", "figure.low", "figure.high"]
    if len(bands) > 1:
        return [words(key) for key in (first, *names, "figure.base")]
    return [words(key) for key in (first, "figure.model", *names[1:])]


def _rows(names: list[str], bands: list[Band], said: Said) -> list[list[str]]:
    rows = []
    for place, name in enumerate(names):
        first = bands[0]
        values = [first.middle[place], first.low[place], first.high[place]]
        values += [band.middle[place] for band in bands[1:]]
        rows.append([name, *(said(float(value)) for value in values)])
    return rows


def _alt(
    kind: str, bands: list[Band], words: Sentences, said: Said, places: tuple[int, ...]
) -> str:
    values = {f"at{k}": said(float(bands[0].middle[place])) for k, place in enumerate(places)}
    told = words(f"figure.{kind}.alt", **values)
    if len(bands) > 1:
        values = {f"at{k}": said(float(bands[1].middle[place])) for k, place in enumerate(places)}
        told += " " + words(f"figure.{kind}.alt_base", **values)
    return told
