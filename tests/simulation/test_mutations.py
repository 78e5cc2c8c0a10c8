"""Proof that the invariants can fail: for each a corruption that it must report.

A corruption is a phase of a user's own, put into the week after one of the model's phases.
"""

from collections.abc import Callable

import numpy as np
import pytest

from simulation.observables import WEEKLY
from simulation.phases.approaches import approaches
from simulation.phases.experience import experience
from simulation.phases.meetings import meetings
from simulation.phases.observation import observation
from simulation.phases.work import work
from simulation.runs import Phase
from simulation.schedule import WEEK
from simulation.vocabulary import (
    DECIDING,
    EVENT_DECIDED,
    FINISHED,
    NOBODY,
    WORKING,
)
from tests.simulation.digest import WORLDS
from tests.simulation.invariants import SHARES, watched_run

pytestmark = pytest.mark.interpreted

MIDDLE = 45  # by then larger matters have been decided, and someone is away
Corruption = Callable[..., None]
MUTATIONS: list[tuple[str, Phase, Corruption]] = []


def breaks(complaint: str, after: Phase) -> Callable[[Corruption], Corruption]:
    """Register a corruption, the phase after which it happens, and what must be reported."""

    def register(corruption: Corruption) -> Corruption:
        MUTATIONS.append((complaint, after, corruption))
        return corruption

    return register


def first_with_status(state, *statuses: int) -> int:
    arisen = int(state.cases_arisen[0])
    found = np.flatnonzero(np.isin(state.case_status[:arisen], statuses))
    assert found.size, "the mutation finds nothing to break"
    return int(found[0])


# --- ranges ---


def _too_high(name: str) -> Corruption:
    def too_high(structure, parameters, state, record):
        getattr(state, name).flat[0] = 1.01

    too_high.__name__ = f"{name}_above_one"
    return too_high


for _name in SHARES:
    breaks(f"range: {_name} lies in", experience)(_too_high(_name))


@breaks("range: tie_trust lies in", experience)
def trust_below_zero(structure, parameters, state, record):
    state.tie_trust[1, 0] = -0.01


@breaks("range: load is not finite", experience)
def load_is_not_a_number(structure, parameters, state, record):
    state.load[0] = np.nan


@breaks("range: a view of the goals does not sum to one", meetings)
def view_that_does_not_sum(structure, parameters, state, record):
    state.goals[0, 0] *= 0.9


@breaks("range: tie_at is not symmetric", meetings)
def one_sided_tie(structure, parameters, state, record):
    i, j = state.tie_first[1], state.tie_second[1]
    state.tie_at[i, j] = 0


@breaks("range: case_joint lies in", work)
def negative_work(structure, parameters, state, record):
    state.case_joint[0, 0] = -1.0


@breaks("range: ladder lies in", experience)
def ladder_above_its_top(structure, parameters, state, record):
    state.ladder[0] = 4.5


@breaks("range: case_place lies in", experience)
def place_that_the_ladder_does_not_have(structure, parameters, state, record):
    state.case_place[0] = 5


@breaks("range: case_advice lies in", experience)
def advice_beyond_against(structure, parameters, state, record):
    state.case_advice[0] = -1.5


# --- ties ---


@breaks("ties: the list is not who knows whom", meetings)
def tie_without_an_entry(structure, parameters, state, record):
    state.tie_count[0] -= 1


@breaks("ties: it is not noted where someone is known", meetings)
def acquaintance_nobody_would_look_for(structure, parameters, state, record):
    first, second = state.tie_first[1], state.tie_second[1]
    state.may_know_at[first, structure.actor_organisation[second]] = False


@breaks("ties: a kind begins elsewhere than its first tie", meetings)
def tie_of_another_kind(structure, parameters, state, record):
    state.tie_start[1] += 1


