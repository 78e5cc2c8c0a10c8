"""What pydantic finds wrong, in words that name the place, the field and what is allowed."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, Final, get_args

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from scenarios.errors import DECIMAL_COMMA, POINT, Places, ScenarioError, explain, unknown
from scenarios.parts import Composition
from scenarios.schema import COLLECTIONS, Scenario, Text
from simulation.parameters import parameter_catalogue

Path = tuple[str, ...]
LIKE: Final = 0.75  # how alike an incomplete entry and an inherited one are when one is meant


def explained(
    errors: list[ErrorDetails],
    places: Places,
    data: dict[str, Any] | None = None,
    model: type[BaseModel] = Scenario,
    known_range: Callable[[Path], str] | None = None,
) -> ScenarioError:
    """The first error in words; a misspelt field comes before the missing one that it causes.

    ``data`` is what was read, to find the entry that an incomplete one may have been meant to be;
    ``model`` is what was to be validated; ``known_range`` gives the range of what has one in a
    catalogue, or an empty string.
    """
    error = min(errors, key=lambda one: one["type"] != "extra_forbidden")
    path = tuple(str(part) for part in error["loc"] if part != "[key]")
    place, field = places.at(*path), ".".join(path)
    context = error.get("ctx", {})
    match error["type"]:
        case "extra_forbidden":
            known = fields_at(path[:-1], model)
            missing = _missing_beside(path, errors)
            return unknown("field", path[-1], known, place=place, field=field, missing=missing)
        case "missing":
            meant = _meant(path, data or {})
            others = f"; nothing that this extends is called “{path[-2]}”" if meant else ""
            return explain(
                f"“{path[-1]}” is missing{_meaning(path, model)}{others}",
                place=place,
                field=field,
                suggestion=meant,
            )
        case "one_of":
            return unknown("choice", error["input"], context["names"], place=place, field=field)
        case "source" | "weights" | "stated":
            return explain(error["msg"], place=place, field=field)
        case "lever":
            allowed = "a number, the name of a choice, or one of these for each target"
            return explain(
                f"{_shown(error['input'])} is not allowed",
                place=place,
                field=field,
                allowed=allowed,
            )
        case "string_pattern_mismatch":
            allowed = "small letters, digits and _, beginning with a letter"
            return explain(
                f"“{error['input']}” is not an id", place=place, field=field, allowed=allowed
            )
    if _is_text(path, model):
        allowed = "a text in both languages, as in {da: …, en: …}"
    else:
        own = (known_range or parameter_range)(path)
        allowed = own or range_at(path, model) or _plain(error["msg"])
    if isinstance(error["input"], str) and DECIMAL_COMMA.match(error["input"]):
        allowed += f"; {POINT}"
    return explain(
        f"{_shown(error['input'])} is not allowed", place=place, field=field, allowed=allowed
    )


def _missing_beside(path: Path, errors: list[ErrorDetails]) -> list[str]:
    """Fields that must stand beside the one at ``path`` and do not."""
    places = [tuple(map(str, one["loc"])) for one in errors if one["type"] == "missing"]
    return [place[-1] for place in places if place[:-1] == path[:-1]]


def fields_at(path: Path, model: type[BaseModel] = Scenario) -> list[str]:
    """Names of the fields that the entry at ``path`` of a ``model`` may have."""
    if not path:
        return [*_named(model), *(_named(Composition) if model is Scenario else ())]
    about = _field_at(path, model)
    models = list(_models_in(about.annotation)) if about else []
    return list(_named(models[0])) if models else []


def range_at(path: Path, model: type[BaseModel] = Scenario) -> str:
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


def parameter_range(path: Path) -> str:
    """The range of a parameter of the model, with meaning and unit; empty for anything else."""
    catalogue = parameter_catalogue()
    if len(path) != 2 or path[0] != "parameters" or path[1] not in catalogue:
        return ""
    about = catalogue[path[1]][1]
    return f"a number from {about.low:g} to {about.high:g} ({about.meaning}, {about.unit})"


def _meant(path: Path, data: dict[str, Any]) -> str:
    """The entry beside an incomplete one with nearly the same id, or an empty string."""
    if len(path) != 3 or path[0] not in COLLECTIONS:
        return ""
    entries = data.get(path[0])
    others = [key for key in entries if key != path[1]] if isinstance(entries, dict) else []
    return next(iter(get_close_matches(path[1], others, n=1, cutoff=LIKE)), "")


def _is_text(path: Path, model: type[BaseModel]) -> bool:
    about = _field_at(path, model)
    return about is not None and about.annotation is Text and path[-1] not in Text.model_fields


def _shown(given: Any) -> str:
    if given is None:
        return "null"
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
        return "a list of names"
    return message.removeprefix("Input should be ")


def _meaning(path: Path, model: type[BaseModel]) -> str:
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


def _field_at(path: Path, root: type[BaseModel]) -> FieldInfo | None:
    """The innermost field on the way along ``path``; ids of entries are passed over."""
    composing = root is Scenario and path[:1] and path[0] in Composition.model_fields
    inside: type[BaseModel] | None = Composition if composing else root
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
