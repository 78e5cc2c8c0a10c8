"""From a pattern file to checked patterns, each with the places of its entries."""

from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from experiments.patterns.schema import Pattern
from scenarios.errors import Place, Places, explain, unknown
from scenarios.explaining import explained
from scenarios.reading import Document, read

DATA: Final = Path(__file__).parent / "data"
ORDERINGS: Final = Path(__file__).parent / "orderings"
MANY: Final = "patterns"


class Written(NamedTuple):
    """A pattern and where it is written."""

    pattern: Pattern
    places: Places


def shipped_files() -> list[Path]:
    """The project's own pattern files, in order."""
    return sorted(DATA.glob("*.yaml"))


def ordering_files() -> list[Path]:
    """Files of the orderings from neighbouring work: for verification, never for a fit."""
    return sorted(ORDERINGS.glob("*.yaml"))


def read_patterns(files: list[Path]) -> list[Written]:
    """All patterns in ``files``: one a file, or several under ``patterns``, by id.

    Raises ``ScenarioError`` with file, line, field, what is allowed and the nearest valid name.
    """
    found: list[Written] = []
    for file in files:
        for written in _of_file(file):
            others = {one.pattern.id: one.places.name for one in found}
            if written.pattern.id in others:
                raise explain(
                    f"there is already a pattern “{written.pattern.id}” in "
                    f"{others[written.pattern.id]}",
                    place=written.places.at("id"), field="id", allowed="each id once",
                )  # fmt: skip
            found.append(written)
    return found


def chosen(written: list[Written], ids: list[str]) -> list[Written]:
    """Those called ``ids``, all if none is named. Raises ``ScenarioError`` for an unknown one."""
    known = {one.pattern.id: one for one in written}
    for name in ids:
        if name not in known:
            raise unknown("pattern", name, known)
    return [known[name] for name in ids] if ids else written


def _of_file(file: Path) -> list[Written]:
    document = read(file, "a pattern file")
    if MANY not in document.data:
        return [_checked({"id": file.stem, **document.data}, _below(document, file, ()))]
    others = [key for key in document.data if key != MANY]
    if others:
        place = document.places[(others[0],)]
        raise unknown("field beside patterns", others[0], [MANY], place=place, field=others[0])
    entries = document.data[MANY]
    if not isinstance(entries, dict) or not entries:
        place = document.places[(MANY,)]
        raise explain(
            "is empty or no mapping", place=place, field=MANY, allowed="id: pattern, one or more"
        )
    return [
        _checked(_with_id(key, entry, document), _below(document, file, (MANY, key)))
        for key, entry in entries.items()
    ]


def _with_id(key: str, entry: Any, document: Document) -> dict[str, Any]:
    if isinstance(entry, dict):
        return {"id": key, **entry}
    place = document.places[(MANY, key)]
    raise explain("a pattern is a mapping of fields", place=place, field=f"{MANY}.{key}")


def _below(document: Document, file: Path, start: tuple[str, ...]) -> Places:
    """Places of one pattern's entries, by the path inside it."""
    depth = len(start)
    inside: dict[tuple[str, ...], Place] = {
        path[depth:]: place for path, place in document.places.items() if path[:depth] == start
    }
    if start:
        inside[("id",)] = inside.get(("id",), document.places[start])
    return Places(str(file), inside)


def _checked(data: dict[str, Any], places: Places) -> Written:
    try:
        return Written(Pattern.model_validate(data), places)
    except ValidationError as error:
        raise explained(error.errors(), places, model=Pattern) from None
