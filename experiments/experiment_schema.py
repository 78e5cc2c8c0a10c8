"""What an experiment file may contain: frozen models, every field with its range.

Levers (what someone can decide) and uncertainties (what nobody decides or knows) stand apart.
What belongs together across fields is checked in ``experiments.experiment_checks``.
"""

from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError

from scenarios.schema import Part, Text, one_of

DISTRIBUTIONS: Final = ("uniform", "loguniform", "triangular", "normal")
DESIGNS: Final = ("list", "full_factorial", "latin_hypercube", "sobol", "morris")
LARGEST: Final = 1e12


def _one_value(given: Any) -> Any:
    if not isinstance(given, bool | int | float | str):
        raise PydanticCustomError("one_value", "a number, a word, true or false", {})
    return given


Setting = Annotated[bool | int | float | str, BeforeValidator(_one_value)]
Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Names = Annotated[tuple[str, ...], Strict(False)]
Settings = Annotated[tuple[Setting, ...], Strict(False)]


class Entry(Part):
    """What one lever or uncertainty may be: a list of values, or a range.

    A lever of the catalogue and a parameter of the model have a range already; write ``{}``.
    """

    name: Text | None = Field(default=None, description="what it is called in reports")
    values: Settings | None = Field(default=None, description="the values themselves")
    low: Number | None = Field(default=None, description="lower end of the range")
    high: Number | None = Field(default=None, description="upper end of the range")
    whole: bool | None = Field(default=None, description="whole numbers only")
    distribution: Annotated[str, *one_of(DISTRIBUTIONS)] | None = Field(
        default=None, description="of an uncertainty within its range; uniform if not said"
    )
    mode: Number | None = Field(default=None, description="most likely value, of triangular")
    mean: Number | None = Field(default=None, description="mean before cutting, of normal")
    deviation: Annotated[float, Field(gt=0.0, le=LARGEST)] | None = Field(
        default=None, description="standard deviation before cutting, of normal"
    )
    paths: dict[str, str] = Field(
        default={}, description="model to path, where a model has it at another path"
    )
    source: str = Field(default="assumption", description="where the range comes from")


class Design(Part):
    """Which points of the space of levers and uncertainties are run."""

    kind: Annotated[str, *one_of(DESIGNS)] = "list"
    settings: Annotated[tuple[dict[str, Setting], ...], Strict(False)] = Field(
        default=(), description="the points of a list: path of a lever or uncertainty to value"
    )
    points: int | None = Field(
        default=None,
        ge=2,
        le=1_000_000,
        description="points of a Latin hypercube, base points of Sobol (a power of 2), "
        "trajectories of Morris",
    )
    levels: int | None = Field(
        default=None,
        ge=2,
        le=100,
        description="steps across a range, of full_factorial (2) and Morris (4, even)",
    )


class Until(Part):
    """Adaptive replication: when to stop adding runs."""

    difference: Names = Field(description="two models; the first minus the second")
    observable: str
    half_width: float = Field(
        gt=0.0, le=LARGEST, description="half the width the interval may have, in the unit"
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.9999, description="of the interval")
    most: int = Field(default=1000, ge=30, le=1_000_000, description="runs of each condition")


class Question(Text):
    """What the experiment is to answer, in words and, where it can be, as a comparison."""

    difference: Names | None = Field(
        default=None, description="two models; the first minus the second answers the question"
    )
    observable: str | None = Field(default=None, description="what answers it")


class Interest(Part):
    """How one observable is looked at."""

    smallest_effect: float | None = Field(
        default=None,
        gt=0.0,
        le=LARGEST,
        description="smallest difference of interest; as in the catalogue if not said",
    )


def _by_name(given: Any) -> Any:
    """A plain list of names is a mapping of names to nothing."""
    return {name: {} for name in given} if isinstance(given, list) else given


Interests = Annotated[dict[str, Interest], BeforeValidator(_by_name)]


class ExperimentFile(Part):
    """An experiment as it is written down before it is run."""

    title: Text
    question: Question
    models: Names = Field(description="organisation models: names, blocks joined by +, or files")
    levers: dict[str, Entry] = Field(default={}, description="what someone can decide, by path")
    uncertainties: dict[str, Entry] = Field(
        default={}, description="what nobody decides or knows, by path"
    )
    design: Design = Design()
    replications: int = Field(
        default=100, ge=1, le=1_000_000, description="runs of each condition, at first"
    )
    until: Until | None = Field(default=None, description="add runs until this is known")
    seed: int = Field(default=1, ge=0, le=2**62, description="first seed; the others follow")
    weeks: int | None = Field(default=None, ge=1, le=2080, description="length of a run, weeks")
    observables: Interests = Field(
        default={}, description="what the answer looks at; the main ones if not said"
    )
    trajectories: bool = Field(default=False, description="keep the weekly numbers too")
    case_logs: bool = Field(default=False, description="keep the events too")
    run_seconds: float = Field(
        default=60.0, gt=0.0, le=86_400.0, description="seconds after which a run counts as hung"
    )
