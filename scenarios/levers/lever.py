"""What is to be known about one lever, and the one way in which turning it can fail."""

from collections.abc import Callable
from typing import Final, NamedTuple

from scenarios.schema import Scenario, Text

ALL: Final = "all"  # in the settings of a lever with targets: what holds for every one of them
ORGANISATIONS: Final = "organisations"
BODIES: Final = "bodies"
PAIRS: Final = "pairs"
PAIR_SIGN: Final = "/"  # parts the two sides of a pair

# What a lever may be turned on one by one, in the words that the docs and the errors use.
TARGETS: Final = {
    ORGANISATIONS: Text(
        da="alle, en lejr eller en organisation", en="all, a camp or an organisation"
    ),
    BODIES: Text(da="alle, et niveau eller et organ", en="all, a level or a body"),
    PAIRS: Text(
        da="alle, eller to organisationer eller lejre skrevet a/b",
        en="all, or two organisations or camps written a/b",
    ),
}

GROUPS: Final = {
    "bodies": Text(da="Organer og møder", en="Bodies and meetings"),
    "decisions": Text(da="Beslutninger", en="Decisions"),
    "relations": Text(da="Tillid og aftaler", en="Trust and agreements"),
    "leadership": Text(da="Ledelse", en="Leadership"),
    "coordination": Text(da="Koordinering i kommunen", en="Coordination in the kommune"),
    "people": Text(da="Medarbejdere", en="Staff"),
    "residents": Text(da="Beboerne og planen", en="Residents and the plan"),
    "secretariat": Text(da="Sekretariatet", en="The secretariat"),
    "area": Text(da="Området", en="The area"),
    "events": Text(da="Udefra", en="From outside"),
}

Turn = Callable[[Scenario, float], Scenario]
TurnAt = Callable[[Scenario, str, float], Scenario]


class Choice(NamedTuple):
    """One of the values of a lever that is a choice; it stands for its place in the row."""

    name: str
    words: Text


class Lever(NamedTuple):
    """One thing that can be turned on any scenario.

    Attributes:
        key, name: how files and people call it.
        group: a key of ``GROUPS``.
        unit: what the number counts, with the meaning of its values where it is a choice.
        low, high, whole: the values allowed, ends included.
        default: where it stands when nobody turns it; None: as the scenario itself says.
        source: where the lever and its direction come from; the sizes are assumptions.
        effect: what turning it up does, and its price, in one sentence.
        turn: the scenario with the lever at a value, for everything it concerns.
        choices: names of the values 0, 1, 2 ... of a lever that is a choice; else empty.
        targets: a key of ``TARGETS`` if it can also be turned on single ones; else empty.
        turn_at: the scenario with the lever at a value on one target.
    """

    key: str
    name: Text
    group: str
    unit: Text
    low: float
    high: float
    whole: bool
    default: float | None
    source: str
    effect: Text
    turn: Turn
    choices: tuple[Choice, ...] = ()
    targets: str = ""
    turn_at: TurnAt | None = None


class LeverError(Exception):
    """Why a lever cannot be turned in this scenario, and what can be done."""

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(problem, allowed)
        self.problem, self.allowed = problem, allowed


class Turning(NamedTuple):
    """How a lever changes a scenario: everywhere, and on one target if it has any."""

    turn: Turn
    turn_at: TurnAt | None = None


def one_by_one(turn_at: TurnAt) -> Turning:
    """A lever that does the same to all targets as to each."""
    return Turning(lambda scenario, value: turn_at(scenario, ALL, value), turn_at)
