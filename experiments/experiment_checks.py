"""What must hold across the fields of an experiment file, and on which line it does not."""

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

import scenarios
from experiments.designs import MOST_POINTS, morris_levels, size
from experiments.experiment_schema import Design, Entry, ExperimentFile
from experiments.factors import Factor, Kind, as_text, factor, known
from experiments.stopping import FEWEST
from scenarios import Scenario, ScenarioError
from scenarios.composing import SUFFIXES
from scenarios.errors import Places, explain, unknown
from simulation.observables import OBSERVABLES

SAMPLED: Final = ("latin_hypercube", "sobol", "morris")
NEEDED: Final = {"triangular": ("mode",), "normal": ("mean", "deviation")}
MOST_RUNS: Final = 100_000_000


class Wrong(Protocol):
    """Makes the error for what is wrong at an entry, or at a field below it."""

    def __call__(self, problem: str, allowed: str, *below: str) -> ScenarioError:
        """``problem`` there, and what is ``allowed`` instead."""


def model_keys(models: Iterable[str]) -> list[str]:
    """Short names of the models: a name stands as it is, a file without folder and ending."""
    return [Path(name).stem if name.endswith(SUFFIXES) else name for name in models]


def check(written: ExperimentFile, places: Places, loaded: dict[str, Scenario]) -> None:
    """Raise ``ScenarioError`` for the first thing wrong.

    Args:
        written: the file, its fields already in their own ranges.
        places: where everything stands.
        loaded: model key to scenario.
    """
    _check_models(written, places)
    _check_observables(written, places)
    for kind, path, entry in entries(written):
        _check_entry(kind, path, entry, written, places)
    factors = tuple(factor(path, kind, entry) for kind, path, entry in entries(written))
    for one in factors:
        _check_settable(one, loaded, places)
    _check_design(written.design, factors, places)
    _check_extent(written, factors, places)


def entries(written: ExperimentFile) -> list[tuple[Kind, str, Entry]]:
    """Levers and then uncertainties, each with its path, as written."""
    return [
        *(("lever", path, entry) for path, entry in written.levers.items()),
        *(("uncertainty", path, entry) for path, entry in written.uncertainties.items()),
    ]


def collection(kind: Kind) -> str:
    """Where a file has its levers or its uncertainties."""
    return "levers" if kind == "lever" else "uncertainties"


def _check_models(written: ExperimentFile, places: Places) -> None:
    keys = model_keys(written.models)
    if not keys:
        raise explain("at least one model is needed", place=places.at("models"), field="models")
    for number, key in enumerate(keys):
        if key in keys[:number]:
            raise explain(
                f"the model “{key}” stands twice",
                place=places.at("models", str(number)),
                field="models",
                allowed="each model once",
            )
    _check_pair(written.question.difference, ("question", "difference"), keys, places)
    if written.until is not None:
        _check_pair(written.until.difference, ("until", "difference"), keys, places)


def _check_pair(
    pair: tuple[str, ...] | None, path: tuple[str, ...], keys: list[str], places: Places
) -> None:
    if pair is None:
        return
    place, field = places.at(*path), ".".join(path)
    for name in pair:
        if name not in keys:
            raise unknown("model in this experiment", name, keys, place=place, field=field)
    if len(pair) != 2 or pair[0] == pair[1]:
        raise explain(
            f"{len(set(pair))} different models are named", place=place, field=field,
            allowed="two different models, the first minus the second",
        )  # fmt: skip


def _check_observables(written: ExperimentFile, places: Places) -> None:
    named = [(("observables", name), name) for name in written.observables]
    if written.question.observable is not None:
        named.append((("question", "observable"), written.question.observable))
    if written.until is not None:
        named.append((("until", "observable"), written.until.observable))
    for path, name in named:
        if name not in OBSERVABLES:
            raise unknown(
                "observable", name, OBSERVABLES, place=places.at(*path), field=".".join(path[:1])
            )


def _check_entry(
    kind: Kind, path: str, entry: Entry, written: ExperimentFile, places: Places
) -> None:
    at = (collection(kind), path)

    def wrong(problem: str, allowed: str, *below: str) -> ScenarioError:
        field = ".".join((*at, *below))
        return explain(problem, place=places.at(*at, *below), field=field, allowed=allowed)

    if kind == "uncertainty" and path in written.levers:
        raise wrong("this is a lever already", "a path either as a lever or as an uncertainty")
    ranged = [name for name in ("low", "high", "whole") if getattr(entry, name) is not None]
    shaped = [
        name
        for name in ("distribution", "mode", "mean", "deviation")
        if getattr(entry, name) is not None
    ]
    if kind == "lever" and shaped:
        raise wrong("a lever is a decision and has no distribution", "values, or low and high",
                    shaped[0])  # fmt: skip
    if entry.values is not None:
        _check_values(entry, [*ranged, *shaped], wrong)
        return
    about = known(path)
    low = about.low if entry.low is None else entry.low
    high = about.high if entry.high is None else entry.high
    if low is None or high is None:
        raise wrong("it has no range", "values, or low and high (only levers of the catalogue and "
                    "parameters have a range of their own)")  # fmt: skip
    if not low < high:
        raise wrong(f"the range from {low:g} to {high:g} is empty", "low below high", *ranged[:1])
    if (about.whole or entry.whole) and (low != int(low) or high != int(high)):
        raise wrong(f"the range from {low:g} to {high:g} has broken ends", "whole numbers",
                    *ranged[:1])  # fmt: skip
    _check_shape(entry, low, high, wrong)


