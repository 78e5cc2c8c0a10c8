"""What a survey measured: trust and acquaintance from CSV files, in place of the model's own start.

A scenario keeps the text of its files, so that what it is never depends on a file that may change
after it was read.
"""

import csv
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from scenarios.errors import (
    VERY_LIKE,
    Place,
    Places,
    ScenarioError,
    explain,
    nearest,
    unknown,
)
from scenarios.schema import Scenario, scale_of

FILES: Final = ("trust", "acquaintance")  # fields of `data` that name a file
FROM, TO, TRUST, SPREAD, ACQUAINTANCE = "from", "to", "trust", "spread", "acquaintance"
VALUES: Final = (TRUST, SPREAD, ACQUAINTANCE)
FOR_PEOPLE: Final = ("from_name", "to_name", "note")  # columns that nothing is read from
COLUMNS: Final = (FROM, TO, *VALUES, *FOR_PEOPLE)
NOTHING: Final = ("", "NA")  # cells that keep the model's own value
LARGEST_SPREAD: Final = 0.5
SCALED_COLUMN: Final = re.compile(r"^(\w+)\s*\(?\s*(\d+\s*[-–]\s*\d+)\s*\)?$")
NUMBER: Final = re.compile(r"^[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?$")

Pair = tuple[str, str]


