"""Does the answer hold across the space that was sampled? Shares of points, and regret."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy import stats

from analysis.paired import Floats
from experiments.experiment import Experiment

RANDOM: Final = ("latin_hypercube", "sobol")
CONFIDENCE: Final = 0.95


@dataclass(frozen=True)
class Share:
    """In what share of the points one model beats another by more than the smallest effect.

    Attributes:
        points: points at which both could be compared.
        share: share of points whose mean difference is beyond the smallest effect.
        low, high: 95 % Wilson interval for the share of the space; None where the points are not
            a random sample of it.
        surely: share of points at which the whole interval of the difference (over seeds, each
            at 95 %) lies beyond the smallest effect.
        possibly: share of points at which it does not lie wholly on the near side.
    """

    points: int
    share: float
    low: float | None
    high: float | None
    surely: float
    possibly: float


@dataclass(frozen=True)
class Regret:
    """What a model costs, in the unit, where another would have been better.

    ``mean``, ``worst`` over the points; ``worst_point`` where; ``best_in`` share of the points in
    which it is the best. Noise inflates regret a little, since a best of noisy means is too good.
    """

    mean: float
    worst: float
    worst_point: int
    best_in: float


class PointIntervals(NamedTuple):
    """Difference at each point, (P',) each: mean over seeds and its 95 % Student interval.

    The interval is without end where there is one seed.
    """

    mean: Floats
    low: Floats
    high: Floats


def sample_rows(experiment: Experiment) -> tuple[np.ndarray, bool]:
    """Points that stand for the space, and whether they are a random sample of it.

    All points of a list or grid; of a Sobol design only the base points, since the others repeat
    their coordinates.
    """
    count, factors = experiment.points.places.shape
    kind = experiment.design.kind
    if kind != "sobol":
        return np.arange(max(1, count)), kind in RANDOM
    block = factors + 2
    rows = np.arange(count)
    return rows[(rows % block == 0) | (rows % block == block - 1)], True


def share_better(
    first: Floats, second: Floats, direction: int, smallest_effect: float, sampled: bool
) -> Share | None:
    """Share of points in which ``first`` is better; None where no point can be compared.

    Args:
        first, second: (P, R) an observable in two models, NaN where not defined.
        direction: +1 or -1 (0 counts as +1: more, not better).
        smallest_effect: smallest difference of interest, in the unit.
        sampled: the points are a random sample of the space.
    """
    mean, low, high = point_intervals((first - second) * (direction or 1))
    points = len(mean)
    if not points:
        return None
    beyond = mean > smallest_effect
    wilson = stats.binomtest(int(beyond.sum()), points).proportion_ci(CONFIDENCE, "wilson")
    return Share(
        points=points,
        share=float(beyond.mean()),
        low=float(wilson.low) if sampled else None,
        high=float(wilson.high) if sampled else None,
        surely=float((low > smallest_effect).mean()),
        possibly=float((high > smallest_effect).mean()),
    )


def regrets(values: Floats, direction: int) -> list[Regret] | None:
    """Regret of each model over points at which all have a mean; None if there is none.

    Args:
        values: (M, P, R), NaN where not defined.
        direction: +1 or -1.
    """
    counts = (~np.isnan(values)).sum(axis=2)
    whole = np.flatnonzero((counts > 0).all(axis=0))
    if not len(whole) or len(values) < 2:
        return None
    mean = np.nanmean(values[:, whole], axis=2) * direction
    lost = mean.max(axis=0) - mean
    return [
        Regret(
            mean=float(of_model.mean()),
            worst=float(of_model.max()),
            worst_point=int(whole[of_model.argmax()]),
            best_in=float((of_model == 0.0).mean()),
        )
        for of_model in lost
    ]


def point_intervals(difference: Floats) -> PointIntervals:
    """Of paired differences (P, R); points without any are left out."""
    counts = (~np.isnan(difference)).sum(axis=1)
    difference, counts = difference[counts > 0], counts[counts > 0]
    if not len(difference):
        return PointIntervals(*(np.zeros(0) for _ in range(3)))
    mean = np.nanmean(difference, axis=1)
    reach = np.full(len(mean), np.inf)
    several = counts > 1
    error = np.nanstd(difference[several], axis=1, ddof=1) / np.sqrt(counts[several])
    reach[several] = stats.t.ppf(0.5 + CONFIDENCE / 2.0, counts[several] - 1) * error
    return PointIntervals(mean, mean - reach, mean + reach)
