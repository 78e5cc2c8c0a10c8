"""Levers on staff that the kommune lends to the plan."""

from typing import Final

from scenarios.levers.changing import each_actor, organisations_at
from scenarios.levers.lever import LeverError, Turning
from scenarios.schema import LENT_LEADERS, Scenario

PLAN_CAMP: Final = "helhedsplan"
KOMMUNE: Final = "kommune"


def lend_from_departments(scenario: Scenario, value: float) -> Scenario:
    """Each department of the kommune with people near residents lends one of them."""
    lenders = [key for key in organisations_at(scenario, KOMMUNE) if _front_staff(scenario, key)]
    if not lenders:
        raise LeverError(
            "the kommune has nobody on the executing level to lend",
            "levers.lent_hours.ORGANISATION",
        )
    for home in lenders:
        scenario = lend(scenario, home, value)
    return scenario


def lend(scenario: Scenario, target: str, value: float) -> Scenario:
    """Lend the one with most hours on the executing level to the plan; at 0 nobody is lent."""
    hosts = [
        key
        for key in organisations_at(scenario, PLAN_CAMP)
        if scenario.organisations[key].kind == "helhedsplan"
    ]
    if not hosts:
        raise LeverError("there is no helhedsplan to lend anyone to", "a scenario with one")
    for home in organisations_at(scenario, target):
        if home in hosts or not _front_staff(scenario, home):
            continue
        ranked = sorted(_front_staff(scenario, home), key=lambda one: -scenario.person(one).hours)
        scenario = each_actor(scenario, ranked, lent_to=None, leader="home")
        if value > 0:
            hours = max(value, scenario.person(ranked[0]).hours)
            scenario = each_actor(
                scenario, ranked[:1], lent_to=hosts[0], hours=hours, lent_share=value / hours
            )
    return scenario


def _front_staff(scenario: Scenario, home: str) -> list[str]:
    return [
        key
        for key, actor in scenario.actors.items()
        if actor.organisation == home
        and scenario.person(key).level == "executing"
        and scenario.person(key).hours > 0.0
    ]


def post_full_time(scenario: Scenario, value: float) -> Scenario:
    """Those who are lent divide their time (0), or give all of it to where they are lent (1)."""
    lent = _lent(scenario)
    if int(value) == 1:
        return each_actor(scenario, lent, lent_share=1.0)
    whole = [key for key in lent if scenario.actors[key].lent_share >= 1.0]
    return each_actor(scenario, whole, lent_share=0.5)


def set_leader(scenario: Scenario, value: float) -> Scenario:
    """Who leads those who are lent: home, both, or the plan."""
    return each_actor(scenario, _lent(scenario), leader=LENT_LEADERS[int(value)])


def _lent(scenario: Scenario) -> list[str]:
    lent = [key for key, actor in scenario.actors.items() if actor.lent_to is not None]
    if not lent:
        raise LeverError(
            "nobody is lent to another organisation in this scenario",
            "this lever together with levers.lent_hours",
        )
    return lent


TURNINGS: Final = {
    "lent_hours": Turning(lend_from_departments, lend),
    "lent_full_time": Turning(post_full_time),
    "lent_leader": Turning(set_leader),
}
