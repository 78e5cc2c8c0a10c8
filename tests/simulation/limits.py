"""Two-sided limits from standard errors."""

import math

import numpy as np

LIMIT = 4.0  # standard errors; one true claim in 16 000 fails


def share_error(share: float, count: int) -> float:
    """Standard error of a share of ``count`` independent cases when ``share`` is true."""
    return math.sqrt(share * (1.0 - share) / count)


def grouped_mean(values: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """Mean and its standard error when values of one group (a week) go together.

    Ratio estimator: the groups are independent, their sizes and sums are not.
    """
    _, place = np.unique(groups, return_inverse=True)
    sizes, sums = np.bincount(place), np.bincount(place, weights=values)
    mean = float(values.mean())
    off = sums - mean * sizes
    return mean, float(math.sqrt((off**2).sum()) / len(values))


def mean_of_runs(means: list[float]) -> tuple[float, float]:
    """Mean over independent runs and its standard error."""
    return float(np.mean(means)), float(np.std(means, ddof=1) / math.sqrt(len(means)))
