"""The agenda of one meeting: matters are approved, sent on, deferred, refused or decided.

A matter that came to the body this week is taken at the next meeting, so the order in which
bodies are listed decides nothing. A weekly step therefore gives a matter that arises at a random
moment a wait of 1..T weeks, (T + 1) / 2 on average, at a body that meets every T weeks.
"""

from simulation.columns import (
    DECIDED,
    DEFERRED,
    OVERTAKEN_CASES,
    REFUSED,
    SETTLED_BY_BODY,
)
from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.boundaries import clarity_after_settling
from simulation.rules.decisions import (
    chance_of_approval,
    expected_wait_after_answer,
    matters_handled,
    may_decide,
)
from simulation.rules.goals import agreement_on_theme
from simulation.rules.ownership import acceptance_after_decision, grown, shrunk
from simulation.state import MAX_WAIT
from simulation.vocabulary import (
    ADVISE,
    CONFLICT,
    DECIDE,
    DECIDING,
    DIVIDE,
    DRAW_AGREEMENT,
    DRAW_CLARITY,
    DRAW_MEDIATION,
    DRAW_REFUSAL,
    EVENT_APPROVED,
    EVENT_CONFLICT_SETTLED,
    EVENT_DECIDED,
    EVENT_DEFERRED,
    EVENT_OVERTAKEN,
    EVENT_REFUSED,
    EVENT_SENT_ON,
    N_SLOTS,
    NOBODY,
    OVERTAKEN,
    WORKING,
)
from simulation.writing import (
    enter_queue,
    leave_queue,
    leave_queue_anywhere,
    note,
    plan_work,
    start_work,
)


@compiled
def work_through_agenda(structure, parameters, state, record, seed, week, forum, present):
    """Take matters in the order they came, as many as the agenda holds."""
    residents = 0
    for place in range(present):
        residents += structure.actor_resident[state.attending[place]]
    resident_share = residents / present
    price = 0.0
    if structure.forum_right[forum] >= ADVISE:
        price = parameters.resident_agenda_price
    places = matters_handled(structure.forum_capacity[forum], resident_share, price)
    before, case = NOBODY, state.queue_head[forum]
    while case != NOBODY and places > 0:
        following = state.case_next[case]
        if state.case_arrived[case] < week:
            places -= 1
            stays = _take_up(
                structure, parameters, state, record, seed, week, forum, present,
                resident_share, case, before,
            )  # fmt: skip
            if stays:
                before = case
        else:
            before = case
        case = following


@compiled
def _take_up(
    structure, parameters, state, record, seed, week, forum, present, resident_share, case, before
):  # fmt: skip
    """Handle one matter; true when it stays in the queue."""
    in_conflict = state.case_status[case] == CONFLICT
    goes_on = state.case_route[case, 0] + 1 < state.case_route[case, 1]
    if structure.forum_right[forum] < ADVISE and goes_on and not in_conflict:
        _pass_forum(state, record, week, forum, case, before)
        _send_on(structure, state, record, week, forum, case)
        return False
    chance = _approval(structure, parameters, state, present, case)
    purpose = DRAW_MEDIATION if in_conflict else DRAW_AGREEMENT
    key = state.case_key[case]
    if draw(seed, purpose, week, key, structure.forum_key[forum]) >= chance:
        refusal = draw(seed, DRAW_REFUSAL, week, key, structure.forum_key[forum])
        if in_conflict or refusal >= parameters.refusal_share:
            record.flow[DEFERRED] += 1
            note(record, week, EVENT_DEFERRED, case, -1, -1, forum, 0.0)
            return True
        _pass_forum(state, record, week, forum, case, before)
        _refuse(structure, parameters, state, record, week, forum, case)
        return False
    _pass_forum(state, record, week, forum, case, before)
    if in_conflict:
        _mediate(structure, parameters, state, record, week, forum, case)
        return False
    _take_part(structure, parameters, state, forum, present)
    _decide_or_send_on(
        structure, parameters, state, record, seed, week, forum, resident_share, case
    )
    return False


@compiled
def _pass_forum(state, record, week, forum, case, before):
    record.forum_waits[forum, 0] += 1
    record.forum_waits[forum, 1] += week - state.case_arrived[case]
    leave_queue(state, forum, case, before)


@compiled
def _approval(structure, parameters, state, present, case):
    """Chance that those present approve: do they want the same, and trust who proposes it?"""
    theme, proposer = state.case_theme[case], state.case_actor[case, 0]
    mean = 0.0
    for place in range(present):
        mean += state.goals[state.attending[place], theme]
    mean /= present
    goals, trust = 0.0, 0.0
    home = structure.actor_organisation[proposer]
    for place in range(present):
        actor = state.attending[place]
        goals += agreement_on_theme(state.goals[actor, theme], mean)
        if actor == proposer:
            trust += 1.0
        elif state.known[actor, proposer]:
            trust += state.trust[actor, proposer]
        else:
            trust += structure.trust_start[structure.actor_organisation[actor], home]
    return chance_of_approval(
        goals / present,
        trust / present,
        parameters.agreement_base,
        parameters.agreement_from_goals,
        parameters.agreement_from_trust,
    )


