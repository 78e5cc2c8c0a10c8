"""The sets of parameters that are kept: chosen, written, read, and used."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from experiments.calibration.distance import Distance, Score, Values
from experiments.calibration.screening import Space
from experiments.storage import write_whole
from scenarios.errors import Places, explain, unknown
from scenarios.explaining import explained
from scenarios.reading import read
from simulation.parameters import parameter_catalogue

APART: Final = 0.1  # root mean square distance in the unit cube between two sets that are kept
WORSE: Final = 0.15  # how much further than the best a kept set may be, in smallest effects


class Accepted(NamedTuple):
    """A kept set, judged on seeds that the search has not seen."""

    name: str
    values: dict[str, float]  # what was searched over
    score: Score


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class SetPart(_Part):
    """One set in the file."""

    distance: float | None = None
    patterns: dict[str, float] = {}
    parameters: Annotated[dict[str, float], Field(min_length=1)]


class FilePart(_Part):
    """The file of accepted sets."""

    made: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    sets: Annotated[dict[str, SetPart], Field(min_length=1)]


def choose(
    tried: Sequence[tuple[Values, Score]], cube: Space, count: int
) -> list[dict[str, float]]:
    """The best sets that lie apart from each other, the best first, at most ``count``."""
    kept: list[dict[str, float]] = []
    for values, _ in sorted(tried, key=lambda one: one[1].distance):
        point = cube.point(values)
        gaps = [float(((point - cube.point(one)) ** 2).mean()) ** 0.5 for one in kept]
        if all(gap >= APART for gap in gaps):
            kept.append(dict(values))
        if len(kept) == count:
            break
    return kept


def confirm(
    candidates: Sequence[dict[str, float]], distance: Distance, fitted: Sequence[str], keep: int
) -> tuple[list[Accepted], Score]:
    """Judge sets, and the defaults, on fresh seeds; keep those near the best.

    Args:
        candidates: what :func:`choose` gave.
        distance: over all patterns, those kept out of the fit included, with seeds of its own.
        fitted: ids of the patterns that count; the others are only reported.
        keep: most sets to keep.

    Returns:
        the kept sets, the best first, and the score of the defaults. The distance in a score is
        over the ``fitted`` patterns alone.
    """
    scores = [_over(score, fitted) for score in distance.scores([{}, *candidates])]
    judged = sorted(zip(candidates, scores[1:], strict=True), key=lambda one: one[1].distance)
    best = judged[0][1].distance if judged else 0.0
    near = [one for one in judged if one[1].distance <= best + WORSE][:keep]
    kept = [Accepted(f"set_{k}", values, score) for k, (values, score) in enumerate(near, start=1)]
    return kept, scores[0]


def _over(score: Score, fitted: Sequence[str]) -> Score:
    distance = sum(score.patterns[name] for name in fitted) / len(fitted)
    return score._replace(distance=distance)


def write_sets(
    file: Path, sets: Sequence[Accepted], reference: Score, made: dict[str, Any]
) -> None:
    """Write accepted sets as YAML, wholly or not at all. Raises ``OutputError``."""
    document = {
        "made": made,
        "defaults": {"distance": _short(reference.distance), "patterns": _all(reference.patterns)},
        "sets": {
            one.name: {
                "distance": _short(one.score.distance),
                "patterns": _all(one.score.patterns),
                "parameters": _all(one.values),
            }
            for one in sets
        },
    }
    head = "# Sets of parameters that fit; written by `trappe fit`. Distances are shortfalls.\n"
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    write_whole(file, head + text)


def read_sets(file: Path) -> dict[str, dict[str, float]]:
    """Name of a set: its parameters.

    Raises ``ScenarioError`` for a file that cannot be read, an unknown parameter, or a value out of
    its range.
    """
    document = read(file, "a file of parameter sets")
    places = Places(str(file), document.places)
    try:
        found = FilePart.model_validate(document.data)
    except ValidationError as error:
        raise explained(error.errors(), places, model=FilePart) from None
    for name, one in found.sets.items():
        for parameter, value in one.parameters.items():
            _check(parameter, value, places, ("sets", name, "parameters", parameter))
    return {name: dict(one.parameters) for name, one in found.sets.items()}


def _check(name: str, value: float, places: Places, path: tuple[str, ...]) -> None:
    catalogue = parameter_catalogue()
    if name not in catalogue:
        raise unknown("parameter", name, catalogue, place=places.at(*path), field=".".join(path))
    about = catalogue[name][1]
    if not about.low <= value <= about.high:
        raise explain(
            f"{value:g} is not allowed", place=places.at(*path), field=".".join(path),
            allowed=f"a number from {about.low:g} to {about.high:g} ({about.unit})",
        )  # fmt: skip


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def _all(values: Values) -> dict[str, float]:
    return {name: _short(value) for name, value in values.items()}
