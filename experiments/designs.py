"""From levers and uncertainties to design points: places from 0 to 1, and settings.

Sampling is left to scipy and SALib; every design samples the unit cube, and each factor turns a
place into a value of its distribution. The same file gives the same design.
"""

from collections.abc import Callable
from itertools import product
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.stats import qmc

from experiments.experiment_schema import Design
from experiments.factors import Factor, Floats, as_text

FACTORIAL_LEVELS: Final = 2
MORRIS_LEVELS: Final = 4
MOST_POINTS: Final = 1_000_000

Settings = tuple[tuple[str, str], ...]


class Points(NamedTuple):
    """A design. ``P`` points of ``F`` factors.

    ``places`` are (P, F) from 0 to 1, the share of its distribution below a factor's value;
    ``positions`` are (P, F) from 0 at one end of its range to 1 at the other. Both are NaN where a
    point leaves a factor alone. ``settings`` hold one path-value list a point.
    """

    places: Floats
    positions: Floats
    settings: tuple[Settings, ...]


def lay_out(design: Design, factors: tuple[Factor, ...], seed: int) -> Points:
    """The points of ``design``; a list without settings, or no factors at all, gives none."""
    match design.kind:
        case "list":
            return _listed(design, factors)
        case "full_factorial":
            return _crossed(design, factors)
    places = _sampled(design, factors, seed)
    settings = tuple(
        tuple((one.path, one.value(float(place))) for one, place in zip(factors, row, strict=True))
        for row in places
    )
    return Points(places, _positions(settings, factors), settings)


def size(design: Design, factors: tuple[Factor, ...]) -> int:
    """How many points ``design`` has, without laying it out."""
    match design.kind:
        case "list":
            return len(design.settings)
        case "full_factorial":
            return int(np.prod([len(_levels(design, one)) for one in factors], dtype=np.float64))
        case "sobol":
            return (design.points or 0) * (len(factors) + 2)
        case "morris":
            return (design.points or 0) * (len(factors) + 1)
    return design.points or 0


def problem(factors: tuple[Factor, ...]) -> dict[str, Any]:
    """The factors as SALib wants them: the unit cube."""
    names = [one.path for one in factors]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def morris_levels(design: Design) -> int:
    """Steps of the grid that Morris' trajectories walk on."""
    return design.levels or MORRIS_LEVELS


def salib_seed(seed: int) -> int:
    """SALib takes 0 for no seed at all, and its generators take 32 bits."""
    return seed % (2**32 - 1) + 1


def _sampled(design: Design, factors: tuple[Factor, ...], seed: int) -> Floats:
    points = design.points or 0
    if design.kind == "latin_hypercube":
        sampler = qmc.LatinHypercube(len(factors), rng=np.random.default_rng(salib_seed(seed)))
        return np.asarray(sampler.random(points), dtype=np.float64)
    from SALib.sample import morris, sobol  # half a second to import

    if design.kind == "sobol":
        drawn = sobol.sample(
            problem(factors), points, calc_second_order=False, seed=salib_seed(seed)
        )
    else:
        drawn = morris.sample(
            problem(factors), points, num_levels=morris_levels(design), seed=salib_seed(seed)
        )
    return np.asarray(drawn, dtype=np.float64)


def _levels(design: Design, one: Factor) -> tuple[str, ...]:
    return one.levels(design.levels or FACTORIAL_LEVELS)


def _crossed(design: Design, factors: tuple[Factor, ...]) -> Points:
    settings = tuple(
        tuple(zip((one.path for one in factors), values, strict=True))
        for values in product(*(_levels(design, one) for one in factors))
    )
    return Points(_places(settings, factors), _positions(settings, factors), settings)


def _listed(design: Design, factors: tuple[Factor, ...]) -> Points:
    settings = tuple(
        tuple((path, as_text(value)) for path, value in point.items()) for point in design.settings
    )
    return Points(_places(settings, factors), _positions(settings, factors), settings)


def _places(settings: tuple[Settings, ...], factors: tuple[Factor, ...]) -> Floats:
    return _of_each(settings, factors, Factor.place)


def _positions(settings: tuple[Settings, ...], factors: tuple[Factor, ...]) -> Floats:
    return _of_each(settings, factors, Factor.position)


def _of_each(
    settings: tuple[Settings, ...],
    factors: tuple[Factor, ...],
    number: Callable[[Factor, str], float],
) -> Floats:
    """(P, F) a number of each factor's value, NaN where a point leaves it alone."""
    numbers = np.full((len(settings), len(factors)), np.nan)
    for row, point in enumerate(settings):
        given = dict(point)
        for column, one in enumerate(factors):
            if one.path in given:
                numbers[row, column] = number(one, given[one.path])
    return numbers
