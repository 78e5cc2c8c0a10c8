"""From merged data to a checked scenario: fields and ranges first, then what refers to what."""

from collections.abc import Iterable
from typing import Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios.errors import Places, explain, nearest, unknown
from scenarios.relations import DEFAULT, FIELDS, WITHIN, relations_of
from scenarios.routing import routes_of
from scenarios.schema import EVERYONE, HOME, Scenario
from simulation.parameters import parameter_catalogue
from simulation.vocabulary import CAMPS, N_SIZES

LARGEST = N_SIZES - 1


def checked(data: dict[str, Any], places: Places) -> Scenario:
    """The scenario that ``data`` describes. Raises ``ScenarioError`` for the first thing wrong."""
    scenario = validated(data, places)
    check_references(scenario, places)
    check_parameters(scenario, places)
    relations_of(scenario, places)
    routes_of(scenario, places)
    return scenario


def validated(data: dict[str, Any], places: Places) -> Scenario:
    """Fields and ranges alone."""
    try:
        return Scenario.model_validate(data)
    except ValidationError as error:
        raise _explained(first_of(error.errors()), places) from None


def check_block(data: dict[str, Any], places: Places) -> None:
    """Like :func:`checked` for a block, in which entries may still be missing."""
    try:
        Scenario.model_validate(data)
    except ValidationError as error:
        present = [one for one in error.errors() if one["type"] != "missing"]
        if present:
            raise _explained(first_of(present), places) from None


def first_of(errors: list[ErrorDetails]) -> ErrorDetails:
    """A misspelt field before the missing one that it causes."""
    return min(errors, key=lambda one: one["type"] != "extra_forbidden")


def _explained(error: ErrorDetails, places: Places) -> Exception:
    path = tuple(str(part) for part in error["loc"] if str(part) != "[key]")
    place, field = places.at(*path), ".".join(path)
    given, context = error["input"], error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        known = _fields_at(path[:-1])
        return explain(
            f"there is no field “{path[-1]}” here",
            place=place,
            field=field,
            allowed=", ".join(known),
            suggestion=nearest(path[-1], known),
        )
    if error["type"] == "missing":
        about = _field_at(path)
        hint = f" ({about.description})" if about and about.description else ""
        return explain(f"“{path[-1]}” is missing{hint}", place=place, field=field)
    if error["type"] == "one_of":
        return unknown("such choice", str(given), context["names"], place=place, field=field)
    if error["type"] == "source":
        return explain(str(context["problem"]), place=place, field=field)
    if error["type"] == "string_pattern_mismatch":
        return explain(
            f"“{given}” is not an id",
            place=place,
            field=field,
            allowed="small letters, digits and _, starting with a letter",
        )
    allowed = _range_at(path) or error["msg"].removeprefix("Input should be ")
    shown = f"“{given}”" if isinstance(given, str) else _short(given)
    return explain(f"{shown} is not allowed", place=place, field=field, allowed=allowed)


def _short(given: Any) -> str:
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list | tuple):
        return "a list"
    return {True: "true", False: "false"}[given] if isinstance(given, bool) else str(given)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model inside a type such as ``dict[Id, Area]`` or ``Text | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _walk(path: tuple[str, ...]) -> tuple[type[BaseModel] | None, Any]:
    """The model that holds the last part of the path, and that part's field."""
    model: type[BaseModel] | None = Scenario
    holder, about = model, None
    for part in path:
        if model is None:
            return holder, about
        by_name = {field.alias or name: field for name, field in model.model_fields.items()}
        if part in by_name:
            holder, about = model, by_name[part]
            models = _models_in(about.annotation)
            model = models[0] if models else None
    return holder, about


def _fields_at(path: tuple[str, ...]) -> list[str]:
    """Names of the fields that an entry at ``path`` may have."""
    _, about = _walk(path)
    models = _models_in(about.annotation) if about is not None else [Scenario]
    fields = models[0].model_fields if models else {}
    return [field.alias or name for name, field in fields.items()]


def _field_at(path: tuple[str, ...]) -> Any:
    return _walk(path)[1]


