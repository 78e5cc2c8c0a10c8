"""Levers on who meets whom: fora on every level, linking persons, middle managers, coffee."""

from typing import Final

from scenarios.levers.changing import (
    COORDINATOR,
    bodies_on_routes,
    in_camp,
    new_body,
    plan_leaders,
    routed,
    seated,
    shared_bodies,
    takes_part,
    unseated,
    with_fora,
    with_role,
    without_fora,
)
from scenarios.levers.lever import LeverError, Turning
from scenarios.routing import routes_of
from scenarios.schema import Scenario
from simulation.vocabulary import LEVELS

STRATEGIC_BODY: Final = "faelles_strategisk_forum"
# On each level of the staircase of bodies: its id, name, rhythm in weeks, and who sits there.
TIED_BODIES: Final = {
    "strategic": (STRATEGIC_BODY, ("Fælles strategisk forum", "Shared strategic forum"), 13),
    "tactical": ("faelles_taktisk_forum", ("Fælles taktisk forum", "Shared tactical forum"), 4),
    "executing": (
        "faelles_udfoerende_gruppe",
        ("Fælles opfølgningsgruppe", "Shared follow-up group"),
        13,
    ),
}
LARGEST_BODY: Final = 16
COFFEE_BODY: Final = "uformelt_moede_{}"
COFFEE_GROUP: Final = 9
COFFEE_HOURS: Final = 1.0
FEWEST_HOURS: Final = 2.0  # a week for this work, below which nobody is asked to come for coffee
MIDDLE_MANAGERS: Final = ("middle_manager", "operations_manager")
STAND_INS: Final = ("consultant",)  # where an organisation has no middle manager


def tie_fora(scenario: Scenario, value: float) -> Scenario:
    """A shared body at the top alone (0), or tied ones on all three levels (1)."""
    scenario = _with_strategic_body(scenario)
    if int(value) == 0:
        below = [key for key, forum in shared_bodies(scenario).items() if forum.level in LEVELS[2:]]
        return _without(scenario, below)
    for level, (key, name, weeks) in TIED_BODIES.items():
        present = [one for one, forum in shared_bodies(scenario).items() if forum.level == level]
        if not present:
            people = _of_level(scenario, level)
            body = new_body(name, people, level=level, period_weeks=weeks)
            scenario = with_fora(scenario, {key: body}) if len(people) > 1 else scenario
    return link(scenario, 2)


def _with_strategic_body(scenario: Scenario) -> Scenario:
    """The scenario with a shared body of leaders, added if there is none."""
    if any(
        forum.level in LEVELS[:2] and forum.right != "informed"
        for forum in shared_bodies(scenario).values()
    ):
        return scenario
    key, name, weeks = TIED_BODIES["strategic"]
    people = [*_of_level(scenario, "strategic"), *plan_leaders(scenario)]
    body = new_body(
        name, people, level="strategic", period_weeks=weeks, hours=2.0, right="decide", mandate=3.0
    )
    return with_fora(scenario, {key: body})


def _of_level(scenario: Scenario, level: str) -> list[str]:
    """People of a level from as many organisations as there are, one from each at a time."""
    queues: dict[str, list[str]] = {}
    for key in in_camp(scenario, "kommune", "boligorganisation", "helhedsplan", "local_partners"):
        if scenario.person(key).level == level and scenario.person(key).hours >= 1.0:
            queues.setdefault(scenario.actors[key].organisation, []).append(key)
    return _dealt(queues)[:LARGEST_BODY]


def _dealt(queues: dict[str, list[str]]) -> list[str]:
    """One from each organisation in turn until all have been taken."""
    longest = max((len(queue) for queue in queues.values()), default=0)
    return [queue[k] for k in range(longest) for queue in queues.values() if k < len(queue)]


def _without(scenario: Scenario, gone: list[str]) -> Scenario:
    """Without these bodies; what passed only them now goes to the shared strategic body."""
    top = next(
        key
        for key, forum in shared_bodies(scenario).items()
        if forum.level in LEVELS[:2] and forum.right != "informed"
    )
    routes = {
        origin: stops if any(stop not in gone for stop in stops) else (*stops, top)
        for origin, stops in routes_of(scenario).items()
    }
    changed = without_fora(routed(scenario, routes), gone)
    near = changed.near_body or next(iter(bodies_on_routes(changed)), None)
    return changed.model_copy(update={"near_body": near})


