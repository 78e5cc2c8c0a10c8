"""What is run: one scenario for all measures, and how long each measure takes."""

from dataclasses import dataclass
from typing import NamedTuple

import scenarios
from simulation.parameters import Parameters
from simulation.structure import Structure

BASE = "lokal_fagprofessionel"
CITY = "odense_by"
WEEKS = 208


class World(NamedTuple):
    """A scenario, ready to run."""

    name: str
    structure: Structure
    parameters: Parameters


@dataclass(frozen=True)
class Effort:
    """How much to measure."""

    repetitions: int  # pairs of plain and ensemble, one after the other
    plain_runs: int  # per repetition
    ensemble_runs: int  # per repetition
    memory_runs: int  # runs in the process whose memory is read
    starts: int  # processes started to time a warm start
    phase_runs: int
    bound_runs: int  # runs in which the hottest phase is held against its lower bound
    scaling_repetitions: int  # pairs of base model and city
    scaling_runs: int  # of the city; ten times as many of the base model
    worker_repetitions: int
    worker_seconds: float  # work handed to the runner, in seconds of one core
    cold: bool  # compile anew, in an empty cache


SHORT = Effort(
    repetitions=6, plain_runs=3, ensemble_runs=60, memory_runs=12, starts=2, phase_runs=10,
    bound_runs=3,
    scaling_repetitions=3, scaling_runs=2, worker_repetitions=1, worker_seconds=10.0, cold=False,
)  # fmt: skip
FULL = Effort(
    repetitions=20, plain_runs=5, ensemble_runs=150, memory_runs=40, starts=5, phase_runs=60,
    bound_runs=10,
    scaling_repetitions=7, scaling_runs=5, worker_repetitions=5, worker_seconds=20.0, cold=True,
)  # fmt: skip


def world(name: str = BASE) -> World:
    """Load and build a scenario by name."""
    scenario = scenarios.load(name)
    return World(name, scenarios.build(scenario), scenarios.parameters(scenario))