def _bounds(annotation: Any, metadata: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in [*metadata, *(getattr(annotation, "__metadata__", ()))]:
        for item in [part, *getattr(part, "metadata", ())]:
            if isinstance(item, Ge | Gt | Le | Lt):
                found[type(item).__name__] = next(iter(vars(item).values()), None) or _limit(item)
    for part in get_args(annotation):
        if not isinstance(part, str | int):
            found = {**_bounds(part, ()), **found}
    return found


def _limit(item: Ge | Gt | Le | Lt) -> Any:
    return next(getattr(item, name) for name in ("ge", "gt", "le", "lt") if hasattr(item, name))


def _range_at(path: tuple[str, ...]) -> str:
    """The allowed range of a number in words, with its meaning and unit."""
    about = _field_at(path)
    if about is None:
        return ""
    bounds = _bounds(about.annotation, about.metadata)
    if not bounds:
        return ""
    low = f"above {bounds['Gt']:g}" if "Gt" in bounds else f"from {bounds.get('Ge', 0):g}"
    high = f" to {bounds['Le']:g}" if "Le" in bounds else ""
    kind = "a whole number" if _is_whole(about.annotation) else "a number"
    meaning = f" ({about.description})" if about.description else ""
    return f"{kind} {low}{high}{meaning}"


def _is_whole(annotation: Any) -> bool:
    return annotation is int or int in get_args(annotation)


def check_references(scenario: Scenario, places: Places) -> None:
    """Everything that is named must exist, and a body needs people."""
    _check_organisations(scenario, places)
    _check_fora(scenario, places)
    _check_routes(scenario, places)
    _check_relations(scenario, places)
    _check_sources(scenario, places)
    if scenario.near_body is not None:
        _must_be_known("forum", scenario.near_body, scenario.fora, places, "near_body")


def _must_be_known(what: str, given: str, known: Iterable[str], places: Places, *path: str) -> None:
    known = list(known)
    if given not in known:
        raise unknown(what, given, known, place=places.at(*path), field=".".join(path))


def _check_organisations(scenario: Scenario, places: Places) -> None:
    for name in ("areas", "organisations", "actors"):
        if not getattr(scenario, name):
            raise explain("a scenario needs at least one entry", place=places.at(name), field=name)
    for key, organisation in scenario.organisations.items():
        for area in organisation.areas:
            allowed = [*scenario.areas, EVERYONE]
            _must_be_known("area", area, allowed, places, "organisations", key, "areas")
        if organisation.home_body is not None:
            path = ("organisations", key, "home_body")
            _must_be_known("forum", organisation.home_body, scenario.fora, places, *path)
    for key, actor in scenario.actors.items():
        path = ("actors", key, "organisation")
        _must_be_known("organisation", actor.organisation, scenario.organisations, places, *path)
        path = ("actors", key, "role")
        _must_be_known("role with values under `roles`", actor.role, scenario.roles, places, *path)


def _check_fora(scenario: Scenario, places: Places) -> None:
    for key, forum in scenario.fora.items():
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
        if forum.phase_week is not None and forum.phase_week >= forum.period_weeks:
            raise explain(
                f"{forum.phase_week} is not allowed",
                place=places.at("fora", key, "phase_week"),
                field=f"fora.{key}.phase_week",
                allowed=f"0 to {forum.period_weeks - 1}, as the body meets every "
                f"{forum.period_weeks} weeks",
            )


def _check_routes(scenario: Scenario, places: Places) -> None:
    origins = [*scenario.organisations, *CAMPS, EVERYONE]
    for key, route in scenario.routes.items():
        for origin in route.origins:
            _must_be_known("organisation or camp", origin, origins, places, "routes", key, "from")
        for stop in route.via:
            _must_be_known("forum", stop, [*scenario.fora, HOME], places, "routes", key, "via")


def _check_relations(scenario: Scenario, places: Places) -> None:
    for key in (DEFAULT, WITHIN):
        if key not in scenario.relations:
            raise explain(f"“{key}” is missing", place=places.at("relations"), field="relations")
        for field in FIELDS:
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


def _check_sources(scenario: Scenario, places: Places) -> None:
    """`sources` may only speak of fields that exist."""
    for collection in ("areas", "organisations", "roles", "actors", "fora", "routes", "relations"):
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
                allowed=f"a number from {about.low:g} to {about.high:g} ({about.meaning}, {about.unit})",
            )
