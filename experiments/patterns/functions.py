"""What an expectation is about, as a function of means over runs.

Each takes means ``(M, K)``, a column per cell, and gives ``(M,)``; linear ones can be applied to
single runs, the others are given an interval by the jackknife over runs.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LARGEST_Z = 7.0  # atanh of a correlation of 0.999998


class Function(Protocol):
    """A quantity that is expected to lie within limits."""

    @property
    def linear(self) -> bool:
        """Whether the mean of single runs' values is the value of the means."""

    def __call__(self, means: Floats) -> Floats:
        """``(M, K)`` to ``(M,)``."""


@dataclass(frozen=True)
class LinearPart:
    """``factor * (weights · means + constant)``, or of its absolute value when ``size``."""

    factor: float
    weights: tuple[float, ...]
    constant: float
    size: bool = False

    def __call__(self, means: Floats) -> Floats:
        """``(M, K)`` to ``(M,)``."""
        value: Floats = means @ np.array(self.weights) + self.constant
        sized: Floats = np.abs(value) if self.size else value
        return self.factor * sized


@dataclass(frozen=True)
class Combination:
    """A sum of linear parts."""

    parts: tuple[LinearPart, ...]

    @property
    def linear(self) -> bool:
        """No absolute value among the parts."""
        return not any(part.size for part in self.parts)

    def __call__(self, means: Floats) -> Floats:
        """The sum."""
        value: Floats = np.sum([part(means) for part in self.parts], axis=0)
        return value


@dataclass(frozen=True)
class Quotient:
    """One combination over another; NaN where the second is 0."""

    above: Combination
    below: Combination
    linear: bool = False

    def __call__(self, means: Floats) -> Floats:
        """The ratio."""
        above, below = self.above(means), self.below(means)
        value: Floats = np.divide(above, below, out=np.full(len(above), np.nan), where=below != 0.0)
        return value


@dataclass(frozen=True)
class Nearness:
    """How far cell 0 lies above the limit of nearness to the best of the others.

    The limit lies ``within`` of the way from the best to the worst below the best, and at least
    ``by``. ``sign`` is 1 where more is better, -1 where less is.
    """

    sign: float
    within: float
    by: float
    linear: bool = False

    def __call__(self, means: Floats) -> Floats:
        """Distance to the limit, positive on the near side."""
        values = self.sign * means
        best, worst = values[:, 1:].max(axis=1), values[:, 1:].min(axis=1)
        value: Floats = values[:, 0] - best + np.maximum(self.by, self.within * (best - worst))
        return value


@dataclass(frozen=True)
class PointCorrelation:
    """Correlation (Fisher's z) of two observables over scenarios: cells x1..xn, then y1..yn."""

    linear: bool = False

    def __call__(self, means: Floats) -> Floats:
        """Fisher's z; 0 where one of them does not vary."""
        points = means.shape[1] // 2
        x, y = means[:, :points], means[:, points:]
        x = x - x.mean(axis=1, keepdims=True)
        y = y - y.mean(axis=1, keepdims=True)
        return fisher((x * y).sum(axis=1), (x * x).sum(axis=1), (y * y).sum(axis=1))


@dataclass(frozen=True)
class RunCorrelation:
    """Correlation (Fisher's z) across runs, from the means of x, y, xx, yy and xy over runs."""

    linear: bool = False

    def __call__(self, means: Floats) -> Floats:
        """Fisher's z; 0 where one of them does not vary."""
        x, y, xx, yy, xy = means.T
        return fisher(xy - x * y, xx - x * x, yy - y * y)


def fisher(together: Floats, first: Floats, second: Floats) -> Floats:
    """Fisher's z of a correlation from a covariance and two variances (up to a common factor)."""
    spread = np.sqrt(np.maximum(first * second, 0.0))
    nothing = spread <= 1e-12 * np.maximum(1.0, np.abs(together))
    r = np.divide(together, spread, out=np.zeros(len(together)), where=~nothing)
    limit = np.tanh(LARGEST_Z)
    z: Floats = np.arctanh(np.clip(r, -limit, limit))
    return z
