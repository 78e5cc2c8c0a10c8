"""Levers on the kommune's boligsocial coordinator and what is tied to that post."""

from typing import Final

from scenarios.levers.changing import (
    COORDINATOR,
    PROJECT_LEADER,
    each_actor,
    each_body,
    in_camp,
    new_body,
    organisations_of,
    seated,
    shared_bodies,
    unseated,
    with_actors,
    with_fora,
    with_role,
    without_actors,
    without_fora,
)
from scenarios.levers.lever import LeverError, Turning
from scenarios.schema import Actor, Organisation, Scenario, Text
from simulation.vocabulary import LEVELS

POST: Final = "boligsocial_koordinator"
FORUM: Final = "tvaergaaende_kommunalt_forum"
SECTOR_SKILL: Final = 0.8
DIALOGUE: Final = "styringsdialog"  # how the ids of the statutory dialogues begin


def place_coordinator(scenario: Scenario, value: float) -> Scenario:
    """No coordinator (0), one in a sector-neutral unit (1), or in a sector department (2)."""
    present = with_role(scenario, COORDINATOR)
    if int(value) == 0:
        return without_actors(scenario, present)
    home = _department(scenario, neutral=int(value) == 1)
    if not present:
        scenario, present = _appointed(scenario, home), [POST]
    for key in present:
        scenario = _moved(scenario, key, home)
    return scenario


def _department(scenario: Scenario, neutral: bool) -> str:
    """The forvaltning with goals spread most evenly, or of the others the one with most cases."""
    departments = {
        key: one for key, one in scenario.organisations.items() if one.kind == "forvaltning"
    }
    if not departments:
        raise LeverError("the kommune has no forvaltning to place a coordinator in", "none")
    even = min(departments, key=lambda key: _main_theme(departments[key])[1])
    others = [key for key in departments if key != even]
    if neutral or not others:
        return even
    return max(others, key=lambda key: departments[key].desk)


def _main_theme(organisation: Organisation) -> tuple[str, float]:
    """The theme of an organisation's largest goal, and its share of all of them."""
    total = sum(organisation.goals.values())
    theme = max(organisation.goals, key=lambda one: organisation.goals[one])
    return theme, organisation.goals[theme] / total


def _appointed(scenario: Scenario, home: str) -> Scenario:
    """A new coordinator with a seat in every shared body above the executing level."""
    if COORDINATOR not in scenario.roles or POST in scenario.actors:
        raise LeverError(
            f"a coordinator cannot be added: the role “{COORDINATOR}” has no values, or "
            f"“{POST}” is someone else",
            "a scenario that extends `roller`",
        )
    post = Actor(
        source="assumption",
        name=Text(da="Boligsocial koordinator", en="Boligsocial coordinator"),
        organisation=home,
        role=COORDINATOR,
    )
    changed = with_actors(scenario, {POST: post})
    for key, forum in shared_bodies(scenario).items():
        if forum.level in LEVELS[:3] and forum.right != "informed":
            changed = seated(changed, key, [POST])
    return changed


def _moved(scenario: Scenario, key: str, home: str) -> Scenario:
    """The coordinator at home in another department, in its internal body and with its skill."""
    internal = [
        one
        for one, forum in scenario.fora.items()
        if not forum.of_plan and key in forum.members and len(forum.members) > 1
    ]
    changed = unseated(scenario, [key], internal)
    body = scenario.organisations[home].home_body
    if body is not None:
        changed = seated(changed, body, [key])
    skill = dict(scenario.roles[COORDINATOR].skill)
    theme, share = _main_theme(scenario.organisations[home])
    if share > 0.5:  # a sector department, not a unit for all themes
        skill[theme] = max(SECTOR_SKILL, skill.get(theme, 0.0))
    return each_actor(changed, [key], organisation=home, skill=skill)


def set_coordinator_hours(scenario: Scenario, value: float) -> Scenario:
    """Hours a week for each coordinator."""
    return each_actor(scenario, _coordinators(scenario), hours=value)


def _coordinators(scenario: Scenario) -> list[str]:
    present = with_role(scenario, COORDINATOR)
    if not present:
        raise LeverError(
            "the kommune has no coordinator",
            "this lever with levers.coordinator=neutral or levers.coordinator=sector",
        )
    return present


def set_coordinator_forum(scenario: Scenario, value: float) -> Scenario:
    """Without (0) or with (1) a monthly forum of all departments around the coordinator."""
    if int(value) == 0:
        return without_fora(scenario, _municipal_fora(scenario))
    if _municipal_fora(scenario):
        return scenario
    members = [
        *_coordinators(scenario),
        *(
            key
            for key in in_camp(scenario, "kommune")
            if scenario.actors[key].role in ("consultant", "middle_manager")
        ),
    ]
    forum = new_body(
        ("Tværgående kommunalt forum", "Cross-sector municipal forum"), members, level="tactical"
    )
    return with_fora(scenario, {FORUM: forum})


def _municipal_fora(scenario: Scenario) -> list[str]:
    """The plan's tactical bodies of several departments and nobody else, with a coordinator."""
    coordinators = with_role(scenario, COORDINATOR)
    return [
        key
        for key, forum in shared_bodies(scenario).items()
        if forum.level == "tactical"
        and any(one in coordinators for one in forum.members)
        and all(
            scenario.organisations[home].camp == "kommune"
            for home in organisations_of(scenario, forum)
        )
    ]


def join_dialogue(scenario: Scenario, value: float) -> Scenario:
    """Two persons (0) or one (1) hold the statutory styringsdialog and tie the plan together."""
    dialogues = [key for key in scenario.fora if key.startswith(DIALOGUE)]
    persons = with_role(scenario, COORDINATOR) or with_role(scenario, PROJECT_LEADER)
    if int(value) == 0:
        return unseated(scenario, persons, dialogues)
    if not dialogues or not persons:
        raise LeverError(
            "there is no styringsdialog, or nobody who ties the plan together",
            f"a scenario with a body whose id begins with “{DIALOGUE}” and a coordinator or "
            "projektleder",
        )
    changed = each_body(scenario, dialogues, of_plan=True, format="dialogic")
    for key in dialogues:
        changed = seated(changed, key, persons[:1])
    return changed


TURNINGS: Final = {
    "coordinator": Turning(place_coordinator),
    "coordinator_hours": Turning(set_coordinator_hours),
    "coordinator_forum": Turning(set_coordinator_forum),
    "one_person_dialogue": Turning(join_dialogue),
}
