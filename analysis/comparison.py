"""From runs to what is said about them: means, paired differences, waits and curves over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.bodies import BodyWait, waits_in_bodies
from analysis.paired import Difference, Mean, adjusted_level, compare, summarise
from analysis.survival import Waiting, waiting_times
from experiments.jobs import WEEKS_PER_QUARTER, Outcome
from simulation.observables import OBSERVABLES, SUMMARY, WEEKLY, Observable
from simulation.vocabulary import N_STEPS, SIZES

Floats = npt.NDArray[np.float64]
STEP_COLUMNS: Final = tuple(f"finished_{step}" for step in range(N_STEPS))
RELATION_COLUMNS: Final = (
    "relations_untold",
    *(f"relations_{step}" for step in range(1, N_STEPS)),
)
DECISION_SIZES: Final = tuple(range(1, len(SIZES)))  # matters of size "none" need no decision


@dataclass(frozen=True)
class Model:
    """One of the compared organisation models, as the reader is to know it.

    ``letter`` stands for it in narrow tables; ``parameters`` are name to value.
    """

    letter: str
    key: str
    name_da: str
    name_en: str
    content_hash: str
    parameters: dict[str, float]
    actors: int
    hours_a_week: float
    world: str = ""  # what the world outside is made from, as a hash: areas and outside events
    bodies: tuple[tuple[str, str, str], ...] = ()  # key, Danish and English name, in order

    def name(self, language: str) -> str:
        """Name in ``da`` or ``en``."""
        return self.name_da if language == "da" else self.name_en


@dataclass(frozen=True)
class Curve:
    """One observable over time: mean over runs per quarter, with a 95 % interval of that mean."""

    weeks: Floats  # (Q,) middle of each quarter, in weeks from the start
    mean: Floats  # (Q,)
    low: Floats  # (Q,)
    high: Floats  # (Q,)


@dataclass(frozen=True)
class Comparison:
    """Everything the screen, the report and the JSON document show.

    Keys of ``means`` are (letter, observable), of ``differences`` (first letter, second letter,
    observable), of ``waits`` (letter, index in SIZES); ``curves`` are (letter, weekly observable);
    ``steps`` and ``relations`` are shares per quarter, (Q, 5) each, by letter, as are ``bodies``.
    """

    models: tuple[Model, ...]
    runs: int
    first_seed: int
    weeks: int
    means: dict[tuple[str, str], Mean]
    differences: dict[tuple[str, str, str], Difference]
    level_main: float
    level_all: float
    waits: dict[tuple[str, int], Waiting]
    bodies: dict[str, list[BodyWait]]
    curves: dict[tuple[str, str], Curve]
    steps: dict[str, Floats]
    relations: dict[str, Floats]
    identical: list[tuple[str, ...]]  # letters of models whose runs are the same to the bit

    @property
    def shares_world(self) -> bool:
        """Do all models meet the same world? Models on different areas do not."""
        return len({model.world for model in self.models}) <= 1

    @property
    def pairs(self) -> list[tuple[Model, Model]]:
        """Every pair of models, in the order given."""
        return list(combinations(self.models, 2))

    @property
    def main(self) -> list[Observable]:
        """The observables of the main table."""
        return [row for row in OBSERVABLES.values() if row.main]


def letters(count: int) -> list[str]:
    """A, B, ..., Z, AA, AB, ... for ``count`` models."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    double = [first + second for first in alphabet for second in alphabet]
    return [*alphabet, *double][:count]


