"""What a city costs against one helhedsplan: ten times the actors, bodies and cases."""

import time
from typing import NamedTuple

from benchmarks.setting import CITY, WEEKS, Effort, World, world
from benchmarks.speed import Spread, spread
from simulation import run_many

FIRST_SEED = 50_000


class Scaling(NamedTuple):
    """How much larger the city is, and how much longer one of its runs takes."""

    actors: float  # times those of the base model
    fora: float
    cases: float
    cost: Spread  # times the processor seconds of a run of the base model


def scale(base: World, effort: Effort) -> Scaling:
    """Base model and city in turns; processor time, which others on the machine do not take."""
    city = world(CITY)
    for here in (base, city):
        run_many(here.structure, here.parameters, [0], weeks=1)
    costs = []
    for turn in range(effort.scaling_repetitions):
        first = FIRST_SEED + turn * effort.scaling_runs
        small = _seconds_a_run(base, first, 10 * effort.scaling_runs)
        costs.append(_seconds_a_run(city, first, effort.scaling_runs) / small)
    one, other = base.structure, city.structure
    return Scaling(
        len(other.actor_key) / len(one.actor_key),
        len(other.forum_key) / len(one.forum_key),
        float(other.area_case_rate.sum() / one.area_case_rate.sum()),
        spread(costs),
    )


def _seconds_a_run(here: World, first: int, runs: int) -> float:
    seeds = range(first, first + runs)
    began = time.process_time()
    run_many(here.structure, here.parameters, seeds, WEEKS)
    return (time.process_time() - began) / runs
