"""The samarbejdstrappe over time: share of the finished cases on each step, quarter by quarter."""

from typing import Final

import numpy as np

from analysis.comparison import STEP_COLUMNS, Floats, quarter_middles, shares_over_time
from dashboard.charts.canvas import (
    BLUE,
    GREEN,
    INK,
    PURPLE,
    TEXT,
    VERMILION,
    Figure,
    Look,
    box,
    drawing,
    hatches,
    line,
    spread,
    text,
)
from dashboard.charts.frame import BOTTOM, LOW_HEIGHT, TOP, Frame, years_in
from dashboard.sentences import Sentences
from experiments.jobs import WEEKS_PER_QUARTER, Outcome
from simulation.vocabulary import N_STEPS

LOOKS: Final = (
    Look("#E3E3E3"),
    Look(PURPLE, "dots"),
    Look(GREEN, "lines"),
    Look(BLUE),
    Look(VERMILION, "cross"),
)
RIGHT: Final = 263.0
LABEL_GAP: Final = 2 * TEXT + 9.0
BAR_SHARE: Final = 0.86  # of a quarter's width


def staircase(outcome: Outcome, words: Sentences, name: str, title: str) -> Figure:
    """Stacked bars, one a quarter, step 0 at the bottom; labels with the last quarter's shares.

    Args:
        outcome: the runs.
        words: the language.
        name: prefix of the drawing's ids, unlike any other on the page.
        title: said first in the text for those who do not see the drawing.
    """
    shares = np.nan_to_num(shares_over_time(outcome, STEP_COLUMNS))
    frame = Frame(RIGHT, outcome.weeks)
    years = [words("figure.year", year=year + 1) for year in range(years_in(outcome.weeks))]
    parts = [
        hatches(name, LOOKS),
        *frame.levels([(share, words.percent(share)) for share in (0.0, 0.5, 1.0)]),
        *_bars(frame, shares, outcome.weeks, name),
        frame.floor(),
        *frame.years(years),
        *_labels(frame, shares[-1], words),
    ]
    alt = words(
        "figure.staircase.alt",
        title=title,
        first=words.percent(float(shares[0, 3:].sum())),
        last=words.percent(float(shares[-1, 3:].sum())),
        alone=words.percent(float(shares[-1, 0])),
    )
    rows = [
        [words("figure.quarter", quarter=quarter + 1), *(words.percent(float(x)) for x in row)]
        for quarter, row in enumerate(shares)
    ]
    columns = [words("figure.quarters"), *(words(f"step.{step}") for step in range(N_STEPS))]
    return Figure(drawing(parts, LOW_HEIGHT, alt), columns, rows)


def _bars(frame: Frame, shares: Floats, weeks: int, name: str) -> list[str]:
    width = (frame.x(WEEKS_PER_QUARTER) - frame.x(0)) * BAR_SHARE
    parts = []
    for middle, row in zip(quarter_middles(weeks), shares, strict=True):
        top = np.cumsum(row)
        for step in range(N_STEPS):
            height = frame.y(top[step] - row[step]) - frame.y(top[step])
            x = frame.x(float(middle)) - width / 2
            parts.append(box(x, frame.y(top[step]), width, height, f"url(#{name}-{step})"))
    return parts


def _labels(frame: Frame, last: Floats, words: Sentences) -> list[str]:
    """Name and share of each step, right of the last bar, joined to it by a thin line."""
    middles = [frame.y(float(last[: step + 1].sum() - last[step] / 2)) for step in range(N_STEPS)]
    places = spread(middles, LABEL_GAP, TOP + TEXT, BOTTOM - TEXT * 0.4)
    parts = []
    for step in range(N_STEPS):
        x = frame.right + 1
        parts.append(line(x, middles[step], x + 13, places[step] + 3, INK, 0.8))
        share = words.percent(float(last[step]))
        said = words(f"figure.staircase.label_{step}", share=share)
        for row, part in enumerate(said.split("|")):
            parts.append(text(x + 17, places[step] - 2 + row * TEXT, part))
    return parts
