"""Which of several models is best: comparisons with the best, and selection.

All models share their seeds (common random numbers), so procedures that assume independent models
(Rinott, OCBA, Hsu's original intervals) do not apply. What is used needs only that the paired
differences are close to normal: every bound is a Student bound of one pair, joined by Bonferroni's
inequality, which needs no independence and no equal variances.

- Comparisons with the best: Hsu's (1984, 1996) constrained intervals in the form for unequal
  widths (Edwards & Hsu 1983), each width t(1 − α/(k − 1), n − 1) · s_ij / √n of its own pair.
- Selection: the two-stage procedure of Clark & Yang (1986) as Nelson & Matejcik (1995) give it.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from analysis.paired import Floats
from experiments.intervals import is_skewed
from experiments.stopping import FEWEST

FIRST_STAGE: Final = FEWEST


@dataclass(frozen=True)
class WithBest:
    """One model against the best of the others, in the observable's unit and direction.

    Attributes:
        difference: its mean minus the best mean among the others; above 0 it leads. In the
            observable's own sign for "less is better" too: then below 0 it leads.
        low, high: the interval; all models' intervals hold together at the stated confidence.
        may_be_best: the interval does not rule out that it is the best.
        is_best: the interval says it is the best.
    """

    difference: float
    low: float
    high: float
    may_be_best: bool
    is_best: bool


@dataclass(frozen=True)
class Selection:
    """The model to choose, and whether there are enough runs to promise anything.

    Attributes:
        chosen: index of the model with the best mean over all runs.
        runs: seeds at hand.
        needed: seeds the procedure asks for, from the spread of the first stage.
        first_stage: seeds of the first stage.
        smallest_effect: the indifference zone, in the unit.
        confidence: promised probability that the chosen is the best, if the best leads by at
            least ``smallest_effect``.
        kept: enough runs, so the promise holds.
        known: there are the seeds of a whole first stage; with fewer nothing can be promised.
        skewed: some difference is too skewed for its runs.
    """

    chosen: int
    runs: int
    needed: int
    first_stage: int
    smallest_effect: float
    confidence: float
    kept: bool
    known: bool
    skewed: bool


def compare_with_best(
    values: Floats, direction: int, confidence: float, points: Floats | None = None
) -> list[WithBest]:
    """Simultaneous intervals for each model's mean minus the best of the others.

    Args:
        values: (M, R) a number per model and seed, M >= 2, R >= 2, no NaN.
        direction: +1 or -1.
        confidence: that all intervals hold.
        points: (M, P) a mean per model and point, where the points are a random sample of the
            space that is meant; see :mod:`analysis.over_points`.

    Raises:
        ValueError: no direction, or too few models or seeds.
    """
    _must_be_comparable(values, direction)
    upward = values * direction
    mean, reach = upward.mean(axis=1), _reaches(upward, confidence, points)
    gap = mean[:, None] - mean[None, :]
    models = range(len(mean))
    upper = [min(gap[i, j] + reach[i, j] for j in models if j != i) for i in models]
    candidates = [i for i in models if upper[i] >= 0.0]
    found = []
    for i in models:
        lower = min([0.0, *(gap[i, j] - reach[i, j] for j in candidates if j != i)])
        lead = float(min(gap[i, j] for j in models if j != i))
        low, high = sorted((direction * lower, direction * max(0.0, upper[i])))
        found.append(
            WithBest(
                difference=direction * lead,
                low=float(low) + 0.0,  # no minus before nothing
                high=float(high) + 0.0,
                may_be_best=i in candidates,
                is_best=candidates == [i],
            )
        )
    return found


def select(
    values: Floats,
    direction: int,
    smallest_effect: float,
    confidence: float = 0.95,
    first_stage: int = FIRST_STAGE,
) -> Selection:
    """Choose a model and say how many seeds the promise needs.

    Args:
        values: (M, R) a number per model and seed, in the order of the seeds, no NaN.
        direction: +1 or -1.
        smallest_effect: a lead below this does not matter, in the unit, > 0.
        confidence: probability of choosing rightly.
        first_stage: seeds from which the spread is taken; fewer if there are fewer.

    Raises:
        ValueError: no direction, or too few models or seeds.
    """
    _must_be_comparable(values, direction)
    models, runs = values.shape
    begun = min(first_stage, runs)
    first = values[:, :begun]
    pairs = [first[i] - first[j] for i in range(models) for j in range(i)]
    quantile = float(stats.t.ppf(1.0 - (1.0 - confidence) / (models - 1), begun - 1))
    widest = max(float(np.var(pair, ddof=1)) for pair in pairs)
    needed = max(begun, math.ceil(quantile**2 * widest / smallest_effect**2))
    return Selection(
        chosen=int(np.argmax(values.mean(axis=1) * direction)),
        runs=runs,
        needed=needed,
        first_stage=begun,
        smallest_effect=smallest_effect,
        confidence=confidence,
        kept=runs >= max(needed, first_stage),
        known=runs >= first_stage,
        skewed=any(is_skewed(values[i] - values[j]) for i in range(models) for j in range(i)),
    )


def _must_be_comparable(values: Floats, direction: int) -> None:
    if direction not in (1, -1):
        raise ValueError("only an observable with a direction has a best model")
    if values.shape[0] < 2 or values.shape[1] < 2 or np.isnan(values).any():
        raise ValueError("two models and two seeds that all of them have are needed")


def _reaches(values: Floats, confidence: float, points: Floats | None) -> Floats:
    """(M, M) one-sided Student reach of each paired difference, by Bonferroni over k - 1."""
    models, runs = values.shape
    variance, freedom = _variances(values), runs - 1
    if points is not None and points.shape[1] >= 2:
        variance = variance + _variances(points)
        freedom = min(freedom, points.shape[1] - 1)
    quantile = float(stats.t.ppf(1.0 - (1.0 - confidence) / (models - 1), freedom))
    reaches: Floats = quantile * np.sqrt(variance)
    return reaches


def _variances(values: Floats) -> Floats:
    """(M, M) variance of the mean of each paired difference over the columns."""
    differences = values[:, None, :] - values[None, :, :]
    variances: Floats = np.var(differences, axis=2, ddof=1) / values.shape[1]
    return variances
