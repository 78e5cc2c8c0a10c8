"""The organisation models as the page needs them: names, and where their levers stand."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import scenarios
from dashboard.sentences import Sentences
from dashboard.settings import LEVER_KEYS, Settings
from scenarios import LEVERS, Scenario, ScenarioError
from scenarios.levers import standing
from scenarios.relations import DEFAULT

STEPS_OF_TRUST: Final = 0.05


@dataclass(frozen=True)
class Position:
    """One lever on one model.

    Attributes:
        key: name of the lever.
        values: the values it can take in this model, rising; empty when it cannot be moved.
        own: index in ``values`` of what the model itself says.
    """

    key: str
    values: tuple[float, ...]
    own: int


@cache
def model_names() -> tuple[str, ...]:
    """Names of the shipped models."""
    return tuple(scenarios.names())


@cache
def load(name: str) -> Scenario:
    """The model as its file says."""
    return scenarios.load(name)


def with_levers(settings: Settings) -> Scenario:
    """The chosen model with the moved levers."""
    moved = {f"levers.{key}": value for key, value in settings.levers.items()}
    return scenarios.with_settings(load(settings.model), moved) if moved else load(settings.model)


@cache
def positions(name: str) -> tuple[Position, ...]:
    """Where the page's levers stand and can stand in the model ``name``."""
    return tuple(_position(load(name), key) for key in LEVER_KEYS)


def usable(settings: Settings) -> Settings:
    """The settings without lever values that the model cannot take or already has."""
    kept = {}
    for position in positions(settings.model):
        if position.key not in settings.levers or not position.values:
            continue
        index = nearest(position.values, settings.levers[position.key])
        if index != position.own:
            kept[position.key] = position.values[index]
    return replace(settings, levers=kept)


def nearest(values: tuple[float, ...], value: float) -> int:
    """Index of the value closest to ``value``."""
    return min(range(len(values)), key=lambda index: abs(values[index] - value))


def value_text(words: Sentences, key: str, value: float) -> str:
    """The value of a lever in words."""
    if LEVERS[key].whole:
        return words(f"lever.{key}.{int(value)}")
    return words(f"lever.{key}.value", value=words.number(value, 2))


def _position(scenario: Scenario, key: str) -> Position:
    values = tuple(value for value in _grid(key) if _possible(scenario, key, value))
    own = _own_value(scenario, key)
    if not values or own is None:
        return Position(key, (), 0)
    return Position(key, values, nearest(values, own))


def _grid(key: str) -> tuple[float, ...]:
    lever = LEVERS[key]
    step = 1.0 if lever.whole else STEPS_OF_TRUST
    count = round((lever.high - lever.low) / step) + 1
    return tuple(round(lever.low + index * step, 4) for index in range(count))


def _possible(scenario: Scenario, key: str, value: float) -> bool:
    try:
        scenarios.with_settings(scenario, {f"levers.{key}": value})
    except ScenarioError:
        return False
    return True


def _own_value(scenario: Scenario, key: str) -> float | None:
    """Where the lever stands when nobody has moved it."""
    written = standing(scenario, key)
    if written is not None:
        return written
    if key == "mandate":
        if scenario.near_body is None:
            return None
        body = scenario.fora[scenario.near_body]
        return float(round(body.mandate)) if body.right == "decide" else 0.0
    return scenario.relations[DEFAULT].trust
