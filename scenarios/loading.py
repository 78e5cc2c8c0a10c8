"""Load a scenario, change it, identify it."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.checking import checked
from scenarios.composing import FAMILIES, Composed, blocks, compose
from scenarios.errors import (
    DECIMAL_COMMA,
    POINT,
    Places,
    ScenarioError,
    explain,
    nearest,
    unknown,
)
from scenarios.levers import ALL, LEVERS, check_levers, turned
from scenarios.merging import normalise
from scenarios.reading import read_value
from scenarios.schema import Scenario, SurveyData
from scenarios.surveying import measured, with_texts
from simulation.ablation import parameters_without
from simulation.parameters import Parameters, parameter_catalogue

SPEAKING_ONLY = {"name", "description", "source", "sources"}


def names() -> list[str]:
    """Names of the shipped models, family by family, in alphabetical order within each."""
    folders = {name: file.parent.name for name, file in blocks().items()}
    return [name for family in FAMILIES for name in folders if folders[name] == family]


def load(name_or_path: str | Path) -> Scenario:
    """The scenario called by a shipped name, a path to a YAML file, or blocks joined as ``a+b+c``.

    Raises ``ScenarioError`` with file, line, field, what is allowed and the nearest valid name.
    """
    return from_composed(compose(name_or_path))


def from_composed(composed: Composed) -> Scenario:
    """The checked scenario of merged data. Raises ``ScenarioError``."""
    return _complete(composed.data, composed.places)


def _complete(data: dict[str, Any], places: Places) -> Scenario:
    scenario = checked(with_texts(data, places), places)
    check_levers(scenario, places)
    measured(turned(scenario, places))
    return scenario


def with_settings(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """A copy with values set by dotted path, as in ``{"fora.styregruppe.period_weeks": "4"}``.

    Text is read as YAML; ``null`` deletes an entry or returns to the default. Raises
    ``ScenarioError`` for an unknown path or a value that is not allowed.
    """
    data = normalise(scenario.model_dump(mode="json", exclude_none=True))
    for path, given in settings.items():
        _check_first_part(path)
        value = read_value(given) if isinstance(given, str) else given
        _set(data, path, str(value) if isinstance(value, Path) else value)
    commas = any(isinstance(one, str) and DECIMAL_COMMA.match(one) for one in settings.values())
    try:
        return _complete(normalise(data), Places("", {}))
    except ScenarioError as reason:
        if not commas or POINT in str(reason):
            raise
        raise ScenarioError(f"{reason}; {POINT}") from None


# Fields whose entries may be set without being written before.
FREE = ("parameters", "levers", "data")
LEVERS_FIELD = "levers"
DATA_FIELD = "data"


def _check_first_part(path: str) -> None:
    """A path begins with a field of a scenario; a lever or a parameter alone is pointed out."""
    first = path.split(".")[0]
    if first in Scenario.model_fields:
        return
    below = {f"levers.{name}": name for name in LEVERS}
    below |= {f"parameters.{name}": name for name in parameter_catalogue()}
    closest = nearest(first, [*below.values(), *Scenario.model_fields])
    places = [place for place, name in below.items() if name == closest]
    raise explain(
        f"there is no field “{first}”",
        field=f"setting {path}",
        allowed=", ".join(Scenario.model_fields),
        suggestion=next(iter(places), closest),
    )


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    keys = path.split(".")
    below_data = keys[1:] if keys[0] == DATA_FIELD else []
    if below_data and ".".join(below_data) not in SurveyData.model_fields:
        fields = [f"{DATA_FIELD}.{name}" for name in SurveyData.model_fields]
        raise unknown("setting", path, fields, field=f"setting {path}")
    place = data
    for depth, key in enumerate(keys[:-1]):
        below = place.get(key) if isinstance(place, dict) else None
        if below is None and (depth == 0 and key in FREE):
            below = place[key] = {}
        elif depth == 1 and keys[0] == LEVERS_FIELD and not isinstance(below, dict):
            below = place[key] = {} if below is None else {ALL: below}
        if not isinstance(below, dict):
            known = place if isinstance(place, dict) else ()
            what = "field" if depth == 0 else f"entry of “{'.'.join(keys[:depth])}”"
            raise unknown(what, key, known, field=f"setting {path}")
        place = below
    if value is None:
        place.pop(keys[-1], None)
    else:
        place[keys[-1]] = value


def parameters(scenario: Scenario) -> Parameters:
    """The parameters with the scenario's overrides, levers turned, without what is switched off."""
    final = turned(scenario)
    return parameters_without(Parameters(**final.parameters), final.switched_off())


def content_hash(scenario: Scenario) -> str:
    """A hash (64 hexadecimal digits) of everything that can move a result.

    Levers are turned and roles filled in first. Key, names, descriptions and sources do not
    count. The order of entries does, since it is the order of the arrays.
    """
    final = turned(scenario)
    data = _silent(final.model_dump(mode="json"))
    data["actors"] = {key: own | final.person(key)._asdict() for key, own in data["actors"].items()}
    data["parameters"] = parameters(final)._asdict()
    data["switches"] = final.switched_off()
    data["measured"] = [sorted(table.items()) for table in measured(final)]
    if not any(data["measured"]):
        data.pop("measured")
    for key in ("key", "roles", "near_body", "near_body_copies", "levers", "data"):
        data.pop(key)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _silent(value: Any) -> Any:
    """Without the fields that only speak to people."""
    if isinstance(value, dict):
        return {key: _silent(below) for key, below in value.items() if key not in SPEAKING_ONLY}
    if isinstance(value, list):
        return [_silent(below) for below in value]
    return value
