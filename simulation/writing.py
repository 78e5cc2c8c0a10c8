"""Small acts that several phases share: note an event, put a matter in a queue, start work."""

from simulation.compilation import compiled
from simulation.rules.work import share_met, weeks_promised
from simulation.vocabulary import (
    DECIDING,
    DIVIDE,
    EVENT_SENT_TO_BODY,
    N_SIZES,
    N_SLOTS,
    NOBODY,
    TOGETHER,
    TRY_NEW,
    WORKING,
)


@compiled
def note(record, week, kind, case, actor, other, forum, value):
    """Write one event into the record, as long as there is room; count it in any case."""
    count = record.event_count[0]
    record.event_count[0] = count + 1
    if count >= len(record.event_value):
        return
    record.event[count, 0] = week
    record.event[count, 1] = kind
    record.event[count, 2] = case
    record.event[count, 3] = actor
    record.event[count, 4] = other
    record.event[count, 5] = forum
    record.event_value[count] = value


@compiled
def enter_queue(state, record, week, case, forum):
    """Put a matter last in the queue of a body."""
    state.case_forum[case] = forum
    state.case_arrived[case] = week
    state.case_next[case] = NOBODY
    if state.queue_tail[forum] == NOBODY:
        state.queue_head[forum] = case
    else:
        state.case_next[state.queue_tail[forum]] = case
    state.queue_tail[forum] = case
    state.queue_length[forum] += 1
    note(record, week, EVENT_SENT_TO_BODY, case, state.case_actor[case, 0], NOBODY, forum, 0.0)


@compiled
def leave_queue(state, forum, case, before):
    """Take a matter out of a queue; ``before`` is the one ahead of it, -1 when it is first."""
    after = state.case_next[case]
    if before == NOBODY:
        state.queue_head[forum] = after
    else:
        state.case_next[before] = after
    if state.queue_tail[forum] == case:
        state.queue_tail[forum] = before
    state.queue_length[forum] -= 1
    state.case_next[case] = NOBODY
    state.case_forum[case] = NOBODY


@compiled
def leave_queue_anywhere(state, case):
    """Take a matter out of whatever queue it stands in."""
    forum = state.case_forum[case]
    before = NOBODY
    place = state.queue_head[forum]
    while place != case:
        before = place
        place = state.case_next[place]
    leave_queue(state, forum, case, before)


@compiled
def ask_for_decision(structure, state, record, week, case):
    """Send a matter on the way from its area and where it showed up; false if there is none."""
    organisation = state.case_origin[case]
    origin = state.case_area[case] * len(structure.organisation_key) + organisation
    route = origin * N_SIZES + state.case_size[case]
    first, end = structure.route_start[route], structure.route_start[route + 1]
    if first == end:
        return False
    state.case_status[case] = DECIDING
    state.case_asked[case] = week
    state.case_route[case, 0] = first
    state.case_route[case, 1] = end
    enter_queue(state, record, week, case, structure.route_stop[first])
    return True


@compiled
def plan_work(parameters, state, case):
    """Who promises how many hours, given how far holder and partners have settled to go.

    A partner takes a share of the work; what is done together costs more than done apart.
    """
    hours = state.case_hours[case]
    factor = 1.0
    if state.case_settled[case, 0] == TOGETHER:
        factor = 1.0 + parameters.joint_overhead
    elif state.case_settled[case, 0] == TRY_NEW:
        factor = 1.0 + parameters.new_overhead
    left = 1.0
    for slot in range(1, N_SLOTS):
        settled = state.case_settled[case, slot]
        state.case_need[case, slot] = 0.0
        state.case_divided[case, slot] = settled >= DIVIDE
        if settled >= DIVIDE:
            left -= parameters.partner_share
            together = factor if settled >= TOGETHER else 1.0
            state.case_need[case, slot] = hours * parameters.partner_share * together
    state.case_need[case, 0] = hours * max(parameters.holder_share_least, left) * factor
    if state.case_pool[case] > 0.0 and state.case_settled[case, 0] == TRY_NEW:
        _lighten_by_pool(state, case)


@compiled
def _lighten_by_pool(state, case):
    """Hours that the pool pays for are spared everyone in proportion."""
    total = 0.0
    for slot in range(N_SLOTS):
        total += state.case_need[case, slot]
    left = 1.0 - share_met(state.case_pool[case], total)
    for slot in range(N_SLOTS):
        state.case_need[case, slot] *= left


@compiled
def start_work(state, parameters, week, case):
    """Begin work on a case: everyone promises their part by a date that the largest part sets."""
    largest = 0.0
    for slot in range(N_SLOTS):
        if state.case_actor[case, slot] != NOBODY:
            largest = max(largest, state.case_need[case, slot])
    state.case_status[case] = WORKING
    state.case_start[case] = week
    state.case_due[case] = week + weeks_promised(
        largest, parameters.hours_per_week_planned, parameters.notice
    )
