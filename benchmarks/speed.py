"""Runs per second of the plain Mesa version and of the ensemble, in turns within one process."""

import statistics
import time
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.plain_mesa import run_batch, summaries
from benchmarks.setting import WEEKS, Effort, World
from simulation import run_many
from simulation.compilation import compiled
from simulation.handles import hold
from simulation.runs import prepare
from simulation.schedule import WEEK
from simulation.start import set_out

PLAIN_FIRST_SEED = 1_000_000  # the two versions draw independently, so seeds are not shared


class Spread(NamedTuple):
    """Least, middle and greatest of several measures of the same thing."""

    least: float
    median: float
    greatest: float


def spread(values: Sequence[float]) -> Spread:
    """Summarise repeated measures."""
    return Spread(min(values), statistics.median(values), max(values))


class Race(NamedTuple):
    """Both versions measured in turns, and what their runs gave."""

    plain_rate: Spread  # runs per second of processor time
    ensemble_rate: Spread
    ratio: Spread  # of rates measured right after one another
    plain_summaries: np.ndarray
    ensemble_summaries: np.ndarray


def race(world: World, effort: Effort) -> Race:
    """Plain, ensemble, plain, ensemble, ... on one core, by processor time."""
    structure, parameters = world.structure, world.parameters
    run_batch(structure, parameters, [0], weeks=8)
    run_many(structure, parameters, [0], weeks=8)
    plain_rates, ensemble_rates, plain, ensemble = [], [], [], []
    for turn in range(effort.repetitions):
        first = PLAIN_FIRST_SEED + turn * effort.plain_runs
        seeds = range(first, first + effort.plain_runs)
        began = time.process_time()
        rows = run_batch(structure, parameters, seeds, WEEKS)
        taken = time.process_time() - began
        plain_rates.append(effort.plain_runs / taken)
        plain.append(summaries(rows))
        first = turn * effort.ensemble_runs
        seeds = range(first, first + effort.ensemble_runs)
        began = time.process_time()
        ensemble.append(run_many(structure, parameters, seeds, WEEKS).summary)
        ensemble_rates.append(effort.ensemble_runs / (time.process_time() - began))
    ratios = [fast / slow for fast, slow in zip(ensemble_rates, plain_rates, strict=True)]
    return Race(
        spread(plain_rates),
        spread(ensemble_rates),
        spread(ratios),
        np.concatenate(plain),
        np.concatenate(ensemble),
    )


@compiled
def _nothing(structure, parameters, state, record, seed, week):
    """A phase that does nothing: what calling a phase from Python costs."""


def phase_shares(world: World, effort: Effort) -> dict[str, float]:
    """Share of the ensemble's time per phase, each called from Python; the call is taken off."""
    seeds = list(range(effort.phase_runs))
    state, record = prepare(world.structure, seeds, WEEKS)
    held = hold(world.structure, world.parameters, state, record)
    phases = (*WEEK, _nothing)
    total = dict.fromkeys((phase.__name__ for phase in phases), 0.0)
    for phase in phases:
        set_out(*held, 0)
        phase(*held, 0, 0)  # compiled or loaded before it is timed
    clock = time.process_time  # others on the machine do not take from it
    for seed in seeds:
        set_out(*held, seed)
        for week in range(WEEKS):
            for phase in phases:
                began = clock()
                phase(*held, seed, week)
                total[phase.__name__] += clock() - began
    call = total.pop("_nothing")
    net = {name: max(0.0, taken - call) for name, taken in total.items()}
    whole = sum(net.values())
    return {name: taken / whole for name, taken in net.items()}
