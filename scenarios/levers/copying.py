"""Copies of organisations with their people, their bodies and their routes."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from scenarios.levers.changing import each_actor, organisations_of, without_actors
from scenarios.routing import Routes, routes_of, with_routes
from scenarios.schema import (
    EVERYONE,
    Actor,
    Forum,
    Organisation,
    RelationValues,
    Scenario,
    Text,
)


class Copy(NamedTuple):
    """What is copied, and what the copies are called: old id to new id."""

    number: int
    organisations: Mapping[str, str]
    actors: Mapping[str, str]
    fora: Mapping[str, str]


def plan_copy(scenario: Scenario, homes: list[str], fora: list[str], number: int) -> Copy:
    """Ids for copies of these organisations, everyone in them, and these bodies."""

    def renamed(keys: Collection[str]) -> dict[str, str]:
        return {key: f"{key}_nr{number}" for key in keys}

    people = [key for key, one in scenario.actors.items() if one.organisation in homes]
    return Copy(number, renamed(homes), renamed(people), renamed(fora))


def copied(scenario: Scenario, copy: Copy) -> Scenario:
    """With the copies added, on routes like those of what they are copies of.

    Members of copied bodies who are not copied themselves sit in both.
    """
    routes = routes_of(scenario)
    new_routes = {
        (area, copy.organisations[organisation], size): _stops(copy, stops)
        for (area, organisation, size), stops in routes.items()
        if organisation in copy.organisations
    }
    changed = scenario.model_copy(
        update={
            "organisations": {**scenario.organisations, **_organisations(scenario, copy)},
            "actors": {**scenario.actors, **_actors(scenario, copy)},
            "fora": {**scenario.fora, **_fora(scenario, copy)},
            "relations": {**scenario.relations, **_relations(scenario, copy)},
        }
    )
    return changed.model_copy(update={"routes": with_routes(changed, {**routes, **new_routes})})


def in_new_area(scenario: Scenario, copy: Copy, old: str, new: str) -> Scenario:
    """With the copies added and at home in a new area, where all who remain take part too."""
    routes = routes_of(scenario)
    changed = copied(scenario, copy)
    own = {
        key: changed.organisations[key].model_copy(update={"areas": (new,)})
        for key in copy.organisations.values()
    }
    placed = {key: changed.fora[key].model_copy(update={"area": new}) for key in copy.fora.values()}
    area = scenario.areas[old]
    named = area.model_copy(update={"name": numbered(area.name, copy.number)})
    new_routes = {
        (new, copy.organisations.get(organisation, organisation), size): _stops(copy, stops)
        for (area_key, organisation, size), stops in routes.items()
        if area_key == old
        and (organisation in copy.organisations or _is_everywhere(scenario, organisation))
    }
    near = [copy.fora[one] for one in (scenario.near_body or "",) if one in copy.fora]
    changed = changed.model_copy(
        update={
            "areas": {**changed.areas, new: named},
            "organisations": {**changed.organisations, **own},
            "fora": {**changed.fora, **placed},
            "near_body_copies": (*changed.near_body_copies, *near),
        }
    )
    return changed.model_copy(update={"routes": with_routes(changed, {**routes, **new_routes})})


def _is_everywhere(scenario: Scenario, organisation: str) -> bool:
    return EVERYONE in scenario.organisations[organisation].areas


def _stops(copy: Copy, stops: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(copy.fora.get(stop, stop) for stop in stops)


def _organisations(scenario: Scenario, copy: Copy) -> dict[str, Organisation]:
    new = {}
    for old, key in copy.organisations.items():
        one = scenario.organisations[old]
        home = copy.fora.get(one.home_body or "", one.home_body)
        name = numbered(one.name, copy.number)
        new[key] = one.model_copy(update={"name": name, "home_body": home})
    return new


def _actors(scenario: Scenario, copy: Copy) -> dict[str, Actor]:
    new = {}
    for old, key in copy.actors.items():
        one = scenario.actors[old]
        home, name = copy.organisations[one.organisation], numbered(one.name, copy.number)
        host = copy.organisations.get(one.lent_to or "", one.lent_to)
        new[key] = one.model_copy(update={"name": name, "organisation": home, "lent_to": host})
    return new


def _fora(scenario: Scenario, copy: Copy) -> dict[str, Forum]:
    new = {}
    for old, key in copy.fora.items():
        one = scenario.fora[old]
        members = tuple(copy.actors.get(member, member) for member in one.members)
        name = numbered(one.name, copy.number)
        new[key] = one.model_copy(update={"name": name, "members": members})
    return new


def numbered(name: Text, number: int) -> Text:
    """The name of the copy with this number."""
    return Text(da=f"{name.da} {number}", en=f"{name.en} {number}")


def _relations(scenario: Scenario, copy: Copy) -> dict[str, RelationValues]:
    """What is written of a copied organisation holds for its copy too."""
    new = {}
    for key, entry in scenario.relations.items():
        sides = entry.between or ()
        if any(side in copy.organisations for side in sides):
            both = tuple(copy.organisations.get(side, side) for side in sides)
            new[f"{key}_nr{copy.number}"] = entry.model_copy(update={"between": both})
    return new


def without_organisations(scenario: Scenario, gone: Collection[str]) -> Scenario:
    """Without these organisations, their people, and the bodies that only they sat in."""
    if not gone:
        return scenario
    people = [key for key, one in scenario.actors.items() if one.organisation in gone]
    changed = without_actors(scenario, people)
    lent = [key for key, one in changed.actors.items() if one.lent_to in gone]
    changed = each_actor(changed, lent, lent_to=None)
    routes: Routes = {
        origin: stops for origin, stops in routes_of(changed).items() if origin[1] not in gone
    }
    kept = {key: one for key, one in changed.organisations.items() if key not in gone}
    relations = {
        key: entry
        for key, entry in changed.relations.items()
        if not any(side in gone for side in entry.between or ())
    }
    events = {
        key: event.model_copy(
            update={"concerns": tuple(one for one in event.concerns if one not in gone)}
        )
        for key, event in changed.events.items()
    }
    smaller = changed.model_copy(
        update={
            "organisations": kept,
            "relations": relations,
            "events": {key: event for key, event in events.items() if event.concerns},
        }
    )
    return smaller.model_copy(update={"routes": with_routes(smaller, routes)})


def own_bodies(scenario: Scenario, homes: Collection[str], others: Collection[str]) -> list[str]:
    """Bodies with people from ``homes`` and from none of the ``others``."""
    found = []
    for key, forum in scenario.fora.items():
        present = organisations_of(scenario, forum)
        if any(one in homes for one in present) and not any(one in others for one in present):
            found.append(key)
    return found
