"""What comes several times: areas, organisations, people and bodies copied under ids of their own.

A copy is the same entry under an id with an ending, with every id that is copied along replaced in
it, so that a second area has its own school, secretariat and steering group, while the mayor sits
in both steering groups. The original keeps its id, and with it its people's fates. Routes are
copied with their bodies; each set then holds for matters of its own area alone.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from scenarios.errors import Place, explain, unknown
from scenarios.merging import merge
from scenarios.parts import Copy, Repeat
from scenarios.reading import DataPath, Document
from scenarios.schema import EVERYONE

Data = dict[str, Any]
PlacesByPath = dict[DataPath, Place]
REPEATABLE: Final = ("areas", "organisations", "actors", "fora")
# Fields that hold ids, and of what; a test holds this against the schema.
REFERENCES: Final = {
    "area": "areas",
    "areas": "areas",
    "organisation": "organisations",
    "home_body": "fora",
    "members": "actors",
    "lent_to": "organisations",
    "from": "organisations",
    "via": "fora",
    "between": "organisations",
}
SPOKEN: Final = ("da", "en")


class _Copying(NamedTuple):
    """One copy in the making: its ending, what it says, and old ids to new ones by collection."""

    ending: str
    about: Copy
    renamed: dict[str, dict[str, str]]


def leave_out(data: Data, fora: tuple[str, ...]) -> None:
    """Take bodies out, also of the routes that pass them."""
    if not fora:
        return
    data["fora"] = {key: entry for key, entry in data.get("fora", {}).items() if key not in fora}
    for key, route in _entries(data, "routes"):
        if isinstance(route.get("via"), list):
            via = [stop for stop in route["via"] if stop not in fora]
            data["routes"] = {**data["routes"], key: {**route, "via": via}}


def seat_others(
    data: Data, places: PlacesByPath, document: Document, seats: dict[str, tuple[str, ...]]
) -> None:
    """Let others take seats in all bodies that ``document``, which says so, does not write."""
    own = {key for key, _ in _entries(document.data, "fora")}
    for key, forum in _entries(data, "fora"):
        members = forum.get("members")
        if key in own or not isinstance(members, dict) or not members.keys() & seats.keys():
            continue
        path = ("fora", key, "members")
        sitting: list[str] = []
        for member in members:
            for other in seats.get(member, (member,)):
                sitting.append(other)
                if member in seats:
                    places[(*path, other)] = document.places["seats", member]
        data["fora"] = {**data["fora"], key: {**forum, "members": dict.fromkeys(sitting, True)}}


def repeat(
    data: Data, places: PlacesByPath, name: str, entry: Repeat, local: tuple[str, ...]
) -> Data:
    """The data with every copy of one repeat added.

    Raises:
        ScenarioError: something to be copied, shared or joined is not there.
    """
    chosen = _chosen(data, places, name, entry, local)
    data = {**data, "near_body_copies": list(data.get("near_body_copies", ()))}
    if chosen["areas"]:
        _settle(data, chosen)
    written = _Written(data, places)
    copyings = [
        _Copying(ending, about, _renamed(chosen, ending, about))
        for ending, about in entry.copies.items()
    ]
    _must_differ(chosen, copyings, name, places)
    original = dict(data)
    for copying in copyings:
        for collection in REPEATABLE:
            for key in chosen[collection]:
                _add(written, collection, key, copying)
        _join(data, entry.joins, copying)
        if data.get("near_body") in copying.renamed["fora"]:
            data["near_body_copies"].append(copying.renamed["fora"][data["near_body"]])
        _copy_relations(written, original, copying)
    _copy_routes(written, original, chosen["areas"], copyings)
    return data


def _must_differ(
    chosen: dict[str, list[str]], copyings: list[_Copying], name: str, places: PlacesByPath
) -> None:
    """No two copies of anything, nor a copy and what is copied, may have one id."""
    for collection in REPEATABLE:
        taken = set(chosen[collection])
        for copying in copyings:
            for new in copying.renamed[collection].values():
                if new in taken:
                    path = ("repeat", name, "copies", copying.ending)
                    raise explain(
                        f"two entries of “{collection}” would be called “{new}”",
                        place=places.get(path),
                        field=".".join(path),
                        allowed="an ending and proper names that no other copy has",
                    )
                taken.add(new)


class _Written:
    """Data that grow by copies, and where the originals are written."""

    def __init__(self, data: Data, places: PlacesByPath) -> None:
        self.data, self._places = data, places
        self._paths: dict[tuple[str, ...], list[DataPath]] = {}
        for path in places:
            self._paths.setdefault(path[:2], []).append(path)

    def keep(self, collection: str, key: str, new: str, entry: Data) -> None:
        """Add a copy below whatever a file already says about it, found where its original is."""
        entries = self.data[collection]
        self.data[collection] = {**entries, new: merge(entry, entries.get(new, {}))}
        for path in self._paths.get((collection, key), []):
            self._places.setdefault((collection, new, *path[2:]), self._places[path])


def _settle(data: Data, chosen: dict[str, list[str]]) -> None:
    """What is copied with an area takes part in that area alone."""
    organisations, fora = dict(data["organisations"]), dict(data["fora"])
    for key in chosen["organisations"]:
        if EVERYONE in organisations[key].get("areas", [EVERYONE]):
            organisations[key] = {**organisations[key], "areas": chosen["areas"]}
    for key in chosen["fora"]:
        fora[key] = {"area": chosen["areas"][0], **fora[key]}
    data |= {"organisations": organisations, "fora": fora}


def _chosen(
    data: Data, places: PlacesByPath, name: str, entry: Repeat, local: tuple[str, ...]
) -> dict[str, list[str]]:
    """What is copied, by collection: what is listed, its people, and bodies of these alone."""
    listed = entry.of or local
    field = f"repeat.{name}.of" if entry.of else "local"
    known = [key for collection in REPEATABLE for key, _ in _entries(data, collection)]
    _must_be_known("entry to repeat", listed, known, places, field)
    organisations = [key for key, _ in _entries(data, "organisations")]
    sharing = [*organisations, *(key for key, _ in _entries(data, "actors"))]
    _must_be_known("entry to share", entry.shared, sharing, places, f"repeat.{name}.shared")
    fora = [key for key, _ in _entries(data, "fora")]
    _must_be_known("forum", entry.joins, fora, places, f"repeat.{name}.joins")
    inside = {one for one in listed if one in organisations}
    people = [
        key
        for key, actor in _entries(data, "actors")
        if (key in listed or actor.get("organisation") in inside) and key not in entry.shared
    ]
    alone = [
        key
        for key, forum in _entries(data, "fora")
        if key in listed or (forum.get("members") and set(forum["members"]) <= set(people))
    ]
    return {
        "areas": [key for key, _ in _entries(data, "areas") if key in listed],
        "organisations": [one for one in organisations if one in inside - set(entry.shared)],
        "actors": people,
        "fora": [key for key in alone if key not in entry.joins],
    }


def _must_be_known(
    what: str, given: Iterable[str], known: list[str], places: PlacesByPath, field: str
) -> None:
    path = tuple(field.split("."))
    for one in given:
        if one not in known:
            place = places.get((*path, one), places.get(path))
            raise unknown(what, one, known, place=place, field=field)


def _renamed(chosen: dict[str, list[str]], ending: str, about: Copy) -> dict[str, dict[str, str]]:
    """Ids in the copy: with its own proper names, or the ending; a single area by the ending."""
    renamed = {
        collection: {key: _id_of_copy(key, ending, about) for key in keys}
        for collection, keys in chosen.items()
    }
    if len(chosen["areas"]) == 1:
        renamed["areas"] = {chosen["areas"][0]: ending}
    return renamed


def _id_of_copy(key: str, ending: str, about: Copy) -> str:
    new = key
    for word, other in about.words.items():
        new = new.replace(_as_id(word), _as_id(other))
    return new if new != key else f"{key}_{ending}"


def _as_id(word: str) -> str:
    """A proper name as the shipped ids write it."""
    return word.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def _add(written: _Written, collection: str, key: str, copying: _Copying) -> None:
    entry = _rewritten(written.data[collection][key], copying)
    if collection == "areas":
        entry["name"] = copying.about.name.model_dump()
    elif isinstance(entry.get("name"), dict):
        entry["name"] = _named(entry["name"], copying.about)
    written.keep(collection, key, copying.renamed[collection][key], entry)


def _rewritten(entry: Data, copying: _Copying) -> Data:
    """The entry with every copied id that it refers to replaced by that of the copy."""
    result = dict(entry)
    for field, collection in REFERENCES.items():
        renamed, given = copying.renamed[collection], entry.get(field)
        if isinstance(given, dict):
            result[field] = {renamed.get(one, one): value for one, value in given.items()}
        elif isinstance(given, list):
            result[field] = [renamed.get(one, one) for one in given]
        elif isinstance(given, str):
            result[field] = renamed.get(given, given)
    return result


def _named(name: Data, about: Copy) -> Data:
    """The copy's own proper names, or else the name of the copy behind what it is called."""
    result = {}
    for language in SPOKEN:
        text = str(name.get(language, ""))
        for word, other in about.words.items():
            text = text.replace(word, other)
        same = text == name.get(language)
        result[language] = f"{text}, {getattr(about.name, language)}" if same else text
    return result


