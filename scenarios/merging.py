"""How the data of several files become one, entry by entry, with the place of each."""

from collections.abc import Iterator
from typing import Any

from scenarios.errors import Place, explain, unknown
from scenarios.parts import MERGED_LISTS, MERGED_LISTS_OF_REPEAT
from scenarios.reading import DataPath, Document
from scenarios.schema import COLLECTIONS, EVERYONE


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """A new mapping: ``over`` wins, mappings are merged in depth, ``None`` deletes.

    ``*: None`` deletes all that was inherited.
    """
    result = {} if over.get(EVERYONE, over) is None else dict(base)
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
    for collection in COLLECTIONS:
        entries = document.data.get(collection)
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
    places = {} if places is None else places
    for holder, name, path in _lists(data):
        members = holder[name]
        twice = [one for k, one in enumerate(members) if one in members[:k]]
        if twice:
            raise explain(
                f"“{twice[0]}” is written twice",
                place=places.get(path),
                field=".".join(path),
                allowed="each member once",
            )
        holder[name] = dict.fromkeys(members, True)
        for k, member in enumerate(members):
            place = places.pop((*path, str(k)), None)
            if place:
                places[(*path, member)] = place
    return data


def _lists(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, DataPath]]:
    """Every list of ids that merges one by one: who holds it, its name and its path."""
    found: list[tuple[dict[str, Any], str, DataPath]] = []
    found += [(data, name, (name,)) for name in MERGED_LISTS]
    for collection, names in (("fora", ("members",)), ("repeat", MERGED_LISTS_OF_REPEAT)):
        entries = data.get(collection)
        for key, entry in entries.items() if isinstance(entries, dict) else ():
            if isinstance(entry, dict):
                found += [(entry, name, (collection, key, name)) for name in names]
    for holder, name, path in found:
        members = holder.get(name)
        if isinstance(members, list) and all(isinstance(one, str) for one in members):
            yield holder, name, path
