"""The finished runs of an experiment as arrays: model × design point × seed."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

import scenarios
from analysis.comparison import letters
from experiments.experiment import FINISHED, Experiment

Floats = npt.NDArray[np.float64]


class SweptModel(NamedTuple):
    """One of the organisation models in a sweep, as the reader is to know it."""

    letter: str
    key: str
    name_da: str
    name_en: str
    hash: str  # of the scenario as it stands, before any setting

    def name(self, language: str) -> str:
        """Name in ``da`` or ``en``."""
        return self.name_da if language == "da" else self.name_en


@dataclass(frozen=True)
class Sweep:
    """An experiment and what came of it.

    Attributes:
        experiment: as it was written down.
        models: ``M`` of them, in the order of the file.
        seeds: (R,) ascending.
        runs: finished runs, one row each.
        failures: the others, with ``condition``, ``seed``, ``status`` and, if known, ``reason``.
        place: (runs, 3) model, point and seed of each finished run, as indices.
    """

    experiment: Experiment
    models: tuple[SweptModel, ...]
    seeds: npt.NDArray[np.int64]
    runs: pd.DataFrame
    failures: pd.DataFrame
    place: npt.NDArray[np.intp]

    @property
    def points(self) -> int:
        """``P``, 1 where nothing is varied."""
        return max(1, len(self.experiment.points.settings))

    @property
    def expected(self) -> int:
        """Runs there would be if every condition had every seed, or all those first planned."""
        seeds = max(len(self.seeds), self.experiment.replications)
        return len(self.models) * self.points * seeds

    def cube(self, observable: str) -> Floats:
        """(M, P, R), NaN where a run is missing, failed, or does not define the observable."""
        values = np.full((len(self.models), self.points, len(self.seeds)), np.nan)
        model, point, seed = self.place.T
        values[model, point, seed] = self.runs[observable].to_numpy(dtype=np.float64)
        return values


def make_sweep(experiment: Experiment, results: pd.DataFrame) -> Sweep:
    """Put finished runs in their places.

    Args:
        experiment: the file that was run.
        results: one row a run, as ``experiments.results.read_results`` gives them.

    Raises:
        ValueError: no run has finished, a run belongs to no condition of the experiment, a
            condition was run with other settings than the experiment gives it now, or has a seed
            twice.
    """
    finished = results["status"] == FINISHED
    runs = results[finished].reset_index(drop=True)
    if not len(runs):
        raise ValueError("no run has finished yet, so there is nothing to analyse")
    names = {one.name: number for number, one in enumerate(experiment.conditions)}
    number = runs["condition"].map(names)
    if number.isna().any():
        stranger = runs["condition"][number.isna()].iloc[0]
        raise ValueError(f"the results have a condition “{stranger}” that the experiment does not")
    _check_settings(experiment, runs, number)
    seeds, seed_index = np.unique(runs["seed"].to_numpy(dtype=np.int64), return_inverse=True)
    condition = number.to_numpy(dtype=np.intp)
    count = len(experiment.keys)
    place = np.stack([condition % count, condition // count, seed_index], axis=1).astype(np.intp)
    if len(np.unique(place, axis=0)) < len(place):
        raise ValueError("the results hold the same condition and seed twice")
    return Sweep(
        experiment=experiment,
        models=_models(experiment),
        seeds=seeds,
        runs=runs,
        failures=results[~finished].reset_index(drop=True),
        place=place,
    )


def _check_settings(experiment: Experiment, runs: pd.DataFrame, number: pd.Series) -> None:
    """A design drawn anew must be the one that was run; another scipy or SALib may draw another."""
    first = runs.drop_duplicates("condition")
    for row, condition in zip(first.index, number[first.index], strict=True):
        one = experiment.conditions[int(condition)]
        for path, value in one.settings:
            ran = str(runs.at[row, path] if path in runs else "nothing")
            if not _same(value, ran):
                raise ValueError(
                    f"condition {one.name} was run with {path}={ran}, and the experiment gives it "
                    f"{value}: its design was drawn with another version of scipy or SALib, or its "
                    "models have changed"
                )


def _same(text: str, other: str) -> bool:
    """Results hold numbers where all values of a path are numbers, else text."""
    try:
        return float(text) == float(other)
    except ValueError:
        return text.lower() == other.lower()


def _models(experiment: Experiment) -> tuple[SweptModel, ...]:
    found = []
    for letter, key, model in zip(
        letters(len(experiment.models)), experiment.keys, experiment.models, strict=True
    ):
        scenario = scenarios.load(model)
        name = scenario.name
        found.append(SweptModel(letter, key, name.da, name.en, scenarios.content_hash(scenario)))
    return tuple(found)
