"""The one exception a scenario can fail with, and how its message is put together."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NamedTuple

DECIMAL_COMMA: Final = re.compile(r"^[-+]?\d+,\d+$")
POINT: Final = "decimals after a point, as in 0.5"
VERY_LIKE: Final = 0.75  # how alike two names are where one can hardly be another


def shown_path(path: str | Path) -> str:
    """A path as it is told: relative if it lies below the working directory, else as it is."""
    if not Path(path).is_absolute():
        return str(path)
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except (ValueError, OSError):  # elsewhere, or the working directory is gone
        return str(path)


class Place(NamedTuple):
    """Where something is written. ``line`` counts from 1; 0 means the file as a whole.

    ``column`` counts from 1 too; 0 means the line as a whole.
    """

    file: str
    line: int
    column: int = 0

    def __str__(self) -> str:
        parts = [shown_path(self.file)]
        parts += [f"line {self.line}"] if self.line else []
        parts += [f"column {self.column}"] if self.column else []
        return ", ".join(parts)


class Places(NamedTuple):
    """The places of entries by the path of keys that leads to them."""

    name: str
    entries: dict[tuple[str, ...], Place]

    def at(self, *path: str) -> Place:
        """The place of the entry, or of the nearest one around it, or the scenario as a whole."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.entries:
                return self.entries[path[:length]]
        return Place(self.name, 0)


class ScenarioError(Exception):
    """A scenario that cannot be used. ``str(error)`` is one message a user can act on."""


def nearest(given: object, allowed: Iterable[str]) -> str:
    """The allowed name closest to what was given, or an empty string."""
    found = get_close_matches(str(given), list(allowed), n=1, cutoff=0.5)
    return found[0] if found else ""


def explain(
    problem: str,
    *,
    place: Place | None = None,
    field: str = "",
    allowed: str = "",
    suggestion: str = "",
) -> ScenarioError:
    """Place, field, what is wrong, what is allowed, and the nearest valid name, in this order."""
    start = ": ".join(part for part in (str(place) if place and place.file else "", field) if part)
    message = f"{start}: {problem}" if start else problem
    if allowed:
        message += f"; allowed: {allowed}"
    if suggestion:
        message += f". Did you mean “{suggestion}”?"
    return ScenarioError(message)


def unknown(
    what: str,
    given: str,
    known: Iterable[str],
    *,
    place: Place | None = None,
    field: str = "",
    missing: Sequence[str] = (),
) -> ScenarioError:
    """``given`` is not one of the ``known`` names of a ``what``.

    Names that are ``missing`` beside it are told too, and are likelier to be meant than others.
    """
    names = sorted(known)
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    meant = nearest(given, missing)
    others = "" if meant or not missing else f", and “{missing[0]}” is missing"
    close = get_close_matches(given, names, n=1, cutoff=VERY_LIKE) if others else []
    return explain(
        f"there is no {what} “{given}”{others}",
        place=place,
        field=field,
        allowed=shown or "none is defined",
        suggestion=meant or (next(iter(close), "") if others else nearest(given, names)),
    )
