"""Levers on the residents' place in what is decided about their area."""

from typing import Any, Final

from scenarios.levers.changing import (
    RESIDENT,
    bodies_on_routes,
    new_body,
    plan_bodies,
    plan_leaders,
    routed,
    seated,
    takes_part,
    unseated,
    with_fora,
    with_role,
)
from scenarios.levers.lever import LeverError, Turning
from scenarios.routing import Routes, deciding_stop, routes_of
from scenarios.schema import Forum, Scenario
from simulation.vocabulary import LEVELS

INFORMED, CO_DECIDING, SELF_DECIDING = 1, 3, 4
BODY: Final = "beboernes_forum"
NAME: Final = ("Beboernes forum", "Residents' forum")
OWN_MANDATE: Final = 2.0  # self-deciding residents settle matters up to medium size
SEATS: Final = 4  # of residents in each deciding body, at most half of those who sit there


def place_residents(scenario: Scenario, value: float) -> Scenario:
    """Their place on the ladder: none, informed, heard, co-deciding or self-deciding."""
    residents = with_role(scenario, RESIDENT)
    place = int(value)
    if not residents and place > 0:
        raise LeverError("no elected residents take part in this scenario", "other levers")
    if place in (CO_DECIDING, SELF_DECIDING):
        changed = _with_seats(scenario, residents)
        return _deciding_themselves(changed) if place == SELF_DECIDING else changed
    passed = bodies_on_routes(scenario)
    shared = [
        key
        for key, forum in plan_bodies(scenario).items()
        if key not in passed or any(one not in residents for one in forum.members)
    ]
    changed = unseated(scenario, residents, shared)
    if place == 0:
        return changed
    return _before_decision(changed, "informed" if place == INFORMED else "advise")


def _own_bodies(scenario: Scenario, **values: Any) -> dict[str, Forum]:
    """A body of the residents of each area that has any, with a projektleder, by id."""
    bodies = {}
    for area in scenario.areas:
        present = [one for one in with_role(scenario, RESIDENT) if takes_part(scenario, one, area)]
        leaders = [one for one in plan_leaders(scenario) if takes_part(scenario, one, area)]
        if present:
            body = new_body(NAME, [*present, *leaders[:1]], level="political", area=area, **values)
            bodies[_own_body(area)] = body
    return bodies


def _own_body(area: str) -> str:
    return f"{BODY}_{area}"


def _before_decision(scenario: Scenario, right: str) -> Scenario:
    """Residents are told of medium and large matters, or heard, before they are decided."""
    bodies = _own_bodies(scenario, hours=2.0, right=right)
    routes: Routes = {}
    for (area, organisation, size), stops in routes_of(scenario).items():
        place = deciding_stop(scenario.fora, stops, size)
        first = (_own_body(area),) if size != "small" and _own_body(area) in bodies else ()
        routes[area, organisation, size] = (*stops[:place], *first, *stops[place:])
    return routed(with_fora(scenario, bodies), routes)


def _with_seats(scenario: Scenario, residents: list[str]) -> Scenario:
    """Seats for residents in every body of the plan that may decide below the top level."""
    near = (scenario.near_body, *scenario.near_body_copies)
    for key in bodies_on_routes(scenario):
        forum = scenario.fora[key]
        there = [one for one in residents if takes_part(scenario, one, forum.area)]
        others = sum(one not in residents for one in forum.members)
        if forum.right == "decide" and (forum.level in LEVELS[2:] or key in near):
            scenario = seated(scenario, key, there[: min(SEATS, others)])
    if not any(one in residents for body in _deciding(scenario) for one in body):
        scenario = seated(scenario, bodies_on_routes(scenario)[-1], residents[:SEATS])
    return scenario


def _deciding(scenario: Scenario) -> list[tuple[str, ...]]:
    return [
        scenario.fora[key].members
        for key in bodies_on_routes(scenario)
        if scenario.fora[key].right == "decide"
    ]


def _deciding_themselves(scenario: Scenario) -> Scenario:
    """Bodies of residents with a mandate of their own come first on every route."""
    bodies = _own_bodies(
        scenario,
        period_weeks=2,
        right="decide",
        mandate=OWN_MANDATE,
        mandate_clarity=0.9,
        hours=2.0,
    )
    routes = {
        origin: (_own_body(origin[0]), *stops) if _own_body(origin[0]) in bodies else stops
        for origin, stops in routes_of(scenario).items()
    }
    return routed(with_fora(scenario, bodies), routes)


TURNINGS: Final = {"residents_place": Turning(place_residents)}
