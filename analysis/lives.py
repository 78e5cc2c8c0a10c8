"""What is told of a case and of a relation between two organisations, as typed records.

Weeks are counted from 1 and cases from 1, as people count; people, organisations and bodies carry
their names. ``following.Follower`` reads them out of a run.
"""

from dataclasses import dataclass
from typing import Final

from simulation.tracing import PairWeek

OPTIONS: Final = ("nothing", "tell", "divide", "together", "try_new")


@dataclass(frozen=True)
class Happening:
    """One event: ``kind`` as in ``vocabulary.EVENTS``, names or an empty string."""

    week: int
    kind: str
    actor: str
    other: str
    forum: str
    value: float


@dataclass(frozen=True)
class Option:
    """One option as one side weighed it; worth = gain - hours - waiting + noise."""

    name: str
    gain: float
    hours: float
    waiting: float
    noise: float
    worth: float


@dataclass(frozen=True)
class Side:
    """What one person weighed; ``chosen`` and the names of options are in OPTIONS."""

    person: str
    organisation: str
    options: tuple[Option, ...]
    chosen: str
    trust: float
    agreement: float
    load: float
    expected_wait: float


@dataclass(frozen=True)
class Partner:
    """One partner in a case: what was agreed and why, what each gave, and what came of it.

    ``step`` is the step read afterwards, -1 when the case ended without one being read. Hours are
    those promised and those given, alone and together. A side is None when it never chose.
    """

    person: str
    organisation: str
    settled: str
    step: int
    holder_side: Side | None
    partner_side: Side | None
    promised: float
    given: float
    together: float

    @property
    def reluctant(self) -> str:
        """Who wanted to go less far, or an empty string when both wanted the same."""
        if self.holder_side is None or self.partner_side is None:
            return ""
        holder, partner = (
            OPTIONS.index(side.chosen) for side in (self.holder_side, self.partner_side)
        )
        if holder == partner:
            return ""
        return self.holder_side.person if holder < partner else self.partner_side.person


@dataclass(frozen=True)
class Stay:
    """A matter with one body: what the meetings there did while it waited.

    ``outcome`` is the kind of event that ended it, or ``waiting``. Of the meetings held,
    ``not_reached`` had no room for it; ``shared_goals`` and ``trust`` are those of the people
    present the last time it was taken up, None if it never was.
    """

    forum: str
    first_week: int
    last_week: int
    outcome: str
    meetings_held: int
    meetings_failed: int
    deferred: int
    not_reached: int
    shared_goals: float | None
    trust: float | None


@dataclass(frozen=True)
class CaseLife:
    """The life of a case. ``last_week`` is the last in which anything happened in it."""

    number: int
    theme: str
    difficulty: float
    size: str
    hours: float
    origin: str
    helpers: tuple[str, ...]
    first_week: int
    last_week: int
    deadline_week: int
    status: str
    holder: str
    holder_promised: float
    holder_given: float
    partners: tuple[Partner, ...]
    not_reached: tuple[str, ...]
    stays: tuple[Stay, ...]
    step: int
    double_hours: float
    happenings: tuple[Happening, ...]

    @property
    def weeks_waited(self) -> int:
        """Weeks spent with bodies, in all."""
        return sum(stay.last_week - stay.first_week for stay in self.stays)


@dataclass(frozen=True)
class CaseRow:
    """A case in one line; ``step`` is -1 unless it finished."""

    number: int
    first_week: int
    last_week: int
    theme: str
    size: str
    origin: str
    status: str
    step: int
    weeks_waited: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class SharedCase:
    """A case that the two organisations had together; ``step`` is -1 while none has been read."""

    number: int
    week: int
    holder: str
    partner: str
    settled: str
    step: int
    step_week: int | None


@dataclass(frozen=True)
class Carrier:
    """A person of one of the two, and how many of the shared cases went through this person."""

    person: str
    organisation: str
    cases: int
    share: float
    left_weeks: tuple[int, ...]


@dataclass(frozen=True)
class RelationLife:
    """What passed between two organisations; ``weeks`` are in order, one a week.

    ``happenings`` are what both people of a shared case are named in, beyond what every case has;
    ``events`` are their numbers in the run's record.
    """

    one: str
    other: str
    cases: tuple[SharedCase, ...]
    weeks: tuple[PairWeek, ...]
    happenings: tuple[Happening, ...]
    events: tuple[int, ...]
    carriers: tuple[Carrier, ...]

    def steps(self) -> tuple[int, int, int, int, int]:
        """Shared cases by the step that was read of them."""
        counts = [0] * 5
        for case in self.cases:
            if case.step >= 0:
                counts[case.step] += 1
        return counts[0], counts[1], counts[2], counts[3], counts[4]


def lacking(partner: Partner) -> str:
    """Why a pair's step lies below what it agreed, as a word; empty when it does not.

    ``ended``: the case ended before a step could be read. ``hours``: too little was done of what
    was promised, or done apart. ``method``: they worked together, but nothing new came of it.
    """
    agreed = OPTIONS.index(partner.settled)
    if partner.step < 0:
        return "ended" if agreed >= OPTIONS.index("divide") else ""
    if partner.step >= agreed:
        return ""
    return "method" if partner.step == OPTIONS.index("together") else "hours"
