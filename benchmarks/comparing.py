"""Do two tellings of the same model agree? Means of the main observables within standard errors."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from simulation.observables import OBSERVABLES, SUMMARY

FAMILY_ERROR = 0.01  # chance that one or more of all compared means is flagged without cause
MAIN = tuple(name for name, about in OBSERVABLES.items() if about.main)


class Agreement(NamedTuple):
    """One observable in two sets of independent runs."""

    name: str
    plain: float
    ensemble: float
    difference: float  # plain minus ensemble
    standard_error: float  # of the difference
    z: float


def limit(compared: int) -> float:
    """Largest |z| that counts as agreement: two-sided, Bonferroni over ``compared`` means."""
    return float(norm.ppf(1.0 - FAMILY_ERROR / (2 * compared)))


def agreements(
    plain: npt.NDArray[np.float64],
    ensemble: npt.NDArray[np.float64],
    names: tuple[str, ...] = MAIN,
) -> list[Agreement]:
    """Compare means column by column; columns as in ``SUMMARY``, (runs, columns), NaN left out."""
    return [
        _agreement(name, plain[:, column], ensemble[:, column])
        for column, name in enumerate(SUMMARY)
        if name in names
    ]


def worst(compared: list[Agreement]) -> Agreement:
    """The one that agrees least."""
    return max(compared, key=lambda one: abs(one.z))


def _agreement(name: str, one: npt.NDArray, other: npt.NDArray) -> Agreement:
    one, other = one[~np.isnan(one)], other[~np.isnan(other)]
    difference = float(one.mean() - other.mean())
    error = float(np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other)))
    if error > 0.0:
        z = difference / error
    else:
        z = 0.0 if difference == 0.0 else float(np.copysign(np.inf, difference))
    return Agreement(name, float(one.mean()), float(other.mean()), difference, error, z)
