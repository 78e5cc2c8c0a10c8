"""What the outcome depends on: main effects, Sobol indices, Morris' elementary effects.

Every index rests on means over replications; how much of their variance is still noise is told
beside it. Designs and Sobol indices are SALib's.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.paired import Floats
from experiments.designs import problem, salib_seed
from experiments.experiment import Experiment
from experiments.intervals import is_skewed


@dataclass(frozen=True)
class MainEffect:
    """Change of the outcome from one end of a factor to the other, all others as they fell.

    ``mean``, ``low``, ``high`` in the observable's unit: the slope of a straight line through all
    points, over the factor's whole range, with its Student interval.
    """

    mean: float
    low: float
    high: float
    skewed: bool


@dataclass(frozen=True)
class Noise:
    """How much of the variance between points is left-over luck.

    ``share`` of the variance of the points' means is noise of the replications. Luck that all
    points share (common seeds) moves no index and is not counted.
    """

    share: float
    replications: int


@dataclass(frozen=True)
class SobolIndex:
    """First-order and total index of one factor with 95 % intervals (± half-widths)."""

    first: float
    first_reach: float
    total: float
    total_reach: float


@dataclass(frozen=True)
class MorrisEffect:
    """Morris (1991), Campolongo et al. (2007): mu*, its 95 % half-width, mu, and sigma."""

    size: float
    size_reach: float
    mean: float
    spread: float


def main_effects(
    values: Floats, positions: Floats, level: float, sampled: bool
) -> tuple[list[MainEffect], float] | None:
    """Main effect of each factor by least squares, and the share of variance the lines explain.

    The slopes of one seed are one independent observation, since all points share their seeds.
    Where the points are a random sample, other points would have given other slopes, the more so
    the less a plane fits: that variance is added, robust to unequal spread (HC3, MacKinnon & White
    1985).

    Args:
        values: (P, R) an outcome, NaN where not defined.
        positions: (P, F) from 0 at one end of each factor's range to 1 at the other.
        level: coverage of each interval.
        sampled: the points are a random sample of the space.

    Returns:
        One effect a factor and R² of the points' means; None where the design cannot tell the
        factors apart, or fewer than two seeds are whole.
    """
    whole = ~np.isnan(values).any(axis=1)
    kept, design = values[whole], np.column_stack([np.ones(int(whole.sum())), positions[whole]])
    points, columns = design.shape
    if np.isnan(design).any() or values.shape[1] < 2 or points <= columns:
        return None
    if np.linalg.matrix_rank(design) < columns:
        return None
    solve = np.linalg.pinv(design)
    slopes = (solve @ kept)[1:]
    of_points = kept.mean(axis=1)
    left = of_points - design @ (solve @ of_points)
    variance = slopes.var(axis=1, ddof=1) / values.shape[1]
    freedom = values.shape[1] - 1
    if sampled:
        leverage = np.einsum("pc,cp->p", design, solve)
        variance = variance + (solve[1:] ** 2) @ (left / np.maximum(1.0 - leverage, 1e-9)) ** 2
        freedom = min(freedom, points - columns)
    reach = float(stats.t.ppf(0.5 + level / 2.0, freedom)) * np.sqrt(variance)
    total = float(np.var(of_points))
    explained = 1.0 - float(np.var(left)) / total if total > 0.0 else math.nan
    return [
        MainEffect(float(mean), float(mean - half), float(mean + half), is_skewed(of_seed))
        for mean, half, of_seed in zip(slopes.mean(axis=1), reach, slopes, strict=True)
    ], explained


def noise(values: Floats) -> Noise | None:
    """Share of noise by a two-way analysis of variance, points × seeds.

    The residual is what neither the point nor the seed explains; its variance over the number of
    replications is the noise in a point's mean.

    Args:
        values: (P, R); points with a gap are left out. None with fewer than two points or seeds.
    """
    whole = values[~np.isnan(values).any(axis=1)]
    points, runs = whole.shape
    if points < 2 or runs < 2:
        return None
    of_point, of_seed = whole.mean(axis=1), whole.mean(axis=0)
    residual = whole - of_point[:, None] - of_seed[None, :] + whole.mean()
    within = float((residual**2).sum()) / ((points - 1) * (runs - 1))
    between = float(np.var(of_point, ddof=1))
    share = min(1.0, within / runs / between) if between > 0.0 else math.nan
    return Noise(share, runs)


def sobol(values: Floats, experiment: Experiment) -> list[SobolIndex] | None:
    """Sobol indices of each factor; None where a point has no mean or nothing varies.

    Args:
        values: (P, R) an outcome at the points of a Sobol design.
        experiment: whose design it is.
    """
    from SALib.analyze import sobol as analysis

    outcome = _means(values)
    if outcome is None:
        return None
    found = analysis.analyze(
        problem(experiment.factors),
        outcome,
        calc_second_order=False,
        seed=salib_seed(experiment.seed),
    )
    return [
        SobolIndex(*(float(number) for number in row))
        for row in zip(found["S1"], found["S1_conf"], found["ST"], found["ST_conf"], strict=True)
    ]


def morris(values: Floats, experiment: Experiment) -> list[MorrisEffect] | None:
    """Elementary effects of each factor over its whole range, in the observable's unit.

    A step counts by how far the value moved, not by the step in the unit cube: of two listed
    values a step is the whole range. Where all values are on a continuous uniform range these are
    SALib's numbers.
    """
    outcome = _means(values)
    if outcome is None:
        return None
    factors = len(experiment.factors)
    shape = (-1, factors + 1, factors)
    moved = np.diff(experiment.points.places.reshape(shape), axis=1) != 0.0
    far = np.diff(experiment.points.positions.reshape(shape), axis=1)
    change = np.broadcast_to(np.diff(outcome.reshape(shape[:2]), axis=1)[:, :, None], far.shape)
    effects = np.divide(change, far, out=np.zeros(far.shape), where=moved & (far != 0.0))
    by_factor = effects.sum(axis=1)  # each factor moves once in a trajectory
    sizes, count = np.abs(by_factor), len(by_factor)
    reach = float(stats.t.ppf(0.975, count - 1)) * sizes.std(axis=0, ddof=1) / math.sqrt(count)
    rows = zip(
        sizes.mean(axis=0),
        reach,
        by_factor.mean(axis=0),
        by_factor.std(axis=0, ddof=1),
        strict=True,
    )
    return [MorrisEffect(*(float(number) for number in row)) for row in rows]


def _means(values: Floats) -> Floats | None:
    """(P,) means over seeds; None where one is missing or all are the same."""
    if np.isnan(values).all(axis=1).any():
        return None
    outcome: Floats = np.nanmean(values, axis=1)
    return outcome if float(np.ptp(outcome)) > 0.0 else None
