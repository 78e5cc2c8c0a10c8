"""Levers on the plan itself: who defined it, how it is framed, its pool, and who gets a case."""

from typing import Final

from scenarios.levers.changing import (
    each_actor,
    each_organisation,
    in_camp,
    organisations_at,
)
from scenarios.levers.lever import LeverError, Turning, one_by_one
from scenarios.schema import Scenario


def set_defining(scenario: Scenario, target: str, value: float) -> Scenario:
    """How far organisations took part in defining the plan."""
    homes = organisations_at(scenario, target)
    people = [key for key, one in scenario.actors.items() if one.organisation in homes]
    changed = each_organisation(scenario, homes, defined_plan=value)
    return each_actor(changed, people, defined_plan=None)


def set_framing(scenario: Scenario, value: float) -> Scenario:
    """The plan framed civilly or publicly in every area."""
    areas = {
        key: area.model_copy(update={"framing": value}) for key, area in scenario.areas.items()
    }
    return scenario.model_copy(update={"areas": areas})


def set_pool(scenario: Scenario, value: float) -> Scenario:
    """Hours a year in each area's pool for joint innovation."""
    areas = {
        key: area.model_copy(update={"innovation_pool_hours": value})
        for key, area in scenario.areas.items()
    }
    return scenario.model_copy(update={"areas": areas})


def set_allocation(scenario: Scenario, target: str, value: float) -> Scenario:
    """Cases given out by the resident's number or by problem, or by place."""
    return each_organisation(scenario, organisations_at(scenario, target), geography=value)


def set_activities(scenario: Scenario, value: float) -> Scenario:
    """Hours a week in which each of the plan's own staff runs activities for residents."""
    staff = [
        key for key in in_camp(scenario, "helhedsplan") if scenario.person(key).level == "executing"
    ]
    staff = staff or in_camp(scenario, "helhedsplan")
    if not staff:
        raise LeverError("no plan has staff of its own", "other levers")
    return each_actor(scenario, staff, activity_hours=value)


TURNINGS: Final = {
    "co_creation": one_by_one(set_defining),
    "framing": Turning(set_framing),
    "innovation_pool": Turning(set_pool),
    "case_allocation": one_by_one(set_allocation),
    "activity_hours": Turning(set_activities),
}
