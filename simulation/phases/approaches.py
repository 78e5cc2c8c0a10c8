"""Phase 3, approaches: someone takes up a case, finds partners, and they settle how far to go.

Reads: cases that were noticed, ties, views of the goals, mandates, expected decision times.
Writes: holder and partners of a case, how far they settle to go, queues, hours, ties.
"""

from simulation.columns import (
    GIVEN_UP_CASES,
    HOURS_COORDINATION,
    INTRODUCTIONS,
    NEEDING_APPROVAL,
    NO_PARTNER,
    SHARED_ATTEMPTS,
)
from simulation.compilation import compiled
from simulation.phases.settling import settle
from simulation.randomness import draw
from simulation.rules.acquaintance import (
    acquaintance_that_counts,
    pull_of_broker,
    pull_of_holder,
    pull_of_partner,
)
from simulation.rules.decisions import may_decide
from simulation.rules.outside import race_time
from simulation.ties import make_tie
from simulation.vocabulary import (
    DRAW_BROKER,
    DRAW_CLARITY,
    DRAW_COLD_CALL,
    DRAW_HOLDER,
    DRAW_INTRODUCTION,
    DRAW_PARTNER,
    EVENT_BROKER_FOUND,
    EVENT_CASE_GIVEN_UP,
    EVENT_CASE_TAKEN_UP,
    EVENT_NO_PARTNER,
    EVENT_PARTNER_FOUND,
    EXECUTING,
    GIVEN_UP,
    N_SLOTS,
    NOBODY,
    NOTICED,
    TACTICAL,
    TOGETHER,
)
from simulation.writing import ask_for_decision, note, plan_work, start_work


@compiled
def approaches(structure, parameters, state, record, seed, week):
    """Everyone who takes up a case looks for those whose contribution would help."""
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] != NOTICED:
            continue
        holder = _find_holder(structure, parameters, state, seed, week, case)
        if holder == NOBODY:
            if week >= state.case_deadline[case]:
                state.case_status[case] = GIVEN_UP
                record.flow[GIVEN_UP_CASES] += 1
                note(record, week, EVENT_CASE_GIVEN_UP, case, -1, -1, -1, 0.0)
            continue
        state.case_actor[case, 0] = holder
        note(record, week, EVENT_CASE_TAKEN_UP, case, holder, -1, -1, 0.0)
        for slot in range(1, N_SLOTS):
            _approach_helper(structure, parameters, state, record, seed, week, case, slot)
        _set_going(structure, parameters, state, record, seed, week, case)


@compiled
def _find_holder(structure, parameters, state, seed, week, case):
    """Of those at the desk where the case shows up, one with hours, skill and closeness to it."""
    earliest, holder = 1e300, NOBODY
    origin, theme = state.case_origin[case], state.case_theme[case]
    if origin == NOBODY:
        return NOBODY
    for place in range(structure.member_start[origin], structure.member_start[origin + 1]):
        actor = structure.member[place]
        if not state.present[actor]:
            continue
        level = structure.actor_level[actor]
        readiness = parameters.taken_up_above
        if level == EXECUTING:
            readiness = 1.0
        elif level == TACTICAL:
            readiness = parameters.taken_up_tactical
        weight = pull_of_holder(
            structure.actor_hours[actor],
            structure.actor_skill[actor, theme],
            readiness,
            state.load[actor],
        )
        uniform = draw(seed, DRAW_HOLDER, week, state.case_key[case], structure.actor_key[actor])
        time = race_time(weight, uniform, earliest)
        if time < earliest:
            earliest, holder = time, actor
    return holder


@compiled
def _approach_helper(structure, parameters, state, record, seed, week, case, slot):
    """Find someone in one relevant organisation, and settle how far to go."""
    organisation = state.case_helper[case, slot - 1]
    if organisation == NOBODY:
        return
    holder = state.case_actor[case, 0]
    partner = _find_known(structure, parameters, state, seed, case, organisation)
    if partner == NOBODY:
        partner = _find_through_broker(
            structure, parameters, state, record, seed, week, case, organisation
        )
    if partner == NOBODY:
        partner = _call_cold(structure, parameters, state, record, seed, case, organisation)
    if partner == NOBODY:
        record.flow[NO_PARTNER] += 1
        note(record, week, EVENT_NO_PARTNER, case, holder, -1, -1, organisation)
        return
    make_tie(structure, parameters, state, seed, holder, partner)
    note(record, week, EVENT_PARTNER_FOUND, case, holder, partner, -1, 0.0)
    state.case_actor[case, slot] = partner
    settle(structure, parameters, state, record, seed, week, case, slot)


