"""Everything that is found in a sweep: what the report, the tables and the screen show."""

import math
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np

from analysis.best import Selection, WithBest, compare_with_best, select
from analysis.comparison import STEP_COLUMNS
from analysis.over_points import Rows, compare_points, summarise_points
from analysis.paired import Difference, Floats, Mean, adjusted_level
from analysis.robustness import (
    PointIntervals,
    Regret,
    Share,
    point_intervals,
    regrets,
    sample_rows,
    share_better,
)
from analysis.sensitivity import (
    MainEffect,
    MorrisEffect,
    Noise,
    SobolIndex,
    main_effects,
    morris,
    noise,
    sobol,
)
from analysis.sweep import Sweep, SweptModel
from experiments.experiment import Experiment
from experiments.stopping import Judgement, by_seed
from simulation.observables import OBSERVABLES, WEEKS_OF_YEAR, Observable

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Best:
    """Several models at once on one observable: against the best, and whom to choose."""

    with_best: list[WithBest]
    selection: Selection


@dataclass(frozen=True)
class Response:
    """What one outcome depends on.

    ``effects`` one a factor with R² ``explained``; ``sobol`` or ``morris`` where the design has
    them. Empty where the design cannot tell.
    """

    effects: list[MainEffect]
    explained: float | None
    sobol: list[SobolIndex]
    morris: list[MorrisEffect]
    noise: Noise | None


@dataclass(frozen=True)
class Findings:
    """Keys are letters of models and names of observables.

    Attributes:
        main: observables of interest, with the experiment's own smallest effects.
        means: (letter, observable), also for the catalogue's main observables.
        differences: (first, second, observable) for all pairs; hold together at 95 %.
        level: coverage of each of them.
        best: observable with a direction, where there are two models or more.
        shares: (first, second, observable) in what share of the points the first beats the
            second, both ways round; empty where nothing is varied.
        sampled: the points of ``shares`` are a random sample of the space.
        by_point: (first, second): difference of the headline at each point of ``shares``.
        regrets: observable with a direction: one a model.
        responses: (letter, observable), and (first, second) for the difference that the question
            is about.
        effect_level: coverage of each main effect.
        steps: letter to share of finished cases on each step, (5,).
        judgement: where adaptive replication stands, None without it.
    """

    sweep: Sweep
    main: list[Observable]
    means: dict[tuple[str, str], Mean]
    differences: dict[tuple[str, str, str], Difference]
    level: float
    best: dict[str, Best]
    best_level: float
    shares: dict[tuple[str, str, str], Share]
    sampled: bool
    by_point: dict[tuple[str, str], PointIntervals]
    regrets: dict[str, list[Regret]]
    responses: dict[tuple[str, str], Response]
    effect_level: float
    steps: dict[str, Floats]
    judgement: Judgement | None

    @property
    def weeks(self) -> int:
        """A year, since the smallest effects in ``main`` are stated for whole runs already."""
        return WEEKS_OF_YEAR

    @property
    def models(self) -> tuple[SweptModel, ...]:
        """The models, in the order of the file."""
        return self.sweep.models

    @property
    def pairs(self) -> list[tuple[SweptModel, SweptModel]]:
        """Every pair of models; the question's own first and the way round it asks."""
        pairs = list(combinations(self.models, 2))
        asked = self.asked
        if asked is None:
            return pairs
        return [asked, *(pair for pair in pairs if set(pair) != set(asked))]

    @property
    def asked(self) -> tuple[SweptModel, SweptModel] | None:
        """The pair whose difference answers the question."""
        named = self.sweep.experiment.question.difference
        by_key = {model.key: model for model in self.models}
        return (by_key[named[0]], by_key[named[1]]) if named else None

    @property
    def headline(self) -> Observable:
        """The observable that answers the question."""
        named = self.sweep.experiment.question.observable
        return next((row for row in self.main if row.name == named), self.main[0])


def find(sweep: Sweep, judgement: Judgement | None = None) -> Findings:
    """Do all the statistics of a sweep."""
    experiment = sweep.experiment
    smallest = experiment.interests
    rows = [OBSERVABLES[name]._replace(smallest_effect=of) for name, of in smallest.items()]
    cubes = {row.name: sweep.cube(row.name) for row in rows}
    level = adjusted_level(max(1, math.comb(len(sweep.models), 2) * len(rows)))
    directed = [row for row in rows if row.direction and len(sweep.models) > 1]
    best_level = adjusted_level(max(1, len(directed)))
    sample, sampled = sample_rows(experiment)
    letter = [model.letter for model in sweep.models]
    outcomes = len(sweep.models) + (experiment.question.difference is not None)
    effect_level = adjusted_level(max(1, len(experiment.factors) * outcomes))
    varied = sweep.points > 1
    drawn_rows = sample if sampled and varied else None
    return Findings(
        sweep=sweep,
        main=rows,
        means=_means(sweep, cubes, drawn_rows),
        differences=_differences(cubes, rows, letter, level, drawn_rows),
        level=level,
        best=_bests(cubes, directed, best_level, drawn_rows),
        best_level=best_level,
        shares=_shares(cubes, rows, letter, sample, sampled) if varied else {},
        sampled=sampled,
        by_point=_by_point(sweep, cubes, sample) if varied else {},
        regrets=_regrets(cubes, directed, sample) if varied else {},
        responses=_responses(sweep, cubes, effect_level) if varied else {},
        effect_level=effect_level,
        steps=_steps(sweep),
        judgement=judgement,
    )


