"""Findings as one JSON document, for other programs.

The models below are the schema: ``schemas/patterns-1.schema.json`` is exported from them and a
test holds the two equal. A change that could break a reader is a new version.
"""

import json
import math
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from analysis.document import Names, OriginPart
from analysis.provenance import Provenance
from experiments.patterns.settling import FIRST_LOOK, Finding, Reading, looks

VERSION: Final = 1
SCHEMA_FILE: Final = f"patterns-{VERSION}.schema.json"
Outcome = Literal["reproduced", "not_reproduced", "undecided", "impossible"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RequirementPart(_Part):
    """One thing that must hold, and what the runs say about it."""

    clause: int = Field(ge=0, description="which entry under `expect`, from 0")
    text: str
    observable: str
    unit: str
    least: float | None = Field(description="lower limit, null without one")
    most: float | None = Field(description="upper limit, null without one")
    smallest_effect: float = Field(ge=0)
    estimate: float | None
    low: float | None
    high: float | None
    level: float = Field(description="coverage of the interval after adjustment")
    standardised: float | None = Field(description="difference over the deviation between runs")
    probability: float | None = Field(description="share of runs in which it holds by itself")
    runs: int = Field(ge=0)
    missing: int = Field(ge=0)
    skewed: bool
    verdict: Literal["holds", "fails", "undecided"]


class PatternPart(_Part):
    """One pattern."""

    id: str
    title: Names
    source: str
    direct: bool
    fit: bool
    verdict: Literal["reproduced", "not_reproduced", "undecided"]
    runs: int = Field(ge=0, description="of each of its scenarios")
    requirements: list[RequirementPart]
    identical: list[list[str]] = Field(
        description="groups of its scenarios whose runs, seed by seed, are the same in every "
        "summed observable"
    )


class Document(_Part):
    """All that `trappe patterns` found."""

    schema_version: Literal[1]
    first_seed: int
    looks: list[int] = Field(description="runs of each scenario at the planned looks")
    patterns: list[PatternPart]
    without: dict[str, dict[str, Outcome]] | None = Field(
        description="mechanism: pattern: outcome without it; null unless asked for"
    )
    sets: dict[str, dict[str, Outcome]] | None = Field(
        description="parameter set: pattern: outcome; null unless asked for"
    )
    origin: OriginPart


def make_document(
    findings: Sequence[Finding],
    limit: int,
    first_seed: int,
    origin: Provenance,
    without: Mapping[str, Mapping[str, Any]] | None = None,
    sets: Mapping[str, Mapping[str, Any]] | None = None,
) -> Document:
    """The document of findings, with the matrices where they were made."""
    return Document.model_validate({
        "schema_version": VERSION,
        "first_seed": first_seed,
        "looks": looks(limit) if limit > FIRST_LOOK else [limit],
        "patterns": [_pattern(one) for one in findings],
        "without": without,
        "sets": sets,
        "origin": OriginPart(**vars(origin)),
    })  # fmt: skip


def _pattern(finding: Finding) -> PatternPart:
    pattern = finding.pattern
    return PatternPart(
        id=pattern.id,
        title=Names(da=pattern.called("da"), en=pattern.called("en")),
        source=pattern.source,
        direct=pattern.label is not None,
        fit=pattern.fit,
        verdict=finding.verdict,
        runs=finding.runs,
        requirements=[_requirement(one) for one in finding.readings],
        identical=[list(group) for group in finding.identical],
    )


def _requirement(reading: Reading) -> RequirementPart:
    requirement = reading.requirement
    shown = math.tanh if requirement.is_correlation else float
    return RequirementPart(
        clause=requirement.clause,
        text=requirement.text,
        observable=requirement.observable,
        unit=requirement.unit,
        least=None if math.isinf(requirement.low) else shown(requirement.low),
        most=None if math.isinf(requirement.high) else shown(requirement.high),
        smallest_effect=requirement.by,
        estimate=reading.estimate,
        low=reading.low,
        high=reading.high,
        level=reading.level,
        standardised=reading.standardised,
        probability=reading.probability,
        runs=reading.runs,
        missing=reading.missing,
        skewed=reading.skewed,
        verdict=reading.verdict,
    )


def exported_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of :class:`Document`."""
    schema = Document.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"trappe patterns --json, version {VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def shipped_schema() -> dict[str, Any]:
    """The JSON Schema file that comes with the package."""
    text = resources.files("analysis").joinpath("schemas", SCHEMA_FILE).read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
