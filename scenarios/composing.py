"""How blocks become one scenario: find the files, put them in order, merge them."""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from scenarios.checking import check_block
from scenarios.errors import Place, Places, ScenarioError, explain, unknown
from scenarios.explaining import explained
from scenarios.merging import check_deletions, merge, merge_places, normalise
from scenarios.parts import BLOCK, COMPOSITION_FIELDS, SLOTS, Composition
from scenarios.reading import DataPath, Document, read
from scenarios.repeating import leave_out, repeat, seat_others

DATA = Path(__file__).parent / "data"
# The folders of what can be run by name, in the order in which they are listed.
FAMILIES = (
    "project_organisations",
    "secretariats",
    "area_secretariats",
    "municipalities",
    "scenarios",
)
WORLD = {"areas", "organisations", "actors", "fora"}  # what a file complete in itself writes
ADDITIONS = "fora"  # the folder of bodies that any project organisation may add
SUFFIXES = (".yaml", ".yml")


class Composed(NamedTuple):
    """Merged data with the place of every entry, and the key of what it was made from."""

    key: str
    is_block: bool
    data: dict[str, Any]
    places: Places


class _File(NamedTuple):
    """One file that was read, and the files it names."""

    document: Document
    about: Composition
    extends: tuple[Path, ...]
    defaults: tuple[Path, ...]


_Files = dict[Path, _File]


def blocks() -> dict[str, Path]:
    """Every shipped block and scenario by name."""
    return {file.stem: file for file in sorted(DATA.glob("*/*.yaml"))}


def family(name: str) -> str:
    """The folder of a shipped model, one of ``FAMILIES``, or an empty string for anything else."""
    folder = blocks()[name].parent.name if name in blocks() else ""
    return folder if folder in FAMILIES else ""


def additions() -> list[str]:
    """The blocks that add bodies to any model."""
    return [name for name, file in blocks().items() if file.parent.name == ADDITIONS]


def compose(name_or_path: str | Path) -> Composed:
    """Read ``a+b+c`` or one name or path with everything it extends or stands on.

    Each file counts once. Of several that fill one slot only the last counts where a file extends
    them all. A file overrides what it extends; slots are laid on top of each other in the order of
    ``SLOTS``, and what fills none in the order named.

    Raises:
        ScenarioError: a file is wrong, or two that are joined fill one slot or are two worlds.
    """
    named = list(dict.fromkeys(file.resolve() for file in _parts(name_or_path)))
    files: _Files = {}
    for file in named:
        _read_with_others(file, files, ())
    _check_joined(named, files)
    is_block = len(named) == 1 and files[named[0]].about.kind == BLOCK
    chosen = list(_expanded(named[0], files, set())) if is_block else _in_order(named, files)
    data: dict[str, Any] = {}
    places: dict[DataPath, Place] = {}
    for file in chosen:
        check_deletions(data, files[file].document)
        merge_places(places, files[file].document)
        data = merge(data, files[file].document.data)
    key = "+".join(file.stem for file in named)
    data |= {"key": key, **_joined_words(named, files)} if len(named) > 1 else {}
    data.setdefault("key", key)
    written = Places(str(named[-1]), places)
    about = _about(data, written, complete=not is_block)
    for field in COMPOSITION_FIELDS:
        data.pop(field, None)
    if not is_block and (about.without or about.seats or about.repeat):
        check_block(data, written)  # so that what follows may rely on the kind of every field
        data = _peopled(data, places, about, [files[file] for file in chosen])
    return Composed(key, is_block, data, written)


def _check_joined(named: list[Path], files: _Files) -> None:
    """No two that are joined fill one slot, and none is a world beside the other's."""
    built = {file: set(_expanded(file, files, set())) for file in named}
    for one, other in permutations(named, 2):
        slot, related = files[one].about.slot, one in built[other] or other in built[one]
        if slot is not None and slot == files[other].about.slot and not related:
            what = slot.replace("_", " ")
            raise _cannot_join(one, other, f"each is a {what}, and a model has one {what}")
        if _is_world_beside(one, built[one], built[other], files):
            raise _cannot_join(one, other, f"“{one.stem}” is complete, with areas of its own")


def _is_world_beside(one: Path, within: set[Path], other: set[Path], files: _Files) -> bool:
    """Is a file complete in itself, while another builds on areas that it does not have?"""
    about = [files[file].about for file in other]
    stands_on_more = any(each.slot or each.defaults for each in about)
    if not stands_on_more or not files[one].document.data.keys() >= WORLD:
        return False
    elsewhere = {area for key, file in files.items() if key not in within
                 for area in file.document.data.get("areas", {})}  # fmt: skip
    return elsewhere.isdisjoint(files[one].document.data["areas"])


def _cannot_join(one: Path, other: Path, why: str) -> ScenarioError:
    slots = ", ".join(slot.replace("_", " ") for slot in SLOTS[2:])
    return explain(
        f"“{one.stem}” and “{other.stem}” cannot be joined: {why}",
        allowed=f"one each of {slots}; beside them the bodies {', '.join(additions())}",
    )


def _peopled(
    data: dict[str, Any], places: dict[DataPath, Place], about: Composition, chosen: list[_File]
) -> dict[str, Any]:
    """Without the bodies left out, with others in their seats, and everything repeated."""
    leave_out(data, about.without)
    for file in chosen:
        seat_others(data, places, file.document, file.about.seats)
    local = tuple(one for one in about.local if one not in about.without)
    for name, entry in about.repeat.items():
        data = repeat(data, places, name, entry, local)
    return data


