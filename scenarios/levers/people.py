"""Levers on staff: how close their own tasks lie, and how often they leave."""

from typing import Final

from scenarios.levers.changing import RESIDENT, each_actor, organisations_at
from scenarios.levers.lever import ALL, LeverError, one_by_one
from scenarios.schema import Scenario

VOLUNTEERS_OF_OFFICE = ("councillor", "housing_board_member", RESIDENT)  # elected, not employed
LENDING_CAMPS = ("kommune", "boligorganisation", "local_partners")


def set_overlap(scenario: Scenario, target: str, value: float) -> Scenario:
    """How much the core tasks of those who meet residents touch the plan's work."""
    homes = organisations_at(scenario, target)
    chosen = [
        key
        for key, actor in scenario.actors.items()
        if actor.organisation in homes
        and scenario.person(key).level == "executing"
        and (target != ALL or scenario.organisations[actor.organisation].camp in LENDING_CAMPS)
    ]
    if not chosen:
        raise LeverError(
            f"nobody on the executing level of “{target}”", "organisations with front-line staff"
        )
    return each_actor(scenario, chosen, overlap=value)


def set_turnover(scenario: Scenario, target: str, value: float) -> Scenario:
    """The chance that an employee leaves within a year."""
    homes = organisations_at(scenario, target)
    staff = [
        key
        for key, actor in scenario.actors.items()
        if actor.organisation in homes and actor.role not in VOLUNTEERS_OF_OFFICE
    ]
    if not staff:
        raise LeverError(f"“{target}” employs nobody", "organisations with employees")
    return each_actor(scenario, staff, turnover=value)


TURNINGS: Final = {
    "task_overlap": one_by_one(set_overlap),
    "turnover": one_by_one(set_turnover),
}
