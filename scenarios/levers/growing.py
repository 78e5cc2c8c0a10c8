"""Levers on how many there are: areas with a helhedsplan each, and boligorganisationer."""

from typing import Final

from scenarios.levers.changing import each_body, each_organisation, seated, without_fora
from scenarios.levers.copying import (
    copied,
    in_new_area,
    own_bodies,
    plan_copy,
    without_organisations,
)
from scenarios.levers.lever import LeverError, Turning
from scenarios.routing import routes_of, with_routes
from scenarios.schema import Scenario

LOCAL_CAMPS: Final = ("helhedsplan", "residents", "local_partners")
ACROSS: Final = "områdesekretariat"


def set_areas(scenario: Scenario, value: float) -> Scenario:
    """So many areas, each with a helhedsplan, residents and local partners of its own."""
    wanted = int(value)
    for area in list(scenario.areas)[wanted:]:
        scenario = _without_area(scenario, area)
    while len(scenario.areas) < wanted:
        scenario = _with_another_area(scenario)
    return scenario


def _local(scenario: Scenario, area: str) -> list[str]:
    """The organisations of this area alone; in a scenario of one area, those that are local."""
    alone = len(scenario.areas) == 1
    return [
        key
        for key, one in scenario.organisations.items()
        if (alone and one.camp in LOCAL_CAMPS and one.kind != ACROSS)
        or (not alone and tuple(one.areas) == (area,))
    ]


def _with_another_area(scenario: Scenario) -> Scenario:
    """A copy of the first area with what is local to it; who sits across areas sits in both."""
    first = next(iter(scenario.areas))
    local = _local(scenario, first)
    own = _own_bodies(scenario, first, local)
    scenario = each_organisation(scenario, local, areas=(first,))
    scenario = each_body(scenario, own, area=first)
    number = next(k for k in range(2, 1000) if f"{first}_nr{k}" not in scenario.areas)
    copy = plan_copy(scenario, local, own, number)
    grown = in_new_area(scenario, copy, first, f"{first}_nr{number}")
    for key, forum in scenario.fora.items():
        new = [copy.actors[one] for one in forum.members if one in copy.actors]
        if key not in own and new:
            grown = seated(grown, key, new)
    return grown


def _own_bodies(scenario: Scenario, area: str, local: list[str]) -> list[str]:
    """The bodies of this area; where there is one area, those that someone local sits in."""
    if len(scenario.areas) > 1:
        return [key for key, forum in scenario.fora.items() if forum.area == area]
    across = [key for key, one in scenario.organisations.items() if one.kind == ACROSS]
    return own_bodies(scenario, local, across)


def _without_area(scenario: Scenario, area: str) -> Scenario:
    """Without an area, those who worked there alone, and its bodies."""
    gone = [key for key, one in scenario.organisations.items() if tuple(one.areas) == (area,)]
    changed = without_organisations(scenario, gone)
    kept_routes = {
        origin: stops for origin, stops in routes_of(changed).items() if origin[0] != area
    }
    organisations = {
        key: one.model_copy(update={"areas": tuple(where for where in one.areas if where != area)})
        for key, one in changed.organisations.items()
    }
    smaller = changed.model_copy(
        update={
            "areas": {key: one for key, one in changed.areas.items() if key != area},
            "organisations": organisations,
            "events": {key: one for key, one in changed.events.items() if one.area != area},
        }
    )
    smaller = smaller.model_copy(update={"routes": with_routes(smaller, kept_routes)})
    return without_fora(smaller, [key for key, one in smaller.fora.items() if one.area == area])


def set_housing_organisations(scenario: Scenario, value: float) -> Scenario:
    """So many boligorganisationer, sharing the cases that show up with the present ones."""
    present = _housing(scenario)
    if not present:
        raise LeverError("there is no boligorganisation to add to or take from", "other levers")
    desk = sum(scenario.organisations[key].desk for key in present)
    scenario = without_organisations(scenario, present[int(value) :])
    for number in range(len(present) + 1, int(value) + 1):
        scenario = _with_another_housing_organisation(scenario, present[-1], number)
    now = _housing(scenario)
    total = sum(scenario.organisations[key].desk for key in now)
    for key in now if total > 0.0 else ():
        share = scenario.organisations[key].desk / total
        scenario = each_organisation(scenario, [key], desk=desk * share)
    return scenario


def _housing(scenario: Scenario) -> list[str]:
    return [key for key, one in scenario.organisations.items() if one.kind == "boligorganisation"]


def _with_another_housing_organisation(scenario: Scenario, like: str, number: int) -> Scenario:
    """A copy of one, with seats wherever the one it is like has them together with others."""
    others = [
        key for key, one in scenario.organisations.items() if key != like and one.camp != "kommune"
    ]
    own = own_bodies(scenario, [like], others)
    copy = plan_copy(scenario, [like], own, number)
    grown = copied(scenario, copy)
    for key, forum in scenario.fora.items():
        if key not in own and forum.of_plan:
            new = [copy.actors[one] for one in forum.members if one in copy.actors]
            grown = seated(grown, key, new)
    return grown


TURNINGS: Final = {
    "areas": Turning(set_areas),
    "housing_organisations": Turning(set_housing_organisations),
}