@compiled
def _find_known(structure, parameters, state, seed, case, organisation):
    """You call the person you know."""
    holder, theme = state.case_actor[case, 0], state.case_theme[case]
    home = structure.actor_organisation[holder]
    earliest, partner = 1e300, NOBODY
    first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
    for place in range(first, end):
        actor = structure.member[place]
        if not state.present[actor] or structure.actor_hours[actor] <= 0.0:
            continue
        trust = structure.trust_start[home, organisation]
        if state.known[holder, actor]:
            trust = state.trust[holder, actor]
        weight = pull_of_partner(
            acquaintance_that_counts(
                state.acquaintance[holder, actor], parameters.acquaintance_matters
            ),
            parameters.acquaintance_needed,
            structure.actor_skill[actor, theme],
            structure.actor_overlap[actor],
            trust,
        )
        if weight <= 0.0:
            continue
        uniform = draw(seed, DRAW_PARTNER, 0, state.case_key[case], structure.actor_key[actor])
        time = race_time(weight, uniform, earliest)
        if time < earliest:
            earliest, partner = time, actor
    return partner


@compiled
def _find_through_broker(structure, parameters, state, record, seed, week, case, organisation):
    """Ask a colleague who knows someone there; being introduced costs hours and may fail."""
    holder = state.case_actor[case, 0]
    home = structure.actor_organisation[holder]
    key = state.case_key[case]
    earliest, broker, partner = 1e300, NOBODY, NOBODY
    for place in range(structure.member_start[home], structure.member_start[home + 1]):
        colleague = structure.member[place]
        if colleague == holder or not state.present[colleague]:
            continue
        if state.acquaintance[holder, colleague] < parameters.acquaintance_needed:
            continue
        first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
        for there in range(first, end):
            actor = structure.member[there]
            if not state.present[actor] or not state.known[colleague, actor]:
                continue
            if structure.actor_hours[actor] <= 0.0:
                continue
            weight = pull_of_broker(
                state.acquaintance[holder, colleague],
                state.acquaintance[colleague, actor],
                parameters.acquaintance_needed,
            )
            if weight <= 0.0:
                continue
            pair = structure.actor_key[colleague] ^ structure.actor_key[actor]
            time = race_time(weight, draw(seed, DRAW_BROKER, 0, key, pair), earliest)
            if time < earliest:
                earliest, broker, partner = time, colleague, actor
    if broker == NOBODY:
        return NOBODY
    for actor in (holder, broker):
        state.hours_left[actor] -= parameters.broker_hours
        record.flow[HOURS_COORDINATION] += parameters.broker_hours
    chance = parameters.introduction_chance * state.acquaintance[broker, partner]
    who = structure.actor_key[partner]
    if draw(seed, DRAW_INTRODUCTION, 0, key, who) >= min(1.0, 2.0 * chance):
        return NOBODY
    make_tie(structure, parameters, state, seed, holder, partner)
    level = max(state.acquaintance[holder, partner], parameters.acquaintance_by_introduction)
    state.acquaintance[holder, partner] = level
    state.acquaintance[partner, holder] = level
    record.flow[INTRODUCTIONS] += 1
    note(record, week, EVENT_BROKER_FOUND, case, broker, partner, -1, 0.0)
    return partner


@compiled
def _call_cold(structure, parameters, state, record, seed, case, organisation):
    """Knock at the front door: it takes an hour or so, and someone on duty may answer."""
    holder, key = state.case_actor[case, 0], state.case_key[case]
    state.hours_left[holder] -= parameters.broker_hours
    record.flow[HOURS_COORDINATION] += parameters.broker_hours
    if draw(seed, DRAW_COLD_CALL, 0, key, structure.organisation_key[organisation]) >= (
        parameters.cold_call_chance
    ):
        return NOBODY
    earliest, partner = 1e300, NOBODY
    first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
    for place in range(first, end):
        actor = structure.member[place]
        if not state.present[actor]:
            continue
        weight = structure.actor_hours[actor]
        if structure.actor_level[actor] < TACTICAL:
            weight *= 0.1
        uniform = draw(seed, DRAW_COLD_CALL, 1, key, structure.actor_key[actor])
        time = race_time(weight, uniform, earliest)
        if time < earliest:
            earliest, partner = time, actor
    return partner


@compiled
def _set_going(structure, parameters, state, record, seed, week, case):
    """Plan the work; what exceeds the mandates of those involved enters its route."""
    furthest = 0
    for slot in range(1, N_SLOTS):
        furthest = max(furthest, state.case_settled[case, slot])
    state.case_settled[case, 0] = furthest
    plan_work(parameters, state, case)
    if furthest >= TOGETHER:
        record.flow[SHARED_ATTEMPTS] += 1
        if state.case_size[case] > 0:
            allowed, dares = _may_go_ahead(structure, state, seed, week, case)
            if not allowed:
                record.flow[NEEDING_APPROVAL] += 1
            waits = not (allowed and dares)
            if waits and ask_for_decision(structure, state, record, week, case):
                return
    start_work(state, parameters, week, case)


@compiled
def _may_go_ahead(structure, state, seed, week, case):
    """Has one of those involved the mandate, and does one who has it dare to use it?"""
    allowed, dares = False, False
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor == NOBODY or state.case_settled[case, slot] < TOGETHER:
            continue
        if may_decide(structure.actor_mandate[actor], state.case_size[case]):
            allowed = True
            uniform = draw(
                seed, DRAW_CLARITY, week, state.case_key[case], structure.actor_key[actor]
            )
            dares = dares or uniform < structure.actor_mandate_clarity[actor]
    return allowed, dares
