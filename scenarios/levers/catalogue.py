"""All levers: what ``catalogue.toml`` says of each, and how the module of its group turns it."""

import tomllib
from importlib.resources import files
from typing import Any, Final

from scenarios.levers import (
    area,
    bodies,
    coordination,
    decisions,
    events,
    growing,
    leadership,
    lending,
    people,
    plan,
    relations,
    residents,
    seats,
    secretariat,
)
from scenarios.levers.lever import Choice, Lever, Turning
from scenarios.schema import Text

FILE: Final = "catalogue.toml"
TURNINGS: Final[dict[str, Turning]] = {
    **area.TURNINGS,
    **bodies.TURNINGS,
    **coordination.TURNINGS,
    **decisions.TURNINGS,
    **events.TURNINGS,
    **growing.TURNINGS,
    **leadership.TURNINGS,
    **lending.TURNINGS,
    **people.TURNINGS,
    **plan.TURNINGS,
    **relations.TURNINGS,
    **residents.TURNINGS,
    **seats.TURNINGS,
    **secretariat.TURNINGS,
}


def _lever(key: str, about: dict[str, Any], turning: Turning) -> Lever:
    choices = tuple(Choice(name, Text(**words)) for name, words in about.get("choices", {}).items())
    named = ", ".join(f"{place} {one.name}" for place, one in enumerate(choices))
    low, high = about["range"] if "range" in about else (0, len(choices) - 1)
    return Lever(
        key=key,
        name=Text(**about["name"]),
        group=about["group"],
        unit=Text(**about["unit"])
        if "unit" in about
        else Text(da=f"valg: {named}", en=f"choice: {named}"),
        low=low,
        high=high,
        whole=isinstance(low, int),
        default=about.get("default"),
        source=about["source"],
        effect=Text(**about["effect"]),
        turn=turning.turn,
        choices=choices,
        targets=about.get("targets", ""),
        turn_at=turning.turn_at,
    )


def _read() -> dict[str, Lever]:
    written = tomllib.loads(files("scenarios.levers").joinpath(FILE).read_text(encoding="utf-8"))
    unmatched = written.keys() ^ TURNINGS.keys()
    if unmatched:
        raise ValueError(f"only one of {FILE} and the code knows: {', '.join(sorted(unmatched))}")
    return {key: _lever(key, about, TURNINGS[key]) for key, about in written.items()}


LEVERS: Final[dict[str, Lever]] = _read()