def _differences(
    cubes: dict[str, Floats],
    rows: list[Observable],
    letter: list[str],
    level: float,
    sample: Rows | None,
) -> dict[tuple[str, str, str], Difference]:
    """Of every pair both ways round."""
    return {
        (letter[a], letter[b], row.name): compare_points(
            cubes[row.name][a],
            cubes[row.name][b],
            row.direction,
            row.smallest_effect,
            level,
            sample,
        )
        for a, b in permutations(range(len(letter)), 2)
        for row in rows
    }


def _means(
    sweep: Sweep, cubes: dict[str, Floats], sample: Rows | None
) -> dict[tuple[str, str], Mean]:
    shown = [*cubes, *(name for name, row in OBSERVABLES.items() if row.main and name not in cubes)]
    found = {}
    for name in shown:
        cube = cubes[name] if name in cubes else sweep.cube(name)
        for model, values in zip(sweep.models, cube, strict=True):
            found[model.letter, name] = summarise_points(values, CONFIDENCE, sample)
    return found


def _bests(
    cubes: dict[str, Floats], rows: list[Observable], level: float, sample: Rows | None
) -> dict[str, Best]:
    found = {}
    for row in rows:
        values, points = _common(cubes[row.name], sample)
        if values.shape[1] >= 2:
            found[row.name] = Best(
                compare_with_best(values, row.direction, level, points),
                select(values, row.direction, row.smallest_effect),
            )
    return found


def _common(cube: Floats, sample: Rows | None) -> tuple[Floats, Floats | None]:
    """Of what all models have, without gaps: (M, R') means by seed, (M, P') by drawn point."""
    common = np.where(np.isnan(cube).any(axis=0), np.nan, cube)
    values = np.stack([by_seed(of_model) for of_model in common])
    values = values[:, ~np.isnan(values).any(axis=0)]
    if sample is None:
        return values, None
    chosen = common[:, sample]
    chosen = chosen[:, ~np.isnan(chosen[0]).all(axis=1)]
    return values, np.nanmean(chosen, axis=2)


def _shares(
    cubes: dict[str, Floats],
    rows: list[Observable],
    letter: list[str],
    sample: np.ndarray,
    sampled: bool,
) -> dict[tuple[str, str, str], Share]:
    found = {}
    for a, b in permutations(range(len(letter)), 2):
        for row in rows:
            cube = cubes[row.name][:, sample]
            share = share_better(cube[a], cube[b], row.direction, row.smallest_effect, sampled)
            if share is not None:
                found[letter[a], letter[b], row.name] = share
    return found


def _by_point(
    sweep: Sweep, cubes: dict[str, Floats], sample: np.ndarray
) -> dict[tuple[str, str], PointIntervals]:
    cube = cubes[sweep.experiment.question.observable or next(iter(cubes))][:, sample]
    return {
        (one.letter, other.letter): point_intervals(cube[a] - cube[b])
        for (a, one), (b, other) in permutations(enumerate(sweep.models), 2)
    }


def _regrets(
    cubes: dict[str, Floats], rows: list[Observable], sample: np.ndarray
) -> dict[str, list[Regret]]:
    found = {}
    for row in rows:
        of_models = regrets(cubes[row.name][:, sample], row.direction)
        if of_models is not None:
            found[row.name] = of_models
    return found


def _responses(
    sweep: Sweep, cubes: dict[str, Floats], level: float
) -> dict[tuple[str, str], Response]:
    experiment = sweep.experiment
    outcomes = {
        (model.letter, name): cube[number]
        for name, cube in cubes.items()
        for number, model in enumerate(sweep.models)
    }
    named = experiment.question.difference
    if named is not None:
        keys = [model.key for model in sweep.models]
        first, second = (keys.index(key) for key in named)
        cube = cubes[experiment.question.observable or next(iter(cubes))]
        asked = (sweep.models[first].letter, sweep.models[second].letter)
        outcomes[asked] = cube[first] - cube[second]
    return {key: _response(values, experiment, level) for key, values in outcomes.items()}


def _response(values: Floats, experiment: Experiment, level: float) -> Response:
    kind, positions = experiment.design.kind, experiment.points.positions
    rows, sampled = sample_rows(experiment)
    linear = None
    if kind != "morris":  # its trajectories are neither a grid nor a sample
        linear = main_effects(values[rows], positions[rows], level, sampled)
    return Response(
        effects=linear[0] if linear else [],
        explained=linear[1] if linear else None,
        sobol=(sobol(values, experiment) if kind == "sobol" else None) or [],
        morris=(morris(values, experiment) if kind == "morris" else None) or [],
        noise=noise(values),
    )


def _steps(sweep: Sweep) -> dict[str, Floats]:
    """Share of finished cases on each step, all runs of a model together."""
    model = sweep.place[:, 0]
    finished = sweep.runs[list(STEP_COLUMNS)].to_numpy(dtype=np.float64)
    found = {}
    for number, one in enumerate(sweep.models):
        sums = finished[model == number].sum(axis=0)
        found[one.letter] = sums / sums.sum() if sums.sum() > 0 else np.full(len(sums), np.nan)
    return found
