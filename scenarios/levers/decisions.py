"""Levers on decisions: mandates, the chain of bodies, approvals at home."""

from collections.abc import Iterable
from typing import Final

from scenarios.levers.changing import (
    bodies_at,
    bodies_on_routes,
    each_actor,
    each_body,
    organisations_of,
    reachable,
    routed,
)
from scenarios.levers.lever import ALL, LeverError, Turning
from scenarios.routing import Routes, deciding_stop, may_decide, routes_of, with_routes
from scenarios.schema import Forum, Scenario, Text

EXTRA_BODY = "ekstra_led_{}"
EXTRA_PERIOD = 4  # with a calendar of its own, drawn in each run: (4 + 1) / 2 weeks on average
SEATS = 2  # the same people whatever the number of bodies, so that one more changes no other
LONG_SIZES = ("medium", "large")
STAFF_OFFICER = "staff_officer"


def set_near_mandate(scenario: Scenario, value: float) -> Scenario:
    """Let the body nearest the work decide up to this size; at 0 it may only advise."""
    if scenario.near_body is None:
        raise LeverError(
            "the scenario does not say which body is nearest the work",
            "this lever on a scenario with `near_body`, or on one body: levers.mandate.BODY",
        )
    near = (scenario.near_body, *scenario.near_body_copies)
    return _with_mandate(scenario, near, value)


def set_mandate(scenario: Scenario, target: str, value: float) -> Scenario:
    """Let bodies decide up to this size; at 0 they may only advise."""
    return _with_mandate(scenario, bodies_at(scenario, target), value)


def _with_mandate(scenario: Scenario, keys: Iterable[str], value: float) -> Scenario:
    right = "advise" if value <= 0 else "decide"
    changed = each_body(scenario, keys, mandate=max(0.0, value), right=right)
    return reachable(changed, "a mandate that leaves every matter someone to decide it")


def set_clarity_everywhere(scenario: Scenario, value: float) -> Scenario:
    """The same clarity for the mandates of all the plan's bodies and of everyone."""
    changed = set_clarity(scenario, ALL, value)
    return each_actor(changed, scenario.actors, mandate_clarity=value)


def set_clarity(scenario: Scenario, target: str, value: float) -> Scenario:
    """How likely bodies are to dare to use their mandates."""
    return each_body(scenario, bodies_at(scenario, target), mandate_clarity=value)


def lengthen_chain(scenario: Scenario, value: float) -> Scenario:
    """Put bodies of staff officers, two in each and no one in two, before the decision."""
    count = int(value)
    if count == 0:
        return scenario
    bodies = _extra_bodies(scenario, count)
    fora = {**scenario.fora, **bodies}
    routes = routes_of(scenario)
    for (area, organisation, size), stops in routes.items():
        if size in LONG_SIZES:
            place = deciding_stop(fora, stops, size)
            routes[area, organisation, size] = (*stops[:place], *bodies, *stops[place:])
    return scenario.model_copy(update={"fora": fora, "routes": with_routes(scenario, routes)})


def _extra_bodies(scenario: Scenario, count: int) -> dict[str, Forum]:
    busy = {member for forum in scenario.fora.values() for member in forum.members}
    officers = [
        key
        for key, actor in scenario.actors.items()
        if actor.role == STAFF_OFFICER and key not in busy
    ]
    if len(officers) < SEATS * count:
        raise LeverError(
            f"{count} extra bodies need {SEATS * count} staff officers who sit in no other body, "
            f"and there are {len(officers)}",
            f"0 to {len(officers) // SEATS} in this scenario",
        )
    return {
        EXTRA_BODY.format(k + 1): Forum(
            source="assumption",
            name=Text(da=f"Ekstra led {k + 1}", en=f"Extra body {k + 1}"),
            level="tactical",
            period_weeks=EXTRA_PERIOD,
            capacity=30,
            hours=1.5,
            preparation_hours=0.5,
            right="consent",
            members=tuple(officers[SEATS * k : SEATS * (k + 1)]),
        )
        for k in range(count)
    }


def set_premeetings(scenario: Scenario, value: float) -> Scenario:
    """The same for every body of the plan that matters are sent to."""
    for key in bodies_on_routes(scenario):
        scenario = set_premeeting(scenario, key, value)
    return scenario


def set_premeeting(scenario: Scenario, target: str, value: float) -> Scenario:
    """How long before a meeting the camps meet by themselves; always within the rhythm."""
    for key in bodies_at(scenario, target):
        weeks = min(int(value), scenario.fora[key].period_weeks - 1)
        scenario = each_body(scenario, [key], premeeting_weeks=weeks)
    return scenario


def set_home_approvals(scenario: Scenario, value: float) -> Scenario:
    """Let so many organisations approve medium and large matters at home, or none anything."""
    routes = routes_of(scenario)
    changed: Routes = {}
    for origin, stops in routes.items():
        _, organisation, size = origin
        shared = tuple(stop for stop in stops if scenario.fora[stop].of_plan)
        if not shared:  # what is decided at home alone stays there
            changed[origin] = stops
            continue
        approving = _approving(scenario, organisation, shared, size, int(value))
        changed[origin] = (*approving, *shared)
    return routed(scenario, changed)


def _approving(
    scenario: Scenario, organisation: str, shared: tuple[str, ...], size: str, count: int
) -> list[str]:
    """Home bodies that are asked: that of the origin first, then of those who will decide."""
    if size not in LONG_SIZES:
        return []
    able = [stop for stop in shared if may_decide(scenario.fora[stop], size)]
    decider = scenario.fora[able[0] if able else shared[-1]]
    asked = dict.fromkeys((organisation, *organisations_of(scenario, decider)))
    homes = (scenario.organisations[one].home_body for one in asked)
    inside = [home for home in homes if home is not None and not scenario.fora[home].of_plan]
    return list(dict.fromkeys(inside))[:count]


TURNINGS: Final = {
    "mandate": Turning(set_near_mandate, set_mandate),
    "mandate_clarity": Turning(set_clarity_everywhere, set_clarity),
    "pre_meetings": Turning(set_premeetings, set_premeeting),
    "home_approvals": Turning(set_home_approvals),
    "chain_length": Turning(lengthen_chain),
}
