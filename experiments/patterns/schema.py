"""What a pattern file may contain: frozen models, every field with its meaning."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from scenarios.schema import Id, Text, one_of
from simulation.ablation import MECHANISMS
from simulation.vocabulary import LEVELS, SIZES

WINDOWS: Final = ("last year", "first year", "whole run")
DIRECT: Final = "direct"
WEEK: Final = "week"
RISING: Final = "rising"
FALLING: Final = "falling"


class Part(BaseModel):
    """Common to everything in a pattern."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def _wrapped(field: str) -> BeforeValidator:
    """A plain word or number stands for a mapping with this one field."""
    return BeforeValidator(
        lambda given: {field: given} if isinstance(given, str | int | float) else given
    )


def _both_languages(given: Any) -> Any:
    return {"da": given, "en": given} if isinstance(given, str) else given


def _one_or_list(given: Any) -> Any:
    return (given,) if isinstance(given, dict | str) else given


def _window(given: Any) -> Any:
    """``last year`` and the like stay words; two week numbers become a pair."""
    if isinstance(given, str) and given in WINDOWS:
        return given
    numbers = isinstance(given, list | tuple) and len(given) == 2
    if numbers and all(isinstance(week, int) and week >= 1 for week in given):
        return tuple(given)
    raise PydanticCustomError(
        "stated",
        "“{given}” is no time window; allowed: [first week, last week] counted from 1, or {words}",
        {"given": given, "words": ", ".join(WINDOWS)},
    )


Name = Annotated[str, Field(min_length=1)]
Names = Annotated[tuple[Name, ...], Strict(False), BeforeValidator(_one_or_list)]
BothLanguages = Annotated[Text, BeforeValidator(_both_languages)]
Window = Annotated[Any, BeforeValidator(_window)]
Weeks = Annotated[int, Field(ge=1, le=2080, description="length of a run, weeks")]
Settings = dict[str, Any]


class Staged(Part):
    """A scenario: an organisation model and what is changed in it."""

    model: Name | None = Field(
        default=None, description="a shipped model, a file, or blocks joined as a+b+c"
    )
    levers: Settings = Field(default={}, description="lever: value")
    parameters: Settings = Field(default={}, description="parameter: value")
    settings: Settings = Field(default={}, description="place in the scenario: value, as --set")
    without: Annotated[
        tuple[Annotated[str, *one_of(MECHANISMS)], ...],
        Strict(False),
        BeforeValidator(_one_or_list),
    ] = Field(default=(), description="mechanisms switched off")
    weeks: Weeks | None = None
    vary: dict[str, Annotated[tuple[Any, ...], Strict(False)]] = Field(
        default={},
        description="place as in --set (levers.x, parameters.x, ...): list of values; every "
        "combination becomes a scenario, and the name stands for all of them",
    )


class Observed(Part):
    """What is measured: a catalogue observable, filtered, or several put together."""

    name: Name | None = Field(default=None, description="an observable of the catalogue")
    weeks: Window = Field(
        default=None, description="[first, last] week counted from 1, or " + ", ".join(WINDOWS)
    )
    level: Annotated[str, *one_of(LEVELS)] | None = None
    between: Names = Field(
        default=(), description="organisations or camps: pairs of organisations from two of them"
    )
    size: Annotated[str, *one_of(SIZES[1:])] | None = Field(default=None, description="of matter")
    body: Name | None = Field(default=None, description="a body of the scenario")
    growth: Name | None = Field(
        default=None, description="rise of a stock per `week`, or per unit of a flow, in the weeks"
    )
    sum: Annotated[tuple["Measured", ...], Strict(False)] = Field(
        default=(), description="observables added up"
    )
    difference: Annotated[tuple["Measured", ...], Strict(False)] = Field(
        default=(), description="two observables, the second taken from the first"
    )
    ratio: Annotated[tuple["Measured", ...], Strict(False)] = Field(
        default=(), description="two observables, the first over the second"
    )
    by: Annotated[float, Field(ge=0.0, le=1e9)] | None = Field(
        default=None, description="smallest effect of interest, in the observable's unit"
    )


Measured = Annotated[Observed, _wrapped("name")]


class Near(Part):
    """One scenario lies near the better of others."""

    scenario: Name
    of: Names
    within: Annotated[float, Field(ge=0.0, le=1.0)] = Field(
        default=0.25, description="share of the way from the better to the worst that is still near"
    )
    better: Annotated[str, *one_of(("more", "less"))] | None = Field(
        default=None, description="default: the observable's own direction"
    )


