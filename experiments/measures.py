"""Numbers taken from runs where they were run: one per run, by column, window, level or pair.

A job may carry a :class:`Table`; the workers apply it to each batch, so that what is asked about
weeks, levels, pairs of organisations or bodies never has to travel. Everything here can be sent to
another process and needs numpy alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from simulation.observables import SUMMARY, WEEKLY
from simulation.vocabulary import N_SIZES

if TYPE_CHECKING:
    from simulation.runs import Ensemble

Floats = npt.NDArray[np.float64]

FINISHED: Final = tuple(f"finished_{step}" for step in range(5))
HOURS: Final = (
    "hours_meeting", "hours_coordination", "hours_work", "double_hours", "hours_activities",
    "hours_upkeep", "hours_torn",
)  # fmt: skip

# Ratios of flows that the summary derives, as what is summed above and below the line, and a
# factor; so that they can be taken over any weeks, levels or pairs.
RATIOS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...], float]]] = {
    "share_alone": (FINISHED[:1], FINISHED, 1.0),
    **{f"share_{step}": ((FINISHED[step],), FINISHED, 1.0) for step in range(1, 5)},
    "share_joint": (FINISHED[3:], FINISHED, 1.0),
    "value_per_hour": (("value",), HOURS, 1.0),
    "meeting_share": (("hours_meeting",), HOURS, 1.0),
    "double_share": (("double_hours",), ("hours_work", "double_hours"), 1.0),
    "conflicts_per_100": (("conflicts",), FINISHED[2:], 100.0),
}


class Measure(Protocol):
    """One number per run."""

    def __call__(self, runs: "Ensemble") -> Floats:
        """``(N,)``, NaN in a run that does not define it."""


@dataclass(frozen=True)
class Table:
    """Several measures side by side."""

    measures: tuple[Measure, ...]

    def __call__(self, runs: "Ensemble") -> Floats:
        """``(N, len(measures))``."""
        if not self.measures:
            return np.zeros((len(runs.seeds), 0))
        return np.stack([measure(runs) for measure in self.measures], axis=1)

    @property
    def reads_relations(self) -> bool:
        """Whether runs must keep every relation at every quarter's end."""
        return any(_reads_relations(measure) for measure in self.measures)


@dataclass(frozen=True)
class Summarised:
    """A column of the summary: the last year for stocks, the whole run for all else."""

    name: str

    def __call__(self, runs: "Ensemble") -> Floats:
        """The column."""
        return runs.summary[:, SUMMARY.index(self.name)]


@dataclass(frozen=True)
class Weeks:
    """A weekly column over weeks ``first`` to ``last`` (from 1, both included): mean or sum."""

    name: str
    first: int
    last: int
    total: bool

    def __call__(self, runs: "Ensemble") -> Floats:
        """Mean per week, or sum."""
        part = runs.weekly[:, self.first - 1 : self.last, WEEKLY.index(self.name)]
        part = part.astype(np.float64)
        value: Floats = part.sum(axis=1) if self.total else part.mean(axis=1)
        return value


@dataclass(frozen=True)
class Growth:
    """How much a stock rises from the end of week ``first`` to the end of ``last``.

    A week, or per unit of the flow ``per`` that was used in between; NaN where none was.
    """

    name: str
    first: int
    last: int
    per: str | None

    def __call__(self, runs: "Ensemble") -> Floats:
        """Rise over what it took."""
        column = runs.weekly[:, :, WEEKLY.index(self.name)].astype(np.float64)
        rise = column[:, self.last - 1] - column[:, self.first - 1]
        if self.per is None:
            return rise / (self.last - self.first)
        return _over(rise, Weeks(self.per, self.first + 1, self.last, total=True)(runs))


@dataclass(frozen=True)
class AtLevel:
    """Cases finished at a step whose highest participant stood on a level, whole run."""

    level: int
    step: int

    def __call__(self, runs: "Ensemble") -> Floats:
        """Cases."""
        return runs.level_steps[:, self.level, self.step].astype(np.float64)


@dataclass(frozen=True)
class AmongPairs:
    """Cases that pairs of organisations finished at a step, whole run.

    A case of several organisations counts once for the holder's pair with each partner, and not for
    two partners among themselves.
    """

    pairs: tuple[tuple[int, int], ...]
    step: int

    def __call__(self, runs: "Ensemble") -> Floats:
        """Cases."""
        cases = [runs.pair_steps[:, one, other, self.step] for one, other in self.pairs]
        value: Floats = np.sum(cases, axis=0, dtype=np.float64)
        return value


