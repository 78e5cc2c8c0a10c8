"""Where every lever stands and can stand in the chosen model, and its values in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, NamedTuple

from dashboard.models import joined, load, parts_of
from dashboard.sentences import Sentences
from dashboard.settings import MAIN_LEVERS, Settings
from scenarios import LEVERS, Lever, Scenario, ScenarioError, turned
from scenarios.levers import standing
from scenarios.relations import DEFAULT
from scenarios.sources import ASSUMPTION, LITERATURE, tags_in

AS_IN_MODEL: Final = -1
STEP_OF_SHARES: Final = 0.05
SHORT_RANGE: Final = 5.0  # up to here a range is cut into equal steps
STEPS_OF_RANGE: Final = 8
LONGEST_RATIO: Final = 50.0  # between the largest and the smallest offered of a long range
MOST_WHOLE: Final = 16  # whole numbers that are all offered
SERIES: Final = tuple(
    number * 10.0**power for power in range(-2, 5) for number in (1.0, 2.0, 5.0)
)  # numbers between the ends of a long range
OTHER_LEVER: Final = re.compile(r"\blevers\.(\w+)")


@dataclass(frozen=True)
class Position:
    """One lever on one model.

    Attributes:
        key: name of the lever.
        values: the values it can take in this model, rising; empty when it cannot be moved.
        own: index in ``values`` of what the model itself says; ``AS_IN_MODEL`` where that is not
            one number, such as what differs between organisations.
        needs: the levers that have to be moved first, where it cannot be moved alone.
    """

    key: str
    values: tuple[float, ...]
    own: int
    needs: tuple[str, ...] = ()


def positions(settings: Settings) -> dict[str, Position]:
    """Every lever in the model of ``settings``, in the order of the catalogue.

    What cannot be moved on the model as it is may be possible with the levers that are moved.
    """
    found = dict(_alone(settings.model))
    scenario = load(settings.model)
    for key, position in found.items():
        others = {other: value for other, value in settings.levers.items() if other != key}
        if position.needs and others.keys() & set(position.needs) and _turns(scenario, others):
            found[key] = _position(scenario, key, others)
    return found


def usable(settings: Settings) -> Settings:
    """The settings without parts and lever values that the model cannot take or already has."""
    settings = replace(settings, model=joined(settings.model))
    wanted, scenario = settings.levers, load(settings.model)
    kept: dict[str, float] = {}
    for key in LEVERS:
        if key not in wanted:
            continue
        position = positions(replace(settings, levers=kept))[key]
        if not position.values:
            continue
        index = nearest(position.values, wanted[key])
        together = {**kept, key: position.values[index]}
        if index != position.own and _turns(scenario, together):
            kept = together
    return replace(settings, levers=kept)


class LeftOut(NamedTuple):
    """What was wanted and cannot be had: parts of the model, and levers."""

    parts: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()


def left_out(wanted: Settings, kept: Settings) -> LeftOut:
    """What ``usable`` took away from ``wanted``, apart from what says the same as the model."""
    gone = set(parts_of(wanted.model)) - set(parts_of(kept.model))
    places = positions(kept)

    def lost(key: str, value: float) -> bool:
        position = places[key]
        if key in kept.levers:
            return False
        if not position.values or position.own == AS_IN_MODEL:
            return True
        return nearest(position.values, value) != position.own

    levers = tuple(key for key, value in wanted.levers.items() if lost(key, value))
    return LeftOut(tuple(sorted(gone)), levers)


def nearest(values: tuple[float, ...], value: float) -> int:
    """Index of the value closest to ``value``."""
    return min(range(len(values)), key=lambda index: abs(values[index] - value))


def value_text(words: Sentences, key: str, value: float) -> str:
    """The value of a lever in words."""
    lever = LEVERS[key]
    if lever.choices:
        return str(getattr(lever.choices[int(value)].words, words.language))
    if key in MAIN_LEVERS:
        if lever.whole:
            return words(f"lever.{key}.{int(value)}")
        return words(f"lever.{key}.value", value=words.number(value, 2))
    decimals = next(places for places in (0, 1, 2) if places == 2 or _is_round(value, places))
    return words.number(value, decimals)


def source_text(words: Sentences, lever: Lever) -> str:
    """Where a lever comes from: the sources, or that it is an assumption."""
    said = []
    for tag in tags_in(lever.source):
        if tag == ASSUMPTION:
            said.append(words("lever.assumption"))
            continue
        text = tag.replace(LITERATURE, words("lever.literature"))
        for short in ("ch.", "app."):
            text = text.replace(f" {short} ", f" {words(f'lever.places.{short[:-1]}')} ")
        said.append(text)
    return "; ".join(said)


def _is_round(value: float, places: int) -> bool:
    return abs(value - round(value, places)) < 1e-9


@cache
def _alone(model: str) -> dict[str, Position]:
    """Every lever when no other is moved."""
    scenario = load(model)
    return {key: _position(scenario, key, {}) for key in LEVERS}


def _position(scenario: Scenario, key: str, others: Mapping[str, float]) -> Position:
    own = _own_value(scenario, key)
    values, needs = _possible(scenario, key, _grid(LEVERS[key], own), others)
    if own is not None and values:
        at_own = nearest(values, own)
        return Position(key, values if len(values) > 1 else (), at_own, needs)
    return Position(key, values, AS_IN_MODEL, needs)


def _possible(
    scenario: Scenario, key: str, grid: tuple[float, ...], others: Mapping[str, float]
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """The values of ``grid`` that the model takes, and the levers named where it takes none.

    A range whose two ends the model takes is not tried number by number.
    """
    one_by_one = LEVERS[key].choices or key == "mandate"
    ends = {value: _reason(scenario, {**others, key: value}) for value in (grid[0], grid[-1])}
    if not one_by_one and not any(ends.values()):
        return grid, ()
    reasons = {
        value: ends[value] if value in ends else _reason(scenario, {**others, key: value})
        for value in grid
    }
    values = tuple(value for value, reason in reasons.items() if not reason)
    named = [name for reason in reasons.values() for name in OTHER_LEVER.findall(reason)]
    needs = tuple(name for name in dict.fromkeys(named) if name != key and name in LEVERS)
    return values, needs


def _reason(scenario: Scenario, levers: Mapping[str, float]) -> str:
    """Why the levers cannot be turned so; empty where they can."""
    moved = scenario.model_copy(update={"levers": {**scenario.levers, **levers}})
    try:
        turned(moved)
    except ScenarioError as error:
        return str(error)
    return ""


def _turns(scenario: Scenario, levers: Mapping[str, float]) -> bool:
    return not _reason(scenario, levers)


def _grid(lever: Lever, own: float | None) -> tuple[float, ...]:
    """The values that the page offers of a lever, rising, with both ends and what the model has."""
    low, high, span = lever.low, lever.high, lever.high - lever.low
    if lever.choices or (lever.whole and span <= MOST_WHOLE):
        return tuple(float(value) for value in range(int(low), int(high) + 1))
    if span <= 1.0:
        values = _steps(low, high, round(span / STEP_OF_SHARES))
    elif low < 0.0 or (low >= 1.0 and span <= SHORT_RANGE):
        values = _steps(low, high, STEPS_OF_RANGE)
    else:
        smallest = 1.0 if lever.whole else high / LONGEST_RATIO
        inner = (number for number in SERIES if max(low, smallest) <= number < high)
        values = (float(low), *inner, float(high))
    asked = () if own is None or lever.key in MAIN_LEVERS else (own,)
    return tuple(sorted({*values, *asked}))


def _steps(low: float, high: float, count: int) -> tuple[float, ...]:
    return tuple(round(low + (high - low) * place / count, 4) for place in range(count + 1))


def _own_value(scenario: Scenario, key: str) -> float | None:
    """Where the lever stands when nobody has moved it; None where that is not one number."""
    written = standing(scenario, key)
    if written is not None:
        return written
    if key == "mandate" and scenario.near_body is not None:
        body = scenario.fora[scenario.near_body]
        return float(round(body.mandate)) if body.right == "decide" else 0.0
    return scenario.relations[DEFAULT].trust if key == "initial_trust" else None
