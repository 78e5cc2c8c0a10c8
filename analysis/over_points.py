"""Statistics over a design: seeds and, where they are a random sample, points.

All points and all models share their seeds, so results at two points depend on each other. Taking
the mean over points within each seed first leaves one independent number a seed; a Student
interval over these is right for this very set of points. Where the points are a random sample of a
space, and the space is meant, the variance of the points' means over their number is added and the
degrees of freedom are those of the fewer. Both parts hold the noise of single runs, so the sum is a
little too wide, as in the pigeonhole bootstrap (Owen 2007); the even cover of a Latin hypercube
makes it wider still. That is the safe side.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.paired import (
    FEWEST_PAIRS,
    Difference,
    Floats,
    Mean,
    mean_interval,
    probability_better,
    verdict,
)
from experiments.intervals import is_skewed
from experiments.stopping import by_seed

Rows = npt.NDArray[np.intp]


def summarise_points(values: Floats, level: float = 0.95, sample: Rows | None = None) -> Mean:
    """Mean over points and seeds with its interval; like :func:`paired.summarise`.

    Args:
        values: (P, R), NaN where not defined.
        level: coverage of the interval.
        sample: points that are a random sample of a space; None for this very set of points.
    """
    kept = by_seed(values)
    kept = kept[~np.isnan(kept)]
    runs, missing = int(np.sum(~np.isnan(values))), int(np.sum(np.isnan(values)))
    if not len(kept):
        return Mean(0, missing, None, None, None, None)
    middle = float(np.mean(kept))
    if len(kept) < FEWEST_PAIRS:
        return Mean(runs, missing, middle, None, None, None)
    low, high = interval(kept, level, drawn(values, sample))
    return Mean(runs, missing, middle, low, high, math.sqrt(_luck(values)))


def compare_points(
    first: Floats,
    second: Floats,
    direction: int,
    smallest_effect: float,
    level: float,
    sample: Rows | None = None,
) -> Difference:
    """Compare two models over a design; with one point exactly :func:`paired.compare`.

    The effect divides by the spread between runs at the same point, so that it measures against
    the luck of one plan period whatever the design varies; the probability counts all pairs of
    runs with the same point and seed.

    Args:
        first, second: (P, R) an observable in two models, NaN where not defined.
        direction: +1 more is better, -1 less is better, 0 neither.
        smallest_effect: smallest difference of interest, in the unit.
        level: coverage of the interval.
        sample: points that are a random sample of a space; None for this very set of points.
    """
    difference = first - second
    known = ~np.isnan(difference)
    runs, missing = int(known.sum()), int((~known).sum())
    kept = by_seed(difference)
    kept = kept[~np.isnan(kept)]
    if len(kept) < FEWEST_PAIRS:
        middle = float(np.mean(kept)) if len(kept) else None
        return Difference(
            runs, missing, middle, None, None, level, None, None, "undefined", skewed=True
        )
    low, high = interval(kept, level, drawn(difference, sample))
    middle = float(np.mean(kept))
    spread = math.sqrt(
        (_luck(np.where(known, first, np.nan)) + _luck(np.where(known, second, np.nan))) / 2.0
    )
    return Difference(
        runs=runs,
        missing=missing,
        mean=middle,
        low=low,
        high=high,
        level=level,
        effect=middle / spread if spread > 0.0 else (0.0 if middle == 0.0 else None),
        probability_better=probability_better(difference[known], direction),
        verdict=verdict(low, high, direction, smallest_effect),
        skewed=is_skewed(kept),
    )


class Drawn(NamedTuple):
    """What the drawing of points adds: variance of the mean, and how many were drawn."""

    variance: float
    points: int


def drawn(values: Floats, sample: Rows | None) -> Drawn | None:
    """Of (P, R) values; None where the points are not a sample, or there are fewer than two."""
    if sample is None:
        return None
    chosen = values[sample]
    chosen = chosen[(~np.isnan(chosen)).any(axis=1)]
    if len(chosen) < FEWEST_PAIRS:
        return None
    of_point = np.nanmean(chosen, axis=1)
    return Drawn(float(np.var(of_point, ddof=1)) / len(of_point), len(of_point))


def interval(kept: Floats, level: float, points: Drawn | None) -> tuple[float, float]:
    """Student interval for the mean of ``kept`` (R,), with what the drawing of points adds."""
    if points is None:
        return mean_interval(kept, level)
    variance = float(np.var(kept, ddof=1)) / len(kept) + points.variance
    freedom = min(len(kept), points.points) - 1
    reach = float(stats.t.ppf(0.5 + level / 2.0, freedom)) * math.sqrt(variance)
    middle = float(np.mean(kept))
    return middle - reach, middle + reach


def _luck(values: Floats) -> float:
    """Variance between runs at the same point, mean over points with two runs or more."""
    counts = (~np.isnan(values)).sum(axis=1)
    several = values[counts >= 2]
    return float(np.mean(np.nanvar(several, axis=1, ddof=1))) if len(several) else 0.0
