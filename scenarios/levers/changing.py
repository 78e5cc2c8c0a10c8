"""What the levers share: finding people, bodies and organisations, and changing some of them."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from scenarios.errors import ScenarioError
from scenarios.levers.lever import ALL, LeverError
from scenarios.routing import Routes, routes_of, with_routes
from scenarios.schema import EVERYONE, Actor, Forum, Organisation, Scenario, Text
from simulation.vocabulary import LEVELS, SIZES

RESIDENT = "beboerdemokrat"
PROJECT_LEADER = "projektleder"
COORDINATOR = "coordinator"
LONGEST_PERIOD = 208  # weeks
LONGEST_MEETING = 16.0  # hours
LARGEST_AGENDA = 1000


# --- finding -----------------------------------------------------------------


def plan_bodies(scenario: Scenario) -> dict[str, Forum]:
    """The bodies that deal with the plan, by id."""
    return {key: forum for key, forum in scenario.fora.items() if forum.of_plan}


def bodies_at(scenario: Scenario, target: str) -> list[str]:
    """The bodies that a target names: all of the plan's, those of a level, or one."""
    if target in scenario.fora:
        return [target]
    return [key for key, forum in plan_bodies(scenario).items() if target in (ALL, forum.level)]


def organisations_at(scenario: Scenario, target: str) -> list[str]:
    """The organisations that a target names: a camp's, one, or all."""
    return [key for key, one in scenario.organisations.items() if target in (ALL, key, one.camp)]


def organisations_of(scenario: Scenario, forum: Forum) -> list[str]:
    """The organisations that members of a body come from, each once, in the members' order."""
    return list(dict.fromkeys(scenario.actors[one].organisation for one in forum.members))


def shared_bodies(scenario: Scenario) -> dict[str, Forum]:
    """The plan's bodies of two or more organisations that are not some organisation's own."""
    homes = {one.home_body for one in scenario.organisations.values()}
    return {
        key: forum
        for key, forum in plan_bodies(scenario).items()
        if key not in homes and len(organisations_of(scenario, forum)) > 1
    }


def takes_part(scenario: Scenario, person: str, area: str | None) -> bool:
    """Whether someone's organisation takes part in an area; None stands for all areas."""
    areas = scenario.organisations[scenario.actors[person].organisation].areas
    return area is None or area in areas or EVERYONE in areas


def with_role(scenario: Scenario, *roles: str) -> list[str]:
    """People in one of the roles, in the scenario's order."""
    return [key for key, actor in scenario.actors.items() if actor.role in roles]


def in_camp(scenario: Scenario, *camps: str) -> list[str]:
    """People whose organisation belongs to one of the camps."""
    return [
        key
        for key, actor in scenario.actors.items()
        if scenario.organisations[actor.organisation].camp in camps
    ]


def plan_leaders(scenario: Scenario) -> list[str]:
    """Who leads the plans: their projektledere, or the first of the staff of one without."""
    leaders = []
    for key in organisations_at(scenario, "helhedsplan"):
        staff = [one for one, actor in scenario.actors.items() if actor.organisation == key]
        named = [one for one in staff if scenario.actors[one].role == PROJECT_LEADER]
        leaders += named or staff[:1]
    return leaders or with_role(scenario, PROJECT_LEADER)


def last_bodies(routes: Routes) -> set[str]:
    """The bodies at the end of a route, which must be able to decide."""
    return {stops[-1] for stops in routes.values() if stops}


def bodies_on_routes(scenario: Scenario) -> list[str]:
    """The plan's bodies that matters pass, in the scenario's order."""
    passed = {stop for stops in routes_of(scenario).values() for stop in stops}
    return [key for key in plan_bodies(scenario) if key in passed]


# --- changing ----------------------------------------------------------------


def with_fora(scenario: Scenario, changed: Mapping[str, Forum]) -> Scenario:
    """With these bodies in place of those of the same id, or added."""
    return scenario.model_copy(update={"fora": {**scenario.fora, **changed}})


def with_organisations(scenario: Scenario, changed: Mapping[str, Organisation]) -> Scenario:
    """With these organisations in place of those of the same id, or added."""
    everyone = {**scenario.organisations, **changed}
    return scenario.model_copy(update={"organisations": everyone})


def with_actors(scenario: Scenario, changed: Mapping[str, Actor]) -> Scenario:
    """With these people in place of those of the same id, or added."""
    return scenario.model_copy(update={"actors": {**scenario.actors, **changed}})


