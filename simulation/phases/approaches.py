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
    NOT_ASKED,
    SHARED_ATTEMPTS,
)
from simulation.compilation import compiled
from simulation.phases.settling import settle
from simulation.places import (
    hours_for_cases_at,
    people_at,
    person_at,
    share_at,
    takes_part,
)
from simulation.randomness import draw
from simulation.rules.acquaintance import (
    acquaintance_that_counts,
    chance_of_introduction,
    pull_of_broker,
    pull_of_holder,
    pull_of_partner,
)
from simulation.rules.allocation import chance_of_asking, closeness_to_place
from simulation.rules.decisions import may_decide
from simulation.rules.outside import race_time
from simulation.ties import (
    acquaintance_of,
    know_each_other,
    make_tie,
    set_acquaintance,
    trust_of,
)
from simulation.vocabulary import (
    DRAW_ASKING,
    DRAW_BROKER,
    DRAW_CLARITY,
    DRAW_COLD_CALL,
    DRAW_HOLDER,
    DRAW_INTRODUCTION,
    DRAW_PARTNER,
    DRAW_PLACE,
    EVENT_BROKER_FOUND,
    EVENT_CASE_GIVEN_UP,
    EVENT_CASE_TAKEN_UP,
    EVENT_NO_PARTNER,
    EVENT_NOT_ASKED,
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
        own_skill = _own_skill(structure, state, case)
        for slot in range(1, N_SLOTS):
            if state.case_helper[case, slot - 1] == NOBODY or _asks_nobody(
                structure, parameters, state, record, seed, week, case, slot, own_skill
            ):
                continue
            _approach_helper(structure, parameters, state, record, seed, week, case, slot)
        _set_going(structure, parameters, state, record, seed, week, case)


@compiled
def _find_holder(structure, parameters, state, seed, week, case):
    """Of those at the desk where the case shows up, one with hours, skill and closeness to it."""
    earliest, holder = 1e300, NOBODY
    origin, theme = state.case_origin[case], state.case_theme[case]
    if origin == NOBODY:
        return NOBODY
    for place in range(people_at(structure, origin)):
        actor = person_at(structure, origin, place)
        if not state.present[actor]:
            continue
        level = structure.actor_level[actor]
        readiness = parameters.taken_up_above
        if level == EXECUTING:
            readiness = 1.0
        elif level == TACTICAL:
            readiness = parameters.taken_up_tactical
        weight = pull_of_holder(
            hours_for_cases_at(structure, actor, origin),
            structure.actor_skill[actor, theme],
            readiness,
            state.load[actor],
            parameters.skill_least,
            parameters.load_deters,
        )
        if weight <= 0.0:
            continue
        weight *= _closeness(structure, parameters, state, seed, case, origin, actor)
        uniform = draw(seed, DRAW_HOLDER, week, state.case_key[case], structure.actor_key[actor])
        time = race_time(weight, uniform, earliest)
        if time < earliest:
            earliest, holder = time, actor
    return holder


@compiled
def _closeness(structure, parameters, state, seed, case, organisation, actor):
    """How far cases of this area are this person's, where they are given out by place."""
    geography = structure.organisation_geography[organisation]
    if geography <= 0.0:
        return 1.0
    area = structure.area_key[state.case_area[case]]
    uniform = draw(seed, DRAW_PLACE, 0, area, structure.actor_key[actor])
    return closeness_to_place(uniform, geography, parameters.geography_concentrates)


@compiled
def _own_skill(structure, state, case):
    """Best skill for the case among those who work where it showed up."""
    origin, theme, best = state.case_origin[case], state.case_theme[case], 0.0
    for place in range(people_at(structure, origin)):
        actor = person_at(structure, origin, place)
        if state.present[actor] and hours_for_cases_at(structure, actor, origin) > 0.0:
            best = max(best, structure.actor_skill[actor, theme])
    return best


@compiled
def _asks_nobody(structure, parameters, state, record, seed, week, case, slot, own_skill):
    """A team that has the skill itself may leave others out: quicker, and they know nothing."""
    chance = chance_of_asking(own_skill, parameters.in_house_suffices)
    organisation = state.case_helper[case, slot - 1]
    if chance >= 1.0:
        return False
    who = structure.organisation_key[organisation]
    if draw(seed, DRAW_ASKING, 0, state.case_key[case], who) < chance:
        return False
    state.case_covered[case, slot - 1] = own_skill
    record.flow[NOT_ASKED] += 1
    note(record, week, EVENT_NOT_ASKED, case, state.case_actor[case, 0], -1, -1, organisation)
    return True


@compiled
def _approach_helper(structure, parameters, state, record, seed, week, case, slot):
    """Find someone in one relevant organisation, and settle how far to go."""
    organisation = state.case_helper[case, slot - 1]
    holder = state.case_actor[case, 0]
    able = _list_who_may_help(structure, state, case, organisation)
    partner = _find_known(structure, parameters, state, seed, case, organisation, able)
    if partner == NOBODY:
        partner = _find_through_broker(
            structure, parameters, state, record, seed, week, case, organisation, able
        )
    if partner == NOBODY:
        partner = _call_cold(structure, parameters, state, record, seed, case, organisation, able)
    if partner == NOBODY:
        record.flow[NO_PARTNER] += 1
        note(record, week, EVENT_NO_PARTNER, case, holder, -1, -1, organisation)
        return
    make_tie(structure, parameters, state, seed, holder, partner)
    note(record, week, EVENT_PARTNER_FOUND, case, holder, partner, -1, 0.0)
    state.case_actor[case, slot] = partner
    settle(structure, parameters, state, record, seed, week, case, slot)


@compiled
def _list_who_may_help(structure, state, case, organisation):
    """List those there in post, with hours there, and not in the case already; how many."""
    able = 0
    for place in range(people_at(structure, organisation)):
        actor = person_at(structure, organisation, place)
        works = structure.actor_hours[actor] * share_at(structure, actor, organisation) > 0.0
        state.may_help[able] = actor
        able += state.present[actor] & works & (not takes_part(state, case, actor))
    return able


@compiled
def _find_known(structure, parameters, state, seed, case, organisation, able):
    """You call the person you know."""
    holder, theme = state.case_actor[case, 0], state.case_theme[case]
    home = structure.actor_organisation[holder]
    earliest, partner = 1e300, NOBODY
    for place in range(able):
        actor = state.may_help[place]
        known = acquaintance_that_counts(
            acquaintance_of(state, holder, actor), parameters.acquaintance_matters
        )
        if known < parameters.acquaintance_needed:
            continue
        trust = structure.trust_start[home, organisation]
        if know_each_other(state, holder, actor):
            trust = trust_of(state, holder, actor)
        weight = pull_of_partner(
            known,
            parameters.acquaintance_needed,
            structure.actor_skill[actor, theme],
            structure.actor_overlap[actor],
            trust,
            parameters.skill_least,
            parameters.overlap_least,
            parameters.trust_least,
        )
        weight *= share_at(structure, actor, organisation)
        if weight <= 0.0:
            continue
        weight *= _closeness(structure, parameters, state, seed, case, organisation, actor)
        uniform = draw(seed, DRAW_PARTNER, 0, state.case_key[case], structure.actor_key[actor])
        time = race_time(weight, uniform, earliest)
        if time < earliest:
            earliest, partner = time, actor
    return partner


@compiled
def _find_through_broker(
    structure, parameters, state, record, seed, week, case, organisation, able
):
    """Ask a colleague who knows someone there; being introduced costs hours and may fail."""
    holder = state.case_actor[case, 0]
    home = state.case_origin[case]
    key = state.case_key[case]
    earliest, broker, partner = 1e300, NOBODY, NOBODY
    for place in range(people_at(structure, home)):
        colleague = person_at(structure, home, place)
        if colleague == holder or not state.present[colleague]:
            continue
        if structure.actor_hours[colleague] <= 0.0:
            continue
        own = acquaintance_of(state, holder, colleague)
        if own < parameters.acquaintance_needed or not state.may_know_at[colleague, organisation]:
            continue
        for there in range(able):
            actor = state.may_help[there]
            theirs = acquaintance_of(state, colleague, actor)
            if theirs < parameters.acquaintance_needed:
                continue
            weight = pull_of_broker(own, theirs, parameters.acquaintance_needed)
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
    chance = chance_of_introduction(
        acquaintance_of(state, broker, partner), parameters.introduction_chance
    )
    who = structure.actor_key[partner]
    if draw(seed, DRAW_INTRODUCTION, 0, key, who) >= chance:
        return NOBODY
    make_tie(structure, parameters, state, seed, holder, partner)
    known = acquaintance_of(state, holder, partner)
    set_acquaintance(state, holder, partner, max(known, parameters.acquaintance_by_introduction))
    record.flow[INTRODUCTIONS] += 1
    note(record, week, EVENT_BROKER_FOUND, case, broker, partner, -1, 0.0)
    return partner


@compiled
def _call_cold(structure, parameters, state, record, seed, case, organisation, able):
    """Knock at the front door: it takes an hour or so, and someone on duty may answer."""
    holder, key = state.case_actor[case, 0], state.case_key[case]
    state.hours_left[holder] -= parameters.broker_hours
    record.flow[HOURS_COORDINATION] += parameters.broker_hours
    if draw(seed, DRAW_COLD_CALL, 0, key, structure.organisation_key[organisation]) >= (
        parameters.cold_call_chance
    ):
        return NOBODY
    earliest, partner = 1e300, NOBODY
    for place in range(able):
        actor = state.may_help[place]
        weight = structure.actor_hours[actor] * share_at(structure, actor, organisation)
        if structure.actor_level[actor] < TACTICAL:
            weight *= parameters.cold_call_above
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
