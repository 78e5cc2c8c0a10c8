"""New methods: born in joint trials between unlike people, anchored in daily operations or lost."""

from simulation.columns import INNOVATIONS, METHODS_ANCHORED, METHODS_LOST
from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.methods import chance_of_anchoring, chance_of_new_method
from simulation.vocabulary import (
    DRAW_ANCHORING,
    DRAW_METHOD,
    EVENT_METHOD_ANCHORED,
    EVENT_METHOD_BORN,
    EVENT_METHOD_LOST,
    METHOD_ALIVE,
    METHOD_ANCHORED,
    METHOD_LOST,
    N_SLOTS,
    N_THEMES,
    NO_METHOD,
    NOBODY,
    TRY_NEW,
)
from simulation.writing import note


@compiled
def cognitive_distance(structure, parameters, state, i, j):
    """How differently two people see and can: distance in skills and in views, weighed, 0..1."""
    skills, views = 0.0, 0.0
    for theme in range(N_THEMES):
        skills += abs(structure.actor_skill[i, theme] - structure.actor_skill[j, theme])
        views += abs(state.goals[i, theme] - state.goals[j, theme])
    weight = parameters.distance_from_skills
    return weight * (skills / N_THEMES) + (1.0 - weight) * (0.5 * views)


@compiled
def try_for_method(structure, parameters, state, record, seed, week, case, slot):
    """Did a joint trial give a method that is new to both? True if so."""
    if state.case_settled[case, slot] < TRY_NEW:
        return False
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    one, other = structure.actor_organisation[holder], structure.actor_organisation[partner]
    theme = state.case_theme[case]
    if state.case_method[case] != NO_METHOD:
        return True  # the same trial, made with this partner too
    if state.organisation_methods[one, theme] > 0 and state.organisation_methods[other, theme] > 0:
        return False  # neither of them is without a method for this
    distance = cognitive_distance(structure, parameters, state, holder, partner)
    chance = chance_of_new_method(distance, parameters.distance_best, parameters.innovation_chance)
    who = structure.actor_key[partner]
    if draw(seed, DRAW_METHOD, 0, state.case_key[case], who) >= chance:
        return False
    state.organisation_methods[one, theme] += 1
    state.organisation_methods[other, theme] += 1
    state.case_method[case] = METHOD_ALIVE
    state.case_method_week[case] = week
    state.case_method_slot[case] = slot
    state.living_methods[state.living_count[0]] = case
    state.living_count[0] += 1
    record.flow[INNOVATIONS] += 1
    note(record, week, EVENT_METHOD_BORN, case, holder, partner, -1, distance)
    return True


@compiled
def look_after_methods(structure, parameters, state, record, seed, week):
    """Living methods are anchored by those who run daily operations, or fade with time."""
    kept = 0
    for place in range(state.living_count[0]):
        case = state.living_methods[place]
        if _anchored(structure, parameters, state, seed, week, case):
            state.case_method[case] = METHOD_ANCHORED
            record.flow[METHODS_ANCHORED] += 1
            note(record, week, EVENT_METHOD_ANCHORED, case, -1, -1, -1, 0.0)
        elif week - state.case_method_week[case] >= parameters.method_life:
            state.case_method[case] = METHOD_LOST
            _forget_method(structure, state, case)
            record.flow[METHODS_LOST] += 1
            note(record, week, EVENT_METHOD_LOST, case, -1, -1, -1, 0.0)
        else:
            state.living_methods[kept] = case
            kept += 1
    state.living_count[0] = kept


@compiled
def _anchored(structure, parameters, state, seed, week, case):
    followed, attention, people = False, 0.0, 0
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor != NOBODY:
            followed = followed or structure.actor_operates[actor]
            attention += state.organisation_attention[structure.actor_organisation[actor]]
            people += 1
    chance = chance_of_anchoring(
        followed, attention / people, parameters.anchoring_chance,
        parameters.anchoring_without_operations,
    )  # fmt: skip
    return draw(seed, DRAW_ANCHORING, week, state.case_key[case], 0) < chance


@compiled
def _forget_method(structure, state, case):
    theme = state.case_theme[case]
    slot = state.case_method_slot[case]
    for actor in (state.case_actor[case, 0], state.case_actor[case, slot]):
        organisation = structure.actor_organisation[actor]
        state.organisation_methods[organisation, theme] -= 1
