"""The JSON schema of a scenario file, for editors."""

import json
from pathlib import Path
from typing import Any

from scenarios.parts import Composition
from scenarios.schema import COLLECTIONS, Scenario

SCHEMA_FILE = Path(__file__).parent / "scenario.schema.json"


def schema_text() -> str:
    """The schema as JSON text; nothing is required, as a file may get it from what it extends."""
    schema = Scenario.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    composition = Composition.model_json_schema()
    schema["properties"] |= composition["properties"]
    schema["$defs"] |= composition["$defs"]
    names = schema["properties"]["extends"]
    names["anyOf"] = [{"type": "string"}, {"type": names.pop("type"), "items": names.pop("items")}]
    _let_files_be_partial(schema)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _let_files_be_partial(schema: dict[str, Any]) -> None:
    """What a file leaves out may come from what it extends; null deletes; members merge by id."""
    for model in [schema, *schema["$defs"].values()]:
        model.pop("required", None)
    members = schema["$defs"]["Forum"]["properties"]["members"]
    flags = {"type": "object", "additionalProperties": {"enum": [True, None]}}
    schema["$defs"]["Forum"]["properties"]["members"] = {"anyOf": [members, flags]}
    for collection in COLLECTIONS:
        field = schema["properties"][collection]
        for keys in ("additionalProperties", "patternProperties"):
            if keys == "patternProperties" and keys in field:
                field[keys] = {key: _or_null(entry) for key, entry in field[keys].items()}
            elif isinstance(field.get(keys), dict):
                field[keys] = _or_null(field[keys])


def _or_null(entry: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [entry, {"type": "null"}]}


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
