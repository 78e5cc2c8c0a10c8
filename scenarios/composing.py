"""How blocks become one scenario: find the files, put them in order, merge them."""

from pathlib import Path
from typing import Any, NamedTuple

from scenarios.errors import Place, Places, explain, unknown
from scenarios.reading import DataPath, Document, read

DATA = Path(__file__).parent / "data"
SHIPPED = DATA / "scenarios"
SUFFIXES = (".yaml", ".yml")
BLOCK = "block"
KINDS = ("scenario", BLOCK)


class Composed(NamedTuple):
    """Merged data with the place of every entry, and the key of what it was made from."""

    key: str
    is_block: bool
    data: dict[str, Any]
    places: Places


def blocks() -> dict[str, Path]:
    """Every shipped block and scenario by name."""
    return {file.stem: file for file in sorted(DATA.glob("*/*.yaml"))}


def compose(name_or_path: str | Path) -> Composed:
    """Read ``a+b+c`` or one name or path with everything it extends.

    Each file counts once, at its first place in the order; later files override earlier ones and
    a file overrides what it extends.
    """
    files = _parts(name_or_path)
    documents: dict[Path, Document] = {}
    for file in files:
        _add_with_what_it_extends(file, documents, ())
    data: dict[str, Any] = {}
    places: dict[DataPath, Place] = {}
    for document in documents.values():
        check_deletions(data, document)
        merge_places(places, document)
        data = merge(data, document.data)
    kind = _kind(documents[_identity(files[-1])])
    data.pop("extends", None)
    data.pop("kind", None)
    key = "+".join(file.stem for file in files)
    if len(files) > 1:
        data["key"] = key
        data["name"] = _joined_names(files, documents)
    data.setdefault("key", key)
    return Composed(key, kind == BLOCK and len(files) == 1, data, Places(str(files[-1]), places))


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """A new mapping: ``over`` wins, mappings are merged in depth, ``None`` deletes."""
    result = dict(base)
    for key, value in over.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            below = result.get(key)
            result[key] = merge(below if isinstance(below, dict) else {}, value)
        else:
            result[key] = value
    return result


def merge_places(places: dict[DataPath, Place], document: Document) -> None:
    """Let every entry that ``document`` writes be found there; whole mappings keep their start."""
    for path, place in document.places.items():
        value: Any = document.data
        for key in path:
            value = value[int(key)] if isinstance(value, list) else value[key]
        if not isinstance(value, dict) or path not in places:
            places[path] = place


def check_deletions(data: dict[str, Any], document: Document) -> None:
    """An entry of a collection can only be deleted when it was inherited."""
    for collection, entries in document.data.items():
        if not isinstance(entries, dict):
            continue
        inherited = data.get(collection, {})
        for key, value in entries.items():
            if value is None and isinstance(inherited, dict) and key not in inherited:
                path = (collection, key)
                raise unknown(
                    "inherited entry to delete called",
                    key,
                    inherited,
                    place=document.places[path],
                    field=".".join(path),
                )


def normalise(data: dict[str, Any], places: dict[DataPath, Place] | None = None) -> dict[str, Any]:
    """Members written as a list become a mapping of ids, so that they merge one by one.

    Raises:
        ScenarioError: someone is written twice in one list.
    """
    fora = data.get("fora")
    for key, forum in fora.items() if isinstance(fora, dict) else ():
        members = forum.get("members") if isinstance(forum, dict) else None
        if isinstance(members, list) and all(isinstance(one, str) for one in members):
            twice = [one for k, one in enumerate(members) if one in members[:k]]
            if twice:
                path = ("fora", key, "members")
                raise explain(
                    f"“{twice[0]}” is written twice",
                    place=(places or {}).get(path),
                    field=".".join(path),
                    allowed="each member once",
                )
            forum["members"] = dict.fromkeys(members, True)
    return data


def _parts(name_or_path: str | Path) -> list[Path]:
    text = str(name_or_path)
    if Path(text).exists() and (text.endswith(SUFFIXES) or "/" in text or text not in blocks()):
        return [Path(text)]
    parts = [part.strip() for part in text.split("+")]
    return [_find(part, Path(), joined=len(parts) > 1) for part in parts]


def _identity(file: Path) -> Path:
    return file.resolve()


def _kind(document: Document) -> str:
    """Whether the file calls itself a whole scenario or a block, that is, a part of one."""
    kind = document.data.get("kind", KINDS[0])
    if kind not in KINDS:
        place = document.places["kind",]
        raise unknown("kind of file", str(kind), KINDS, place=place, field="kind")
    return str(kind)


def _find(name: str, beside: Path, place: Place | None = None, joined: bool = True) -> Path:
    if name.endswith(SUFFIXES) or "/" in name:
        return beside / name
    known = blocks()
    if name not in known:
        what = "block" if joined else "organisation model"
        shown = known if joined else [file.stem for file in SHIPPED.glob("*.yaml")]
        raise unknown(what, name, shown, place=place, field="extends" if place else "")
    return known[name]


def _add_with_what_it_extends(
    file: Path, documents: dict[Path, Document], below: tuple[Path, ...]
) -> None:
    file = _identity(file)
    if file in documents:
        return
    document = read(file)
    normalise(document.data, document.places)
    _members_places(document)
    extends = document.data.get("extends", [])
    names = [extends] if isinstance(extends, str) else extends
    place = document.places.get(("extends",))
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise explain("must be a name or a list of names", place=place, field="extends")
    for name in names:
        other = _identity(_find(name, file.parent, place))
        if other in (*below, file):
            circle = " → ".join(one.stem for one in (*below, file, other))
            raise explain(
                f"blocks extend each other in a circle: {circle}", place=place, field="extends"
            )
        _add_with_what_it_extends(other, documents, (*below, file))
    documents[file] = document


def _members_places(document: Document) -> None:
    """Give members written as a list the places they have as a mapping."""
    fora = document.data.get("fora")
    for forum_id, forum in fora.items() if isinstance(fora, dict) else ():
        members = forum.get("members") if isinstance(forum, dict) else None
        for k, member in enumerate(members if isinstance(members, dict) else ()):
            path = ("fora", forum_id, "members")
            place = document.places.pop((*path, str(k)), None)
            if place:
                document.places[(*path, member)] = place


def _joined_names(files: list[Path], documents: dict[Path, Document]) -> dict[str, str]:
    joined = {}
    for language in ("da", "en"):
        parts = []
        for file in files:
            name = documents[_identity(file)].data.get("name")
            text = name.get(language) if isinstance(name, dict) else None
            parts.append(text if isinstance(text, str) else file.stem)
        joined[language] = " + ".join(parts)
    return joined