@dataclass(frozen=True)
class RelationsOnStep:
    """Share of the relations among ``pairs`` that stand on a step, mean over ends of quarters.

    A relation is a pair that shared a case in the run. ``step`` 0 is where there are too few cases
    to tell, or none yet. ``quarters`` are counted from 0, the first and the one after the last.
    """

    pairs: tuple[tuple[int, int], ...]
    step: int
    quarters: tuple[int, int]

    def __call__(self, runs: "Ensemble") -> Floats:
        """Share of the relations; NaN in a run without one."""
        _need_relations(runs)
        first, end = self.quarters
        shared = np.stack([runs.pair_steps[:, one, other].sum(axis=1) > 0
                           for one, other in self.pairs], axis=1)  # fmt: skip
        places = np.stack([runs.relation_quarter[:, first:end, one, other]
                           for one, other in self.pairs], axis=2)  # fmt: skip
        stands = (np.maximum(places, 0) == self.step) & shared[:, None, :]
        return _over(stands.sum(axis=2).mean(axis=1), shared.sum(axis=1))


@dataclass(frozen=True)
class BetweenPairs:
    """Trust, acquaintance or clear roles between pairs of organisations, mean over quarters.

    ``above`` and ``below`` are columns of ``relation_ties``; both are summed over the pairs.
    """

    pairs: tuple[tuple[int, int], ...]
    above: int
    below: int
    quarters: tuple[int, int]

    def __call__(self, runs: "Ensemble") -> Floats:
        """The mean, NaN in a run in which there is nothing to take it over."""
        _need_relations(runs)
        first, end = self.quarters
        sums: Floats = np.sum([runs.relation_ties[:, first:end, one, other]
                       for one, other in self.pairs], axis=0, dtype=np.float64)  # fmt: skip
        above, below = sums[:, :, self.above], sums[:, :, self.below]
        known = below > 0.0
        ratios = np.divide(above, below, out=np.zeros(above.shape), where=known)
        return _over(ratios.sum(axis=1), known.sum(axis=1))


@dataclass(frozen=True)
class StillUndecided:
    """Matters that ended undecided: overtaken by events, or waiting when the run ended."""

    sizes: tuple[int, ...]

    def __call__(self, runs: "Ensemble") -> Floats:
        """Matters."""
        value: Floats = runs.waits[..., 1][:, list(self.sizes)].sum(axis=(1, 2), dtype=np.float64)
        return value


@dataclass(frozen=True)
class Decided:
    """Matters that were settled, by size."""

    sizes: tuple[int, ...]

    def __call__(self, runs: "Ensemble") -> Floats:
        """Matters."""
        value: Floats = runs.waits[..., 0][:, list(self.sizes)].sum(axis=(1, 2), dtype=np.float64)
        return value


@dataclass(frozen=True)
class AtBody:
    """What passed one body, by size: ``what`` 0 matters, 1 weeks they waited there in sum."""

    forum: int
    what: int
    sizes: tuple[int, ...] = tuple(range(N_SIZES))

    def __call__(self, runs: "Ensemble") -> Floats:
        """Matters, or weeks."""
        value: Floats = runs.forum_waits[:, self.forum, list(self.sizes), self.what].sum(axis=1)
        return value


@dataclass(frozen=True)
class HoursAtBody:
    """Hours of members at one body's meetings."""

    forum: int

    def __call__(self, runs: "Ensemble") -> Floats:
        """Hours."""
        return runs.forum_hours[:, self.forum]


@dataclass(frozen=True)
class Sum:
    """Weighted sum of other measures."""

    parts: tuple[tuple[float, Measure], ...]

    def __call__(self, runs: "Ensemble") -> Floats:
        """The sum, NaN where a part is."""
        total = np.zeros(len(runs.seeds))
        for weight, part in self.parts:
            total = total + weight * part(runs)
        return total


@dataclass(frozen=True)
class Ratio:
    """One measure over another, run by run; NaN where the second is not above 0."""

    above: Measure
    below: Measure
    factor: float = 1.0

    def __call__(self, runs: "Ensemble") -> Floats:
        """The ratio."""
        return _over(self.factor * self.above(runs), self.below(runs))


def _need_relations(runs: "Ensemble") -> None:
    if len(runs.relation_ties) != len(runs.seeds):
        raise ValueError("the runs were made without keep_relations=True")


def _reads_relations(measure: Measure) -> bool:
    match measure:
        case RelationsOnStep() | BetweenPairs():
            return True
        case Sum(parts):
            return any(_reads_relations(part) for _, part in parts)
        case Ratio(above, below):
            return _reads_relations(above) or _reads_relations(below)
    return False


def total(parts: Sequence[Measure]) -> Sum:
    """The plain sum of measures."""
    return Sum(tuple((1.0, part) for part in parts))


def _over(above: Floats, below: npt.NDArray[np.generic]) -> Floats:
    whole = np.asarray(below, dtype=np.float64)
    part = np.asarray(above, dtype=np.float64)
    ratio: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return ratio