def _join(data: Data, joins: tuple[str, ...], copying: _Copying) -> None:
    """Seat the copies of its members in a body that stays one."""
    for key in joins:
        forum = data["fora"][key]
        members = list(forum.get("members", ()))
        more = [
            copying.renamed["actors"][one] for one in members if one in copying.renamed["actors"]
        ]
        data["fora"] = {
            **data["fora"],
            key: {**forum, "members": dict.fromkeys([*members, *more], True)},
        }


def _copy_relations(written: _Written, original: Data, copying: _Copying) -> None:
    for key, relation in _entries(original, "relations"):
        if set(relation.get("between") or ()) & copying.renamed["organisations"].keys():
            entry = _rewritten(relation, copying)
            written.keep("relations", key, f"{key}_{copying.ending}", entry)


def _copy_routes(
    written: _Written, original: Data, areas: list[str], copyings: list[_Copying]
) -> None:
    """Copy routes that leave from a copy, or, where areas are copied, pass one of its bodies.

    Each route of copied areas then holds for its own.
    """
    further = {area for one in copyings for area in one.renamed["areas"].values()}
    everywhere = [area for area in original.get("areas", {}) if area not in further]
    fields = ("from", "via", "areas") if areas else ("from",)
    for key, route in _entries(original, "routes"):
        copies = {one.ending: _rewritten(route, one) for one in copyings}
        if all(copy.get(field) == route.get(field) for copy in copies.values() for field in fields):
            continue
        for copying in copyings:
            entry = copies[copying.ending]
            if areas:
                entry["areas"] = [copying.renamed["areas"][one] for one in areas]
            written.keep("routes", key, f"{key}_{copying.ending}", entry)
        if areas:
            former = route.get("areas", [EVERYONE])
            own = everywhere if EVERYONE in former else former
            written.data["routes"][key] = {**route, "areas": own}


def _entries(data: Data, collection: str) -> Iterator[tuple[str, Data]]:
    entries = data.get(collection)
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        if isinstance(entry, dict):
            yield key, entry
