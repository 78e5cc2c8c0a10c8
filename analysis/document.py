"""The comparison as one JSON document, for other programs.

The models below are the schema: ``schemas/compare-1.schema.json`` is exported from them and a test
holds the two equal. A change that could break a reader is a new version.
"""

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from analysis.comparison import Comparison, Model
from analysis.paired import Verdict
from analysis.provenance import Provenance
from simulation.observables import OBSERVABLES
from simulation.vocabulary import SIZES

VERSION: Final = 1
SCHEMA_FILE: Final = f"compare-{VERSION}.schema.json"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(_Part):
    """One thing's name in two languages."""

    da: str
    en: str


class ModelPart(_Part):
    """One compared organisation model."""

    letter: str = Field(description="stands for the model in all lists below")
    key: str
    name: Names
    content_hash: str = Field(description="of the composed scenario")
    actors: int = Field(ge=1)
    hours_a_week: float = Field(ge=0, description="hours available for this work, all people")
    parameters: dict[str, float]


class ObservablePart(_Part):
    """What is observed."""

    name: str
    label: Names
    definition: Names
    unit: str
    direction: Literal[-1, 0, 1] = Field(description="1 more is better, -1 less is better")
    kind: str = Field(description="stock: mean of the last 52 weeks; flow: sum over the run")
    smallest_effect: float = Field(ge=0, description="smallest difference of interest, in the unit")
    main: bool


class MeanPart(_Part):
    """Mean of one observable in one model, with its own 95 % interval."""

    model: str
    observable: str
    runs: int = Field(ge=0)
    missing: int = Field(ge=0, description="runs in which the observable is not defined")
    mean: float | None
    low: float | None
    high: float | None
    deviation: float | None = Field(description="standard deviation between runs")


class DifferencePart(_Part):
    """First model minus second, paired by seed."""

    first: str
    second: str
    observable: str
    runs: int = Field(ge=0)
    missing: int = Field(ge=0)
    mean: float | None
    low: float | None
    high: float | None
    level: float = Field(gt=0, lt=1, description="coverage of this interval after adjustment")
    effect: float | None = Field(description="d_av")
    probability_better: float | None = Field(
        description="share of seeds in which the first is better, ties half; null: no direction"
    )
    verdict: Verdict
    skewed: bool = Field(description="the interval may be too narrow")


class WaitPart(_Part):
    """Waits for a decision, all runs of a model pooled (Kaplan-Meier)."""

    model: str
    size: str
    decided: int = Field(ge=0)
    undecided: int = Field(ge=0)
    median: float | None = Field(description="weeks; null: not reached")
    low: float | None
    high: float | None


class BodyPart(_Part):
    """What passed one body of a model, all runs pooled."""

    model: str
    body: str
    name: Names
    size: str | None = Field(description="of matter; null: all sizes, and conflicts")
    passed: float = Field(ge=0, description="matters a run")
    weeks: float | None = Field(description="mean in its queue; null: nothing passed")


class OriginPart(_Part):
    """Where the numbers come from."""

    command: str
    created: str
    versions: dict[str, str]
    machine: str
    code: str = Field(description="hash of the simulation's sources")
    settings: dict[str, str]


class Document(_Part):
    """All of it."""

    schema_version: Literal[1]
    runs: int = Field(ge=1)
    first_seed: int
    weeks: int = Field(ge=1)
    models: list[ModelPart]
    observables: list[ObservablePart]
    means: list[MeanPart]
    differences: list[DifferencePart]
    waits: list[WaitPart]
    bodies: list[BodyPart]
    identical: list[list[str]] = Field(
        description="groups of models whose runs, seed by seed, are the same in every observable"
    )
    origin: OriginPart
    files: list[str] = Field(description="files written, as given on the command line")


def make_document(comparison: Comparison, origin: Provenance, files: list[str]) -> Document:
    """Gather the document."""
    return Document(
        schema_version=VERSION,
        runs=comparison.runs,
        first_seed=comparison.first_seed,
        weeks=comparison.weeks,
        models=[
            ModelPart(
                letter=model.letter,
                key=model.key,
                name=Names(da=model.name_da, en=model.name_en),
                content_hash=model.content_hash,
                actors=model.actors,
                hours_a_week=model.hours_a_week,
                parameters=model.parameters,
            )
            for model in comparison.models
        ],
        observables=_observables(comparison.weeks),
        means=[
            MeanPart(model=letter, observable=name, **vars(mean))
            for (letter, name), mean in comparison.means.items()
        ],
        differences=[
            DifferencePart(first=first, second=second, observable=name, **vars(difference))
            for (first, second, name), difference in comparison.differences.items()
        ],
        waits=[
            WaitPart(
                model=letter, size=SIZES[size], decided=waits.decided, undecided=waits.undecided,
                median=waits.median, low=waits.low, high=waits.high,
            )
            for (letter, size), waits in comparison.waits.items()
        ],
        bodies=[part for model in comparison.models for part in _bodies(comparison, model)],
        identical=[list(group) for group in comparison.identical],
        origin=OriginPart(**vars(origin)),
        files=files,
    )  # fmt: skip


def _bodies(comparison: Comparison, model: Model) -> Iterator[BodyPart]:
    for waits in comparison.bodies[model.letter]:
        key, da, en = model.bodies[waits.body]
        yield BodyPart(
            model=model.letter, body=key, name=Names(da=da, en=en),
            size=None if waits.size is None else SIZES[waits.size],
            passed=waits.passed, weeks=waits.weeks,
        )  # fmt: skip


def _observables(weeks: int) -> list[ObservablePart]:
    return [
        ObservablePart.model_validate(
            {
                "name": row.name,
                "label": Names(da=row.da, en=row.en),
                "definition": Names(da=row.definition_da, en=row.definition_en),
                "unit": row.unit,
                "direction": row.direction,
                "kind": row.kind,
                "smallest_effect": row.smallest_over(weeks),
                "main": row.main,
            }
        )
        for row in OBSERVABLES.values()
    ]


def exported_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of :class:`Document`."""
    schema = Document.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"trappe compare --json, version {VERSION}",
        **{key: value for key, value in schema.items() if key != "title"},
    }


def shipped_schema() -> dict[str, Any]:
    """The JSON Schema file that comes with the package."""
    text = resources.files("analysis").joinpath("schemas", SCHEMA_FILE).read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