@breaks("ties: they do not lie kind by kind", meetings)
def ties_out_of_order(structure, parameters, state, record):
    first, last = 1, int(state.tie_count[0]) - 1
    for ends in (state.tie_first, state.tie_second):
        ends[first], ends[last] = ends[last], ends[first]
    for tie in (first, last):
        i, j = state.tie_first[tie], state.tie_second[tie]
        state.tie_at[i, j] = state.tie_at[j, i] = tie


@breaks("ties: a pair is listed twice", meetings)
def tie_listed_twice(structure, parameters, state, record):
    state.tie_first[2], state.tie_second[2] = state.tie_first[1], state.tie_second[1]


@breaks("ties: a pair has another's tie", meetings)
def ties_exchanged(structure, parameters, state, record):
    pairs = [(state.tie_first[tie], state.tie_second[tie]) for tie in (1, 2)]
    for tie, (i, j) in zip((2, 1), pairs, strict=True):
        state.tie_at[i, j] = state.tie_at[j, i] = tie


@breaks("ties: strangers are acquainted", meetings)
def strangers_who_trust_each_other(structure, parameters, state, record):
    state.tie_trust[0] = 0.5


# --- methods ---


@breaks("methods: those who know one are miscounted", experience)
def method_known_by_one_too_many(structure, parameters, state, record):
    state.method_knowers[0] += 1


@breaks("methods: someone absent knows one", meetings)
def method_of_someone_absent(structure, parameters, state, record):
    absent = np.flatnonzero(~state.present)
    assert absent.size, "nobody is absent"
    state.method_known[absent[0], 0] = 0


# --- queues ---


def _first_queue(state) -> int:
    waiting = np.flatnonzero(state.queue_length)
    assert waiting.size, "no queue to break"
    return int(waiting[0])


@breaks("queues: case", observation)
def matter_lost_from_its_queue(structure, parameters, state, record):
    forum = _first_queue(state)
    state.queue_head[forum] = state.queue_tail[forum] = NOBODY
    state.queue_length[forum] = 0


@breaks("queues: the end or the length", approaches)
def queue_miscounted(structure, parameters, state, record):
    state.queue_length[_first_queue(state)] += 1


@breaks("waits twice", observation)
def matter_in_two_queues(structure, parameters, state, record):
    forum = _first_queue(state)
    state.queue_head[1 - forum] = state.queue_head[forum]


@breaks("waits with status", approaches)
def matter_that_waits_while_worked_on(structure, parameters, state, record):
    state.case_status[state.queue_head[_first_queue(state)]] = WORKING


@breaks("is undecided and waits nowhere", approaches)
def undecided_matter_without_a_queue(structure, parameters, state, record):
    state.case_status[first_with_status(state, WORKING)] = DECIDING


# --- statuses and flows ---


@breaks("statuses: the list of open cases", observation)
def ended_case_left_on_the_list(structure, parameters, state, record):
    state.case_status[first_with_status(state, WORKING)] = FINISHED


@breaks("statuses: the list of open cases", observation)
def open_case_dropped(structure, parameters, state, record):
    state.open_count[0] -= 1


@breaks("statuses: a case has no status", observation)
def case_without_a_status(structure, parameters, state, record):
    state.case_status[0] = 17


@breaks("statuses: a case that has not arisen", observation)
def case_before_its_time(structure, parameters, state, record):
    state.cases_arisen[0] -= 1


@breaks("flows: cases arisen are not those ended and open", observation)
def case_that_vanishes(structure, parameters, state, record):
    state.open_count[0] -= 1


@breaks("flows: cases arisen are not those ended and open", observation)
def case_counted_twice_as_finished(structure, parameters, state, record):
    record.weekly[MIDDLE, WEEKLY.index("finished_2")] += 1.0


@breaks("flows: counts of the week are left over", observation)
def count_left_over(structure, parameters, state, record):
    record.flow[30] = 1.0


