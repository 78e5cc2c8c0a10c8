"""Levers on the bodies: how often and how they meet, how long, and who may decide."""

from typing import Final

from scenarios.levers.changing import (
    LARGEST_AGENDA,
    LONGEST_MEETING,
    LONGEST_PERIOD,
    bodies_at,
    each_body,
    last_bodies,
    with_fora,
)
from scenarios.levers.lever import LeverError, one_by_one
from scenarios.routing import routes_of
from scenarios.schema import Forum, Scenario
from simulation.vocabulary import FORMATS, RIGHTS


def set_rhythm(scenario: Scenario, target: str, value: float) -> Scenario:
    """Stretch or shorten the weeks between meetings."""

    def stretched(forum: Forum) -> Forum:
        period = min(LONGEST_PERIOD, max(1, round(forum.period_weeks * value)))
        first = None if forum.phase_week is None else forum.phase_week % period
        before = min(forum.premeeting_weeks, period - 1)
        return forum.model_copy(
            update={"period_weeks": period, "phase_week": first, "premeeting_weeks": before}
        )

    keys = bodies_at(scenario, target)
    return with_fora(scenario, {key: stretched(scenario.fora[key]) for key in keys})


def set_capacity(scenario: Scenario, target: str, value: float) -> Scenario:
    """Let a meeting handle more or fewer matters, at least one."""
    changed = {}
    for key in bodies_at(scenario, target):
        matters = max(1, round(scenario.fora[key].capacity * value))
        changed[key] = scenario.fora[key].model_copy(
            update={"capacity": min(LARGEST_AGENDA, matters)}
        )
    return with_fora(scenario, changed)


def set_length(scenario: Scenario, target: str, value: float) -> Scenario:
    """Make meetings longer or shorter; preparation stays."""
    changed = {}
    for key in bodies_at(scenario, target):
        hours = min(LONGEST_MEETING, scenario.fora[key].hours * value)
        changed[key] = scenario.fora[key].model_copy(update={"hours": hours})
    return with_fora(scenario, changed)


def set_format(scenario: Scenario, target: str, value: float) -> Scenario:
    """Let bodies meet round a table with an agenda, in dialogue, or informally."""
    return each_body(scenario, bodies_at(scenario, target), format=FORMATS[int(value)])


def set_right(scenario: Scenario, target: str, value: float) -> Scenario:
    """Change what bodies may do with a matter; the last body on a route always decides."""
    right = RIGHTS[int(value)]
    last = last_bodies(routes_of(scenario))
    bodies = bodies_at(scenario, target)
    if target in last and right != "decide":
        raise LeverError(
            f"“{target}” stands last on a route, so nobody would decide what is sent there",
            f"decide, or a body that does not stand last (these do: {', '.join(sorted(last))})",
        )
    changed = {}
    for key in bodies:
        if key in last and right != "decide":
            continue
        forum = scenario.fora[key]
        mandate = max(1.0, forum.mandate) if right == "decide" else forum.mandate
        changed[key] = forum.model_copy(update={"right": right, "mandate": mandate})
    return with_fora(scenario, changed)


TURNINGS: Final = {
    "forum_rhythm": one_by_one(set_rhythm),
    "agenda_capacity": one_by_one(set_capacity),
    "meeting_length": one_by_one(set_length),
    "meeting_format": one_by_one(set_format),
    "forum_right": one_by_one(set_right),
}
