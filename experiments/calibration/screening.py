"""Which parameters matter: elementary effects of all of them, one at a time (Morris 1991).

The radial form (Campolongo, Saltelli & Cariboni 2011): from each of a few base points every
parameter in turn is moved to the value it has in another point, and the change of the shortfalls is
divided by the step as a share of the range. The first base is the catalogue's defaults; the others
and the values moved to come from a Sobol sequence over the ranges of the search.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from experiments.calibration.distance import Score, Values
from simulation.parameters import About, parameter_catalogue

Floats = npt.NDArray[np.float64]
Scores = Callable[[Sequence[Values]], list[Score]]

# What is only about observing: to search over it would be to bend the yardstick.
OBSERVING: Final = ("relation_memory", "relation_cases_needed", "relation_share_needed")
SMALLEST_STEP: Final = 0.1  # share of the range
WITHIN: Final = 3.0  # times what was assumed


class Space(NamedTuple):
    """Parameters that are searched over, as a unit cube between limits."""

    names: tuple[str, ...]
    low: Floats
    high: Floats

    def values(self, point: Floats) -> dict[str, float]:
        """A point of the cube as parameter: value."""
        scaled = self.low + point * (self.high - self.low)
        return dict(zip(self.names, scaled.tolist(), strict=True))

    def point(self, values: Mapping[str, float]) -> Floats:
        """The point of a set; a parameter that is not in it stands at its default."""
        known = defaults() | dict(values)
        wanted = np.array([known[name] for name in self.names])
        point: Floats = (wanted - self.low) / (self.high - self.low)
        return point


def defaults() -> dict[str, float]:
    """The catalogue's default of every parameter."""
    return {name: default for name, (default, _) in parameter_catalogue().items()}


def space(names: Sequence[str] | None = None) -> Space:
    """The cube of ``names``, by default of every parameter that is not only about observing.

    The catalogue's range is what the model can be run with; the search stays within a factor
    ``WITHIN`` of what was assumed, because an assumption made from knowledge of the field is worth
    more than a finding that it does not reach. Where nothing was assumed (0) the range is whole.
    """
    catalogue = parameter_catalogue()
    chosen = tuple(names or (name for name in catalogue if name not in OBSERVING))
    limits = np.array([_limits(*catalogue[name]) for name in chosen])
    return Space(chosen, limits[:, 0], limits[:, 1])


def _limits(default: float, about: About) -> tuple[float, float]:
    assumed = default if about.assumed is None else about.assumed
    if assumed <= 0.0:
        return about.low, about.high
    return max(about.low, assumed / WITHIN), min(about.high, assumed * WITHIN)


class Influence(NamedTuple):
    """How much a parameter matters."""

    name: str
    effect: float  # mean over bases of the summed change of shortfalls, per whole range
    gain: float  # largest fall of the distance that moving it alone gave, 0 if none


def screen(
    bases: int, seed: int, scores: Scores, chunk: int, stop: Callable[[], bool] = lambda: False
) -> list[Influence] | None:
    """Elementary effects of every parameter, the most influential first.

    Args:
        bases: base points, at least 1; each costs one evaluation more than there are parameters.
        seed: of the Sobol sequence.
        scores: gives the scores of sets of parameters.
        chunk: how many sets are asked for at a time.
        stop: asked before each chunk; None is returned when it says so before the end.
    """
    cube = space()
    plan = _plan(cube, bases, seed)
    wanted = [cube.values(point) for base, moved in plan for point in (base, *moved)]
    found: list[Score] = []
    for start in range(0, len(wanted), chunk):
        if stop():
            return None
        found += scores(wanted[start : start + chunk])
    return _influences(cube, plan, found)


def _plan(cube: Space, bases: int, seed: int) -> list[tuple[Floats, list[Floats]]]:
    """Each base point, and the points in which one parameter after the other has been moved."""
    size = len(cube.names)
    sobol = qmc.Sobol(2 * size, seed=seed).random_base2(max(1, (bases - 1).bit_length()))
    plan = []
    for number in range(bases):
        base = cube.point({}) if number == 0 else sobol[number, :size]
        other = sobol[number, size:]
        moved = []
        for place in range(size):
            point = base.copy()
            point[place] = _apart(base[place], other[place])
            moved.append(point)
        plan.append((base, moved))
    return plan


def _apart(base: float, other: float) -> float:
    """``other``, or a value at least the smallest step away from ``base``, inside 0..1."""
    if abs(other - base) >= SMALLEST_STEP:
        return float(other)
    away = base + SMALLEST_STEP if base + SMALLEST_STEP <= 1.0 else base - SMALLEST_STEP
    return float(away)


def _influences(
    cube: Space, plan: list[tuple[Floats, list[Floats]]], found: list[Score]
) -> list[Influence]:
    size = len(cube.names)
    effects, gains = np.zeros(size), np.zeros(size)
    for number, (base, moved) in enumerate(plan):
        start = number * (size + 1)
        before = found[start]
        for place in range(size):
            after = found[start + 1 + place]
            change = np.abs(np.subtract(after.requirements, before.requirements)).sum()
            effects[place] += change / abs(moved[place][place] - base[place]) / len(plan)
            gains[place] = max(gains[place], before.distance - after.distance)
    listed = [
        Influence(name, float(effects[place]), float(gains[place]))
        for place, name in enumerate(cube.names)
    ]
    return sorted(listed, key=lambda one: -one.effect)
