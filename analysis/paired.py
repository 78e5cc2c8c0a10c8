"""Statistics of runs paired by seed: the replication is the unit, never the week or the case.

With the same seed two organisation models meet the same outside world (common random numbers), so
the difference is taken seed by seed. Every interval here is a Student interval over whole
replications: closed form, hence the same on every machine, and usable at the extreme levels that
an adjustment for many comparisons asks for, where a bootstrap percentile would rest on a handful
of resamples. Its one assumption, a mean that is close to normal, is checked by Cochran's rule as
corrected by Sugden, Smith & Jones (2000): n > 28 + 25 g², g the skewness. Where the rule fails the
result says so.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy import stats

from experiments.stopping import is_skewed as is_skewed

Floats = npt.NDArray[np.float64]
Verdict = Literal["better", "worse", "more", "less", "equal", "unsettled", "undefined"]

FEWEST_PAIRS: Final = 2


@dataclass(frozen=True)
class Mean:
    """Mean of one observable in one model over runs, with a 95 % interval of its own.

    Attributes:
        runs: how many runs define the observable.
        missing: how many runs do not (NaN); they are left out and counted here.
        mean, low, high: in the observable's unit; None when no run defines it, and no interval
            with fewer than two.
        deviation: standard deviation between runs, None with fewer than two.
    """

    runs: int
    missing: int
    mean: float | None
    low: float | None
    high: float | None
    deviation: float | None


@dataclass(frozen=True)
class Difference:
    """First model minus second, over the seeds in which both define the observable.

    Attributes:
        runs: pairs used.
        missing: pairs left out because at least one side is not defined.
        mean, low, high: mean difference and its interval at ``level``, in the unit.
        level: coverage of this interval after adjustment.
        effect: d_av, the mean difference over the mean standard deviation of the two models;
            None when both have none.
        probability_better: share of pairs in which the first is better in the observable's
            direction, ties counted half; None for an observable without direction.
        verdict: see :func:`verdict`.
        skewed: too few pairs for the skewness of the differences, or fewer than 30.
    """

    runs: int
    missing: int
    mean: float | None
    low: float | None
    high: float | None
    level: float
    effect: float | None
    probability_better: float | None
    verdict: Verdict
    skewed: bool


def adjusted_level(shown: int, coverage: float = 0.95) -> float:
    """Coverage of each of ``shown`` intervals so that all hold together (Bonferroni 1936).

    It needs no independence, which paired runs and related observables do not have.
    """
    if shown < 1:
        raise ValueError(f"at least one interval must be shown, not {shown}")
    return 1.0 - (1.0 - coverage) / shown


def mean_interval(values: Floats, level: float) -> tuple[float, float]:
    """Student interval for the mean of ``values`` (n,), n >= 2, at coverage ``level``."""
    middle = float(np.mean(values))
    error = float(np.std(values, ddof=1)) / math.sqrt(len(values))
    reach = float(stats.t.ppf(0.5 + level / 2.0, len(values) - 1)) * error
    return middle - reach, middle + reach


def summarise(values: Floats, level: float = 0.95) -> Mean:
    """Mean and interval of one model's runs.

    Args:
        values: (N,) one number per run, NaN where the observable is not defined.
        level: coverage of the interval.
    """
    kept = values[~np.isnan(values)]
    missing = len(values) - len(kept)
    if len(kept) == 0:
        return Mean(0, missing, None, None, None, None)
    middle = float(np.mean(kept))
    if len(kept) < FEWEST_PAIRS:
        return Mean(len(kept), missing, middle, None, None, None)
    low, high = mean_interval(kept, level)
    return Mean(len(kept), missing, middle, low, high, float(np.std(kept, ddof=1)))


def compare(
    first: Floats, second: Floats, direction: int, smallest_effect: float, level: float
) -> Difference:
    """Compare two models seed by seed.

    Args:
        first: (N,) an observable in one model, one number per seed, NaN where undefined.
        second: (N,) the same in the other model, in the same order of seeds.
        direction: +1 more is better, -1 less is better, 0 neither.
        smallest_effect: smallest difference of interest, in the unit, >= 0.
        level: coverage of the interval, from :func:`adjusted_level`.

    Raises:
        ValueError: the two are not equally long.
    """
    if first.shape != second.shape:
        raise ValueError(f"runs are not paired: {first.shape} against {second.shape}")
    both = ~(np.isnan(first) | np.isnan(second))
    a, b = first[both], second[both]
    runs, missing = len(a), int(np.sum(~both))
    if runs < FEWEST_PAIRS:
        middle = float(a[0] - b[0]) if runs else None
        return Difference(
            runs, missing, middle, None, None, level, None, None, "undefined", skewed=True
        )
    difference = a - b
    low, high = mean_interval(difference, level)
    return Difference(
        runs=runs,
        missing=missing,
        mean=float(np.mean(difference)),
        low=low,
        high=high,
        level=level,
        effect=effect_size(a, b),
        probability_better=probability_better(difference, direction),
        verdict=verdict(low, high, direction, smallest_effect),
        skewed=is_skewed(difference),
    )


def effect_size(first: Floats, second: Floats) -> float | None:
    """d_av: mean paired difference / root of the mean of the two variances (Cumming 2012, ch. 11).

    Not d_z, which divides by the spread of the differences: common random numbers make that
    spread small by design, so d_z would measure how well the simulation pairs its runs, not how
    far apart the models lie compared with the luck of one plan period.
    """
    spread = math.sqrt((float(np.var(first, ddof=1)) + float(np.var(second, ddof=1))) / 2.0)
    middle = float(np.mean(first - second))
    if spread == 0.0:
        return 0.0 if middle == 0.0 else None
    return middle / spread


def probability_better(difference: Floats, direction: int) -> float | None:
    """Share of pairs in which the first is better, ties half; None without direction."""
    if direction == 0:
        return None
    signed = difference * direction
    return float(np.mean((signed > 0.0) + 0.5 * (signed == 0.0)))


def verdict(low: float, high: float, direction: int, smallest_effect: float) -> Verdict:
    """What the interval allows to be said, given the smallest effect of interest.

    Clearly better or worse: the whole interval lies beyond the smallest effect, not merely off
    zero. Practically equal: the whole interval lies within it. Otherwise not settled. Without
    direction: clearly more or less.
    """
    if low > smallest_effect:
        return {1: "better", -1: "worse", 0: "more"}[direction]  # type: ignore[return-value]
    if high < -smallest_effect:
        return {1: "worse", -1: "better", 0: "less"}[direction]  # type: ignore[return-value]
    if -smallest_effect <= low and high <= smallest_effect:
        return "equal"
    return "unsettled"
