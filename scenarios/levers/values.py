"""What a scenario may write for a lever: a number, a name, or one of these per target."""

from typing import Any

from scenarios.errors import DECIMAL_COMMA, POINT, Place, Places, explain, nearest, unknown
from scenarios.levers.lever import (
    ALL,
    BODIES,
    ORGANISATIONS,
    PAIR_SIGN,
    TARGETS,
    Lever,
)
from scenarios.schema import Scenario
from simulation.vocabulary import CAMPS, LEVELS

Settings = dict[str, float]  # target to value; ``all`` first, then from the general to the special


def settings_of(lever: Lever, given: Any, scenario: Scenario, places: Places) -> Settings:
    """The values that ``given`` asks for, by target.

    Raises ``ScenarioError`` for a value out of range, an unknown name or an unknown target.
    """
    if not isinstance(given, dict):
        value = given if given is not None else lever.default
        if value is None:
            return {}
        return {ALL: _value(lever, value, places.at("levers", lever.key), f"levers.{lever.key}")}
    if not lever.targets:
        raise explain(
            "this lever has one value for the whole scenario",
            place=places.at("levers", lever.key),
            field=f"levers.{lever.key}",
            allowed=allowed_values(lever),
        )
    values = {}
    for target in sorted(given, key=lambda one: rank(lever, scenario, one)):
        path = ("levers", lever.key, target)
        place, field = places.at(*path), ".".join(path)
        _check_target(lever, scenario, target, place, field)
        if given[target] is not None:
            values[target] = _value(lever, given[target], place, field)
    if ALL not in values and lever.default is not None:
        values = {ALL: lever.default, **values}
    return values


def allowed_values(lever: Lever) -> str:
    """The values a lever can take, in words."""
    if lever.choices:
        names = ", ".join(one.name for one in lever.choices)
        return f"{names} (or 0 to {lever.high:g})"
    kind = "a whole number" if lever.whole else "a number"
    return f"{kind} from {lever.low:g} to {lever.high:g} ({lever.unit.en})"


def _value(lever: Lever, given: Any, place: Place, field: str) -> float:
    names = [one.name for one in lever.choices]
    if isinstance(given, str) and given in names:
        return float(names.index(given))
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    if is_number and lever.low <= given <= lever.high and (not lever.whole or given == int(given)):
        return float(given)
    shown = f"{given:g}" if is_number else f"“{given}”"
    comma = f"; {POINT}" if DECIMAL_COMMA.match(str(given)) else ""
    raise explain(
        f"{shown} is not allowed",
        place=place,
        field=field,
        allowed=allowed_values(lever) + comma,
        suggestion=nearest_value(lever, given if is_number else str(given)),
    )


def nearest_value(lever: Lever, given: float | str) -> str:
    """The allowed value or name closest to what was given; empty if nothing is close."""
    names = [one.name for one in lever.choices]
    if isinstance(given, str):
        return nearest(given, names)
    closest = min(max(given, lever.low), lever.high)
    if closest != closest:  # not a number is close to nothing
        return ""
    closest = float(round(closest)) if lever.whole else closest
    return names[int(closest)] if names else f"{closest:g}"


def rank(lever: Lever, scenario: Scenario, target: str) -> int:
    """How special a target is: everyone, then camps and levels, then single ones."""
    if target == ALL:
        return 0
    general = (*CAMPS, *LEVELS)
    if PAIR_SIGN in target:
        return 1 + sum(side not in general for side in target.split(PAIR_SIGN))
    return 1 if target in general else 2


def known_targets(lever: Lever, scenario: Scenario) -> list[str]:
    """Every target that the lever can be turned on in this scenario, except pairs."""
    if lever.targets == BODIES:
        return [ALL, *LEVELS, *scenario.fora]
    return [ALL, *CAMPS, *scenario.organisations]


def _check_target(lever: Lever, scenario: Scenario, target: str, place: Place, field: str) -> None:
    known = known_targets(lever, scenario)
    what = TARGETS[lever.targets].en
    if lever.targets in (ORGANISATIONS, BODIES) or target == ALL:
        if target not in known:
            raise unknown(f"target ({what})", target, known, place=place, field=field)
        return
    sides = target.split(PAIR_SIGN)
    if len(sides) != 2:
        raise explain(f"“{target}” is not a pair", place=place, field=field, allowed=what)
    for side in sides:
        if side not in known[1:]:
            raise unknown("organisation or camp", side, known[1:], place=place, field=field)
