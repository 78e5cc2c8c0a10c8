"""What a body's answer does: matters go on, are decided or refused, and people learn from it."""

from simulation.columns import (
    BOUNCED,
    DECIDED,
    LADDER_PLACES,
    NOT_FOLLOWED,
    REFUSED,
    REFUSED_AT_HOME,
)
from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.decisions import expected_wait_after_answer, may_decide
from simulation.rules.mandate import chance_of_following
from simulation.rules.ownership import grown, shrunk
from simulation.rules.participation import acceptance_after_decision, place_on_ladder
from simulation.state import MAX_WAIT
from simulation.ties import trust_of
from simulation.vocabulary import (
    ADVISE,
    CO_DECIDING,
    CONFLICT,
    DECIDE,
    DIVIDE,
    DRAW_CLARITY,
    DRAW_FOLLOWING,
    EVENT_APPROVED,
    EVENT_DECIDED,
    EVENT_NOT_FOLLOWED,
    EVENT_REFUSED,
    EVENT_SENT_ON,
    INFORMED,
    N_SLOTS,
    NOBODY,
    TOGETHER,
)
from simulation.writing import enter_queue, leave_queue, note, plan_work, start_work


@compiled
def pass_forum(state, record, week, forum, case, before):
    """Take a matter off the body's table, and count how long it lay there.

    A conflict counts as a matter without a size, whatever was at stake in the case.
    """
    size = state.case_size[case]
    if state.case_status[case] == CONFLICT:
        size = 0
    record.forum_waits[forum, size, 0] += 1
    record.forum_waits[forum, size, 1] += week - state.case_arrived[case]
    leave_queue(state, forum, case, before)


@compiled
def hear(state, case, right, resident_share, settles):
    """Remember the highest place on the participation ladder, and the strongest resident voice."""
    place = place_on_ladder(right, resident_share, settles)
    state.case_place[case] = max(state.case_place[case], place)
    state.case_voice[case] = max(state.case_voice[case], resident_share)


@compiled
def take_part(structure, parameters, state, forum, present):
    """People own what they had a say in."""
    if structure.forum_right[forum] < ADVISE:
        return
    for place in range(present):
        actor = state.attending[place]
        state.ownership[actor] = grown(state.ownership[actor], parameters.ownership_from_say)


@compiled
def decide_or_send_on(
    structure, parameters, state, record, seed, week, forum, resident_share, case, talked
):  # fmt: skip
    """The body's yes settles the matter if it may and dares, or if nobody comes after it.

    What passes without talk leaves residents with no more than being told.
    """
    size, key = state.case_size[case], state.case_key[case]
    right = structure.forum_right[forum]
    last = state.case_route[case, 0] + 1 >= state.case_route[case, 1]
    allowed = right == DECIDE and may_decide(structure.forum_mandate[forum], size)
    clarity = structure.forum_mandate_clarity[forum]
    dares = clarity >= 1.0 or (
        draw(seed, DRAW_CLARITY, week, key, structure.forum_key[forum]) < clarity
    )
    note(record, week, EVENT_APPROVED, case, state.case_actor[case, 0], -1, forum, 0.0)
    settles = last or (allowed and dares)
    hear(state, case, right if talked else INFORMED, resident_share, settles)
    if not settles:
        if allowed:
            record.flow[BOUNCED] += 1
        send_on(structure, state, record, week, forum, case)
        return
    _answer(parameters, state, record, week, case)
    _see_who_follows(structure, parameters, state, record, seed, week, forum, case)
    _residents_learn(parameters, state, record, case)
    record.flow[DECIDED] += 1
    note(record, week, EVENT_DECIDED, case, -1, -1, forum, week - state.case_asked[case])
    start_work(state, parameters, week, case)


@compiled
def _see_who_follows(structure, parameters, state, record, seed, week, forum, case):
    """A partner whose organisation has no seat in the body goes along by goodwill, or does not."""
    holder = state.case_actor[case, 0]
    home = structure.actor_organisation[holder]
    left = False
    for slot in range(1, N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor == NOBODY or state.case_settled[case, slot] < TOGETHER:
            continue
        there = structure.actor_organisation[actor]
        if structure.forum_covers[forum, there]:
            continue
        chance = chance_of_following(
            trust_of(state, actor, holder),
            structure.formal_agreement[home, there],
            parameters.goodwill_needed,
        )
        who = structure.organisation_key[there]
        if chance >= 1.0 or draw(seed, DRAW_FOLLOWING, week, state.case_key[case], who) < chance:
            continue
        left = True
        state.case_settled[case, slot] = DIVIDE
        record.flow[NOT_FOLLOWED] += 1
        note(record, week, EVENT_NOT_FOLLOWED, case, actor, holder, forum, chance)
    if left:
        furthest = 0
        for slot in range(1, N_SLOTS):
            furthest = max(furthest, state.case_settled[case, slot])
        state.case_settled[case, 0] = furthest
        plan_work(parameters, state, case)


@compiled
def _residents_learn(parameters, state, record, case):
    area, place = state.case_area[case], state.case_place[case]
    state.acceptance[area] = acceptance_after_decision(
        state.acceptance[area],
        place,
        state.case_voice[case],
        parameters.acceptance_from_say,
        parameters.acceptance_lost_unheard,
    )
    co_decided = 1.0 if place >= CO_DECIDING else 0.0
    state.say[area] += parameters.say_memory * (co_decided - state.say[area])
    state.ladder[area] += parameters.say_memory * (place - state.ladder[area])
    record.flow[LADDER_PLACES + place] += 1
    record.area_ladder[area, place] += 1


@compiled
def send_on(structure, state, record, week, forum, case):
    """On to the next body of the route."""
    note(record, week, EVENT_SENT_ON, case, -1, -1, forum, 0.0)
    state.case_from[case] = forum
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
def refuse(structure, parameters, state, record, week, forum, case):
    """A refusal ends the shared attempt; each does what needs no approval."""
    record.flow[REFUSED] += 1
    if not structure.forum_of_plan[forum]:
        record.flow[REFUSED_AT_HOME] += 1
    note(record, week, EVENT_REFUSED, case, -1, -1, forum, 0.0)
    _answer(parameters, state, record, week, case)
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor != NOBODY:
            state.ownership[actor] = shrunk(state.ownership[actor], parameters.refusal_hurts)
        state.case_settled[case, slot] = min(state.case_settled[case, slot], DIVIDE)
    plan_work(parameters, state, case)
    start_work(state, parameters, week, case)