def link(scenario: Scenario, value: float) -> Scenario:
    """Seat so many people in every shared body of the plan; at 0 nobody sits on two levels."""
    bodies = shared_bodies(scenario)
    if int(value) == 0:
        return _unlinked(scenario)
    ordered = _linking_persons(scenario)
    for key, forum in bodies.items():
        if forum.right != "informed" and forum.level in LEVELS[1:]:
            there = [one for one in ordered if takes_part(scenario, one, forum.area)]
            scenario = seated(scenario, key, there[: int(value)])
    return scenario


def _linking_persons(scenario: Scenario) -> list[str]:
    """Those whose work it is to tie levels together, then the plan's other staff."""
    ordered = [
        *plan_leaders(scenario)[:1],
        *with_role(scenario, COORDINATOR),
        *with_role(scenario, "housing_coordinator", "sekretariatsleder"),
        *plan_leaders(scenario)[1:],
        *in_camp(scenario, "helhedsplan"),
    ]
    return list(dict.fromkeys(ordered))


def _unlinked(scenario: Scenario) -> Scenario:
    """Everyone keeps the seats on one level: their own, or the one where they have most."""
    for key in scenario.actors:
        seats: dict[str, list[str]] = {}
        for forum_id, forum in shared_bodies(scenario).items():
            if key in forum.members:
                seats.setdefault(forum.level, []).append(forum_id)
        own = scenario.person(key).level
        kept = own if own in seats else max(seats, key=lambda one: len(seats[one]), default="")
        given_up = [
            forum_id
            for level, fora in seats.items()
            if level != kept
            for forum_id in fora
            if len(scenario.fora[forum_id].members) > 1
        ]
        scenario = unseated(scenario, [key], given_up)
    return scenario


def seat_middle_managers(scenario: Scenario, value: float) -> Scenario:
    """No middle manager in the plan's bodies (0), or one from each organisation (1 or 2)."""
    employers = in_camp(scenario, "kommune", "boligorganisation")
    managers = [key for key in employers if scenario.actors[key].role in MIDDLE_MANAGERS]
    if int(value) == 0:
        kept = [
            key
            for key, forum in shared_bodies(scenario).items()
            if any(one not in managers for one in forum.members)
        ]
        return unseated(scenario, managers, kept)
    levels = ("tactical",) if int(value) == 1 else LEVELS[:3]
    places = [
        key
        for key, forum in shared_bodies(scenario).items()
        if forum.level in levels and forum.right != "informed"
    ]
    if not places:
        raise LeverError(
            "no shared body of the plan meets on the tactical level",
            "none or all, or this lever with levers.fora_levels=all_levels",
        )
    one_each: dict[str, str] = {}
    for roles in (MIDDLE_MANAGERS, STAND_INS):
        for key in employers:
            if scenario.actors[key].role in roles:
                one_each.setdefault(scenario.actors[key].organisation, key)
    for place in places:
        area = scenario.fora[place].area
        there = [one for one in one_each.values() if takes_part(scenario, one, area)]
        scenario = seated(scenario, place, there)
    return scenario


def meet_for_coffee(scenario: Scenario, value: float) -> Scenario:
    """So many informal meetings a year for mixed groups of those who work near residents."""
    if value <= 0:
        return scenario
    queues: dict[str, list[str]] = {}
    for key in in_camp(scenario, "kommune", "boligorganisation", "helhedsplan", "local_partners"):
        person = scenario.person(key)
        if person.level in LEVELS[2:] and person.hours >= FEWEST_HOURS:
            queues.setdefault(person.organisation, []).append(key)
    people = _dealt(queues)
    groups = max(1, round(len(people) / COFFEE_GROUP))
    bodies = {
        COFFEE_BODY.format(k + 1): new_body(
            (f"Uformelt møde {k + 1}", f"Informal meeting {k + 1}"),
            people[k::groups],
            level="executing",
            period_weeks=max(1, round(52 / value)),
            hours=COFFEE_HOURS,
            right="informed",
            format="informal",
        )
        for k in range(groups)
    }
    return with_fora(scenario, bodies)


TURNINGS: Final = {
    "fora_levels": Turning(tie_fora),
    "linking_persons": Turning(link),
    "middle_managers": Turning(seat_middle_managers),
    "informal_meetings": Turning(meet_for_coffee),
}
