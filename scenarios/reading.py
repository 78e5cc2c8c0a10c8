"""From a YAML file to plain data, remembering on which line every entry stands."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from scenarios.errors import Place, explain
from scenarios.faults import fault

DataPath = tuple[str, ...]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is ten times as fast
FLOAT = re.compile(r"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$")
INTEGER = re.compile(r"^[-+]?\d+$")


class Document(NamedTuple):
    """One file: its data, and the place of every entry by the path of keys that leads to it."""

    data: dict[str, Any]
    places: dict[DataPath, Place]


def read(file: Path, what: str = "a scenario or a block") -> Document:
    """The content of a YAML file that is to hold ``what``.

    Raises ``ScenarioError`` for a missing file, a directory, bytes that are not UTF-8, text that
    is not YAML, an empty file, duplicate keys, and anything but a mapping at the top.
    """
    return parsed(_text(file), file, what)


def parsed(text: str, file: Path, what: str) -> Document:
    """Like :func:`read` for text that has been read already; ``file`` is named in messages."""
    node = _compose(text, file)
    if node is None:
        raise explain(f"the file is empty; {what} is a mapping", place=Place(str(file), 0))
    if not isinstance(node, yaml.MappingNode):
        raise explain(f"{what} is a mapping of fields", place=Place(str(file), 1))
    places: dict[DataPath, Place] = {}
    return Document(_mapping(node, (), str(file), places, frozenset()), places)


def read_value(text: str) -> Any:
    """The value that ``text`` stands for in YAML (a number, a word, a list, null, ...)."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return text
    return None if node is None else _value(node, (), "the setting", {}, frozenset())


def _text(file: Path) -> str:
    if file.is_dir():
        raise explain("this is a directory, not a file", place=Place(str(file), 0))
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raise explain("there is no such file", place=Place(str(file), 0)) from None
    except OSError as error:
        raise explain(f"cannot be read ({error.strerror})", place=Place(str(file), 0)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise explain(
            f"byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8",
            place=Place(str(file), line),
        ) from None


def _compose(text: str, file: Path) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        raise fault(error, text, str(file)) from None
    except yaml.YAMLError as error:
        first_line = str(error).splitlines()[0]
        raise explain(f"this is not YAML: {first_line}", place=Place(str(file), 0)) from None


def _value(
    node: yaml.Node, path: DataPath, file: str, places: dict[DataPath, Place], above: frozenset[int]
) -> Any:
    places[path] = Place(file, node.start_mark.line + 1)
    if id(node) in above:
        raise explain("an anchor contains itself", place=places[path], field=".".join(path))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, file, places, above)
    if isinstance(node, yaml.SequenceNode):
        inside = above | {id(node)}
        return [
            _value(item, (*path, str(k)), file, places, inside) for k, item in enumerate(node.value)
        ]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node)


def _mapping(
    node: yaml.MappingNode,
    path: DataPath,
    file: str,
    places: dict[DataPath, Place],
    above: frozenset[int],
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    places[path] = Place(file, node.start_mark.line + 1)
    before = ""
    for key_node, value_node in node.value:
        place = Place(file, key_node.start_mark.line + 1)
        key = _key(key_node, place)
        if _is_nothing(value_node):
            if node.flow_style and key.isdigit() and type(result.get(before)) is int:
                # {trust: 0,5}: a decimal comma, told with the field that it is written for
                result[before] = f"{result[before]},{key}"
                continue
            raise explain(
                "it has no value and nothing below it",
                place=place,
                field=".".join((*path, key)),
                allowed="a value, or entries below it that are further in; or leave it out",
            )
        if key in result:
            first = places[(*path, key)].line
            raise explain(
                f"the key “{key}” is given twice (first on line {first})",
                place=place,
                field=".".join((*path, key)),
            )
        result[key] = _value(value_node, (*path, key), file, places, above | {id(node)})
        places[(*path, key)] = place
        before = key
    return result


def _is_nothing(node: yaml.Node) -> bool:
    """Neither a value nor ``null``, ``~`` or an empty text in quotation marks."""
    return isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style


def _key(node: yaml.Node, place: Place) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise explain("a key must be a plain word", place=place)
    if node.value == "<<":
        raise explain("“<<” is not used in scenarios; use “extends” or “roles”", place=place)
    return str(node.value)


def _scalar(node: yaml.ScalarNode) -> Any:
    """YAML 1.2 numbers, true and false, null; every other plain word is text."""
    text = node.value
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if INTEGER.match(text):
        return int(text)
    if FLOAT.match(text):
        number = float(text)
        # 1e6 may stand where a whole number is wanted; 8.0 may not
        return int(number) if "e" in text.lower() and number.is_integer() else number
    return text