def each_body(scenario: Scenario, keys: Iterable[str], **values: Any) -> Scenario:
    """The same new values for several bodies."""
    return with_fora(scenario, {key: scenario.fora[key].model_copy(update=values) for key in keys})


def each_actor(scenario: Scenario, keys: Iterable[str], **values: Any) -> Scenario:
    """The same new values for several people."""
    return with_actors(
        scenario, {key: scenario.actors[key].model_copy(update=values) for key in keys}
    )


def each_organisation(scenario: Scenario, keys: Iterable[str], **values: Any) -> Scenario:
    """The same new values for several organisations."""
    changed = {key: scenario.organisations[key].model_copy(update=values) for key in keys}
    return with_organisations(scenario, changed)


def seated(scenario: Scenario, forum: str, people: Iterable[str]) -> Scenario:
    """With seats for these people in a body, after those who already sit there."""
    members = dict.fromkeys((*scenario.fora[forum].members, *people))
    return each_body(scenario, [forum], members=tuple(members))


def unseated(scenario: Scenario, people: Collection[str], fora: Iterable[str]) -> Scenario:
    """Without these people in these bodies; a body that nobody is left in is dissolved."""
    left = {
        key: tuple(one for one in scenario.fora[key].members if one not in people) for key in fora
    }
    kept = {
        key: scenario.fora[key].model_copy(update={"members": members})
        for key, members in left.items()
        if members
    }
    changed = with_fora(scenario, kept)
    return without_fora(changed, [key for key, members in left.items() if not members])


def without_fora(scenario: Scenario, gone: Collection[str]) -> Scenario:
    """Without these bodies; the last body left on a route decides what is sent there.

    Raises ``LeverError`` where a route would pass no body.
    """
    if not gone:
        return scenario
    routes = routes_of(scenario)
    shorter = {
        origin: tuple(stop for stop in stops if stop not in gone)
        for origin, stops in routes.items()
    }
    fora = {key: forum for key, forum in scenario.fora.items() if key not in gone}
    organisations = {
        key: one.model_copy(update={"home_body": None}) if one.home_body in gone else one
        for key, one in scenario.organisations.items()
    }
    for (_, organisation, size), stops in shorter.items():
        if not stops:
            raise LeverError(
                f"a {size} matter from “{organisation}” would pass no body, as "
                f"{', '.join(sorted(gone))} would be dissolved",
                "this value on a scenario with other bodies on its routes",
            )
    changed = scenario.model_copy(
        update={
            "fora": fora,
            "organisations": organisations,
            "near_body": None if scenario.near_body in gone else scenario.near_body,
            "near_body_copies": tuple(one for one in scenario.near_body_copies if one not in gone),
        }
    )
    return routed(changed, shorter if shorter != routes else routes)


def without_actors(scenario: Scenario, gone: Collection[str]) -> Scenario:
    """Without these people and without the bodies that only they sat in."""
    changed = unseated(scenario, gone, list(scenario.fora))
    people = {key: actor for key, actor in changed.actors.items() if key not in gone}
    return changed.model_copy(update={"actors": people})


def routed(scenario: Scenario, routes: Routes) -> Scenario:
    """With these routes, whose last bodies are given what they need to decide what ends there."""
    fora = dict(scenario.fora)
    for (_, _, size), stops in routes.items():
        last = fora[stops[-1]]
        needed = float(SIZES.index(size))
        if last.right != "decide" or last.mandate < needed:
            mandate = max(needed, last.mandate if last.right == "decide" else 0.0)
            fora[stops[-1]] = last.model_copy(update={"right": "decide", "mandate": mandate})
    return scenario.model_copy(update={"fora": fora, "routes": with_routes(scenario, routes)})


def new_body(name: tuple[str, str], members: Iterable[str], **values: Any) -> Forum:
    """A body that a lever adds; what is not said is a monthly advisory hour and a half."""
    given = {
        "level": LEVELS[2],
        "period_weeks": 4,
        "capacity": 10,
        "hours": 1.5,
        "right": "advise",
        "format": "dialogic",
        **values,
    }
    return Forum(
        source="assumption",
        name=Text(da=name[0], en=name[1]),
        members=tuple(dict.fromkeys(members)),
        **given,
    )


def reachable(scenario: Scenario, allowed: str) -> Scenario:
    """The same scenario, if every matter finds someone to decide it; else ``LeverError``."""
    try:
        routes_of(scenario)
    except ScenarioError as error:
        raise LeverError(str(error), allowed) from error
    return scenario
