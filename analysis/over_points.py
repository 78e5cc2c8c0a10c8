"""Statistics over a design: the seed is the unit, the points are fixed.

All points and all models share their seeds, so results at two points depend on each other. Taking
the mean over points within each seed first leaves one independent number a seed; a Student
interval over these is right for this very set of points. How results differ *between* points is
another question (``analysis.robustness``).
"""

import math

import numpy as np

from analysis.paired import (
    FEWEST_PAIRS,
    Difference,
    Floats,
    Mean,
    mean_interval,
    probability_better,
    verdict,
)
from experiments.stopping import by_seed, is_skewed


def summarise_points(values: Floats, level: float = 0.95) -> Mean:
    """Mean over points and seeds with the interval over seeds; like :func:`paired.summarise`.

    Args:
        values: (P, R), NaN where not defined.
        level: coverage of the interval.
    """
    kept = by_seed(values)
    kept = kept[~np.isnan(kept)]
    runs, missing = int(np.sum(~np.isnan(values))), int(np.sum(np.isnan(values)))
    if not len(kept):
        return Mean(0, missing, None, None, None, None)
    middle = float(np.mean(kept))
    if len(kept) < FEWEST_PAIRS:
        return Mean(runs, missing, middle, None, None, None)
    low, high = mean_interval(kept, level)
    return Mean(runs, missing, middle, low, high, math.sqrt(_luck(values)))


def compare_points(
    first: Floats, second: Floats, direction: int, smallest_effect: float, level: float
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
    low, high = mean_interval(kept, level)
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


def _luck(values: Floats) -> float:
    """Variance between runs at the same point, mean over points with two runs or more."""
    counts = (~np.isnan(values)).sum(axis=1)
    several = values[counts >= 2]
    return float(np.mean(np.nanvar(several, axis=1, ddof=1))) if len(several) else 0.0
