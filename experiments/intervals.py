"""Intervals for a mean over replications, shared by comparisons and patterns.

A Student interval: closed form, hence the same on every machine, and usable at the extreme levels
that an adjustment for many comparisons or repeated looks asks for. Its one assumption, a mean that
is close to normal, is checked by Cochran's rule as corrected by Sugden, Smith & Jones (2000).
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

Floats = npt.NDArray[np.float64]

FEWEST_ADVISED: Final = 30  # below this, nominal 95 % intervals are too narrow on skewed results


def mean_interval(values: Floats, level: float) -> tuple[float, float]:
    """Student interval for the mean of ``values`` (n,), n >= 2, at coverage ``level``."""
    middle = float(np.mean(values))
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    reach = float(stats.t.ppf(0.5 + level / 2.0, len(values) - 1)) * error
    return middle - reach, middle + reach


def is_skewed(values: Floats) -> bool:
    """True when a Student interval is not to be trusted: n <= 28 + 25 g², or n < 30."""
    if len(values) < FEWEST_ADVISED:
        return True
    if float(np.std(values)) <= 1e-12 * max(1.0, float(np.max(np.abs(values)))):
        return False
    skewness = float(stats.skew(values))
    return len(values) <= 28.0 + 25.0 * skewness**2