def make_comparison(models: Sequence[Model], outcomes: Sequence[Outcome]) -> Comparison:
    """Put the statistics together.

    Args:
        models: in the order they are shown, at least one.
        outcomes: one per model, the same seeds in all.

    Raises:
        ValueError: the outcomes have different seeds.
    """
    seeds = outcomes[0].seeds
    if any(not np.array_equal(seeds, outcome.seeds) for outcome in outcomes):
        raise ValueError("models are compared on the same seeds only")
    of_letter = {model.letter: run for model, run in zip(models, outcomes, strict=True)}
    pairs = list(combinations(of_letter, 2))
    main = sum(row.main for row in OBSERVABLES.values())
    level_main = adjusted_level(max(1, len(pairs) * main))
    level_all = adjusted_level(max(1, len(pairs) * len(SUMMARY)))
    weeks = int(outcomes[0].weeks)
    differences = {
        (first, second, name): compare(
            of_letter[first].summary[:, column],
            of_letter[second].summary[:, column],
            OBSERVABLES[name].direction,
            OBSERVABLES[name].smallest_over(weeks),
            level_main if OBSERVABLES[name].main else level_all,
        )
        for first, second in pairs
        for column, name in enumerate(SUMMARY)
    }
    return Comparison(
        models=tuple(models),
        runs=len(seeds),
        first_seed=int(seeds[0]),
        weeks=weeks,
        means={
            (letter, name): summarise(run.summary[:, column])
            for letter, run in of_letter.items()
            for column, name in enumerate(SUMMARY)
        },
        differences=differences,
        level_main=level_main,
        level_all=level_all,
        waits={
            (letter, size): waiting_times(run.waits[:, size])
            for letter, run in of_letter.items()
            for size in DECISION_SIZES
        },
        bodies={letter: waits_in_bodies(run.forum_waits) for letter, run in of_letter.items()},
        curves={
            (letter, name): curve(run.quarterly[:, :, column], weeks)
            for letter, run in of_letter.items()
            for column, name in enumerate(WEEKLY)
        },
        steps={letter: shares_over_time(run, STEP_COLUMNS) for letter, run in of_letter.items()},
        relations={
            letter: shares_over_time(run, RELATION_COLUMNS) for letter, run in of_letter.items()
        },
        identical=_identical({letter: run.summary for letter, run in of_letter.items()}),
    )


def _identical(summaries: dict[str, Floats]) -> list[tuple[str, ...]]:
    """Models of which every summary of every run is the same, to the bit."""
    groups: dict[bytes, tuple[str, ...]] = {}
    for letter, summary in summaries.items():
        groups[summary.tobytes()] = (*groups.get(summary.tobytes(), ()), letter)
    return [group for group in groups.values() if len(group) > 1]


def quarter_middles(weeks: int) -> Floats:
    """Middle of each quarter in weeks from the start; the last quarter may be shorter."""
    starts = np.arange(0, weeks, WEEKS_PER_QUARTER, dtype=np.float64)
    return (starts + np.minimum(starts + WEEKS_PER_QUARTER, weeks)) / 2.0


def curve(quarterly: npt.NDArray[np.float32], weeks: int) -> Curve:
    """Mean over runs with a Student interval, quarter by quarter.

    Args:
        quarterly: (N, Q) one observable, NaN where a run does not define it.
        weeks: length of the runs.
    """
    values = quarterly.astype(np.float64)
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    mean = np.divide(filled.sum(axis=0), count, out=np.full(len(count), np.nan), where=count > 0)
    squares = (np.where(known, values - mean, 0.0) ** 2).sum(axis=0)
    enough = count > 1
    variance = np.divide(squares, count - 1, out=np.full(len(count), np.nan), where=enough)
    reach = stats.t.ppf(0.975, np.maximum(count - 1, 1)) * np.sqrt(variance / np.maximum(count, 1))
    return Curve(quarter_middles(weeks), mean, mean - reach, mean + reach)


def shares_over_time(outcome: Outcome, columns: Sequence[str]) -> Floats:
    """Share of each column in their sum per quarter, all runs together: (Q, len(columns)).

    Sums before dividing, so that a quarter of one run with a single case does not count as much
    as one with sixty. NaN in a quarter in which nothing happened in any run.
    """
    places = [WEEKLY.index(name) for name in columns]
    sums = np.nansum(outcome.quarterly[:, :, places].astype(np.float64), axis=0)
    total = sums.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(sums, total, out=np.full(sums.shape, np.nan), where=total > 0)
    return shares
