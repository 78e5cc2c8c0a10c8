"""Levers on the plan's own secretariat: size, split of work, closeness to operations, skills."""

from typing import Final

from scenarios.levers.changing import (
    each_actor,
    in_camp,
    new_body,
    organisations_at,
    organisations_of,
    plan_bodies,
    plan_leaders,
    seated,
    with_actors,
    with_fora,
    without_actors,
    without_fora,
)
from scenarios.levers.lever import LeverError, Turning
from scenarios.schema import Actor, Scenario, Text
from simulation.vocabulary import THEMES

WORKER: Final = "boligsocial_medarbejder"
CLOSE_BODY: Final = "sparring_med_driften"
CLOSE_NAME: Final = ("Sparring med driften", "Sparring with operations")
OPERATIONS: Final = ("operations_manager", "caretaker", "housing_coordinator")
MEETINGS_ONLY, A_COORDINATOR, THE_DIRECTOR, SHARED_STAFF = range(4)
STRONGER, WEAKER = 0.30, 0.075  # the same sum of skills over the five themes


def set_size(scenario: Scenario, value: float) -> Scenario:
    """So many posts in each plan's secretariat, its leader among them."""
    for home in _plans(scenario):
        staff = _staff(scenario, home)
        leaders = [key for key in plan_leaders(scenario) if key in staff]
        ordered = [*leaders, *(key for key in staff if key not in leaders)]
        scenario = without_actors(scenario, ordered[int(value) :])
        for _ in range(int(value) - len(ordered)):
            scenario = _hired(scenario, home)
    return scenario


def _plans(scenario: Scenario) -> list[str]:
    """The organisations that are a plan's secretariat and have staff."""
    homes = [
        key
        for key in organisations_at(scenario, "helhedsplan")
        if scenario.organisations[key].kind == "helhedsplan" and _staff(scenario, key)
    ]
    if not homes:
        raise LeverError("no organisation is a plan's secretariat", "other levers")
    return homes


def _staff(scenario: Scenario, home: str) -> list[str]:
    return [key for key, actor in scenario.actors.items() if actor.organisation == home]


def _hired(scenario: Scenario, home: str) -> Scenario:
    """One more boligsocial medarbejder, with a seat wherever only the team sits."""
    if WORKER not in scenario.roles:
        raise LeverError(f"the role “{WORKER}” has no values", "a scenario that extends `roller`")
    count = next(k for k in range(1, 1000) if f"{WORKER}_{k}" not in scenario.actors)
    key = f"{WORKER}_{count}"
    post = Actor(
        source="assumption",
        name=Text(da=f"Boligsocial medarbejder {count}", en=f"Boligsocial worker {count}"),
        organisation=home,
        role=WORKER,
    )
    own = [
        one for one, forum in scenario.fora.items() if organisations_of(scenario, forum) == [home]
    ]
    changed = with_actors(scenario, {key: post})
    for one in own:
        changed = seated(changed, one, [key])
    return changed


def set_coordinating(scenario: Scenario, value: float) -> Scenario:
    """How much of the hours of those who lead the secretariat is kept for coordinating."""
    staff = in_camp(scenario, "helhedsplan")
    leading = [key for key in staff if scenario.person(key).coordinating > 0.0]
    leading = leading or plan_leaders(scenario)
    if not leading:
        raise LeverError("no plan has staff of its own", "other levers")
    return each_actor(scenario, leading, coordinating=value)


def set_closeness(scenario: Scenario, value: float) -> Scenario:
    """How the secretariat meets the boligorganisation's daily operations."""
    scenario = without_fora(scenario, _sparring_bodies(scenario))
    leaders = plan_leaders(scenario)
    if int(value) == MEETINGS_ONLY:
        return scenario
    homes = organisations_at(scenario, "boligorganisation")
    if not leaders or not homes:
        raise LeverError("there is no secretariat, or no boligorganisation", "meetings_only")
    first = homes[0]
    there = [key for key, one in scenario.actors.items() if one.organisation == first]
    if int(value) == SHARED_STAFF:
        body = new_body(
            ("Fælles personalegruppe", "Shared staff group"),
            [
                *in_camp(scenario, "helhedsplan"),
                *(key for key in there if scenario.actors[key].role in OPERATIONS),
            ],
            level="executing", period_weeks=1, hours=1.0, right="informed",
        )  # fmt: skip
        return with_fora(scenario, {CLOSE_BODY: body})
    roles = ("housing_director",) if int(value) == THE_DIRECTOR else tuple(reversed(OPERATIONS))
    partner = [key for role in roles for key in there if scenario.actors[key].role == role]
    body = new_body(
        CLOSE_NAME, [*leaders[:1], *(partner or there)[:1]], level="tactical", period_weeks=2,
        hours=1.0, right="informed", format="informal",
    )  # fmt: skip
    return with_fora(scenario, {CLOSE_BODY: body})


def _sparring_bodies(scenario: Scenario) -> list[str]:
    """Bodies of the plan and a boligorganisation alone that no matter is sent to."""
    return [
        key
        for key, forum in plan_bodies(scenario).items()
        if forum.right == "informed"
        and {scenario.organisations[one].camp for one in organisations_of(scenario, forum)}
        == {"helhedsplan", "boligorganisation"}
    ]


def set_staff_mix(scenario: Scenario, value: float) -> Scenario:
    """Everyone strong in the plan's largest theme (0), or each in another (1)."""
    for home in _plans(scenario):
        goals = scenario.organisations[home].goals
        ranked = sorted(THEMES, key=lambda theme: -goals.get(theme, 0.0))
        for place, key in enumerate(_staff(scenario, home)):
            strong = ranked[place % len(ranked)] if int(value) == 1 else ranked[0]
            mean = sum(scenario.person(key).skill.values()) / len(THEMES)
            skill = {
                theme: min(1.0, mean + STRONGER) if theme == strong else max(0.0, mean - WEAKER)
                for theme in THEMES
            }
            scenario = each_actor(scenario, [key], skill=skill)
    return scenario


TURNINGS: Final = {
    "secretariat_size": Turning(set_size),
    "coordinating_share": Turning(set_coordinating),
    "closeness_to_operations": Turning(set_closeness),
    "staff_mix": Turning(set_staff_mix),
}
