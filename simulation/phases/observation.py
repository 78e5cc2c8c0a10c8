"""Phase 7, observation: write down the week. Nothing here is read by anyone in the model,
except the mean attention of an organisation's leaders, which their staff feel next week.

Reads: everything. Writes: the record, organisations' attention, relations' places.
"""

import numpy as np

from simulation.columns import (
    ACCEPTANCE,
    ACQUAINTANCE_BETWEEN,
    GOAL_ALIGNMENT,
    KNOWLEDGE_OF_GOALS,
    LEADERSHIP_ATTENTION,
    OPEN_CASES,
    OVERLOAD,
    OWNERSHIP_RESIDENTS,
    OWNERSHIP_STAFF,
    QUEUE,
    RELATIONS_UNTOLD,
    ROLE_CLARITY,
    SAY,
    TIES_BETWEEN,
    TRUST_BETWEEN,
    TRUST_PARTNERSHIP,
    TRUST_WITHIN,
)
from simulation.compilation import compiled
from simulation.observables import N_STOCKS, N_WEEKLY
from simulation.vocabulary import (
    CAMP_BOLIGORGANISATION,
    CAMP_HELHEDSPLAN,
    N_STEPS,
    N_THEMES,
    TACTICAL,
)


@compiled
def observation(structure, parameters, state, record, seed, week):
    """Fill the week's row: stocks as they stand, flows as they were counted."""
    row = record.weekly[week]
    _observe_ties(structure, parameters, state, row)
    _observe_people(structure, state, row)
    _observe_goals(structure, state, row)
    _observe_relations(parameters, state, record, week, row)
    _observe_desks(structure, state, row)
    for column in range(N_STOCKS, N_WEEKLY):
        row[column] = record.flow[column]
        record.flow[column] = 0.0


@compiled
def share(total, count):
    """A mean, 0 where there is nothing to take it over."""
    if count <= 0.0:
        return 0.0
    return total / count


@compiled
def _observe_ties(structure, parameters, state, row):
    """Trust counts as much as two people know each other: a face from long ago says little."""
    between, within, partnership, acquaintance, called = 0.0, 0.0, 0.0, 0.0, 0.0
    n_between, w_within, w_partnership = 0, 0.0, 0.0
    first, second, present, home = (
        state.tie_first, state.tie_second, state.present, structure.actor_organisation,
    )  # fmt: skip
    trusts, acquaintances, camps = state.trust, state.acquaintance, structure.organisation_camp
    needed = parameters.acquaintance_needed
    for tie in range(state.tie_count[0]):
        i, j = first[tie], second[tie]
        if not (present[i] and present[j]):
            continue
        trust = 0.5 * (trusts[i, j] + trusts[j, i])
        weight = acquaintances[i, j]
        one, other = home[i], home[j]
        if one == other:
            within += weight * trust
            w_within += weight
            continue
        between += weight * trust
        n_between += 1
        acquaintance += weight
        if weight >= needed:
            called += 2.0
        camp, camp_other = camps[one], camps[other]
        if camp != camp_other and max(camp, camp_other) <= CAMP_HELHEDSPLAN:
            partnership += weight * trust
            w_partnership += weight
    row[TRUST_BETWEEN] = share(between, acquaintance)
    row[TRUST_WITHIN] = share(within, w_within)
    row[TRUST_PARTNERSHIP] = share(partnership, w_partnership)
    row[ACQUAINTANCE_BETWEEN] = share(acquaintance, n_between)
    row[TIES_BETWEEN] = called / len(structure.actor_key)


