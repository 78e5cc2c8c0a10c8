"""What pydantic finds wrong, in words that name the place, the field and what is allowed."""

from collections.abc import Iterator
from typing import Any, get_args

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from scenarios.errors import Places, ScenarioError, explain, unknown
from scenarios.schema import Scenario

Path = tuple[str, ...]
OPEN_FIELDS = ("kind", "extends")  # read before the scenario itself, allowed at the top
Model = type[BaseModel]


def explained(errors: list[ErrorDetails], places: Places, model: Model = Scenario) -> ScenarioError:
    """The first error in words; a misspelt field comes before the missing one that it causes.

    ``model`` is what the file was read as.
    """
    error = min(errors, key=lambda one: one["type"] != "extra_forbidden")
    path = tuple(str(part) for part in error["loc"] if part != "[key]")
    place, field = places.at(*path), ".".join(path)
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            known = fields_at(path[:-1], model)
            return unknown("field", path[-1], known, place=place, field=field)
        case "missing":
            meaning = _meaning(path, model)
            return explain(f"“{path[-1]}” is missing{meaning}", place=place, field=field)
        case "one_of":
            return unknown("choice", error["input"], context["names"], place=place, field=field)
        case "source" | "weights":
            return explain(error["msg"], place=place, field=field)
        case "string_pattern_mismatch":
            allowed = "small letters, digits and _, beginning with a letter"
            return explain(
                f"“{error['input']}” is not an id", place=place, field=field, allowed=allowed
            )
    allowed = range_at(path, model) or _plain(error["msg"])
    return explain(
        f"{_shown(error['input'])} is not allowed", place=place, field=field, allowed=allowed
    )


def fields_at(path: Path, model: Model = Scenario) -> list[str]:
    """Names of the fields that the entry at ``path`` may have."""
    if not path:
        return [*_named(model), *(OPEN_FIELDS if model is Scenario else ())]
    about = _field_at(path, model)
    models = list(_models_in(about.annotation)) if about else []
    return list(_named(models[0])) if models else []


def range_at(path: Path, model: Model = Scenario) -> str:
    """The allowed range of a number in words, with its meaning and unit; empty if it has none."""
    about = _field_at(path, model)
    limits = _limits(about)
    if about is None or not limits:
        return ""
    kind = (
        "a whole number" if int in (about.annotation, *get_args(about.annotation)) else "a number"
    )
    low = f"above {limits['gt']:g}" if "gt" in limits else f"from {limits['ge']:g}"
    return f"{kind} {low} to {limits['le']:g}{_meaning(path, model)}"


def _shown(given: Any) -> str:
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list | tuple):
        return "a list"
    if isinstance(given, bool):
        return str(given).lower()
    return f"“{given}”" if isinstance(given, str) else str(given)


def _plain(message: str) -> str:
    if "dictionary" in message or "instance of" in message:
        return "a mapping of fields"
    if "tuple" in message:
        return "a list"
    return message.removeprefix("Input should be ")


def _meaning(path: Path, model: Model) -> str:
    about = _field_at(path, model)
    if about is None:
        return ""
    described = (part.description for part in _infos(about) if part.description)
    meaning = next(described, None)
    return f" ({meaning})" if meaning else ""


def _named(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Fields by the names they have in a file."""
    return {about.alias or name: about for name, about in model.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model inside a type such as ``dict[Id, Area]`` or ``Text | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _field_at(path: Path, model: Model) -> FieldInfo | None:
    """The innermost field on the way along ``path``; ids of entries are passed over."""
    inside: Model | None = model
    about = None
    for part in path:
        fields = _named(inside) if inside else {}
        if part in fields:
            about = fields[part]
            inside = next(_models_in(about.annotation), None)
    return about


def _infos(about: Any) -> Iterator[FieldInfo]:
    """The field's own information and that of the types inside it."""
    if isinstance(about, FieldInfo):
        yield about
        yield from _infos(about.annotation)
    for item in getattr(about, "__metadata__", ()):
        if isinstance(item, FieldInfo):
            yield item
    for part in get_args(about):
        yield from _infos(part)


def _limits(about: FieldInfo | None) -> dict[str, float]:
    limits: dict[str, float] = {}
    for part in _infos(about):
        for item in part.metadata:
            for kind, name in ((Ge, "ge"), (Gt, "gt"), (Le, "le")):
                if isinstance(item, kind):
                    limits.setdefault(name, getattr(item, name))
    return limits
