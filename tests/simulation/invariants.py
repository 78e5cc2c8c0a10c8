"""What must hold in every run, as functions that return complaints (none when all is well).

A ``Watch`` puts itself between the phases of the week, as a user's own phase would.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from simulation.observables import N_STOCKS, WEEKLY
from simulation.parameters import Parameters
from simulation.runs import Phase, Run, run_one
from simulation.schedule import WEEK
from simulation.state import Record, State
from simulation.structure import Structure
from simulation.ties import acquaintance_matrix
from simulation.vocabulary import (
    CAMP_HELHEDSPLAN,
    CONFLICT,
    DECIDE,
    DECIDING,
    EVENT_DECIDED,
    FINISHED,
    FUTURE,
    GIVEN_UP,
    N_SIZES,
    N_SLOTS,
    N_TIE_KINDS,
    NOBODY,
    NOTICED,
    OVERTAKEN,
    TIE_ACROSS,
    TIE_PARTNERS,
    TIE_WITHIN,
    WORKING,
)

NEARLY = 1e-9
OPEN = (NOTICED, DECIDING, WORKING, CONFLICT)
ENDED = (FINISHED, GIVEN_UP, OVERTAKEN)
SHARES = (
    "goals",
    "ownership",
    "knowledge",
    "attention",
    "load",
    "tie_trust",
    "tie_acquaintance",
    "organisation_attention",
    "role_clarity",
    "acceptance",
    "say",
    "active_residents",
    "own_goals",
)
# Members of the state that mechanisms of bodies add
SHARES += ("top_attention", "meeting_prepared", "view_weight", "hours_factor", "attendance_floor")
CASE_SHARES = ("case_difficulty", "case_voice")
NOT_NEGATIVE = (
    "expected_wait",
    "hours_available",
    "hours_wanted",
    "hours_spent",
    "relation_steps",
    "organisation_methods",
    "queue_length",
    "meeting_hours",
    "generation",
    "pool",
    "method_knowers",
    "hours_activity",
)
CASE_NOT_NEGATIVE = ("case_hours", "case_need", "case_apart", "case_joint", "case_double")
HOURS_USED = (
    "hours_meeting",
    "hours_coordination",
    "hours_work",
    "double_hours",
    "hours_activities",
    "hours_upkeep",
)
SYMMETRIC = ("tie_at", "role_clarity")
OF_THE_ABSENT = ("hours_left", "goals", "knowledge", "attention")
SHARE_COLUMNS = [
    place
    for place, name in enumerate(WEEKLY[:N_STOCKS])
    if name not in ("ties_between", "open_cases", "queue", "ladder")
]


def outside(name: str, values: np.ndarray, low: float, high: float) -> Iterator[str]:
    """Complain of values that are not finite or lie outside a range."""
    if not np.isfinite(values).all():
        yield f"range: {name} is not finite"
    elif values.size and (values.min() < low - NEARLY or values.max() > high + NEARLY):
        yield f"range: {name} lies in {values.min()}..{values.max()}, not {low}..{high}"


def ranges(state: State) -> Iterator[str]:
    """Every quantity lies in its documented range, and views of the goals sum to one."""
    arisen = int(state.cases_arisen[0])
    for name in SHARES:
        yield from outside(name, getattr(state, name), 0.0, 1.0)
    for name in CASE_SHARES:
        yield from outside(name, getattr(state, name)[:arisen], 0.0, 1.0)
    for name in NOT_NEGATIVE:
        yield from outside(name, getattr(state, name), 0.0, np.inf)
    for name in CASE_NOT_NEGATIVE:
        yield from outside(name, getattr(state, name)[:arisen], 0.0, np.inf)
    yield from outside("case_settled", state.case_settled[:arisen], 0, 4)
    yield from outside("case_place", state.case_place[:arisen], 0, 4)
    yield from outside("case_advice", state.case_advice[:arisen], -1.0, 1.0)
    yield from outside("ladder", state.ladder, 0.0, 4.0)
    yield from outside("relation_place", state.relation_place, -1, 4)
    if np.abs(state.goals.sum(axis=1) - 1.0).max() > NEARLY:
        yield "range: a view of the goals does not sum to one"
    for name in SYMMETRIC:
        values = getattr(state, name)
        if not np.array_equal(values, values.T):
            yield f"range: {name} is not symmetric"


def of_the_absent(state: State) -> dict[str, np.ndarray]:
    """What meetings must leave as it is for those who are not in post."""
    values = {name: getattr(state, name) for name in OF_THE_ABSENT}
    values["acquaintance"] = acquaintance_matrix(state)
    return {name: array[~state.present].copy() for name, array in values.items()}


def _kinds(structure: Structure, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Kind of each pair: colleagues, people of two camps that run the plan, or others."""
    one, other = structure.actor_organisation[first], structure.actor_organisation[second]
    camp, camp_other = structure.organisation_camp[one], structure.organisation_camp[other]
    partners = (camp != camp_other) & (np.maximum(camp, camp_other) <= CAMP_HELHEDSPLAN)
    across = np.where(partners, TIE_PARTNERS, TIE_ACROSS)
    return np.where(one == other, TIE_WITHIN, across)


