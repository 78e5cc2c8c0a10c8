"""The scenarios a pattern names, loaded, changed and ready to be built; equal ones are one."""

from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from experiments.patterns.schema import Pattern, Settings, Staged
from scenarios.composing import SUFFIXES
from scenarios.errors import Places, ScenarioError, explain, unknown
from scenarios.levers import LEVERS
from scenarios.loading import content_hash, load, with_settings
from scenarios.schema import Scenario
from simulation.parameters import parameter_catalogue


class Stage(NamedTuple):
    """One scenario of a pattern. Stages with the same ``key`` give the same runs."""

    name: str
    key: str  # content hash and weeks
    scenario: Scenario
    weeks: int


class Stages(NamedTuple):
    """All scenarios of a pattern by name, and what each name in the file stands for."""

    single: dict[str, Stage]
    named: dict[str, tuple[str, ...]]  # a varied scenario stands for several


def stages_of(
    pattern: Pattern, places: Places, without: tuple[str, ...] = (), over: Settings | None = None
) -> Stages:
    """Every scenario of ``pattern``.

    Args:
        pattern: the pattern.
        places: where its entries are written.
        without: mechanisms switched off in every scenario on top of what it says.
        over: model parameters to use where the scenario does not set them itself.

    Raises ``ScenarioError`` for a model, lever, parameter, place or value that is not allowed.
    """
    single: dict[str, Stage] = {}
    named: dict[str, tuple[str, ...]] = {}
    _check_names(pattern.common, places, ("common",))
    for name, own in pattern.scenarios.items():
        _check_names(own, places, ("scenarios", name))
        varied = list(_combinations(pattern.common.vary | own.vary))
        names = (name,) if varied == [{}] else tuple(f"{name}@{k + 1}" for k in range(len(varied)))
        named[name] = names
        for one, settings in zip(names, varied, strict=True):
            path = ("scenarios", name)
            scenario, weeks = _staged(pattern.common, own, settings, places, path, without, over)
            single[one] = Stage(one, f"{content_hash(scenario)}-{weeks}", scenario, weeks)
    return Stages(single, named)


def _combinations(vary: dict[str, tuple[Any, ...]]) -> list[Settings]:
    return [dict(zip(vary, values, strict=True)) for values in product(*vary.values())]


def _check_names(staged: Staged, places: Places, path: tuple[str, ...]) -> None:
    """Levers and parameters by name, so that the message points at the very line."""
    for field, known in (("levers", LEVERS), ("parameters", parameter_catalogue())):
        for key in getattr(staged, field):
            name = key.partition(".")[0]  # a lever can be set for one body, camp, ... alone
            if name not in known:
                where = (*path, field, key)
                raise unknown(
                    field[:-1], name, known, place=places.at(*where), field=".".join(where)
                )
    for key, values in staged.vary.items():
        if not values:
            where = (*path, "vary", key)
            raise explain(
                "no value to vary over", place=places.at(*where), field=".".join(where),
                allowed="a list of values",
            )  # fmt: skip


def _staged(
    common: Staged,
    own: Staged,
    varied: Settings,
    places: Places,
    path: tuple[str, ...],
    without: tuple[str, ...],
    over: Settings | None,
) -> tuple[Scenario, int]:
    model = own.model or common.model
    if model is None:
        raise explain(
            "no model is named", place=places.at(*path), field=".".join(path),
            allowed="`model` here or under `common`",
        )  # fmt: skip
    scenario = _loaded(_beside(model, places), places, path)
    settings = {**_settings(common), **_settings(own), **varied}
    settings |= {f"switches.{name}": False for name in without}
    for parameter, value in (over or {}).items():
        if parameter not in scenario.parameters:
            settings.setdefault(f"parameters.{parameter}", value)
    if settings:
        scenario = _changed(scenario, settings, places, path)
    return scenario, own.weeks or common.weeks or scenario.weeks


def _settings(staged: Staged) -> Settings:
    return {
        **staged.settings,
        **{f"levers.{key}": value for key, value in staged.levers.items()},
        **{f"parameters.{key}": value for key, value in staged.parameters.items()},
        **{f"switches.{name}": False for name in staged.without},
    }


def _beside(model: str, places: Places) -> str:
    """A file is looked for beside the pattern file."""
    if model.endswith(SUFFIXES) and not Path(model).is_absolute():
        return str(Path(places.name).parent / model)
    return model


@cache
def _load(model: str) -> Scenario:
    return load(model)


def _loaded(model: str, places: Places, path: tuple[str, ...]) -> Scenario:
    try:
        return _load(model)
    except ScenarioError as error:
        place = places.at(*path, "model")
        if places.at(*path, "model") == places.at(*path) and ("common", "model") in places.entries:
            place = places.at("common", "model")
        raise explain(str(error), place=place, field=".".join((*path, "model"))) from None


def _changed(
    scenario: Scenario, settings: Settings, places: Places, path: tuple[str, ...]
) -> Scenario:
    try:
        return with_settings(scenario, settings)
    except ScenarioError as error:
        where = _guilty(scenario, settings, places, path)
        raise explain(str(error), place=places.at(*where), field=".".join(where)) from None


def _guilty(
    scenario: Scenario, settings: Settings, places: Places, path: tuple[str, ...]
) -> tuple[str, ...]:
    """The place of the first setting that is refused on its own, else of the scenario."""
    for key, value in settings.items():
        try:
            with_settings(scenario, {key: value})
        except ScenarioError:
            return _written(key, places, path)
    return path


def _written(key: str, places: Places, path: tuple[str, ...]) -> tuple[str, ...]:
    head, _, tail = key.partition(".")
    for start in (path, ("common",)):
        for where in ((*start, head, tail), (*start, "settings", key), (*start, "vary", key)):
            if where in places.entries:
                return where
    return path
