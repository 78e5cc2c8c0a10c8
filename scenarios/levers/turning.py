"""Turning the levers of a scenario, in the order of the catalogue."""

from scenarios.errors import Places, ScenarioError, explain, unknown
from scenarios.levers.catalogue import LEVERS
from scenarios.levers.lever import ALL, Lever, LeverError
from scenarios.levers.values import Settings, settings_of
from scenarios.schema import Scenario


def check_levers(scenario: Scenario, places: Places) -> None:
    """Raises ``ScenarioError`` for an unknown lever or a value out of its range."""
    for key, given in scenario.levers.items():
        if key not in LEVERS:
            raise unknown("lever", key, LEVERS, place=places.at("levers", key), field="levers")
        settings_of(LEVERS[key], given, scenario, places)


def standing(scenario: Scenario, key: str) -> float | None:
    """Where a lever stands for all that it concerns; None: as the scenario itself says."""
    lever = LEVERS[key]
    given = scenario.levers.get(key)
    return settings_of(lever, given, scenario, Places("", {})).get(ALL, lever.default)


def turned(scenario: Scenario, places: Places | None = None) -> Scenario:
    """The scenario with its levers turned, in the order of the catalogue, and none left.

    Raises ``ScenarioError`` for a lever that this scenario gives nothing to turn.
    """
    places = places or Places(f"scenario “{scenario.key}”", {})
    changed = scenario.model_copy(update={"levers": {}})
    for key, given in _in_order(scenario):
        settings = settings_of(LEVERS[key], given, scenario, places)
        try:
            changed = _turn(changed, LEVERS[key], settings)
        except LeverError as reason:
            place = places.at("levers", key)
            raise explain(
                reason.problem, place=place, field=f"levers.{key}", allowed=reason.allowed
            ) from reason
        except ScenarioError as reason:
            place = places.at("levers", key)
            raise explain(str(reason), place=place, field=f"levers.{key}") from reason
    return changed


def _in_order(scenario: Scenario) -> list[tuple[str, object]]:
    """The levers that are turned: what adds bodies to a route comes after who may decide."""
    return [(key, scenario.levers[key]) for key in LEVERS if scenario.levers.get(key) is not None]


def _turn(scenario: Scenario, lever: Lever, settings: Settings) -> Scenario:
    for target, value in settings.items():
        if target == ALL:
            if value != lever.default:
                scenario = lever.turn(scenario, value)
        else:
            assert lever.turn_at is not None
            scenario = lever.turn_at(scenario, target, value)
    return scenario