def _noted(structure: Structure, state: State, one: np.ndarray, other: np.ndarray) -> bool:
    """Whether of each pair the one notes the other's workplace, and where that one is lent to."""
    home, lent = structure.actor_organisation[other], structure.actor_lent_to[other]
    away = lent != NOBODY
    at_home, there = state.may_know_at[one, home], state.may_know_at[one[away], lent[away]]
    return bool(at_home.all() and there.all())


def ties(structure: Structure, state: State) -> Iterator[str]:
    """The list of ties holds each pair that knows each other once, kind by kind."""
    count, people = int(state.tie_count[0]), len(state.tie_at)
    first = state.tie_first[1:count].astype(np.int64)
    second = state.tie_second[1:count].astype(np.int64)
    listed = np.unique(first * people + second)
    known = np.flatnonzero(np.triu(state.tie_at))
    i, j = np.divmod(known, people)
    if len(listed) < len(first):
        yield "ties: a pair is listed twice"
    elif (state.tie_at[first, second] != np.arange(1, count)).any():
        yield "ties: a pair has another's tie"
    if not np.array_equal(listed, known):
        yield "ties: the list is not who knows whom"
    if state.tie_acquaintance[0] or state.tie_trust[0].any() or state.tie_former_known[0].any():
        yield "ties: strangers are acquainted"
    if not (_noted(structure, state, i, j) and _noted(structure, state, j, i)):
        yield "ties: it is not noted where someone is known"
    kinds = _kinds(structure, first, second)
    if (np.diff(kinds) < 0).any():
        yield "ties: they do not lie kind by kind"
    starts = [1 + int(np.count_nonzero(kinds < kind)) for kind in range(N_TIE_KINDS)]
    if state.tie_start.tolist() != starts:
        yield "ties: a kind begins elsewhere than its first tie"


def methods(state: State) -> Iterator[str]:
    """Who knows a method is counted, and nobody who is away knows one."""
    arisen = int(state.cases_arisen[0])
    known = state.method_known[state.method_known != NOBODY]
    counted = np.bincount(known, minlength=arisen)[:arisen]
    if not np.array_equal(counted, state.method_knowers[:arisen]):
        yield "methods: those who know one are miscounted"
    if (state.method_known[~state.present] != NOBODY).any():
        yield "methods: someone absent knows one"


def queues(state: State) -> Iterator[str]:
    """A matter waits in at most one queue; queues hold what is undecided or in conflict."""
    place: dict[int, int] = {}
    for forum in range(len(state.queue_head)):
        case, last, length = int(state.queue_head[forum]), NOBODY, 0
        while case != NOBODY:
            if case in place:
                yield f"queues: case {case} waits twice"
                return
            place[case], last, length = forum, case, length + 1
            case = int(state.case_next[case])
        if last != state.queue_tail[forum] or length != state.queue_length[forum]:
            yield f"queues: the end or the length of queue {forum} is wrong"
    for case in range(int(state.cases_arisen[0])):
        status, forum = int(state.case_status[case]), int(state.case_forum[case])
        if forum != place.get(case, NOBODY):
            yield f"queues: case {case} does not know where it waits"
        if status == DECIDING and case not in place:
            yield f"queues: case {case} is undecided and waits nowhere"
        if case in place and status not in (DECIDING, CONFLICT):
            yield f"queues: case {case} waits with status {status}"


def statuses(state: State) -> Iterator[str]:
    """Open cases are on the list once, in order; ended and future ones are not."""
    arisen = int(state.cases_arisen[0])
    listed = state.open_cases[: int(state.open_count[0])].tolist()
    open_ones = [case for case in range(arisen) if state.case_status[case] in OPEN]
    if listed != open_ones:
        yield "statuses: the list of open cases is not the open cases"
    if not np.isin(state.case_status[:arisen], OPEN + ENDED).all():
        yield "statuses: a case has no status"
    if (state.case_status[arisen:] != FUTURE).any():
        yield "statuses: a case that has not arisen has a status"


def people_of_cases(structure: Structure, state: State) -> Iterator[str]:
    """A partner belongs to the organisation that would help; nobody is in a case twice."""
    arisen = int(state.cases_arisen[0])
    actors, helpers = state.case_actor[:arisen], state.case_helper[:arisen]
    for slot in range(N_SLOTS):
        there = actors[:, slot] != NOBODY
        home = structure.actor_organisation[actors[there, slot]]
        host = structure.actor_lent_to[actors[there, slot]]
        wanted = state.case_origin[:arisen] if slot == 0 else helpers[:, slot - 1]
        if ((home != wanted[there]) & (host != wanted[there])).any():
            yield f"people: someone in slot {slot} belongs to another organisation"
    for row in actors:
        taking_part = row[row != NOBODY].tolist()
        if len(set(taking_part)) < len(taking_part):
            yield "people: someone is in a case twice"
    done = state.case_apart[:arisen] + state.case_joint[:arisen]
    if (done > state.case_need[:arisen] + NEARLY).any():
        yield "people: more was done than promised"
    # On these two the phase of work rests.
    if state.case_need[:arisen][actors == NOBODY].any():
        yield "people: a slot without a person has a need"
    settled = state.case_settled[:arisen]
    if (settled[:, 0] < settled[:, 1:].max(axis=1)).any():
        yield "people: a partner goes further than the case"


