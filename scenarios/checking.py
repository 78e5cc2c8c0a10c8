"""From merged data to a checked scenario: fields and ranges first, then what refers to what."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from scenarios.errors import Places, explain, unknown
from scenarios.explaining import explained, parameter_range
from scenarios.relations import DEFAULT, REQUIRED, WITHIN, relations_of
from scenarios.routing import organisations_in, routes_of
from scenarios.schema import COLLECTIONS, EVERYONE, HOME, Forum, Scenario
from simulation.parameters import parameter_catalogue
from simulation.vocabulary import CAMPS


def checked(data: dict[str, Any], places: Places) -> Scenario:
    """The scenario that ``data`` describes. Raises ``ScenarioError`` for the first thing wrong."""
    scenario = validated(data, places)
    check_references(scenario, places)
    check_parameters(scenario, places)
    check_scale(scenario, places)
    relations_of(scenario, places)
    routes_of(scenario, places)
    return scenario


def check_scale(scenario: Scenario, places: Places) -> None:
    """A scale without a file to read by it would be taken and do nothing."""
    data = scenario.data
    if data is not None and data.scale is not None and data.trust is data.acquaintance is None:
        raise explain(
            "there is no file that this scale is for",
            place=places.at("data", "scale"),
            field="data.scale",
            allowed="together with data.trust or data.acquaintance",
        )


def validated(data: dict[str, Any], places: Places) -> Scenario:
    """Fields and ranges alone."""
    try:
        return Scenario.model_validate(data)
    except ValidationError as error:
        raise explained(error.errors(), places, data) from None


def check_block(data: dict[str, Any], places: Places) -> None:
    """Like :func:`checked` for a block, in which entries may still be missing."""
    try:
        Scenario.model_validate(data)
    except ValidationError as error:
        present = [one for one in error.errors() if one["type"] != "missing"]
        if present:
            raise explained(present, places) from None


def check_references(scenario: Scenario, places: Places) -> None:
    """Everything that is named must exist, and a body needs people."""
    _check_organisations(scenario, places)
    _check_fora(scenario, places)
    _check_routes(scenario, places)
    _check_relations(scenario, places)
    _check_events(scenario, places)
    _check_sources(scenario, places)
    if scenario.near_body is not None:
        _must_be_known("forum", scenario.near_body, scenario.fora, places, "near_body")
    for body in scenario.near_body_copies:
        _must_be_known("forum", body, scenario.fora, places, "near_body_copies")


def _must_be_known(what: str, given: str, known: Iterable[str], places: Places, *path: str) -> None:
    known = list(known)
    if given not in known:
        raise unknown(what, given, known, place=places.at(*path), field=".".join(path))


def _check_organisations(scenario: Scenario, places: Places) -> None:
    for name in ("areas", "organisations", "actors"):
        if not getattr(scenario, name):
            raise explain("a scenario needs at least one entry", place=places.at(name), field=name)
    for key, organisation in scenario.organisations.items():
        if key in CAMPS:
            raise explain(
                f"“{key}” is the name of a camp, so routes and relations could mean either",
                place=places.at("organisations", key),
                field=f"organisations.{key}",
                allowed=f"any id but {', '.join(CAMPS)}",
            )
        for area in organisation.areas:
            allowed = [*scenario.areas, EVERYONE]
            _must_be_known("area", area, allowed, places, "organisations", key, "areas")
        if organisation.home_body is not None:
            path = ("organisations", key, "home_body")
            _must_be_known("forum", organisation.home_body, scenario.fora, places, *path)
    for area in scenario.areas:
        if not organisations_in(scenario, area):
            raise explain(
                "no organisation takes part in this area",
                place=places.at("areas", area),
                field=f"areas.{area}",
                allowed="an area that an organisation names under `areas`, or one with *",
            )
    for key, actor in scenario.actors.items():
        path = ("actors", key, "organisation")
        _must_be_known("organisation", actor.organisation, scenario.organisations, places, *path)
        path = ("actors", key, "role")
        _must_be_known("role with values under `roles`", actor.role, scenario.roles, places, *path)
        if actor.lent_to is not None:
            path = ("actors", key, "lent_to")
            others = [name for name in scenario.organisations if name != actor.organisation]
            _must_be_known("other organisation", actor.lent_to, others, places, *path)


def _check_fora(scenario: Scenario, places: Places) -> None:
    for key, forum in scenario.fora.items():
        if forum.area is not None:
            _must_be_known("area", forum.area, scenario.areas, places, "fora", key, "area")
        path = ("fora", key, "members")
        if not forum.members:
            raise explain(
                f"the body “{key}” has no members; a body without people cannot meet",
                place=places.at(*path),
                field=".".join(path),
            )
        for member in forum.members:
            if member not in scenario.actors:
                raise unknown(
                    "actor",
                    member,
                    scenario.actors,
                    place=places.at(*path, member),
                    field=".".join(path),
                )
        _check_premeeting(key, forum, places)
        if forum.phase_week is not None and forum.phase_week >= forum.period_weeks:
            raise explain(
                f"{forum.phase_week} is not allowed",
                place=places.at("fora", key, "phase_week"),
                field=f"fora.{key}.phase_week",
                allowed=f"0 to {forum.period_weeks - 1}, as the body meets every "
                f"{forum.period_weeks} weeks",
            )


def _check_premeeting(key: str, forum: Forum, places: Places) -> None:
    if forum.premeeting_weeks >= forum.period_weeks > 0 and forum.premeeting_weeks > 0:
        raise explain(
            f"{forum.premeeting_weeks} is not allowed",
            place=places.at("fora", key, "premeeting_weeks"),
            field=f"fora.{key}.premeeting_weeks",
            allowed=f"0 to {forum.period_weeks - 1}, as the body meets every "
            f"{forum.period_weeks} weeks",
        )


def _check_routes(scenario: Scenario, places: Places) -> None:
    origins = [*scenario.organisations, *CAMPS, EVERYONE]
    for key, route in scenario.routes.items():
        for origin in route.origins:
            _must_be_known("organisation or camp", origin, origins, places, "routes", key, "from")
        for area in route.areas:
            known_areas = [*scenario.areas, EVERYONE]
            _must_be_known("area", area, known_areas, places, "routes", key, "areas")
        for stop in route.via:
            _must_be_known("forum", stop, [*scenario.fora, HOME], places, "routes", key, "via")


def _check_relations(scenario: Scenario, places: Places) -> None:
    for key in (DEFAULT, WITHIN):
        if key not in scenario.relations:
            raise explain(f"“{key}” is missing", place=places.at("relations"), field="relations")
        for field in REQUIRED:
            if getattr(scenario.relations[key], field) is None:
                raise explain(
                    f"“{field}” is missing",
                    place=places.at("relations", key),
                    field=f"relations.{key}",
                )
    for key, relation in scenario.relations.items():
        path = ("relations", key, "between")
        if (relation.between is None) != (key in (DEFAULT, WITHIN)):
            raise explain(
                "must name the two it is about"
                if relation.between is None
                else "is about everyone",
                place=places.at(*path),
                field=".".join(path),
            )
        if relation.between is not None and len(relation.between) != 2:
            raise explain("must name two", place=places.at(*path), field=".".join(path))
        for side in relation.between or ():
            known = [*scenario.organisations, *CAMPS]
            _must_be_known("organisation or camp", side, known, places, *path)


PERIODIC = ("election", "new_period")  # have a rhythm of their own


def _check_events(scenario: Scenario, places: Places) -> None:
    for key, event in scenario.events.items():
        for concerned in event.concerns:
            allowed = [*scenario.organisations, *CAMPS, EVERYONE]
            path = ("events", key, "concerns")
            _must_be_known("organisation or camp", concerned, allowed, places, *path)
        if event.area is not None:
            _must_be_known("area", event.area, scenario.areas, places, "events", key, "area")
        timed = (event.week is not None) + (event.yearly_chance > 0.0)
        if timed > 1 or (timed == 0 and event.kind not in PERIODIC):
            raise explain(
                "needs either a week or a yearly chance" if timed == 0 else "has two times",
                place=places.at("events", key),
                field=f"events.{key}",
                allowed="`week` or `yearly_chance`, one of the two",
            )


def _check_sources(scenario: Scenario, places: Places) -> None:
    """`sources` may only speak of fields that exist."""
    for collection in COLLECTIONS:
        for key, entry in getattr(scenario, collection).items():
            fields = [field.alias or name for name, field in type(entry).model_fields.items()]
            for field in entry.sources:
                _must_be_known("field", field, fields, places, collection, key, "sources", field)


def check_parameters(scenario: Scenario, places: Places) -> None:
    """Overrides must name a parameter of the model and lie in its range."""
    catalogue = parameter_catalogue()
    for name, value in scenario.parameters.items():
        path = ("parameters", name)
        if name not in catalogue:
            raise unknown("parameter", name, catalogue, place=places.at(*path), field="parameters")
        about = catalogue[name][1]
        if not about.low <= value <= about.high:
            raise explain(
                f"{value:g} is not allowed",
                place=places.at(*path),
                field=f"parameters.{name}",
                allowed=parameter_range(path),
            )