class Scale(NamedTuple):
    """The lowest and the highest answer, which become 0 and 1."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}"


SHARE: Final = Scale(0.0, 1.0)


class Answer(NamedTuple):
    """One line of a file: what ``giver`` says of ``about``; None where nothing is said."""

    place: Place
    giver: str
    about: str
    trust: float | None
    spread: float | None
    acquaintance: float | None


class Measured(NamedTuple):
    """What was measured, each on 0..1. Trust is directed; a pair of people stands once."""

    organisation_trust: dict[Pair, float]
    organisation_spread: dict[Pair, float]
    trust: dict[Pair, float]
    acquaintance: dict[Pair, float]  # both orders of a pair

    def pairs(self) -> int:
        """How many pairs of organisations (directed) and of people (either way) are told of."""
        people = {frozenset(pair) for pair in (*self.trust, *self.acquaintance)}
        return len({*self.organisation_trust, *self.organisation_spread}) + len(people)


def with_texts(data: dict[str, Any], places: Places) -> dict[str, Any]:
    """The scenario's data with the text of each file that its `data` names.

    A path is taken from the folder of the file in which it stands, or from the current one where
    it was set otherwise. Raises ``ScenarioError`` for a file that cannot be read.
    """
    block = data.get("data")
    if not isinstance(block, dict):
        return data
    filled = dict(block)
    for field in (name for name in FILES if name in block):
        given, place = block[field], places.at("data", field)
        if isinstance(given, dict) and not place.file:  # read before
            continue
        if not isinstance(given, str):
            raise explain(
                f"{given!r} is not the name of a file",
                place=place,
                field=f"data.{field}",
                allowed="the path of a CSV file",
            )
        file = Path(place.file).parent / given if place.file else Path(given)
        filled[field] = {"file": str(file), "text": _text(file, place, f"data.{field}")}
    return data | {"data": filled}


def _text(file: Path, place: Place, field: str) -> str:
    """The text of a file in UTF-8, or else in the encoding of Danish Excel on Windows."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        beside = [one.name for one in file.parent.glob("*.csv")] if file.parent.is_dir() else []
        raise explain(
            f"the file {file} cannot be read ({(error.strerror or 'no such file').lower()})",
            place=place,
            field=field,
            suggestion=_like(file, beside),
        ) from None
    except ValueError:
        raise explain(f"{str(file)!r} is not a path", place=place, field=field) from None
    if b"\0" in raw:
        raise explain(
            "this is not a CSV file; save the sheet as CSV (UTF-8)", place=Place(str(file), 0)
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _like(file: Path, beside: list[str]) -> str:
    """The CSV file whose name is nearly that of ``file``; the ending, which all share, is none."""
    stems = {Path(name).stem: name for name in beside}
    close = get_close_matches(file.stem, list(stems), n=1, cutoff=VERY_LIKE)
    return stems[close[0]] if close else ""


def measured(scenario: Scenario) -> Measured:
    """What the scenario's files tell of its organisations and people; empty without files.

    Organisations and people are those of ``scenario`` with its levers turned. Raises
    ``ScenarioError`` with file, line, column, what was given and what is allowed.
    """
    found = Measured({}, {}, {}, {})
    if scenario.data is None:
        return found
    said: dict[tuple[str, Pair], Place] = {}
    for field in FILES:
        source = getattr(scenario.data, field)
        if source is not None:
            for answer in answers(source.text, source.file, scenario.data.scale, field):
                _take(answer, scenario, found, said)
    return found


@lru_cache(maxsize=8)
def answers(text: str, file: str, scale: str | None, needed: str) -> tuple[Answer, ...]:
    """The lines of a CSV text with the values on 0..1. ``needed`` is a column it must have."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise explain("the file is empty", place=Place(file, 0), allowed=_allowed_columns())
    separator = next((sign for sign in (";", "\t") if sign in first), ",")
    reader = csv.reader(lines, delimiter=separator)
    columns: dict[str, int] = {}
    scales: dict[str, Scale] = {}
    found = []
    try:
        for cells in reader:
            place = Place(file, reader.line_num)
            row = [cell.strip() for cell in cells]
            if not any(row):
                continue
            if not columns:
                columns, scales = _header(row, place, _scale(scale, Place(file, 0)), needed)
                continue
            found.append(_answer(row, columns, scales, place, separator))
    except csv.Error as error:
        raise explain(f"this is not CSV: {error}", place=Place(file, reader.line_num)) from None
    if not found:
        raise explain("the file has no lines below the names of the columns", place=Place(file, 0))
    return tuple(found)


def _allowed_columns() -> str:
    return f"the columns {', '.join(COLUMNS)}, with names on the first line"


def _header(
    row: list[str], place: Place, scale: Scale, needed: str
) -> tuple[dict[str, int], dict[str, Scale]]:
    """Where each column stands, and the scale of each column with values."""
    columns: dict[str, int] = {}
    scales: dict[str, Scale] = {}
    for k, cell in enumerate(row):
        if not cell:
            continue
        name, own = cell.lower(), scale
        scaled = SCALED_COLUMN.match(name)
        if scaled:
            name, own = scaled[1], _scale(scaled[2], place)
        if name not in COLUMNS:
            raise unknown("column", cell, COLUMNS, place=place)
        if name in columns:
            raise explain(f"the column “{name}” is there twice", place=place)
        columns[name] = k
        scales[name] = own
    for name in (FROM, TO, needed):
        if name not in columns:
            raise explain(f"there is no column “{name}”", place=place, allowed=_allowed_columns())
    if SPREAD in columns and TRUST in columns:
        if scales[SPREAD] not in (scale, scales[TRUST]):
            raise explain(
                "“spread” is on another scale than “trust”",
                place=place,
                allowed="one scale for both, written at the top of “trust”",
            )
        scales[SPREAD] = scales[TRUST]
    return columns, scales


def _scale(given: str | None, place: Place) -> Scale:
    if given is None:
        return SHARE
    limits = scale_of(given)
    if limits is None:
        raise explain(
            f"“{given}” is not a scale",
            place=place,
            allowed="the lowest and the highest answer, as in 1-5",
        )
    return Scale(*map(float, limits))


def _answer(
    row: list[str], columns: dict[str, int], scales: dict[str, Scale], place: Place, separator: str
) -> Answer:
    if len(row) > 1 + max(columns.values()) and any(row[1 + max(columns.values()) :]):
        hint = "a decimal comma needs semicolons between the columns" if separator == "," else ""
        raise explain(
            f"there are {len(row)} cells under {len(columns)} names of columns",
            place=place,
            allowed=hint,
        )
    cells = {name: row[k] if k < len(row) else "" for name, k in columns.items()}
    for name in (FROM, TO):
        if not cells[name]:
            raise explain("the cell is empty", place=place, field=f"column {name}", allowed="an id")
    values = (_value(cells.get(name, ""), name, scales.get(name, SHARE), place) for name in VALUES)
    return Answer(place, cells[FROM], cells[TO], *values)


def _value(cell: str, column: str, scale: Scale, place: Place) -> float | None:
    """The cell on 0..1, a spread as a share of the scale's width."""
    if cell in NOTHING:
        return None
    wide = scale.high - scale.low
    limits = Scale(0.0, LARGEST_SPREAD * wide) if column == SPREAD else scale
    number = float(cell.replace(",", ".")) if NUMBER.match(cell) else None
    if number is None or not limits.low <= number <= limits.high:
        likert = number is not None and number > 1.0 and scale == SHARE and column != SPREAD
        hint = "; for answers on another scale write `scale: 1-5`, or “trust (1-5)” at the top"
        raise explain(
            f"“{cell}” is not allowed",
            place=place,
            field=f"column {column}",
            allowed=f"{limits}, or nothing to keep the model's own{hint if likert else ''}",
        )
    return (number - (0.0 if column == SPREAD else scale.low)) / wide


def _take(
    answer: Answer, scenario: Scenario, found: Measured, said: dict[tuple[str, Pair], Place]
) -> None:
    pair = answer.giver, answer.about
    between_organisations = all(one in scenario.organisations for one in pair)
    if not between_organisations:
        _must_be_two_people(answer, scenario)
    values = {
        TRUST: (found.organisation_trust if between_organisations else found.trust, answer.trust),
        SPREAD: (found.organisation_spread, answer.spread),
        ACQUAINTANCE: (found.acquaintance, answer.acquaintance),
    }
    unwanted = ACQUAINTANCE if between_organisations else SPREAD
    if values[unwanted][1] is not None:
        level = "between persons" if between_organisations else "between organisations"
        raise explain(
            f"“{answer.giver}” and “{answer.about}” cannot have it",
            place=answer.place,
            field=f"column {unwanted}",
            allowed=f"{unwanted} {level}",
        )
    for column, (kept, value) in values.items():
        if value is None:
            continue
        _check_said_once(answer, column, value, kept, said)
        kept[pair] = value
        if column == ACQUAINTANCE:
            kept[pair[::-1]] = value


def _check_said_once(
    answer: Answer,
    column: str,
    value: float,
    kept: dict[Pair, float],
    said: dict[tuple[str, Pair], Place],
) -> None:
    pair = answer.giver, answer.about
    if (column, pair) in said:
        raise explain(
            f"“{pair[0]}” on “{pair[1]}” is given twice (first in {said[column, pair]})",
            place=answer.place,
            field=f"column {column}",
        )
    if column == ACQUAINTANCE and kept.get(pair, value) != value:
        raise explain(
            f"“{pair[0]}” on “{pair[1]}” is {value:g}, but “{pair[1]}” on “{pair[0]}” is "
            f"{kept[pair]:g} (in {said[column, pair[::-1]]}), both counted from 0 to 1",
            place=answer.place,
            field=f"column {column}",
            allowed="one value for both, as acquaintance is mutual",
        )
    said[column, pair] = answer.place


def _must_be_two_people(answer: Answer, scenario: Scenario) -> None:
    for column, given in ((FROM, answer.giver), (TO, answer.about)):
        if given not in scenario.actors and given not in scenario.organisations:
            raise _nobody(given, (*scenario.organisations, *scenario.actors), answer.place, column)
    for column, given in ((FROM, answer.giver), (TO, answer.about)):
        if given not in scenario.actors:
            raise explain(
                f"“{given}” is an organisation and the other a person",
                place=answer.place,
                field=f"column {column}",
                allowed="two organisations or two persons on a line",
            )
    if answer.giver == answer.about:
        raise explain(
            f"“{answer.giver}” is on both sides", place=answer.place, allowed="two persons"
        )


def _nobody(given: str, known: Iterable[str], place: Place, column: str) -> ScenarioError:
    names = list(known)
    return explain(
        f"there is no organisation or person “{given}” in this model",
        place=place,
        field=f"column {column}",
        allowed="an id from `trappe show MODEL --template acquaintance`, or of an organisation "
        "from `--template trust`",
        suggestion=nearest(given, names),
    )
