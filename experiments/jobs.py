"""What is to be run, and what comes back."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.measures import Table
from simulation.parameters import Parameters
from simulation.structure import Structure

WEEKS_PER_QUARTER: Final = 13


class ExperimentError(Exception):
    """Something that stopped an experiment, told in one sentence for the person who started it."""


class Job(NamedTuple):
    """One organisation model to be run once per seed.

    ``key`` names the model in results; ``first_seed`` and ``runs`` give the seeds
    ``first_seed .. first_seed + runs - 1``; ``weeks`` is the length of each run, >= 1;
    ``extension`` is a Python file with a user's own rules and phases, empty for none. What
    ``table`` measures comes back beside the standard observables.
    """

    key: str
    structure: Structure
    parameters: Parameters
    first_seed: int
    runs: int
    weeks: int
    extension: str = ""
    table: Table = Table(())


class Outcome(NamedTuple):
    """All runs of one job, in the order of their seeds, whoever ran them and when.

    Everything is kept per run or counted in whole numbers, so nothing depends on how the runs
    were split into batches. ``S`` summary columns, ``W`` weekly columns, ``Q`` quarters.
    """

    key: str
    weeks: int
    seeds: npt.NDArray[np.int64]  # (N,)
    summary: npt.NDArray[np.float64]  # (N, S), NaN where not defined
    quarterly: npt.NDArray[np.float32]  # (N, Q, W) mean per week within each quarter
    waits: npt.NDArray[np.uint16]  # (N, 4, 209, 2) matters by size, weeks waited: decided, not
    forum_waits: npt.NDArray[np.float64]  # (N, F, 4, 2) by size: matters passed, weeks waited
    forum_hours: npt.NDArray[np.float64]  # (N, F) hours of members
    pair_steps: npt.NDArray[np.int64]  # (O, O, 5) finished cases of all runs, by step
    level_steps: npt.NDArray[np.int64]  # (4, 5) finished cases of all runs, by level and step
    measured: npt.NDArray[np.float64] = np.zeros((0, 0))  # (N, measures of the job's table)


@dataclass(frozen=True)
class Progress:
    """Where an experiment stands. ``seconds`` is the time since the first run could begin."""

    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Runs per second so far, 0 before the first has come back."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Expected time left, None before the first run has come back."""
        return (self.total - self.done) / self.rate if self.done else None


def by_quarter(weekly: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Mean per week within each quarter of 13 weeks; the last may be shorter.

    Args:
        weekly: (N, weeks, W), NaN where not defined.

    Returns:
        (N, Q, W); NaN where no week of the quarter defines it.
    """
    runs, weeks, columns = weekly.shape
    whole = weeks - weeks % WEEKS_PER_QUARTER
    quarters = weekly[:, :whole].reshape(runs, -1, WEEKS_PER_QUARTER, columns)
    quarterly = _means(quarters)
    if whole < weeks:
        quarterly = np.concatenate([quarterly, _means(weekly[:, None, whole:])], axis=1)
    return quarterly


def _means(parts: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Means over the third of four axes, leaving out NaN; NaN where nothing is left."""
    known = ~np.isnan(parts)
    count = known.sum(axis=2)
    total = np.where(known, parts, np.float32(0)).sum(axis=2, dtype=np.float64)
    mean = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    narrow: npt.NDArray[np.float32] = mean.astype(np.float32)
    return narrow
