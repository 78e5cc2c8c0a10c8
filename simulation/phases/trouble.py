"""Trouble at work: boundary conflicts, and work done twice by those who were not told."""

from simulation.columns import CONFLICTS, DOUBLE_HOURS, SETTLED_BY_PEOPLE
from simulation.compilation import compiled
from simulation.phases.mediation import body_for_conflict
from simulation.phases.together import come_together
from simulation.places import organisation_in
from simulation.randomness import draw
from simulation.rules.acquaintance import acquaintance_that_counts
from simulation.rules.boundaries import (
    chance_of_conflict,
    chance_of_settling,
    clarity_after_settling,
)
from simulation.rules.loyalty import chance_left_by_silence
from simulation.rules.outside import race_time
from simulation.rules.trust import trust_after_broken_promise
from simulation.ties import acquaintance_of, set_trust, trust_of
from simulation.vocabulary import (
    CONFLICT,
    CONSENT_REFUSED,
    DIVIDE,
    DRAW_CONFLICT,
    DRAW_DOUBLE_WORK,
    DRAW_DOUBLE_WORKER,
    DRAW_SETTLING,
    EVENT_CONFLICT_BEGAN,
    EVENT_CONFLICT_ESCALATED,
    EVENT_CONFLICT_SETTLED,
    EVENT_DOUBLE_WORK,
    EXECUTING,
    N_SLOTS,
    NOBODY,
    WORKING,
)
from simulation.writing import enter_queue, leave_queue_anywhere, note


@compiled
def look_for_trouble(structure, parameters, state, record, seed, week, case):
    """When work begins: a grey zone may become a conflict, someone not told may start as well."""
    for slot in range(1, N_SLOTS):
        organisation = state.case_helper[case, slot - 1]
        if organisation == NOBODY:
            continue
        if not state.case_informed[case, slot] or state.case_consent[case] == CONSENT_REFUSED:
            _work_twice(structure, parameters, state, record, seed, week, case, slot)
        elif state.case_settled[case, slot] >= DIVIDE and state.case_conflict[case, 0] == 0:
            _meet_grey_zone(structure, parameters, state, record, seed, week, case, slot)


@compiled
def _work_twice(structure, parameters, state, record, seed, week, case, slot):
    """A relevant organisation that knows nothing of the case may start on it too."""
    organisation = state.case_helper[case, slot - 1]
    theme, key = state.case_theme[case], state.case_key[case]
    relevance = structure.organisation_relevance[organisation, theme]
    who = structure.organisation_key[organisation]
    if draw(seed, DRAW_DOUBLE_WORK, 0, key, who) >= parameters.double_work_chance * relevance:
        return
    earliest, worker = 1e300, NOBODY
    first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
    for place in range(first, end):
        actor = structure.member[place]
        if state.present[actor] and state.hours_left[actor] > 0.0:
            uniform = draw(seed, DRAW_DOUBLE_WORKER, 0, key, structure.actor_key[actor])
            time = race_time(structure.actor_hours[actor], uniform, earliest)
            if time < earliest:
                earliest, worker = time, actor
    if worker == NOBODY:
        return
    hours = min(parameters.double_work_share * state.case_hours[case], state.hours_left[worker])
    state.hours_left[worker] -= hours
    state.case_double[case] += hours
    record.flow[DOUBLE_HOURS] += hours
    note(record, week, EVENT_DOUBLE_WORK, case, worker, -1, -1, hours)


@compiled
def _meet_grey_zone(structure, parameters, state, record, seed, week, case, slot):
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    home, there = organisation_in(state, case, 0), organisation_in(state, case, slot)
    theme = state.case_theme[case]
    ground = min(
        structure.organisation_relevance[home, theme],
        structure.organisation_relevance[there, theme],
    )
    trust = 0.5 * (trust_of(state, holder, partner) + trust_of(state, partner, holder))
    matters = parameters.acquaintance_matters
    chance = chance_of_conflict(
        state.role_clarity[home, there],
        acquaintance_that_counts(acquaintance_of(state, holder, partner), matters),
        trust,
        ground,
        parameters.conflict_chance,
    )
    who = structure.organisation_key[there]
    if draw(seed, DRAW_CONFLICT, 0, state.case_key[case], who) >= chance:
        return
    for one, two in ((holder, partner), (partner, holder)):
        trust = trust_of(state, one, two)
        set_trust(
            state, one, two, trust_after_broken_promise(trust, parameters.conflict_trust_loss)
        )
    state.case_conflict[case, 0] = slot
    state.case_conflict[case, 1] = week
    state.case_status[case] = CONFLICT
    record.flow[CONFLICTS] += 1
    note(record, week, EVENT_CONFLICT_BEGAN, case, holder, partner, -1, 0.0)


@compiled
def live_with_conflict(structure, parameters, state, record, seed, week, case):
    """Those involved try to settle it; after some weeks it is taken to a body, if there is one."""
    slot = state.case_conflict[case, 0]
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    home, there = organisation_in(state, case, 0), organisation_in(state, case, slot)
    trust = 0.5 * (trust_of(state, holder, partner) + trust_of(state, partner, holder))
    acquaintance = acquaintance_that_counts(
        acquaintance_of(state, holder, partner), parameters.acquaintance_matters
    )
    chance = chance_left_by_silence(
        chance_of_settling(acquaintance, trust, parameters.settling_chance),
        structure.loyalty[home, there],
        parameters.loyal_silence,
    )
    who = structure.organisation_key[there]
    if draw(seed, DRAW_SETTLING, week, state.case_key[case], who) < chance:
        if state.case_forum[case] != NOBODY:
            leave_queue_anywhere(state, case)
        clearer = clarity_after_settling(state.role_clarity[home, there], parameters.clarity_gain)
        state.role_clarity[home, there] = clearer
        state.role_clarity[there, home] = clearer
        state.case_conflict[case, 0] = 0
        state.case_status[case] = WORKING
        record.flow[SETTLED_BY_PEOPLE] += 1
        note(record, week, EVENT_CONFLICT_SETTLED, case, holder, partner, -1, 0.0)
        chance = parameters.together_after_conflict
        come_together(structure, parameters, state, record, seed, week, case, slot, chance)
        return
    waited = week - state.case_conflict[case, 1]
    forum = body_for_conflict(structure, home, there, EXECUTING)
    in_queue = state.case_forum[case] != NOBODY
    if waited >= parameters.conflict_patience and forum != NOBODY and not in_queue:
        note(record, week, EVENT_CONFLICT_ESCALATED, case, holder, partner, forum, waited)
        enter_queue(state, record, week, case, forum)