@breaks("range: weekly columns", observation)
def negative_count(structure, parameters, state, record):
    record.weekly[MIDDLE, WEEKLY.index("decided")] = -1.0


# --- people ---


@breaks("people: someone in slot 0 belongs to another organisation", approaches)
def holder_of_another_organisation(structure, parameters, state, record):
    case = first_with_status(state, WORKING)
    away = structure.actor_organisation != state.case_origin[case]
    state.case_actor[case, 0] = np.flatnonzero(away)[0]


@breaks("people: someone is in a case twice", approaches)
def holder_as_own_partner(structure, parameters, state, record):
    case = first_with_status(state, WORKING)
    state.case_actor[case, 1] = state.case_actor[case, 0]


@breaks("people: a slot without a person has a need", work)
def need_of_nobody(structure, parameters, state, record):
    case = first_with_status(state, WORKING)
    state.case_actor[case, 3] = NOBODY
    state.case_need[case, 3] = 5.0


@breaks("people: a partner goes further than the case", work)
def partner_beyond_the_case(structure, parameters, state, record):
    case = first_with_status(state, WORKING)
    state.case_settled[case, 0], state.case_settled[case, 1] = 0, 2


@breaks("people: more was done than promised", work)
def more_done_than_promised(structure, parameters, state, record):
    state.case_apart[first_with_status(state, WORKING), 0] += 1000.0


@breaks("absent: hours_left", meetings)
def absent_person_at_a_meeting(structure, parameters, state, record):
    state.hours_left[~state.present] -= 2.0


@breaks("absent: knowledge", meetings)
def absent_person_who_learns(structure, parameters, state, record):
    state.knowledge[~state.present] += 0.01


# --- decisions ---


def _first_decided(state, record) -> int:
    """Place of the first decision among the events."""
    events = record.event[: record.event_count[0]]
    decided = events[:, 1] == EVENT_DECIDED
    assert decided.any(), "no decision to break"
    return int(np.flatnonzero(decided)[0])


@breaks("may not decide", observation)
def body_beyond_its_mandate(structure, parameters, state, record):
    place = _first_decided(state, record)
    state.case_size[record.event[place, 2]] = 3  # its route is body 0, then body 1
    record.event[place, 5] = 0


@breaks("is not on the route", observation)
def decision_nobody_asked_for(structure, parameters, state, record):
    state.case_size[record.event[_first_decided(state, record), 2]] = 0


# --- hours ---


@breaks("hours: some are left over", observation)
def hours_saved_for_next_week(structure, parameters, state, record):
    state.hours_left[0] = 1.0


@breaks("were available and", work)
def hours_from_nowhere(structure, parameters, state, record):
    state.hours_available[0] += 1.0


@breaks("were available and", work)
def debt_forgiven(structure, parameters, state, record):
    state.hours_left[0] -= 1.0


@pytest.mark.parametrize(
    ("complaint", "after", "corruption"),
    [pytest.param(*mutation, id=mutation[2].__name__) for mutation in MUTATIONS],
)
def test_the_invariant_reports_the_mutation(
    complaint: str, after: Phase, corruption: Corruption
) -> None:
    assert complaints_with(after, corruption, complaint), f"{complaint!r} was not reported"


def complaints_with(after: Phase, corruption: Corruption, complaint: str) -> list[str]:
    """Complaints of a run that is corrupted once, in its last week, right after a phase."""
    structure, parameters = WORLDS["inventive"]()
    struck = []

    def strike(structure, parameters, state, record, seed, week):
        if week == MIDDLE:
            corruption(structure, parameters, state, record)
            struck.append(week)

    strike.__name__ = after.__name__  # the watch looks as it does after that phase
    phases = [step for phase in WEEK for step in ((phase, strike) if phase is after else (phase,))]
    _, found = watched_run(structure, parameters, 1, MIDDLE + 1, phases)
    assert struck == [MIDDLE]
    return [text for text in found if complaint in text]
