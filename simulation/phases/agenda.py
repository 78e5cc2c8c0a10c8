"""The agenda of one meeting: matters are approved, advised on, deferred, refused or decided.

A matter that came to the body this week is taken at the next meeting, so the order in which
bodies are listed decides nothing. A weekly step therefore gives a matter that arises at a random
moment a wait of 1..T weeks, (T + 1) / 2 on average, at a body that meets every T weeks.
"""

from simulation.columns import (
    DEFERRED,
    DEFERRED_AGENDA,
    DEFERRED_DISAGREEMENT,
    DEFERRED_LATE,
    DEFERRED_QUORUM,
    DELEGATED,
    OVERTAKEN_CASES,
)
from simulation.compilation import compiled
from simulation.phases.answers import (
    decide_or_send_on,
    hear,
    pass_forum,
    refuse,
    send_on,
    take_part,
)
from simulation.phases.approval import carry, chance_in_body, notice_cover, shared_ground
from simulation.phases.mediation import body_above, mediate, rise
from simulation.randomness import draw
from simulation.rules.advice import advice_after_body
from simulation.rules.decisions import matters_handled
from simulation.rules.premeetings import is_in_time
from simulation.rules.steering import confidence_of_body, is_delegated, places_taken
from simulation.state import MAX_WAIT
from simulation.vocabulary import (
    ADVISE,
    CONFLICT,
    CONSENT,
    DECIDING,
    DRAW_AGREEMENT,
    DRAW_MEDIATION,
    DRAW_REFUSAL,
    EVENT_ADVISED,
    EVENT_DEFERRED,
    EVENT_OVERTAKEN,
    INFORMED,
    NOBODY,
    OVERTAKEN,
)
from simulation.writing import leave_queue_anywhere, note


@compiled
def work_through_agenda(structure, parameters, state, record, seed, week, forum, present):
    """Take matters in the order they came, until the places on the agenda are used.

    What is delegated takes no place, so it passes also when none is left.
    """
    residents = 0
    for place in range(present):
        residents += structure.actor_resident[state.attending[place]]
    resident_share = residents / present
    price = 0.0
    if structure.forum_right[forum] >= ADVISE:
        price = parameters.resident_agenda_price
    room = float(matters_handled(structure.forum_capacity[forum], resident_share, price))
    before, case = NOBODY, state.queue_head[forum]
    while case != NOBODY:
        following = state.case_next[case]
        stays = True
        if is_in_time(state.case_arrived[case], week, structure.forum_premeeting[forum]):
            goals, trust = shared_ground(structure, state, present, case)
            places, talked = _places(structure, parameters, state, forum, case, goals, trust)
            if places > 0.0 and room <= 0.0:
                record.flow[DEFERRED] += 1
                record.flow[DEFERRED_AGENDA] += 1
            else:
                room -= places
                stays = _take_up(
                    structure, parameters, state, record, seed, week, forum, present,
                    resident_share, case, before, goals, trust, talked,
                )  # fmt: skip
        elif state.case_arrived[case] < week:
            record.flow[DEFERRED] += 1
            record.flow[DEFERRED_LATE] += 1
        if stays:
            before = case
        case = following


@compiled
def put_off(state, record, week, forum):
    """A meeting that fell through puts off every matter that was ready for it."""
    case = state.queue_head[forum]
    while case != NOBODY:
        if state.case_arrived[case] < week:
            record.flow[DEFERRED] += 1
            record.flow[DEFERRED_QUORUM] += 1
        case = state.case_next[case]


@compiled
def _places(structure, parameters, state, forum, case, goals, trust):
    """Places on the agenda a matter takes, and whether it is talked about at all."""
    size = state.case_size[case]
    if state.case_status[case] == CONFLICT or structure.forum_right[forum] < CONSENT:
        return 1.0, True
    confidence = confidence_of_body(goals, trust)
    if is_delegated(size, confidence, parameters.delegation_confidence):
        return 0.0, False
    return places_taken(size, confidence, parameters.detail_steering), True


@compiled
def _take_up(
    structure, parameters, state, record, seed, week, forum, present, resident_share, case, before,
    goals, trust, talked,
):  # fmt: skip
    """Handle one matter; true when it stays in the queue."""
    in_conflict = state.case_status[case] == CONFLICT
    right = structure.forum_right[forum]
    goes_on = state.case_route[case, 0] + 1 < state.case_route[case, 1] and not in_conflict
    if right == INFORMED and goes_on:
        pass_forum(state, record, week, forum, case, before)
        hear(state, case, right, resident_share, False)
        send_on(structure, state, record, week, forum, case)
        return False
    key, who = state.case_key[case], structure.forum_key[forum]
    agrees = not talked
    if not in_conflict:
        notice_cover(structure, parameters, state, case)
    if talked:
        carried = not in_conflict and carry(structure, parameters, state, record, present, case)
        chance = chance_in_body(
            structure, parameters, state, forum, present, case, goals, trust, carried
        )
        purpose = DRAW_MEDIATION if in_conflict else DRAW_AGREEMENT
        agrees = draw(seed, purpose, week, key, who) < chance
    if right == ADVISE and goes_on:
        pass_forum(state, record, week, forum, case, before)
        _advise(structure, parameters, state, record, week, forum, present, case, agrees)
        hear(state, case, right, resident_share, False)
        send_on(structure, state, record, week, forum, case)
        return False
    if not agrees:
        if in_conflict:
            above = body_above(structure, state, forum, case)
            if above != NOBODY:
                pass_forum(state, record, week, forum, case, before)
                rise(state, record, week, case, above)
                return False
        if in_conflict or draw(seed, DRAW_REFUSAL, week, key, who) >= parameters.refusal_share:
            record.flow[DEFERRED] += 1
            record.flow[DEFERRED_DISAGREEMENT] += 1
            note(record, week, EVENT_DEFERRED, case, -1, -1, forum, 0.0)
            return True
        pass_forum(state, record, week, forum, case, before)
        refuse(structure, parameters, state, record, week, forum, case)
        return False
    pass_forum(state, record, week, forum, case, before)
    if in_conflict:
        mediate(structure, parameters, state, record, week, forum, case)
        return False
    if talked:
        take_part(structure, parameters, state, forum, present)
    else:
        record.flow[DELEGATED] += 1
    decide_or_send_on(
        structure, parameters, state, record, seed, week, forum, resident_share, case, talked
    )
    return False


@compiled
def _advise(structure, parameters, state, record, week, forum, present, case, in_favour):
    """A body that may only advise has its say, and what it said goes with the matter."""
    state.case_advice[case] = advice_after_body(state.case_advice[case], in_favour)
    note(record, week, EVENT_ADVISED, case, -1, -1, forum, state.case_advice[case])
    take_part(structure, parameters, state, forum, present)


@compiled
def overtake_late_matters(structure, parameters, state, record, week):
    """Matters still undecided at their deadline are overtaken by events."""
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        late = week >= state.case_deadline[case]
        if (state.case_status[case] == DECIDING) & late:
            forum = state.case_forum[case]
            leave_queue_anywhere(state, case)
            waited = week - state.case_asked[case]
            record.waits[state.case_size[case], min(waited, MAX_WAIT), 1] += 1
            state.case_status[case] = OVERTAKEN
            record.flow[OVERTAKEN_CASES] += 1
            note(record, week, EVENT_OVERTAKEN, case, -1, -1, forum, waited)
