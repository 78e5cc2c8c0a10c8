"""Waiting for a decision, with the undecided counted as what they are.

The average wait of decided matters flatters slow chains: those that wait longest are not decided
yet. The Kaplan-Meier estimator uses both. Matters of one run are not independent of each other
(they stand in the same queue), so intervals resample whole runs, never matters.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

RESAMPLES: Final = 2000
DECIDED, UNDECIDED = 0, 1


@dataclass(frozen=True)
class Waiting:
    """Waits of one model and one size of matter, all runs pooled.

    Attributes:
        decided, undecided: number of matters that were decided, and that were not (still waiting
            at the end, or overtaken by events).
        weeks: (K,) weeks at which the curve steps down, from 0.
        waiting: (K,) share still waiting after that many weeks, 1..0.
        median: weeks until half are decided, or None when the curve never reaches half.
        low, high: 95 % interval of the median over resampled runs; None where that end is
            "not reached".
    """

    decided: int
    undecided: int
    weeks: Floats
    waiting: Floats
    median: float | None
    low: float | None
    high: float | None


def kaplan_meier(counts: Ints) -> tuple[Floats, Floats]:
    """Share still waiting by weeks waited.

    Args:
        counts: (W, 2) matters by weeks waited: decided, and right-censored.

    Returns:
        Weeks (K,) at which the curve changes and the share still waiting from then on (K,),
        beginning with week 0 or the first wait. Empty when there is no matter.
    """
    weeks = np.arange(len(counts), dtype=np.float64)
    decided = np.repeat(weeks, counts[:, DECIDED])
    undecided = np.repeat(weeks, counts[:, UNDECIDED])
    if len(decided) + len(undecided) == 0:
        return np.empty(0), np.empty(0)
    data = stats.CensoredData(uncensored=decided, right=undecided)
    curve = stats.ecdf(data).sf
    return np.asarray(curve.quantiles, dtype=np.float64), np.asarray(curve.probabilities)


def median_wait(weeks: Floats, waiting: Floats) -> float | None:
    """First week at which at most half are still waiting; None when that is not reached."""
    below = np.flatnonzero(waiting <= 0.5 + 1e-12)
    return float(weeks[below[0]]) if len(below) else None


def survival_of_counts(counts: Floats) -> Floats:
    """Share still waiting after week 0, 1, ... for many count tables at once.

    Args:
        counts: (..., W, 2) as in :func:`kaplan_meier`.

    Returns:
        (..., W) product over weeks of 1 - decided / at risk.
    """
    total = counts.sum(axis=-1)
    at_risk = np.flip(np.cumsum(np.flip(total, axis=-1), axis=-1), axis=-1)
    hazard = np.divide(counts[..., DECIDED], at_risk, out=np.zeros(total.shape), where=at_risk > 0)
    return np.cumprod(1.0 - hazard, axis=-1)


def waiting_times(waits: npt.NDArray[np.integer], resamples: int = RESAMPLES) -> Waiting:
    """Kaplan-Meier over all runs of one model and size, with the median's interval.

    Args:
        waits: (N, W, 2) matters per run by weeks waited: decided, still undecided.
        resamples: bootstrap samples of whole runs.
    """
    pooled = waits.astype(np.int64).sum(axis=0)
    weeks, waiting = kaplan_meier(pooled)
    low, high = _median_interval(waits, resamples) if len(waits) > 1 else (None, None)
    return Waiting(
        decided=int(pooled[:, DECIDED].sum()),
        undecided=int(pooled[:, UNDECIDED].sum()),
        weeks=weeks,
        waiting=waiting,
        median=median_wait(weeks, waiting),
        low=low,
        high=high,
    )


def _median_interval(
    waits: npt.NDArray[np.integer], resamples: int
) -> tuple[float | None, float | None]:
    """Percentile interval of the median; whole runs are drawn with replacement."""
    runs, length = waits.shape[:2]
    if waits.sum() == 0:
        return None, None
    generator = np.random.Generator(np.random.PCG64(20_26))
    drawn = generator.multinomial(runs, np.full(runs, 1.0 / runs), size=resamples)
    counts = (drawn.astype(np.float64) @ waits.reshape(runs, -1)).reshape(resamples, length, 2)
    reached = survival_of_counts(counts) <= 0.5 + 1e-12
    medians = np.where(reached.any(axis=1), reached.argmax(axis=1), np.inf)
    low, high = np.quantile(medians, [0.025, 0.975], method="inverted_cdf")
    return (float(low) if np.isfinite(low) else None, float(high) if np.isfinite(high) else None)