def _in_order(named: list[Path], files: _Files) -> list[Path]:
    """Every file that counts, in the order in which they are laid on top of each other."""
    layers = [named]
    while below := _below(layers, files):
        layers.insert(0, below)
    lost = _lost(layers, files)
    ranked = [
        one
        for layer in layers
        for file in layer
        for one in _ranked(file, files, lost, len(SLOTS) if layer is layers[-1] else -1)
    ]
    ranked.sort(key=lambda one: one[0])  # stable: otherwise as named
    return list(dict.fromkeys(file for _, file in ranked))


def _ranked(
    file: Path, files: _Files, without: set[Path], above: int
) -> Iterator[tuple[int, Path]]:
    """A file after what it extends, each with its place among the slots.

    What fills no slot lies with the file that extends it: below the slots if it is only stood on
    (-1), above them if it is named. Nothing lies above what extends it.
    """
    if file in without:
        return
    slot = files[file].about.slot
    rank = SLOTS.index(slot) if slot is not None else above
    rank = min(rank, above) if above >= 0 else rank
    for other in files[file].extends:
        yield from _ranked(other, files, without, rank)
    yield rank, file


def _below(layers: list[list[Path]], files: _Files) -> list[Path]:
    """What the files of the lowest layer stand on, where it does not stand in a layer already."""
    known = {file for layer in layers for file in layer}
    found = [
        default
        for file in layers[0]
        for one in _expanded(file, files, set())
        for default in files[one].defaults
    ]
    return [file for file in dict.fromkeys(found) if file not in known]


def _lost(layers: list[list[Path]], files: _Files) -> set[Path]:
    """Files whose slot is filled by one that was named later and does not extend them."""
    mentioned = [one for layer in layers for file in layer for one in _expanded(file, files, set())]
    last = {slot: one for one in mentioned if (slot := files[one].about.slot) is not None}
    kept = {one for file in last.values() for one in _expanded(file, files, set())}
    return {one for one in mentioned if files[one].about.slot is not None} - kept


def _expanded(file: Path, files: _Files, without: set[Path]) -> Iterator[Path]:
    """A file after what it extends, each once, without some and what only they extend."""
    if file in without:
        return
    seen = set(without)
    for other in files[file].extends:
        for one in _expanded(other, files, seen):
            seen.add(one)
            yield one
    yield file


def _parts(name_or_path: str | Path) -> list[Path]:
    text = str(name_or_path)
    if Path(text).exists() and (text.endswith(SUFFIXES) or "/" in text or text not in blocks()):
        return [Path(text)]
    parts = [part.strip() for part in text.split("+")]
    return [_find(part, Path(), joined=len(parts) > 1) for part in parts]


def _find(name: str, beside: Path, place: Place | None = None, joined: bool = True) -> Path:
    if name.endswith(SUFFIXES) or "/" in name:
        return beside / name
    known = blocks()
    if name not in known:
        what = "block" if joined else "organisation model"
        shown = known if joined else [one for one in known if family(one)]
        raise unknown(what, name, shown, place=place, field="extends" if place else "")
    return known[name]


def _read_with_others(file: Path, files: _Files, below: tuple[Path, ...]) -> None:
    """Read a file and all that it names, directly or not."""
    if file in files:
        return
    document = read(file)
    normalise(document.data, document.places)
    about = _about(document.data, Places(str(file), document.places), complete=False)
    place = document.places.get(("extends",))
    extends = [_find(name, file.parent, place).resolve() for name in about.extends]
    for other in extends:
        if other in (*below, file):
            circle = " → ".join(one.stem for one in (*below, file, other))
            raise explain(
                f"blocks extend each other in a circle: {circle}", place=place, field="extends"
            )
        _read_with_others(other, files, (*below, file))
    place = document.places.get(("defaults",))
    defaults = [_find(name, file.parent, place).resolve() for name in about.defaults]
    files[file] = _File(document, about, tuple(extends), tuple(defaults))
    for other in defaults:
        _read_with_others(other, files, ())


def _about(data: dict[str, Any], places: Places, *, complete: bool) -> Composition:
    """The fields of composition; an incomplete file may leave the rest of a repeat to others."""
    given = {
        key: value for key, value in data.items() if key in COMPOSITION_FIELDS and value is not None
    }
    try:
        return Composition.model_validate(given)
    except ValidationError as error:
        wrong = [one for one in error.errors() if complete or one["type"] != "missing"]
        if wrong:
            raise explained(wrong, places) from None
    return Composition.model_validate({key: given[key] for key in given if key != "repeat"})


def _joined_words(named: list[Path], files: _Files) -> dict[str, dict[str, str]]:
    """Name and description of several parts together; a part without a name goes by its file."""
    words: dict[str, dict[str, str]] = {"name": {}, "description": {}}
    for language in ("da", "en"):
        names = [_said(files[one], "name", language) or one.stem for one in named]
        words["name"][language] = " + ".join(names)
        lines = [_said(files[one], "description", language) for one in named]
        words["description"][language] = " ".join(line for line in lines if line)
    return words


def _said(file: _File, field: str, language: str) -> str:
    text = file.document.data.get(field)
    said = text.get(language) if isinstance(text, dict) else None
    return said if isinstance(said, str) else ""
