"""How many runs it takes to know: look, decide what is clear, run more for the rest.

The rule. Looks are planned beforehand: after 40 runs of each scenario, then after twice as many,
until the limit. A pattern with ``m`` requirements and ``K`` planned looks takes every interval at
the level ``1 − 0.05 / (m K)`` (Bonferroni 1936, over requirements and looks), so with at least
95 % confidence all its intervals hold at all looks, however early it stops: looking again does not
raise the risk. A requirement is settled at the first look at which its interval lies wholly inside
or wholly outside the limits; one whose values are too skewed for a Student interval
(``experiments.intervals``) waits for more runs, and is settled at the last look with a mark. What
is then still open is undecided. The patterns of one call are not adjusted for each other.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.intervals import is_skewed, mean_interval
from experiments.jobs import Job, Outcome
from experiments.measures import Measure, Table
from experiments.patterns.cells import Cell
from experiments.patterns.reading import Written
from experiments.patterns.requirements import Requirement, requirements_of
from experiments.patterns.schema import Pattern, Settings
from experiments.patterns.staging import Stage, stages_of
from simulation.parameters import Parameters
from simulation.structure import Structure

Floats = npt.NDArray[np.float64]
Holds = Literal["holds", "fails", "undecided"]
Verdict = Literal["reproduced", "not_reproduced", "undecided"]
RunJobs = Callable[[list[Job]], list[Outcome]]

FIRST_LOOK: Final = 40
DEFAULT_LIMIT: Final = 320
COVERAGE: Final = 0.95
FEWEST: Final = 3  # runs in which everything is defined, below which nothing can be said


class Prepared(NamedTuple):
    """A pattern ready to be run."""

    pattern: Pattern
    stages: dict[str, Stage]  # by key
    requirements: tuple[Requirement, ...]
    names: dict[str, tuple[str, ...]]  # key to what the file calls it, more than once at times


@dataclass(frozen=True)
class Reading:
    """What the runs say about one requirement.

    Attributes:
        requirement: what must hold.
        runs: runs used.
        missing: runs left out because something in them is not defined.
        estimate, low, high: value and interval at ``level``; correlations as correlations, not z.
        standardised: difference over the root mean variance between runs (d_av); None otherwise.
        probability: share of runs in which it holds by itself: the first above the second (ties
            half), or the value within the limits; None for correlations and nearness.
        skewed: the values are too skewed, or too few, for the interval to be trusted.
        verdict: holds, fails, undecided.
    """

    requirement: Requirement
    runs: int
    missing: int
    estimate: float | None
    low: float | None
    high: float | None
    level: float
    standardised: float | None
    probability: float | None
    skewed: bool
    verdict: Holds


@dataclass(frozen=True)
class Finding:
    """What the runs say about a pattern: all its requirements must hold."""

    pattern: Pattern
    readings: tuple[Reading, ...]
    verdict: Verdict
    runs: int  # of each of its scenarios
    identical: tuple[tuple[str, ...], ...] = ()  # scenarios whose runs are the same to the bit


def prepared(
    written: Written, without: tuple[str, ...] = (), over: Settings | None = None
) -> Prepared:
    """Load the scenarios and work out what must hold; arguments as in ``stages_of``.

    Raises ``ScenarioError`` for anything wrong in the file.
    """
    stages = stages_of(written.pattern, written.places, without, over)
    requirements = requirements_of(written.pattern, stages, written.places)
    needed = {cell.stage for one in requirements for cell in one.cells}
    used = {name: one for name, one in stages.single.items() if one.key in needed}
    by_key = {one.key: one for one in used.values()}
    names = {key: tuple(name for name, one in used.items() if one.key == key) for key in by_key}
    return Prepared(written.pattern, by_key, tuple(requirements), names)


def looks(limit: int) -> list[int]:
    """Runs of each scenario at the planned looks: 40, 80, ... and the limit last."""
    planned, runs = [], FIRST_LOOK
    while runs < limit:
        planned.append(runs)
        runs *= 2
    return [*planned, limit]


class Runs:
    """The runs of all scenarios so far: what is measured in them, by cell."""

    def __init__(self, patterns: Iterable[Prepared], first_seed: int = 1) -> None:
        self._stages: dict[str, Stage] = {}
        self._measures: dict[str, dict[Measure, int]] = {}
        self._rows: dict[str, Floats] = {}
        self._summaries: dict[str, Floats] = {}
        self._built: dict[str, tuple[Structure, Parameters]] = {}
        self._first_seed = first_seed
        for one in patterns:
            self._stages.update(one.stages)
            for cell in (cell for need in one.requirements for cell in need.cells):
                columns = self._measures.setdefault(cell.stage, {})
                columns.setdefault(cell.measure, len(columns))

    @property
    def scenarios(self) -> int:
        """How many different scenarios there are."""
        return len(self._stages)

    def done(self, stage: str) -> int:
        """Runs of a scenario so far."""
        return len(self._rows[stage]) if stage in self._rows else 0

    def jobs(self, stages: Iterable[str], target: int) -> list[Job]:
        """What is missing for ``target`` runs of each of ``stages``."""
        missing = [stage for stage in dict.fromkeys(stages) if self.done(stage) < target]
        return [self._job(stage, target) for stage in missing]

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """Add what came back from :meth:`jobs`."""
        for outcome in outcomes:
            before = self._rows.get(outcome.key)
            rows, summary = outcome.measured, outcome.summary
            if before is not None:
                rows = np.concatenate([before, rows])
                summary = np.concatenate([self._summaries[outcome.key], summary])
            self._rows[outcome.key], self._summaries[outcome.key] = rows, summary

    def values(self, cells: Sequence[Cell], count: int) -> Floats:
        """``(count, len(cells))``: the first ``count`` runs, a column per cell."""
        columns = [
            self._rows[cell.stage][:count, self._measures[cell.stage][cell.measure]]
            for cell in cells
        ]
        return np.stack(columns, axis=1)

    def identical(self, names: dict[str, tuple[str, ...]], count: int) -> list[tuple[str, ...]]:
        """Those of the scenarios whose first ``count`` runs have the same summaries, to the bit.

        Args:
            names: key of a stage to what it is called.
            count: runs that each of them has.
        """
        groups: dict[bytes, tuple[str, ...]] = {}
        for key, called in names.items():
            runs = self._summaries[key][:count].tobytes()
            groups[runs] = (*groups.get(runs, ()), *called)
        return [group for group in groups.values() if len(group) > 1]

    def _job(self, stage: str, target: int) -> Job:
        from scenarios import build, parameters

        if stage not in self._built:
            scenario = self._stages[stage].scenario
            self._built[stage] = build(scenario), parameters(scenario)
        structure, strengths = self._built[stage]
        first = self.done(stage)
        table = Table(tuple(self._measures[stage]))
        return Job(
            stage, structure, strengths, self._first_seed + first, target - first,
            self._stages[stage].weeks, table=table,
        )  # fmt: skip


def settle(
    patterns: Sequence[Prepared], limit: int, run: RunJobs, first_seed: int = 1
) -> list[Finding]:
    """Run until every pattern is settled or each of its scenarios has been run ``limit`` times.

    Args:
        patterns: at least one.
        limit: most runs of each scenario, >= 3.
        run: runs jobs, as ``run_ensemble`` does.
        first_seed: the seeds are this one and those after it, the same in every scenario.
    """
    runs, planned = Runs(patterns, first_seed), looks(limit)
    findings: dict[int, Finding] = {}
    open_places = list(range(len(patterns)))
    for target in planned:
        needed = [stage for place in open_places for stage in patterns[place].stages]
        jobs = runs.jobs(needed, target)
        if jobs:
            runs.take(run(jobs))
        for place in open_places:
            findings[place] = look(
                patterns[place], runs, target, len(planned), findings.get(place), limit
            )
        open_places = [place for place in open_places if findings[place].verdict == "undecided"]
        if not open_places:
            break
    return [findings[place] for place in range(len(patterns))]


def look(
    prepared: Prepared, runs: Runs, count: int, planned: int, before: Finding | None, limit: int
) -> Finding:
    """What the first ``count`` runs say; what was settled ``before`` stays so."""
    level = 1.0 - (1.0 - COVERAGE) / (planned * len(prepared.requirements))
    readings = []
    for place, requirement in enumerate(prepared.requirements):
        old = before.readings[place] if before else None
        if old is not None and old.verdict != "undecided":
            readings.append(old)
            continue
        values = runs.values(requirement.cells, count)
        readings.append(read(requirement, values, level, last=count >= limit))
    same = tuple(runs.identical(prepared.names, count))
    return Finding(prepared.pattern, tuple(readings), _together(readings), count, same)


def _together(readings: Sequence[Reading]) -> Verdict:
    if any(one.verdict == "fails" for one in readings):
        return "not_reproduced"
    if all(one.verdict == "holds" for one in readings):
        return "reproduced"
    return "undecided"


def read(requirement: Requirement, values: Floats, level: float, last: bool) -> Reading:
    """What ``values`` (runs, cells) say; ``last``: settle it even when the values are skewed."""
    kept = values[~np.isnan(values).any(axis=1)]
    missing = len(values) - len(kept)
    if len(kept) < FEWEST:
        return Reading(
            requirement, len(kept), missing, None, None, None, level, None, None, True, "undecided"
        )
    pieces = pseudo_values(requirement, kept)
    if np.isnan(pieces).any():  # a ratio whose lower side is 0
        return Reading(
            requirement, len(kept), missing, None, None, None, level, None, None, True, "undecided"
        )
    low, high = mean_interval(pieces, level)
    skewed = is_skewed(pieces)
    verdict = _verdict(requirement, low, high) if last or not skewed else "undecided"
    shown = [math.tanh(one) if requirement.is_correlation else one
             for one in (float(np.mean(pieces)), low, high)]  # fmt: skip
    return Reading(
        requirement=requirement,
        runs=len(kept),
        missing=missing,
        estimate=shown[0],
        low=shown[1],
        high=shown[2],
        level=level,
        standardised=_standardised(requirement, kept),
        probability=_probability(requirement, kept),
        skewed=skewed,
        verdict=verdict,
    )


def pseudo_values(requirement: Requirement, values: Floats) -> Floats:
    """One value per run whose mean is the function of the means: jackknife, Tukey 1958.

    For a linear function that is its value in each run.
    """
    function = requirement.function
    if requirement.moments:
        x, y = values[:, 0], values[:, 1]
        values = np.stack([x, y, x * x, y * y, x * y], axis=1)
    if function.linear:
        return function(values)
    count = len(values)
    together = values.sum(axis=0)
    whole = function(together[None, :] / count)
    left_out = function((together - values) / (count - 1))
    return count * whole - (count - 1) * left_out


def _verdict(requirement: Requirement, low: float, high: float) -> Holds:
    inside_low = low > requirement.low or (low == requirement.low and not requirement.strict)
    if inside_low and high <= requirement.high:
        return "holds"
    if high < requirement.low or low > requirement.high:
        return "fails"
    if requirement.strict and high <= requirement.low:
        return "fails"
    return "undecided"


def _standardised(requirement: Requirement, values: Floats) -> float | None:
    """d_av, as in comparisons: the difference over the root of the cells' mean variance."""
    if not requirement.is_difference:
        return None
    spread = math.sqrt(float(np.mean(np.var(values, axis=0, ddof=1))))
    middle = float(requirement.function(values.mean(axis=0, keepdims=True))[0])
    return middle / spread if spread > 0.0 else None


def _probability(requirement: Requirement, values: Floats) -> float | None:
    if requirement.is_correlation or len(values) == 0:
        return None
    single = requirement.function(values)
    if requirement.is_difference and math.isinf(requirement.high):
        return float(np.mean((single > 0.0) + 0.5 * (single == 0.0)))
    return float(np.mean((single >= requirement.low) & (single <= requirement.high)))
