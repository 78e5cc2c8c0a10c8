"""The search: differential evolution (Storn & Price 1997) over the parameters that matter.

Plain steps that can be told in a few lines, and that come out the same when they are run again: a
population of sets; in every generation each is challenged by one made from three others, and gives
way when the challenger's distance is not larger. The defaults are a member from the start, half of
the others begin near them and half anywhere in the ranges of the search.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from experiments.calibration.distance import Score, Values
from experiments.calibration.screening import Scores, Space

Floats = npt.NDArray[np.float64]

NEARBY: Final = 0.15  # standard deviation of those that begin near the defaults, share of the range
CROSSOVER: Final = 0.7
WEAKEST, STRONGEST = 0.4, 0.9  # of the difference that is added, drawn anew for each challenger


class Member(NamedTuple):
    """One set in the population."""

    point: Floats
    score: Score


Tell = Callable[[int, list[Member]], None]  # generations done, population


def search(
    cube: Space, population: int, seed: int, scores: Scores, stop: Callable[[], bool], tell: Tell
) -> list[Member]:
    """Improve a population until ``stop`` says so; the best come first.

    Args:
        cube: what is searched over; everything else stays at its default.
        population: how many sets, at least 4.
        seed: of everything that is drawn.
        scores: gives the scores of sets of parameters.
        stop: asked before each generation but the first.
        tell: called after each generation.
    """
    members = _scored(cube, _first_points(cube, max(4, population), seed), scores)
    generation = 1
    tell(generation, members)
    while not stop():
        challengers = _scored(cube, _challengers(members, seed, generation), scores)
        members = [
            new if new.score.distance <= old.score.distance else old
            for old, new in zip(members, challengers, strict=True)
        ]
        generation += 1
        tell(generation, members)
    return sorted(members, key=lambda one: one.score.distance)


def _scored(cube: Space, points: list[Floats], scores: Scores) -> list[Member]:
    sets: list[Values] = [cube.values(point) for point in points]
    return [Member(point, score) for point, score in zip(points, scores(sets), strict=True)]


def _first_points(cube: Space, population: int, seed: int) -> list[Floats]:
    size = len(cube.names)
    default = cube.point({})
    anywhere = qmc.LatinHypercube(size, seed=seed).random(population)
    rng = np.random.default_rng([seed, size])
    near = default + NEARBY * rng.normal(size=(population, size))
    others = [
        _inside(near[number]) if number % 2 else anywhere[number] for number in range(1, population)
    ]
    return [default, *others]


def _challengers(members: list[Member], seed: int, generation: int) -> list[Floats]:
    rng = np.random.default_rng([seed, generation, len(members)])
    challengers = []
    for place, member in enumerate(members):
        others = [other for k, other in enumerate(members) if k != place]
        a, b, c = (others[k].point for k in rng.choice(len(others), 3, replace=False))
        strength = rng.uniform(WEAKEST, STRONGEST)
        made = a + strength * (b - c)
        crossed = rng.random(len(made)) < CROSSOVER
        crossed[rng.integers(len(made))] = True
        challengers.append(_inside(np.where(crossed, made, member.point)))
    return challengers


def _inside(point: Floats) -> Floats:
    """Reflected at the walls of the unit cube."""
    folded = np.mod(point, 2.0)
    return np.minimum(folded, 2.0 - folded)