@compiled
def _take_part(structure, parameters, state, forum, present):
    """People own what they had a say in."""
    if structure.forum_right[forum] < ADVISE:
        return
    for place in range(present):
        actor = state.attending[place]
        state.ownership[actor] = grown(state.ownership[actor], parameters.ownership_from_say)


@compiled
def _decide_or_send_on(
    structure, parameters, state, record, seed, week, forum, resident_share, case
):  # fmt: skip
    size = state.case_size[case]
    key = state.case_key[case]
    last = state.case_route[case, 0] + 1 >= state.case_route[case, 1]
    dares = (
        draw(seed, DRAW_CLARITY, week, key, structure.forum_key[forum])
        < structure.forum_mandate_clarity[forum]
    )
    allowed = structure.forum_right[forum] == DECIDE and may_decide(
        structure.forum_mandate[forum], size
    )
    note(record, week, EVENT_APPROVED, case, state.case_actor[case, 0], -1, forum, 0.0)
    if last or (allowed and dares):
        _answer(parameters, state, record, week, case)
        area = state.case_area[case]
        state.acceptance[area] = acceptance_after_decision(
            state.acceptance[area],
            resident_share,
            parameters.acceptance_from_say,
            parameters.acceptance_lost_unheard,
        )
        took_part = 1.0 if resident_share > 0.0 else 0.0
        state.say[area] += parameters.say_memory * (took_part - state.say[area])
        record.flow[DECIDED] += 1
        note(record, week, EVENT_DECIDED, case, -1, -1, forum, week - state.case_asked[case])
        start_work(state, parameters, week, case)
        return
    _send_on(structure, state, record, week, forum, case)


@compiled
def _send_on(structure, state, record, week, forum, case):
    """On to the next body of the route. A body that is only informed does no more than this."""
    note(record, week, EVENT_SENT_ON, case, -1, -1, forum, 0.0)
    state.case_route[case, 0] += 1
    enter_queue(state, record, week, case, structure.route_stop[state.case_route[case, 0]])


@compiled
def _answer(parameters, state, record, week, case):
    """An answer has come: count the wait, and let those involved learn from it."""
    waited = week - state.case_asked[case]
    record.waits[state.case_size[case], min(waited, MAX_WAIT), 0] += 1
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor != NOBODY:
            state.expected_wait[actor] = expected_wait_after_answer(
                state.expected_wait[actor], waited, parameters.wait_learning
            )


@compiled
def _refuse(structure, parameters, state, record, week, forum, case):
    """A refusal ends the shared attempt; each does what needs no approval."""
    record.flow[REFUSED] += 1
    note(record, week, EVENT_REFUSED, case, -1, -1, forum, 0.0)
    _answer(parameters, state, record, week, case)
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor != NOBODY:
            state.ownership[actor] = shrunk(state.ownership[actor], parameters.refusal_hurts)
        state.case_settled[case, slot] = min(state.case_settled[case, slot], DIVIDE)
    plan_work(parameters, state, case)
    start_work(state, parameters, week, case)


@compiled
def _mediate(structure, parameters, state, record, week, forum, case):
    """A body settles a boundary conflict; the boundary is clearer afterwards."""
    slot = state.case_conflict[case, 0]
    one = structure.actor_organisation[state.case_actor[case, 0]]
    other = structure.actor_organisation[state.case_actor[case, slot]]
    clearer = clarity_after_settling(state.role_clarity[one, other], parameters.clarity_gain)
    state.role_clarity[one, other] = clearer
    state.role_clarity[other, one] = clearer
    state.case_conflict[case, 0] = 0
    state.case_status[case] = WORKING
    record.flow[SETTLED_BY_BODY] += 1
    note(record, week, EVENT_CONFLICT_SETTLED, case, -1, -1, forum, 0.0)


@compiled
def overtake_late_matters(structure, parameters, state, record, week):
    """Matters still undecided at their deadline are overtaken by events."""
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] == DECIDING and week >= state.case_deadline[case]:
            forum = state.case_forum[case]
            leave_queue_anywhere(state, case)
            waited = week - state.case_asked[case]
            record.waits[state.case_size[case], min(waited, MAX_WAIT), 1] += 1
            state.case_status[case] = OVERTAKEN
            record.flow[OVERTAKEN_CASES] += 1
            note(record, week, EVENT_OVERTAKEN, case, -1, -1, forum, waited)
