"""How far a set of parameters is from showing the patterns.

Each requirement of a pattern has limits. Its shortfall is how far the quantity lies from being
inside them by half a smallest effect of interest, measured in smallest effects (for plain limits:
in the limit itself, and without the half), at most ``MOST``; 0 when it lies inside. A pattern's
shortfall is the mean of its requirements', and the distance is the mean of the patterns': 0 when
everything holds with room to spare, ``MOST`` when nothing is anywhere near.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.jobs import Job, Outcome
from experiments.measures import Measure, Table
from experiments.patterns.requirements import Requirement
from experiments.patterns.settling import FEWEST, Prepared, RunJobs, pseudo_values
from experiments.patterns.staging import Stage
from scenarios.building import build
from scenarios.loading import parameters
from scenarios.schema import Scenario
from simulation.parameters import Parameters
from simulation.structure import Structure

Floats = npt.NDArray[np.float64]
Values = Mapping[str, float]  # parameter: value

MOST: Final = 4.0
ROOM: Final = 0.5  # smallest effects inside the limit that are aimed at, so that it can be settled


class Score(NamedTuple):
    """What came of one set of parameters."""

    distance: float
    patterns: dict[str, float]  # id: shortfall of the pattern
    requirements: tuple[float, ...]  # shortfalls, pattern by pattern


def parameters_under(scenario: Scenario, values: Values) -> Parameters:
    """The scenario's parameters with ``values`` wherever it sets none itself."""
    changed = {**values, **scenario.parameters}
    return parameters(scenario.model_copy(update={"parameters": changed}))


class Distance:
    """Runs sets of parameters against patterns; the same seeds for every set."""

    def __init__(
        self, patterns: Sequence[Prepared], runs: int, run: RunJobs, first_seed: int = 1
    ) -> None:
        """``runs`` of every scenario per set of parameters, at least 3."""
        self.patterns = patterns
        self.runs = max(runs, FEWEST)
        self._run, self._first_seed = run, first_seed
        self._stages: dict[str, Stage] = {}
        self._measures: dict[str, list[Measure]] = {}
        for one in patterns:
            self._stages.update(one.stages)
            for cell in (cell for need in one.requirements for cell in need.cells):
                measures = self._measures.setdefault(cell.stage, [])
                if cell.measure not in measures:
                    measures.append(cell.measure)
        self._built: dict[str, Structure] = {}

    @property
    def runs_per_set(self) -> int:
        """Runs of the model that one set of parameters costs."""
        return self.runs * len(self._stages)

    def scores(self, candidates: Sequence[Values]) -> list[Score]:
        """The score of every set, in order; all are run together."""
        jobs = [
            self._job(number, key, values)
            for number, values in enumerate(candidates)
            for key in self._stages
        ]
        outcomes = {outcome.key: outcome for outcome in self._run(jobs)} if jobs else {}
        return [self._score(number, outcomes) for number in range(len(candidates))]

    def _job(self, number: int, key: str, values: Values) -> Job:
        stage = self._stages[key]
        if key not in self._built:
            self._built[key] = build(stage.scenario)
        strengths = parameters_under(stage.scenario, values)
        table = Table(tuple(self._measures[key]))
        return Job(
            f"{number} {key}", self._built[key], strengths, self._first_seed, self.runs,
            stage.weeks, table=table,
        )  # fmt: skip

    def _score(self, number: int, outcomes: Mapping[str, Outcome]) -> Score:
        by_pattern: dict[str, float] = {}
        every: list[float] = []
        for one in self.patterns:
            found = [self._shortfall(number, need, outcomes) for need in one.requirements]
            by_pattern[one.pattern.id] = float(np.mean(found))
            every += found
        return Score(float(np.mean(list(by_pattern.values()))), by_pattern, tuple(every))

    def _shortfall(
        self, number: int, requirement: Requirement, outcomes: Mapping[str, Outcome]
    ) -> float:
        columns = []
        for cell in requirement.cells:
            place = self._measures[cell.stage].index(cell.measure)
            columns.append(outcomes[f"{number} {cell.stage}"].measured[:, place])
        return shortfall(requirement, np.stack(columns, axis=1))


def shortfall(requirement: Requirement, values: Floats) -> float:
    """How far ``values`` (runs, cells) are from holding, 0 to ``MOST``."""
    kept = values[~np.isnan(values).any(axis=1)]
    if len(kept) < FEWEST:
        return MOST
    middle = float(np.mean(pseudo_values(requirement, kept)))
    if math.isnan(middle):
        return MOST
    room = ROOM * requirement.by
    below = (requirement.low + room - middle) / _scale(requirement, requirement.low)
    above = (middle - requirement.high + room) / _scale(requirement, requirement.high)
    return min(MOST, max(0.0, below, above))


def _scale(requirement: Requirement, limit: float) -> float:
    """What the shortfall is measured in."""
    if requirement.by > 0.0:
        return requirement.by
    return abs(limit) if math.isfinite(limit) and limit != 0.0 else 1.0
