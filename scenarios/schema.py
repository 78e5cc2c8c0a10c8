"""What a scenario file may contain: frozen models, every field with unit and range.

``None`` in an actor's field means "as its role says" (see :meth:`Scenario.person`).
"""

import re
from typing import Annotated, Any, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from scenarios.sources import problem_with_tag
from simulation.ablation import MECHANISMS
from simulation.vocabulary import (
    CAMPS,
    FORMATS,
    LEVELS,
    ORGANISATION_KINDS,
    RIGHTS,
    ROLES,
    SHOCKS,
    SIZES,
    THEMES,
)

LENT_LEADERS = ("home", "both", "plan")
HOME = "home"  # in a route: the home body of the organisation that the matter comes from
EVERYONE = "*"
COLLECTIONS = (
    "areas", "organisations", "roles", "actors", "fora", "routes", "relations", "events",
)  # fmt: skip


def one_of(names: tuple[str, ...]) -> tuple[Any, Any]:
    """A validator and a JSON-schema entry for a word that must be one of ``names``."""

    def check(given: str) -> str:
        if given not in names:
            raise PydanticCustomError("one_of", "not a known name", {"names": names})
        return given

    return AfterValidator(check), Field(json_schema_extra={"enum": list(names)})


def _check_source(tag: str) -> str:
    problem = problem_with_tag(tag)
    if problem:
        raise PydanticCustomError("source", "{problem}", {"problem": problem})
    return tag


def _check_weights(weights: dict[str, float]) -> dict[str, float]:
    if weights and not sum(weights.values()) > 0.0:
        raise PydanticCustomError("weights", "at least one weight must be above 0", {})
    return weights


def _members(given: Any) -> Any:
    """Members may be written as a mapping of ids, so that blocks can add and delete single ones."""
    if isinstance(given, dict) and all(value is True for value in given.values()):
        return tuple(given)
    return given


def _lever_setting(given: Any) -> Any:
    """A number, a name, or one of these per target; what a lever allows is checked with it."""
    values = given.values() if isinstance(given, dict) else (given,)
    if all(value is None or isinstance(value, str | int | float) for value in values):
        return given
    raise PydanticCustomError("lever", "not a value of a lever", {})


