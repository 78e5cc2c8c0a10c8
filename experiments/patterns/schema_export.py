"""The JSON schema of a pattern file, for editors."""

import json
from typing import Any

from experiments.patterns.reading import MANY
from experiments.patterns.schema import Pattern

SHORT = {"#/$defs/Observed": "string", "#/$defs/Staged": "string", "#/$defs/Text": "string"}


def schema_text() -> str:
    """The schema as JSON text: one pattern, or several by id; short forms are allowed."""
    pattern = _with_short_forms(Pattern.model_json_schema())
    parts = pattern.pop("$defs")
    pattern["required"].remove("id")
    parts["Pattern"] = pattern
    whole = {"$ref": "#/$defs/Pattern"}
    many = {
        "type": "object",
        "properties": {MANY: {"type": "object", "additionalProperties": whole}},
        "required": [MANY],
        "additionalProperties": False,
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "a pattern file of trappe",
        "anyOf": [whole, many],
        "$defs": parts,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False)


def _with_short_forms(part: Any) -> Any:
    """A word may stand for a mapping, and one entry for a list of one."""
    if isinstance(part, list):
        return [_with_short_forms(one) for one in part]
    if not isinstance(part, dict):
        return part
    inside = {key: _with_short_forms(value) for key, value in part.items()}
    if part.get("$ref") in SHORT:
        return {"anyOf": [{"type": SHORT[part["$ref"]]}, inside]}
    if part.get("type") == "array" and "items" in part:
        about = {key: inside.pop(key) for key in ("description", "default") if key in inside}
        return {"anyOf": [inside["items"], inside], **about}
    return inside