def flows(state: State, record: Record, week: int) -> Iterator[str]:
    """Cases add up: arisen = finished + given up + overtaken + open; no count is negative."""
    so_far = record.weekly[: week + 1]
    counted = dict(zip(WEEKLY, so_far.sum(axis=0), strict=True))
    ended = sum(counted[f"finished_{step}"] for step in range(5))
    ended += counted["given_up"] + counted["overtaken"]
    if counted["cases_arisen"] != ended + state.open_count[0]:
        yield "flows: cases arisen are not those ended and open"
    if counted["cases_arisen"] != state.cases_arisen[0]:
        yield "flows: cases arisen are miscounted"
    yield from outside("weekly columns", so_far, 0.0, np.inf)
    yield from outside("weekly shares", so_far[:, SHARE_COLUMNS], 0.0, 1.0)
    if record.flow.any():
        yield "flows: counts of the week are left over"


def hours(state: State, record: Record, week: int, debt: np.ndarray) -> Iterator[str]:
    """Hours available = hours used, for whatever, + hours to spare + change of debt."""
    row = dict(zip(WEEKLY, record.weekly[week], strict=True))
    used = sum(row[name] for name in HOURS_USED)
    if (state.hours_left > NEARLY).any():
        yield "hours: some are left over at the end of the week"
    balance = used + row["hours_free"] + (state.hours_left - debt).sum()
    if abs(state.hours_available.sum() - balance) > NEARLY * max(1.0, used):
        yield f"hours: {state.hours_available.sum()} were available and {balance} were used"
    if row["follow_up_hours"] > row["hours_coordination"] + NEARLY:
        yield "hours: more follow-up than coordination"


def decisions(structure: Structure, state: State, record: Record) -> Iterator[str]:
    """Only a body that may decide does, or the last one of the route."""
    kept = min(int(record.event_count[0]), len(record.event))
    events = record.event[:kept]
    for _, _, case, _, _, forum in events[events[:, 1] == EVENT_DECIDED]:
        size = state.case_size[case]
        home = state.case_origin[case]
        origin = state.case_area[case] * len(structure.organisation_key) + home
        route = origin * N_SIZES + size
        stops = structure.route_stop[
            structure.route_start[route] : structure.route_start[route + 1]
        ]
        may = structure.forum_right[forum] == DECIDE and structure.forum_mandate[forum] >= size
        if forum not in stops:
            yield f"decisions: body {forum} is not on the route of case {case}"
        elif not may and forum != stops[-1]:
            yield f"decisions: body {forum} may not decide case {case}"


class Watch:
    """Looks at the world after every phase and keeps what it has to complain of."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._debt = np.zeros(0)
        self._absent: dict[str, np.ndarray] = {}

    def week(self, phases: Sequence[Phase] = WEEK) -> list[Phase]:
        """The phases with a look after each of them."""
        return [step for phase in phases for step in (phase, self._after(phase))]

    def _after(self, phase: Phase) -> Phase:
        name = getattr(phase, "__name__", "")

        def look(
            structure: Structure,
            parameters: Parameters,
            state: State,
            record: Record,
            seed: int,
            week: int,
        ) -> None:
            self._say(
                name, week, ranges(state), ties(structure, state), queues(state), methods(state)
            )
            self._say(name, week, people_of_cases(structure, state))
            if name == "world":
                self._notice_the_absent(state)
                if len(self._debt):
                    self._debt[~state.present] = 0.0  # a debt of hours goes with the person
            if name == "meetings":
                self._say(name, week, self._see_the_absent(state))
            if name == "observation":
                if week == 0:
                    self._debt = np.zeros(len(state.hours_left))
                self._say(name, week, statuses(state), flows(state, record, week))
                self._say(name, week, hours(state, record, week, self._debt))
                self._debt = state.hours_left.copy()

        return look

    def _say(self, name: str, week: int, *found: Iterator[str]) -> None:
        for complaints in found:
            self.complaints += [f"{complaint} (week {week}, {name})" for complaint in complaints]

    def _notice_the_absent(self, state: State) -> None:
        self._absent = of_the_absent(state)

    def _see_the_absent(self, state: State) -> Iterator[str]:
        for name, now in of_the_absent(state).items():
            if not np.array_equal(now, self._absent[name]):
                yield f"absent: {name} of someone absent changed in a meeting"


def watched_run(
    structure: Structure,
    parameters: Parameters,
    seed: int,
    weeks: int,
    phases: Sequence[Phase] = WEEK,
) -> tuple[Run, list[str]]:
    """A run and everything that was wrong with it."""
    watch = Watch()
    run = run_one(structure, parameters, seed, weeks, 50_000, watch.week(phases))
    return run, watch.complaints + list(decisions(structure, run.state, run.record))