LeverSetting = Annotated[
    Any,
    AfterValidator(_lever_setting),
    Field(
        json_schema_extra={
            "anyOf": [
                {"type": "number"},
                {"type": "string"},
                {
                    "type": "object",
                    "additionalProperties": {"anyOf": [{"type": "number"}, {"type": "string"}]},
                },
            ]
        }
    ),
]
Theme = Annotated[str, *one_of(THEMES)]
Level = Annotated[str, *one_of(LEVELS)]
Size = Annotated[str, *one_of(SIZES)]
MatterSize = Annotated[str, *one_of(SIZES[1:])]  # what needs no decision has no route
Source = Annotated[str, AfterValidator(_check_source)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Weight = Annotated[float, Field(ge=0.0, le=1000.0)]
Mandate = Annotated[
    float, Field(ge=0.0, le=3.0, description="largest size it may decide, 0 none to 3 large")
]
ThemeWeights = Annotated[dict[Theme, Weight], AfterValidator(_check_weights)]
SizeWeights = Annotated[dict[Size, Weight], AfterValidator(_check_weights)]
ThemeShares = dict[Theme, Share]
Id = Annotated[str, Field(pattern=r"^[a-zæøå][a-zæøå0-9_]*$")]
Ids = Annotated[tuple[str, ...], Strict(False)]
Members = Annotated[tuple[str, ...], Strict(False), BeforeValidator(_members)]


class Part(BaseModel):
    """Common to everything in a scenario."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        serialize_by_alias=True,
    )


class Text(Part):
    """A text in both languages."""

    da: str
    en: str


class Sourced(Part):
    """Something whose values come from somewhere."""

    source: Source = Field(
        description="where the values come from, unless `sources` says otherwise"
    )
    sources: dict[str, Source] = Field(default={}, description="field: where its value comes from")


class Area(Sourced):
    """A housing area with its cases."""

    name: Text
    case_rate: float = Field(ge=0.0, le=40.0, description="new cases, cases a week")
    needs: ThemeWeights = Field(description="how the cases fall on the themes, relative weights")
    size_share: SizeWeights = Field(
        description="how many cases need a decision of each size, relative weights"
    )
    hours_mean: float = Field(gt=0.0, le=400.0, description="mean work in a case, hours")
    hours_spread: Share = Field(description="half-width of the work in a case, share of the mean")
    urgency_weeks: float = Field(
        gt=0.0, le=1000.0, description="mean time until an undecided case is overtaken, weeks"
    )
    acceptance: Share = Field(description="residents' acceptance of the effort at the start, share")
    framing: float = Field(
        default=0.0,
        ge=-1.0,
        le=1.0,
        description="how the plan is framed: -1 civilly (with and for all residents) to 1 publicly "
        "(close to the kommune's core tasks)",
    )
    innovation_pool_hours: float = Field(
        default=0.0, ge=0.0, le=10_000.0, description="pool for joint innovation, hours a year"
    )


class Organisation(Sourced):
    """Someone's home organisation."""

    name: Text
    kind: Annotated[str, *one_of(ORGANISATION_KINDS)]
    camp: Annotated[str, *one_of(CAMPS)]
    goals: ThemeWeights = Field(description="its own goals over the themes, relative weights")
    relevance: ThemeShares = Field(description="how much its contribution helps per theme, share")
    desk: Weight = Field(description="how many cases first show up here, relative weight")
    control: Share = Field(description="0 led by trust to 1 tightly controlled by targets, share")
    attention: Share = Field(description="attention core operations leave for the plan, share")
    areas: Ids = Field(default=(EVERYONE,), description="areas it takes part in, * for all")
    home_body: Id | None = Field(default=None, description="the internal body that `home` means")
    geography: Share = Field(
        default=0.0,
        description="cases are given out by the resident's number to many (0) or by place to few "
        "(1), share",
    )
    defined_plan: Share = Field(
        default=0.5,
        description="its people had the plan imposed on them (0), neither (0.5) or defined it with "
        "others (1), share",
    )


Hours = Annotated[float, Field(ge=0.0, le=60.0, description="time for this work, hours a week")]
OwnMandate = Annotated[
    float, Field(ge=0.0, le=3.0, description="largest size decided alone, 0 none to 3 large")
]
Daring = Annotated[
    float, Field(ge=0.0, le=1.0, description="chance that the person dares to use the mandate")
]
Overlap = Annotated[
    float, Field(ge=0.0, le=1.0, description="how much own core tasks touch the plan's work, share")
]
Coordinating = Annotated[
    float, Field(ge=0.0, le=1.0, description="share of the hours kept for coordinating")
]
Turnover = Annotated[
    float, Field(ge=0.0, le=1.0, description="chance to leave within a year, share")
]
ActivityHours = Annotated[
    float, Field(ge=0.0, le=60.0, description="running activities for residents, hours a week")
]


class RoleValues(Sourced):
    """What people in one role have in common."""

    level: Level
    hours: Hours
    mandate: OwnMandate = 0.0
    mandate_clarity: Daring
    overlap: Overlap
    skill: ThemeShares = Field(description="skill per theme, share")
    leads: bool = Field(default=False, description="a leader whose attention frees staff")
    operates: bool = Field(default=False, description="belongs to daily operations")
    coordinating: Coordinating = 0.0
    turnover: Turnover
    activity_hours: ActivityHours = 0.0


class Actor(Sourced):
    """A post held by one person; what is left out is as the role says."""

    name: Text
    organisation: Id
    role: Annotated[str, *one_of(ROLES)]
    level: Level | None = None
    hours: Hours | None = None
    mandate: OwnMandate | None = None
    mandate_clarity: Daring | None = None
    overlap: Overlap | None = None
    skill: ThemeShares | None = None
    leads: bool | None = None
    operates: bool | None = None
    coordinating: Coordinating | None = None
    turnover: Turnover | None = None
    activity_hours: ActivityHours | None = None
    defined_plan: Share | None = Field(
        default=None, description="as for the organisation, where this person differs, share"
    )
    lent_to: Id | None = Field(default=None, description="organisation it is lent to as well")
    lent_share: Share = Field(default=0.5, description="share of the hours worked where it is lent")
    leader: Annotated[str, *one_of(LENT_LEADERS)] = Field(
        default="home", description="who leads someone lent: home, both, or plan (where it is lent)"
    )


class Forum(Sourced):
    """A body that meets."""

    name: Text
    level: Level
    area: Id | None = Field(default=None, description="the one area it is for; left out: for all")
    period_weeks: int = Field(ge=1, le=208, description="time between meetings, weeks")
    phase_week: int | None = Field(
        default=None,
        ge=0,
        le=207,
        description="first meeting, week; drawn anew in each run if left out",
    )
    capacity: int = Field(ge=1, le=1000, description="matters a meeting can handle")
    format: Annotated[str, *one_of(FORMATS)] = "conventional"
    hours: float = Field(gt=0.0, le=16.0, description="length of a meeting, hours")
    preparation_hours: float = Field(
        default=0.0, ge=0.0, le=16.0, description="preparation per member and meeting, hours"
    )
    premeeting_weeks: int = Field(
        default=0,
        ge=0,
        le=51,
        description="from the camps' pre-meeting to the meeting, weeks; 0 none",
    )
    premeeting_hours: float = Field(
        default=1.0, ge=0.0, le=16.0, description="each member's time at a pre-meeting, hours"
    )
    right: Annotated[str, *one_of(RIGHTS)]
    mandate: Mandate = 0.0
    mandate_clarity: Share = Field(default=1.0, description="chance that it uses its mandate")
    of_plan: bool = Field(default=True, description="false: an internal body of one organisation")
    members: Members


class Route(Sourced):
    """The bodies a matter passes, up to the highest that may decide it."""

    origins: Ids = Field(alias="from", description="organisations, camps, or * for everyone")
    areas: Ids = Field(
        default=(EVERYONE,), description="areas whose matters go this way, * for all"
    )
    size: Annotated[tuple[MatterSize, ...], Strict(False)]
    via: Ids = Field(description="fora in order; `home` is the home body of the origin")


class RelationValues(Sourced):
    """What holds between two organisations at the start; what is left out is as elsewhere."""

    role_clarity: Share | None = Field(default=None, description="clarity of boundaries, share")
    formal_agreement: Share | None = Field(default=None, description="share held in writing")
    trust: Share | None = Field(default=None, description="mean first trust between people, share")
    acquaintance: Share | None = Field(
        default=None, description="acquaintance of people who share a body, share"
    )
    names_resources: Share | None = Field(
        default=None, description="how far the agreement names staff resources, share"
    )
    managers_took_part: Share | None = Field(
        default=None, description="how far managers of those staff took part in making it, share"
    )
    shared_data: Share | None = Field(default=None, description="data kept and shared, share")
    loyalty: Share | None = Field(
        default=None, description="how loyally people speak of each other, share"
    )
    failure_owned: Share | None = Field(
        default=None, description="how far failure is owned jointly by agreement, share"
    )
    between: Ids | None = Field(default=None, description="two organisations or camps")


class OutsideEvent(Sourced):
    """Something that happens from outside, at the same time in every organisation model."""

    name: Text
    kind: Annotated[str, *one_of(SHOCKS)]
    week: int | None = Field(
        default=None, ge=0, le=2079, description="begins, week; drawn from the seed if left out"
    )
    yearly_chance: Share = Field(
        default=0.0, description="chance to begin within a year where no week is given, share"
    )
    weeks: int = Field(default=26, ge=1, le=207, description="lasts, weeks")
    share: Share = Field(
        default=0.2,
        description="of hours cut, councillors replaced, attendance demanded, or (new_period) "
        "chance a year that the plan's staff leave before it, share",
    )
    factor: float = Field(
        default=2.0, ge=1.0, le=5.0, description="acute_wave: times the ordinary number of cases"
    )
    area: Id | None = Field(default=None, description="acute_wave: only this area")
    concerns: Ids = Field(
        default=(EVERYONE,), description="organisations or camps it concerns, * for all"
    )


def _named_file(given: Any) -> Any:
    return {"file": given} if isinstance(given, str) else given


class SurveyFile(Part):
    """A CSV file, and what stood in it when the scenario was loaded."""

    file: str
    text: str = ""


CsvPath = Annotated[
    SurveyFile,
    BeforeValidator(_named_file),
    WithJsonSchema({"type": "string", "description": "path of a CSV file"}),
]


SCALE = re.compile(r"^(\d+)\s*[-–]\s*(\d+)$")


def scale_of(written: str) -> tuple[int, int] | None:
    """The lowest and the highest answer of a scale written as 1-5; None for anything else."""
    parts = SCALE.match(written.strip())
    if parts is None or int(parts[1]) >= int(parts[2]):
        return None
    return int(parts[1]), int(parts[2])


def _check_scale(written: Any) -> Any:
    if not isinstance(written, str) or scale_of(written) is None:
        problem = "not a scale; allowed: the lowest and the highest answer, as in 1-5"
        raise PydanticCustomError("stated", "{problem}", {"problem": problem})
    return written


AnswerScale = Annotated[str, BeforeValidator(_check_scale)]


class SurveyData(Part):
    """What was measured, in place of the model's own start; see ``scenarios.surveying``."""

    trust: CsvPath | None = Field(default=None, description="CSV with from, to and trust")
    acquaintance: CsvPath | None = Field(
        default=None, description="CSV with from, to and acquaintance"
    )
    scale: AnswerScale | None = Field(
        default=None, description="lowest and highest answer, as in 1-5; 0 and 1 if left out"
    )


class Person(NamedTuple):
    """An actor with the values of the role filled in."""

    organisation: str
    role: str
    level: str
    hours: float
    mandate: float
    mandate_clarity: float
    overlap: float
    skill: dict[str, float]
    leads: bool
    operates: bool
    coordinating: float
    turnover: float
    activity_hours: float


class Scenario(Part):
    """One organised world as data. ``scenarios.load`` makes it and checks what refers to what."""

    key: str
    name: Text
    description: Text
    weeks: int = Field(default=208, ge=1, le=2080, description="length of a run, weeks")
    areas: dict[Id, Area]
    organisations: dict[Id, Organisation]
    roles: dict[Annotated[str, *one_of(ROLES)], RoleValues]
    actors: dict[Id, Actor]
    fora: dict[Id, Forum]
    routes: dict[Id, Route] = {}
    relations: dict[Id, RelationValues]
    events: dict[Id, OutsideEvent] = Field(default={}, description="outside events")
    data: SurveyData | None = Field(default=None, description="measured trust and acquaintance")
    near_body: Id | None = Field(default=None, description="the body nearest the work")
    near_body_copies: Ids = Field(default=(), description="the same body in further areas")
    parameters: dict[str, float] = Field(default={}, description="overrides of model parameters")
    levers: dict[str, LeverSetting] = Field(
        default={}, description="lever to value, or to a value per target"
    )
    switches: dict[Annotated[str, *one_of(MECHANISMS)], bool] = Field(
        default={}, description="mechanisms taken out: false switches one off, benefit and price"
    )

    def switched_off(self) -> tuple[str, ...]:
        """Mechanisms that are off, in the order of ``simulation.ablation.MECHANISMS``."""
        return tuple(name for name in MECHANISMS if not self.switches.get(name, True))

    def person(self, actor: str) -> Person:
        """The post ``actor`` with what its role says wherever it says nothing itself."""
        own = self.actors[actor]
        role = self.roles[own.role]
        values = {
            name: getattr(role, name) if (value := getattr(own, name)) is None else value
            for name in Person._fields
            if name not in ("organisation", "role")
        }
        return Person(own.organisation, own.role, **values)
