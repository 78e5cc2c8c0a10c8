"""The one catalogue of what is observed: name, meaning, unit, and whether more is better.

The catalogue itself is ``observables.csv`` beside this file; code, docs, dashboard and reports all
read it. ``WEEKLY`` lists the weekly columns: stocks (the state at the end of a week) and flows
(what happened in it). ``SUMMARY`` lists the per-run columns: each stock as its mean over the last
52 weeks, each flow as its sum over the run, and the derived ones.
"""

import csv
from pathlib import Path
from typing import Final, NamedTuple

WEEKS_OF_YEAR: Final = 52
STOCK, FLOW, DERIVED = "stock", "flow", "summary"


class Observable(NamedTuple):
    """One thing that is observed."""

    kind: str  # STOCK, FLOW or DERIVED
    name: str
    main: bool  # shown in the main table
    da: str
    en: str
    definition_da: str
    definition_en: str
    unit: str
    direction: int  # +1 more is better, -1 more is worse, 0 neither
    smallest_effect: float  # smallest difference of interest, in the unit (a flow: per plan year)

    def smallest_over(self, weeks: int) -> float:
        """The smallest difference of interest in a run of some weeks: flows add up over a run."""
        if self.kind == FLOW:
            return self.smallest_effect * weeks / WEEKS_OF_YEAR
        return self.smallest_effect


def _read() -> tuple[Observable, ...]:
    path = Path(__file__).with_name("observables.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        Observable(
            kind=row["kind"],
            name=row["name"],
            main=row["main"] == "1",
            da=row["da"],
            en=row["en"],
            definition_da=row["definition_da"],
            definition_en=row["definition_en"],
            unit=row["unit"],
            direction=int(row["direction"]),
            smallest_effect=float(row["smallest_effect"]),
        )
        for row in rows
    )


CATALOGUE: Final = _read()
OBSERVABLES: Final[dict[str, Observable]] = {row.name: row for row in CATALOGUE}
WEEKLY: Final = tuple(row.name for row in CATALOGUE if row.kind != DERIVED)
SUMMARY: Final = tuple(row.name for row in CATALOGUE)
N_STOCKS: Final = sum(row.kind == STOCK for row in CATALOGUE)
N_WEEKLY: Final = len(WEEKLY)
N_SUMMARY: Final = len(SUMMARY)
