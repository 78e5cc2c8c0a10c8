"""The JSON schema of an experiment file, for editors."""

import json
from pathlib import Path
from typing import Final

from experiments.experiment_schema import ExperimentFile
from simulation.observables import OBSERVABLES

SCHEMA_FILE: Final = Path(__file__).parent / "experiment.schema.json"


def schema_text() -> str:
    """The schema as JSON text; observables may be a list of names or a mapping."""
    schema = ExperimentFile.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    names = {"enum": list(OBSERVABLES)}
    mapping = {**schema["properties"]["observables"], "propertyNames": names}
    schema["properties"]["observables"] = {
        "description": mapping.pop("description"),
        "anyOf": [{"type": "array", "items": names, "uniqueItems": True}, mapping],
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
