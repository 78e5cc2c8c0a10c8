"""Why a text is not YAML, in plain words: where it is, what stands there, what was left out."""

import re
from typing import Final

import yaml

from scenarios.errors import Place, ScenarioError, explain

SHOWN: Final = 40  # characters of a line, so that a message stays a message
NO_SPACE: Final = re.compile(r"^[-\s]*[\w.]+:\S")
CLOSING: Final = {"sequence": "]", "mapping": "}"}


def fault(error: yaml.MarkedYAMLError, text: str, file: str) -> ScenarioError:
    """The error for a ``text`` that the reader of YAML gave up on."""
    lines = [*text.splitlines(), ""]
    problem, context = str(error.problem or error.context), str(error.context or "")
    line, column = _position(error.problem_mark)
    row = lines[min(line, len(lines)) - 1] if line else ""
    tab = _tab(row, column)
    if tab:
        column, told = tab, "a line begins with a tab; allowed: spaces before a field"
    elif "could not find expected ':'" in problem:
        line, column = _position(error.context_mark)
        row = lines[line - 1]
        missing = "space after the colon" if NO_SPACE.match(row) else "colon"
        told = f"the {missing} is missing; allowed: a field, a colon, a space, and its value"
    elif "mapping values are not allowed" in problem:
        told = _one_colon_too_many(row[: column - 1])
    elif "quoted scalar" in context:
        line, column = _position(error.context_mark)
        row = lines[line - 1]
        told = "the quotation mark here is never closed"
    elif "flow" in context:
        start, place = _position(error.context_mark)
        closing = CLOSING["sequence" if "sequence" in context else "mapping"]
        told = (
            f"a comma is missing here, or the “{lines[start - 1][place - 1 : place]}” "
            f"of line {start}, column {place}, is not closed with “{closing}”"
        )
    elif "cannot start any token" in problem:
        told = f"a value cannot begin with “{row[column - 1 : column]}”; put it in quotation marks"
    elif "undefined alias" in problem:
        told = "a value that begins with * must be in quotation marks"
    elif "block mapping" in context:
        told = (
            "this does not go on from what stands before it; allowed: fields of one entry under "
            "each other, each as far in as the first, and a value in quotation marks as a whole"
        )
    else:
        told = problem
    shown = row.strip()
    stands = f" (there stands “{shown[:SHOWN]}{'…' * (len(shown) > SHOWN)}”)" if shown else ""
    return explain(f"this is not YAML: {told}{stands}", place=Place(file, line, column))


def _position(mark: yaml.Mark | None) -> tuple[int, int]:
    """Line and column from 1; zeros where the reader did not say."""
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _tab(row: str, column: int) -> int:
    """Column of a tab before the first word of the line, or where reading stopped; else 0."""
    indent = row[: len(row) - len(row.lstrip())]
    if "\t" in indent:
        return indent.index("\t") + 1
    return column if row[column - 1 : column] == "\t" else 0


def _one_colon_too_many(before: str) -> str:
    if re.search(r":\s", before):
        return "there are two colons; put a text that has one in quotation marks"
    return "this is further in than the line above it, which has a value already"