@compiled
def _observe_people(structure, state, row):
    """Means over people in post; and what their leaders' attention is for each organisation."""
    staff, residents, knowledge, load, people = 0.0, 0.0, 0.0, 0.0, 0
    n_staff, n_residents, n_knowing = 0, 0, 0
    for actor in range(len(structure.actor_key)):
        if not state.present[actor]:
            continue
        people += 1
        load += state.load[actor]
        if structure.actor_resident[actor]:
            residents += state.ownership[actor]
            n_residents += 1
            continue
        staff += state.ownership[actor]
        n_staff += 1
        if structure.actor_level[actor] >= TACTICAL:
            knowledge += state.knowledge[actor]
            n_knowing += 1
    row[OWNERSHIP_STAFF] = share(staff, n_staff)
    row[OWNERSHIP_RESIDENTS] = share(residents, n_residents)
    row[KNOWLEDGE_OF_GOALS] = share(knowledge, n_knowing)
    row[OVERLOAD] = share(load, people)
    row[LEADERSHIP_ATTENTION] = _attention_of_leaders(structure, state)


@compiled
def _attention_of_leaders(structure, state):
    """Mean over leaders of kommune and boligorganisationer; writes each organisation's own mean."""
    total, leaders = 0.0, 0
    for organisation in range(len(structure.organisation_key)):
        mine, own = 0.0, 0
        first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
        for place in range(first, end):
            actor = structure.member[place]
            if structure.actor_leads[actor] and state.present[actor]:
                mine += state.attention[actor]
                own += 1
        if structure.organisation_camp[organisation] <= CAMP_BOLIGORGANISATION:
            total += mine
            leaders += own
        if own > 0:
            state.organisation_attention[organisation] = mine / own
        else:
            state.organisation_attention[organisation] = structure.organisation_attention[
                organisation
            ]
    return share(total, leaders)


@compiled
def _observe_goals(structure, state, row):
    """1 minus half the mean absolute distance of views from their mean (0 none shared, 1 all)."""
    goals, present, mean = state.goals, state.present, np.zeros(N_THEMES)
    people, distance = 0, 0.0
    for actor in range(len(present)):
        if present[actor]:
            people += 1
            for theme in range(N_THEMES):
                mean[theme] += goals[actor, theme]
    if people == 0:
        return
    for theme in range(N_THEMES):
        mean[theme] /= people
    for actor in range(len(present)):
        if present[actor]:
            for theme in range(N_THEMES):
                distance += abs(goals[actor, theme] - mean[theme])
    row[GOAL_ALIGNMENT] = 1.0 - 0.5 * distance / people


@compiled
def _observe_relations(parameters, state, record, week, row):
    """Where each relation stands: the highest step that a stated share of its cases reached."""
    clarity = 0.0
    relations = state.relation_count[0]
    for relation in range(relations):
        one, other = state.relation_first[relation], state.relation_second[relation]
        clarity += state.role_clarity[one, other]
        place = _place_of(parameters, state, one, other)
        state.relation_place[one, other] = place
        row[RELATIONS_UNTOLD + max(0, place)] += 1.0 / relations
        for step in range(place + 1):
            if record.first_week[step] < 0:
                record.first_week[step] = week
    row[ROLE_CLARITY] = share(clarity, relations)


@compiled
def _place_of(parameters, state, one, other):
    cases = 0.0
    for step in range(N_STEPS):
        cases += state.relation_steps[one, other, step]
    if cases < parameters.relation_cases_needed:
        return -1
    reached = 0.0
    for back in range(N_STEPS):
        step = N_STEPS - 1 - back
        reached += state.relation_steps[one, other, step]
        if reached >= parameters.relation_share_needed * cases:
            return step
    return 0


@compiled
def _observe_desks(structure, state, row):
    queue = 0.0
    for forum in range(len(structure.forum_key)):
        queue += state.queue_length[forum]
    row[QUEUE] = queue
    row[OPEN_CASES] = state.open_count[0]
    acceptance, say = 0.0, 0.0
    areas = len(structure.area_key)
    for area in range(areas):
        acceptance += state.acceptance[area]
        say += state.say[area]
    row[ACCEPTANCE] = acceptance / areas
    row[SAY] = say / areas
