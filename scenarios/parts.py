"""What a file says about its place among others: what it extends, fills, replaces and repeats.

These fields are read and taken out before the rest becomes a scenario.
"""

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, Strict

from scenarios.schema import Id, Ids, Members, Part, Text, one_of

KINDS: Final = ("scenario", "block")
BLOCK: Final = KINDS[1]
# In the order in which they are laid on top of each other, whatever order they are named in.
SLOTS: Final = (
    "area",
    "home_bodies",
    "project_organisation",
    "secretariat",
    "municipality",
    "area_secretariat",
)


def _one_or_more(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


Names = Annotated[tuple[str, ...], Strict(False), BeforeValidator(_one_or_more)]


class Copy(Part):
    """One more of what is repeated."""

    name: Text = Field(description="what it is called; added to the names of what it holds")
    words: dict[str, str] = Field(
        default={}, description="proper names: what stands here instead, in names and titles"
    )


class Repeat(Part):
    """What comes several times, each time with people of its own."""

    copies: dict[Id, Copy] = Field(description="ending of the ids: one more")
    of: Members = Field(
        default=(), description="areas, organisations, actors and fora; all `local` if left out"
    )
    shared: Members = Field(
        default=(),
        description="organisations that stay one while their people come again, or single people",
    )
    joins: Members = Field(
        default=(), description="fora that stay one, in which the copies sit too"
    )


class Composition(Part):
    """The fields that say how a file is put together with others."""

    kind: Annotated[str, *one_of(KINDS)] = Field(
        default=KINDS[0], description="a block is only a part and is checked as such"
    )
    extends: Names = Field(
        default=(), description="blocks by name or by path relative to this file, merged in order"
    )
    defaults: Names = Field(
        default=(), description="blocks that stand below where nothing else fills their slot"
    )
    slot: Annotated[str, *one_of(SLOTS)] | None = Field(
        default=None,
        description="the place it fills; of several extended for one place the last counts",
    )
    seats: dict[Id, Ids] = Field(
        default={},
        description="member: who sits instead, in bodies that this file does not write itself",
    )
    without: Members = Field(
        default=(), description="fora that do not exist here, though another file writes them"
    )
    local: Members = Field(
        default=(), description="what belongs to one area alone and comes again with each further"
    )
    repeat: dict[Id, Repeat] = Field(default={}, description="what comes several times")


COMPOSITION_FIELDS: Final = tuple(Composition.model_fields)
# Lists of ids that are merged one by one: at the top, and in a repeat.
MERGED_LISTS: Final = ("local", "without")
MERGED_LISTS_OF_REPEAT: Final = ("of", "shared", "joins")