def _check_values(entry: Entry, others: list[str], wrong: Wrong) -> None:
    values = [as_text(value) for value in entry.values or ()]
    if others:
        raise wrong(f"“{others[0]}” does not go with a list of values", "one or the other",
                    others[0])  # fmt: skip
    if len(values) < 1 or len(set(values)) < len(values):
        raise wrong(f"the values are {', '.join(values) or 'none'}", "at least one, each once",
                    "values")  # fmt: skip


def _check_shape(entry: Entry, low: float, high: float, wrong: Wrong) -> None:
    distribution = entry.distribution or "uniform"
    needed = NEEDED.get(distribution, ())
    for name in ("mode", "mean", "deviation"):
        given = getattr(entry, name)
        if (given is not None) != (name in needed):
            problem = f"“{name}” is missing" if given is None else f"“{name}” has no meaning here"
            raise wrong(f"{problem} ({distribution})", " and ".join(needed) or "low and high only")
    if entry.mode is not None and not low <= entry.mode <= high:
        raise wrong(f"{entry.mode:g} is not allowed", f"a number from {low:g} to {high:g}", "mode")
    if distribution == "loguniform" and low <= 0.0:
        raise wrong(f"a loguniform range from {low:g} has no logarithm", "low above 0", "low")
    if entry.mean is not None and entry.deviation is not None:
        away = max(low - entry.mean, entry.mean - high, 0.0) / entry.deviation
        if away > 5.0:
            raise wrong(f"{entry.mean:g} lies {away:.0f} deviations outside the range",
                        f"a mean within or near {low:g} to {high:g}", "mean")  # fmt: skip


def _check_settable(one: Factor, loaded: dict[str, Scenario], places: Places) -> None:
    """Every model must take the ends of the range, or all of the values."""
    at = (collection(one.kind), one.path)
    for key in one.paths:
        if key not in loaded:
            where = (*at, "paths")
            raise unknown("model in this experiment", key, loaded, place=places.at(*where, key),
                          field=".".join(where))  # fmt: skip
    for key, scenario in loaded.items():
        path = one.path_in(key)
        for value in one.ends:
            try:
                scenarios.with_settings(scenario, {path: value})
            except ScenarioError as reason:
                raise explain(
                    f"{path}={value} does not work in “{key}”: {reason}",
                    place=places.at(*at),
                    field=".".join(at),
                ) from None


def _check_design(design: Design, factors: tuple[Factor, ...], places: Places) -> None:
    def wrong(problem: str, allowed: str, *below: str) -> ScenarioError:
        path = ("design", *below)
        return explain(problem, place=places.at(*path), field=".".join(path), allowed=allowed)

    if design.kind != "list" and not factors:
        raise wrong("there is nothing to vary", "levers or uncertainties", "kind")
    if design.settings and design.kind != "list":
        raise wrong("points are listed for kind list only", "kind: list", "settings")
    if (design.points is None) == (design.kind in SAMPLED):
        allowed = "points for " + ", ".join(SAMPLED)
        given = "are missing" if design.points is None else "have no meaning here"
        raise wrong(f"the points {given} ({design.kind})", allowed, "points")
    if design.levels is not None and design.kind not in ("full_factorial", "morris"):
        raise wrong(f"levels have no meaning here ({design.kind})", "full_factorial or morris",
                    "levels")  # fmt: skip
    if design.kind == "sobol" and not math.log2(design.points or 1).is_integer():
        raise wrong(f"{design.points} is not a power of 2", "2, 4, 8, 16, …", "points")
    if design.kind == "morris" and morris_levels(design) % 2:
        raise wrong(f"{design.levels} is odd", "an even number of levels", "levels")
    if design.kind == "list" and factors and not design.settings:
        raise wrong("no point is listed", "one mapping of paths to values for each point, or "
                    "another kind of design", "settings")  # fmt: skip
    _check_listed(design, factors, places)


def _check_listed(design: Design, factors: tuple[Factor, ...], places: Places) -> None:
    by_path = {one.path: one for one in factors}
    for number, point in enumerate(design.settings):
        at = ("design", "settings", str(number))
        for path, value in point.items():
            place, field = places.at(*at, path), ".".join(at[:2])
            if path not in by_path:
                raise unknown("lever or uncertainty", path, by_path, place=place, field=field)
            one, text = by_path[path], as_text(value)
            if one.values:
                if text not in one.values:
                    raise unknown(f"value of {path}", text, one.values, place=place, field=field)
            elif isinstance(value, bool | str) or not one.low <= value <= one.high:
                raise explain(
                    f"{path}: {text} is not allowed", place=place, field=field,
                    allowed=f"a number from {one.low:g} to {one.high:g}",
                )  # fmt: skip


def _check_extent(written: ExperimentFile, factors: tuple[Factor, ...], places: Places) -> None:
    points = size(written.design, factors)
    if points > MOST_POINTS:
        raise explain(
            f"the design has {points:,} points",
            place=places.at("design"),
            field="design",
            allowed=f"up to {MOST_POINTS:,}",
        )
    until, replications = written.until, written.replications
    most = max(replications, until.most if until else 0)
    if max(1, points) * len(written.models) * most > MOST_RUNS:
        raise explain(
            f"{max(1, points):,} points × {len(written.models)} models × {most:,} runs are too "
            "many",
            place=places.at("replications"),
            field="replications",
            allowed=f"{MOST_RUNS:,} runs in all",
        )
    if until is not None and not FEWEST <= replications <= until.most:
        raise explain(
            f"{replications} runs are not allowed with `until`",
            place=places.at("replications"),
            field="replications",
            allowed=f"{FEWEST} to {until.most} (with fewer than {FEWEST} the interval that decides "
            "is not to be trusted)",
        )