class Correlated(Part):
    """Two observables vary together, across runs or across scenarios."""

    of: Measured
    with_: Measured = Field(alias="with")


class Bounds(Part):
    """A value lies within limits."""

    at_least: float | None = None
    at_most: float | None = None


class Clause(Part):
    """One thing expected; exactly one of the first seven fields says what kind."""

    order: Name | None = Field(
        default=None,
        description="`A > B >= C ~ D` over scenarios or observables; or `rising`, `falling` "
        "along a varied scenario",
    )
    profile: Name | None = Field(
        default=None,
        description="the same over levels or sizes of matter, as `executing > tactical`",
    )
    interaction: Name | None = Field(
        default=None, description="the same over differences, as `(a1 - a0) > (b1 - b0)`"
    )
    level: Bounds | None = Field(default=None, description="the value itself lies within limits")
    ratio: Name | None = Field(default=None, description="`A / B` lies within limits")
    near_better: Near | None = None
    correlation: Correlated | None = None
    scenario: Names = Field(default=(), description="where; names can be subtracted: `A - B`")
    observable: Measured | None = Field(default=None, description="what")
    weeks: Window = Field(default=None, description="for observables that give no weeks themselves")
    by: Annotated[float, Field(ge=0.0, le=1e9)] | None = Field(
        default=None, description="smallest effect of interest; default: the observable's"
    )
    at_least: float | None = None
    at_most: float | None = None


# What may stand beside each kind of expectation.
_COMPARED: Final = ("scenario", "observable", "weeks", "by")
BESIDE: Final[dict[str, tuple[str, ...]]] = {
    "order": _COMPARED,
    "profile": _COMPARED,
    "interaction": _COMPARED,
    "level": ("scenario", "observable", "weeks"),
    "ratio": ("scenario", "observable", "weeks", "at_least", "at_most"),
    "near_better": ("observable", "weeks", "by"),
    "correlation": ("scenario", "weeks", "at_least", "at_most"),
}


def _one_kind(clause: Clause) -> Clause:
    given = [kind for kind in BESIDE if kind in clause.model_fields_set]
    if len(given) != 1:
        told = "none is" if not given else f"{' and '.join(given)} are"
        raise PydanticCustomError(
            "stated",
            "an expectation is of one kind, {told} given; allowed: one of {kinds}",
            {"told": told, "kinds": ", ".join(BESIDE)},
        )
    kind = given[0]
    for field in Clause.model_fields:
        if field in clause.model_fields_set and field not in (kind, *BESIDE[kind]):
            raise PydanticCustomError(
                "stated",
                "`{field}` does not go with `{kind}`; allowed beside it: {beside}",
                {"field": field, "kind": kind, "beside": ", ".join(BESIDE[kind])},
            )
    along = getattr(clause, kind) in (RISING, FALLING)
    if kind in ("order", "interaction") and clause.observable and clause.scenario and not along:
        raise PydanticCustomError(
            "stated",
            "give `observable` to compare scenarios, or `scenario` to compare observables",
            {},
        )
    return clause


class Pattern(Part):
    """A finding: scenarios, what is observed in them, what is expected; all clauses must hold."""

    id: Annotated[str, Field(pattern=r"^[a-zæøå0-9][a-zæøå0-9_]*$")]
    title: BothLanguages | None = None
    source: Name = Field(description="where the finding comes from")
    label: Annotated[str, *one_of((DIRECT,))] | None = Field(
        default=None, description="`direct`: nearly restates one rule of the model"
    )
    fit: bool = Field(default=False, description="may be used when parameters are searched for")
    note: BothLanguages | None = Field(default=None, description="what a reader should know")
    common: Staged = Field(default=Staged(), description="holds for every scenario")
    scenarios: dict[Id, Annotated[Staged, _wrapped("model")]]
    observables: dict[Id, Measured] = Field(default={}, description="names used below")
    expect: Annotated[
        tuple[Annotated[Clause, AfterValidator(_one_kind)], ...],
        Strict(False),
        BeforeValidator(_one_or_list),
        Field(min_length=1),
    ]

    def called(self, language: str) -> str:
        """Title in ``da`` or ``en``, or the id."""
        if self.title is None:
            return self.id
        return self.title.da if language == "da" else self.title.en
