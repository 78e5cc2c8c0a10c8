"""The documents a value may refer to. `docs/sources.md` says what they are."""

import re
from typing import Final

from scenarios.errors import nearest

DOCUMENTS: Final = {
    "SFI12": "Nielsen, Mølgaard & Dybdal (2012), Procesevaluering af boligsociale indsatser. "
    "Delrapport 2, SFI 12:28",
    "SFI13": "Boligsociale indsatser og huslejestøtte. Midtvejsrapport, SFI 2013, chapter 10",
    "CFBU15": "Mygind & Rhod Larsen (2015), Kommunerne på banen, Center for Boligsocial Udvikling",
    "KL-T3": "CFBU & KL, Tema 3: Organisering og samarbejde",
}
ASSUMPTION: Final = "assumption"
LITERATURE: Final = "lit:"
REMARK: Final = re.compile(r"\([^()]*\)")
PLACES: Final = ("ch.", "boks", "case", "fig.", "app.", "p.")


def problem_with_tag(tag: str) -> str:
    """Why ``tag`` is not a source tag, or an empty string.

    Several tags are parted by ``;``. What stands in parentheses says how much a source tells.
    """
    for part in tags_in(tag):
        problem = _problem_with_one(part)
        if problem:
            return problem
    return ""


def tags_in(tag: str) -> list[str]:
    """The single tags, without the remarks in parentheses."""
    return [piece.strip() for piece in REMARK.sub("", tag).split(";")]


def _problem_with_one(tag: str) -> str:
    document, _, place = tag.partition(" ")
    if tag == ASSUMPTION or document == "KL-T3":
        return ""
    if document == LITERATURE:
        return "" if place.strip() else "“lit:” must be followed by the work it refers to"
    if document in DOCUMENTS:
        if place.startswith(PLACES):
            return ""
        return f"“{tag}” must give a place after {document}, such as “{document} ch. 4”"
    known = [*DOCUMENTS, ASSUMPTION, LITERATURE]
    close = nearest(document, known)
    hint = f" Did you mean “{close}”?" if close else ""
    return f"“{document}” is not a known source; known: {', '.join(known)}.{hint}"
