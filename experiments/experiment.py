"""An experiment: read from a file, laid out as a plan, and grown until enough is known."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

import scenarios
from experiments.designs import Points, lay_out
from experiments.experiment_checks import check, entries, model_keys
from experiments.experiment_schema import ExperimentFile
from experiments.factors import Factor, factor, known
from experiments.plan import Condition, Plan
from experiments.stopping import Judgement, by_seed, judge
from scenarios import ScenarioError
from scenarios.composing import SUFFIXES
from scenarios.errors import Places, explain
from scenarios.explaining import explained
from scenarios.reading import Document, parsed, read
from simulation.observables import OBSERVABLES
from simulation.vocabulary import WEEKS_OF_PERIOD

if TYPE_CHECKING:
    import pandas as pd

FINISHED = "done"
WHAT = "an experiment"


class Experiment(ExperimentFile):
    """A checked experiment; :func:`load_experiment` makes it. Models that are files have their
    full path.
    """

    @property
    def keys(self) -> list[str]:
        """Short names of the models, in order."""
        return model_keys(self.models)

    @cached_property
    def factors(self) -> tuple[Factor, ...]:
        """Levers, then uncertainties, as written."""
        return tuple(factor(path, kind, entry) for kind, path, entry in entries(self))

    @cached_property
    def points(self) -> Points:
        """The design, laid out; no points where there is nothing to vary."""
        return lay_out(self.design, self.factors, self.seed)

    @property
    def interests(self) -> dict[str, float]:
        """Observables the answer looks at, each with its smallest effect of interest."""
        named = [*self.observables] or [row.name for row in OBSERVABLES.values() if row.main]
        answering = [self.question.observable, self.until.observable if self.until else None]
        named += [name for name in answering if name is not None]
        return {name: self.smallest_effect(name) for name in named}

    def smallest_effect(self, observable: str) -> float:
        """Smallest difference of interest over a run, from the file or the catalogue."""
        about = self.observables.get(observable)
        given = about.smallest_effect if about else None
        if given is not None:
            return given
        return OBSERVABLES[observable].smallest_over(self.weeks or WEEKS_OF_PERIOD)

    def plan(self) -> Plan:
        """What is to be run at first."""
        return self._plan(self.replications)

    def judgement(self, results: "pd.DataFrame") -> Judgement | None:
        """Where adaptive replication stands after ``results``; None without `until`.

        Args:
            results: one row a run, as ``experiments.results.read_results`` gives them.
        """
        if self.until is None:
            return None
        runs = self.replications
        if len(results):
            runs = max(runs, int(results["seed"].max()) - self.seed + 1)
        return judge(
            self._named_difference(results),
            self.until.half_width,
            self.until.confidence,
            runs,
            self.until.most,
        )

    def next_plan(self, results: "pd.DataFrame") -> Plan | None:
        """The plan with more runs that ``results`` call for; None when enough is known.

        :meth:`judgement` gives the reason: narrow enough, or the most allowed.
        """
        judgement = self.judgement(results)
        if judgement is None or judgement.reason != "more":
            return None
        return self._plan(judgement.runs_next)

    def _plan(self, runs: int) -> Plan:
        return Plan(
            conditions=self.conditions,
            first_seed=self.seed,
            runs=runs,
            weeks=self.weeks,
            trajectories=self.trajectories,
            case_logs=self.case_logs,
            run_seconds=self.run_seconds,
        )

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Point by point, all models at each, so that a sweep cut short is balanced."""
        models = list(zip(self.keys, self.models, strict=True))
        if not self.points.settings:
            return tuple(Condition(key, model, (), -1) for key, model in models)
        by_path = {one.path: one for one in self.factors}
        return tuple(
            Condition(
                f"{key}@{point}",
                model,
                tuple((by_path[path].path_in(key), value) for path, value in settings),
                point,
            )
            for point, settings in enumerate(self.points.settings)
            for key, model in models
        )

    def _named_difference(self, results: "pd.DataFrame") -> npt.NDArray[np.float64]:
        """(R,) the first model of `until` minus the second by seed, mean over design points."""
        assert self.until is not None
        key_of = dict(
            zip((one.name for one in self.conditions), self._keys_of_conditions(), strict=True)
        )
        runs = results[results["status"] == FINISHED]
        keys = runs["condition"].map(key_of)
        first, second = (
            runs[keys == key].set_index(["point", "seed"])[self.until.observable]
            for key in self.until.difference
        )
        return by_seed((first - second).unstack().to_numpy(dtype=np.float64))

    def _keys_of_conditions(self) -> list[str]:
        return self.keys * max(1, len(self.points.settings))


def load_experiment(path: str | Path) -> Experiment:
    """Read and check an experiment file.

    Raises ``ScenarioError`` with file, line, field, what was given, what is allowed and the
    nearest valid name.
    """
    file = Path(path)
    return _checked(read(file, WHAT), file)


def record(path: str | Path) -> dict[str, str]:
    """What a manifest keeps of an experiment file: where it is, its text, and its SHA-256."""
    file = Path(path).resolve()
    raw = file.read_bytes()
    return {
        "file": str(file),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "text": raw.decode("utf-8-sig"),
    }


def recorded(kept: Mapping[str, str]) -> Experiment:
    """The experiment of a :func:`record`, as it was then, whatever became of the file.

    Raises ``ScenarioError`` where it no longer fits the models or the program.
    """
    file = Path(kept["file"])
    return _checked(parsed(kept["text"], file, WHAT), file)


def _checked(document: Document, file: Path) -> Experiment:
    places = Places(str(file), document.places)
    try:
        written = Experiment.model_validate(document.data)
    except ValidationError as error:
        raise explained(
            error.errors(), places, model=Experiment, known_range=_catalogue_range
        ) from None
    models = tuple(_found(name, file) for name in written.models)
    loaded = {}
    for number, model in enumerate(models):
        try:
            loaded[model_keys([model])[0]] = scenarios.load(model)
        except ScenarioError as reason:
            at = ("models", str(number))
            raise explain(str(reason), place=places.at(*at), field="models") from None
    check(written, places, loaded)
    lengths = {scenario.weeks for scenario in loaded.values()}
    weeks = written.weeks or (lengths.pop() if len(lengths) == 1 else None)
    return written.model_copy(update={"models": models, "weeks": weeks})


def _catalogue_range(path: tuple[str, ...]) -> str:
    """What the ends of a range may be, where the catalogue of levers or parameters knows it."""
    if len(path) != 3 or path[0] not in ("levers", "uncertainties"):
        return ""
    if path[2] not in ("low", "high", "mode", "mean"):
        return ""
    about = known(path[1])
    if about.low is None or about.high is None:
        return ""
    return f"a number from {about.low:g} to {about.high:g} ({about.name.en}, {about.unit})"


def _found(model: str, file: Path) -> str:
    """A model that is a file is looked for beside the experiment's own file."""
    return str((file.parent / model).resolve()) if model.endswith(SUFFIXES) else model
