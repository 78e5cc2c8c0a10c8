"""The price in hours: what the hours of a week go to."""

from typing import Final

import numpy as np

from dashboard.charts.canvas import (
    BLUE,
    INK,
    SOFT,
    TEXT,
    WIDTH,
    Figure,
    Look,
    box,
    drawing,
    hatches,
    text,
)
from dashboard.sentences import Sentences
from experiments.jobs import Outcome
from simulation.observables import SUMMARY

KINDS: Final = (
    "hours_meeting",
    "hours_coordination",
    "hours_work",
    "double_hours",
    "hours_activities",
    "hours_upkeep",
    "hours_torn",
)
LOOKS: Final = (Look(BLUE), Look(SOFT, "lines"))
BAR: Final = 17.0
LEGEND: Final = 36.0
NUMBER_WIDTH: Final = 92.0


def hours_per_week(outcome: Outcome) -> list[float]:
    """Mean hours a week over the runs for each of ``KINDS``."""
    places = [SUMMARY.index(kind) for kind in KINDS]
    return [float(value) for value in np.mean(outcome.summary[:, places], axis=0) / outcome.weeks]


def price(moved: Outcome, base: Outcome | None, words: Sentences) -> Figure:
    """Bars of hours a week per kind, the model with moved levers above the model without."""
    hours = [hours_per_week(outcome) for outcome in (moved, base) if outcome is not None]
    longest = max(max(values) for values in hours) or 1.0
    group = TEXT + 8.0 + len(hours) * (BAR + 3.0) + 9.0
    legend = LEGEND if len(hours) > 1 else 0.0
    parts = [hatches("price", LOOKS)]
    if len(hours) > 1:
        parts += _legend(words)
    for place, kind in enumerate(KINDS):
        top = legend + place * group
        parts.append(text(0, top + TEXT, words(f"figure.price.{kind}")))
        for which, values in enumerate(hours):
            y = top + TEXT + 8.0 + which * (BAR + 3.0)
            width = (WIDTH - NUMBER_WIDTH) * values[place] / longest
            parts.append(box(0.5, y, width, BAR, f"url(#price-{which})"))
            said = words("figure.price.hours", hours=words.number(values[place], 1))
            parts.append(text(width + 8, y + BAR - 3, said, colour=INK if which == 0 else SOFT,
                              bold=which == 0))  # fmt: skip
    names = ["figure.moved", "figure.base"] if len(hours) > 1 else ["figure.model"]
    rows = [
        [words(f"figure.price.{kind}"), *(words.number(values[place], 1) for values in hours)]
        for place, kind in enumerate(KINDS)
    ]
    total = [words.number(sum(values), 1) for values in hours]
    rows.append([words("figure.price.total"), *total])
    columns = [words("figure.price.column"), *(words(name) for name in names)]
    said = "; ".join(f"{row[0]}: {' / '.join(row[1:])}" for row in rows)
    alt = words("figure.price.alt", list=said)
    return Figure(drawing(parts, legend + len(KINDS) * group, alt), columns, rows)


def _legend(words: Sentences) -> list[str]:
    parts, x = [], 0.5
    for which, key in enumerate(("figure.moved", "figure.base")):
        parts.append(box(x, 4, 26, BAR, f"url(#price-{which})"))
        parts.append(text(x + 33, 4 + BAR - 3, words(key)))
        x += WIDTH / 2
    return parts
