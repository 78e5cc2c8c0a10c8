"""How many runs to hand out at a time, from what the last ones took."""

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.jobs import Job, by_quarter

if TYPE_CHECKING:
    from simulation import Extension

AIM_SECONDS: Final = 0.5  # long enough to make hand-over cheap, short enough to show progress
LEAST_SECONDS: Final = 0.03  # beginning a batch costs about as much as a run or two


class Batch(NamedTuple):
    """A piece of a job: ``runs`` consecutive runs from run number ``first`` of job ``job``."""

    job: int
    first: int
    runs: int


class BatchResult(NamedTuple):
    """What a batch brings home; arrays as in :class:`experiments.jobs.Outcome`."""

    batch: Batch
    seconds: float
    summary: npt.NDArray[np.float64]
    quarterly: npt.NDArray[np.float32]
    waits: npt.NDArray[np.uint16]
    forum_waits: npt.NDArray[np.float64]
    forum_hours: npt.NDArray[np.float64]
    pair_steps: npt.NDArray[np.int64]
    level_steps: npt.NDArray[np.int64]
    measured: npt.NDArray[np.float64]


class Planner:
    """Hands out batches of about half a second, smaller towards the end so that no worker idles.

    None takes more than half a worker's share of what is left, down to the least that is worth
    handing out. Results never depend on the batches, so sizes may follow the clock.
    """

    def __init__(self, jobs: list[Job], workers: int) -> None:
        self._jobs = jobs
        self._workers = workers
        self._next = [0] * len(jobs)
        self._seconds_per_run: list[float | None] = [None] * len(jobs)
        self._current = 0

    def take(self, aim: float = AIM_SECONDS) -> Batch | None:
        """The next batch of about ``aim`` seconds, or None when everything has been handed out."""
        while self._current < len(self._jobs):
            job, first = self._current, self._next[self._current]
            left_here = self._jobs[job].runs - first
            if left_here > 0:
                count = min(left_here, self._size(job, aim))
                self._next[job] = first + count
                return Batch(job, first, count)
            self._current += 1
        return None

    def learn(self, batch: Batch, seconds: float) -> None:
        """Note that ``batch`` took ``seconds`` of work."""
        self._seconds_per_run[batch.job] = seconds / batch.runs

    def _size(self, job: int, aim: float) -> int:
        known = [value for value in self._seconds_per_run if value is not None]
        seconds = self._seconds_per_run[job] or (max(known) if known else None)
        if seconds is None:
            return 1
        left = sum(one.runs - taken for one, taken in zip(self._jobs, self._next, strict=True))
        most, least = (int(limit / max(seconds, 1e-9)) for limit in (aim, LEAST_SECONDS))
        half_a_share = left // (2 * self._workers)
        return max(1, min(most, max(least, half_a_share)))


def load_code(job: Job) -> None:
    """Load (or, the very first time, compile) what running needs, so that it is not timed."""
    import simulation

    simulation.run_many(job.structure, job.parameters, [job.first_seed], weeks=1)


@cache
def _extension(file: str) -> "Extension | None":
    """The rules and phases in a file, read once in each process."""
    import simulation

    return simulation.load_extension(file) if file else None


def run_batch(job: Job, batch: Batch) -> BatchResult:
    """Run one batch here and now."""
    import time

    import simulation

    began = time.perf_counter()
    start = job.first_seed + batch.first
    seeds = np.arange(start, start + batch.runs, dtype=np.int64)
    ensemble = simulation.run_many(
        job.structure,
        job.parameters,
        seeds,
        weeks=job.weeks,
        extension=_extension(job.extension),
        keep_relations=job.table.reads_relations,
    )
    return BatchResult(
        batch=batch,
        seconds=time.perf_counter() - began,
        summary=ensemble.summary,
        quarterly=by_quarter(ensemble.weekly),
        waits=_narrow(ensemble.waits),
        forum_waits=np.asarray(ensemble.forum_waits, dtype=np.float64),
        forum_hours=np.asarray(ensemble.forum_hours, dtype=np.float64),
        pair_steps=ensemble.pair_steps.sum(axis=0, dtype=np.int64),
        level_steps=ensemble.level_steps.sum(axis=0, dtype=np.int64),
        measured=job.table(ensemble),
    )


def _narrow(waits: npt.NDArray[np.integer]) -> npt.NDArray[np.uint16]:
    """Counts of one run fit in 16 bits; said loudly should they ever not."""
    if waits.size and int(waits.max()) > np.iinfo(np.uint16).max:
        raise OverflowError("a run has more than 65,535 matters of one size and wait")
    return waits.astype(np.uint16)
