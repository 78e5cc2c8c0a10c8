"""New methods: born in joint trials, known by persons, passed on, anchored in operations or lost.

A person knows at most one method for a theme: the newest learnt. It goes along when the person
leaves. What is anchored in an organisation's daily operations belongs to everyone there.
"""

import math

from simulation.columns import (
    HOURS_UPKEEP,
    INNOVATIONS,
    METHODS_ANCHORED,
    METHODS_LOST,
    METHODS_PASSED_ON,
)
from simulation.compilation import compiled
from simulation.places import organisation_in
from simulation.randomness import draw
from simulation.rules.methods import (
    chance_of_anchoring,
    chance_of_new_method,
    chance_of_passing_on,
)
from simulation.vocabulary import (
    DRAW_ANCHORING,
    DRAW_METHOD,
    DRAW_PASSING_ON,
    EVENT_METHOD_ANCHORED,
    EVENT_METHOD_BORN,
    EVENT_METHOD_LOST,
    EVENT_METHOD_PASSED_ON,
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
def has_method(state, actor, organisation, theme):
    """True for who knows a method for the theme, or works where one is part of daily operations."""
    return (
        state.method_known[actor, theme] != NOBODY
        or state.organisation_methods[organisation, theme] > 0
    )


@compiled
def learn_method(state, actor, theme, case, week):
    """Know the method that came of ``case``; it takes the place of an older one for the theme.

    A vacant post learns nothing, even when a case that its last holder was in ends well.
    """
    if not state.present[actor]:
        return
    if state.method_known[actor, theme] != case:
        forget_method(state, actor, theme)
        state.method_known[actor, theme] = case
        state.method_knowers[case] += 1
    state.method_used[actor, theme] = week


@compiled
def forget_method(state, actor, theme):
    """Know no method for the theme any more."""
    case = state.method_known[actor, theme]
    if case != NOBODY:
        state.method_knowers[case] -= 1
        state.method_known[actor, theme] = NOBODY


@compiled
def take_methods_along(state, actor):
    """Who leaves a post takes along what they know."""
    for theme in range(N_THEMES):
        forget_method(state, actor, theme)


@compiled
def use_methods(state, week, case):
    """Working on a case of its theme keeps a method in mind."""
    theme = state.case_theme[case]
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor != NOBODY and state.method_known[actor, theme] != NOBODY:
            state.method_used[actor, theme] = week


@compiled
def pass_on_method(
    structure, parameters, state, record, seed, week, moment, teacher, learner, theme, hours
):  # fmt: skip
    """Who knows a method may pass it on in ``hours`` of work or talk together.

    ``moment`` is the stable id of the case or body in which they meet; once a moment and week.
    """
    case = state.method_known[teacher, theme]
    if case == NOBODY or not state.present[learner]:
        return
    if has_method(state, learner, structure.actor_organisation[learner], theme):
        return
    chance = chance_of_passing_on(hours, parameters.method_passed_on)
    who = structure.actor_key[teacher] ^ structure.actor_key[learner]
    if chance <= 0.0 or draw(seed, DRAW_PASSING_ON, N_THEMES * week + theme, moment, who) >= chance:
        return
    learn_method(state, learner, theme, case, week)
    for actor in (teacher, learner):
        state.hours_left[actor] -= parameters.passing_on_hours
        record.flow[HOURS_UPKEEP] += parameters.passing_on_hours
    record.flow[METHODS_PASSED_ON] += 1
    note(record, week, EVENT_METHOD_PASSED_ON, case, teacher, learner, -1, theme)


@compiled
def try_for_method(structure, parameters, state, record, seed, week, case, slot):
    """Did a joint trial give a method that is new to both? True if so."""
    if state.case_settled[case, slot] < TRY_NEW:
        return False
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    theme = state.case_theme[case]
    if has_method(state, partner, organisation_in(state, case, slot), theme):
        return False
    if state.case_method[case] != NO_METHOD:  # the same trial, made with this partner too
        learn_method(state, partner, theme, case, week)
        return True
    if has_method(state, holder, organisation_in(state, case, 0), theme):
        return False
    distance = cognitive_distance(structure, parameters, state, holder, partner)
    chance = chance_of_new_method(distance, parameters.distance_best, parameters.innovation_chance)
    who = structure.actor_key[partner]
    if draw(seed, DRAW_METHOD, 0, state.case_key[case], who) >= chance:
        return False
    learn_method(state, holder, theme, case, week)
    learn_method(state, partner, theme, case, week)
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
    """Living methods are anchored by who runs daily operations, or lost with the last knower."""
    _forget_the_unused(parameters, state, week)
    kept = 0
    for place in range(state.living_count[0]):
        case = state.living_methods[place]
        if _anchored(structure, parameters, state, record, seed, week, case):
            state.case_method[case] = METHOD_ANCHORED
            record.flow[METHODS_ANCHORED] += 1
        elif state.method_knowers[case] == 0:
            state.case_method[case] = METHOD_LOST
            record.flow[METHODS_LOST] += 1
            note(record, week, EVENT_METHOD_LOST, case, -1, -1, -1, 0.0)
        else:
            state.living_methods[kept] = case
            kept += 1
    state.living_count[0] = kept


@compiled
def _forget_the_unused(parameters, state, week):
    """A method that was not used for long is forgotten by the one who knew it."""
    known, used = state.method_known, state.method_used
    latest, unused = math.floor(week - parameters.method_life), 0
    for actor in range(known.shape[0]):
        for theme in range(N_THEMES):
            unused += (known[actor, theme] != NOBODY) & (used[actor, theme] <= latest)
    if unused == 0:
        return
    for actor in range(known.shape[0]):
        for theme in range(N_THEMES):
            if known[actor, theme] != NOBODY and used[actor, theme] <= latest:
                forget_method(state, actor, theme)


@compiled
def _anchored(structure, parameters, state, record, seed, week, case):
    """Does an organisation that took part take the method into its daily operations this week?"""
    anchored = False
    for slot in range(N_SLOTS):
        organisation = organisation_in(state, case, slot)
        if state.case_actor[case, slot] == NOBODY:
            continue
        where = structure.organisation_key[organisation]
        uniform = draw(seed, DRAW_ANCHORING, week, state.case_key[case], where)
        attention, most = state.organisation_attention[organisation], parameters.anchoring_chance
        without = parameters.anchoring_without_operations
        if_followed = chance_of_anchoring(True, attention, most, without)
        if_not = chance_of_anchoring(False, attention, most, without)
        if uniform >= max(if_followed, if_not):
            continue  # not this week, whoever knows it: spares asking around
        known, followed = _who_knows(structure, state, case, organisation)
        chance = if_followed if followed else if_not
        if known and uniform < chance:
            state.organisation_methods[organisation, state.case_theme[case]] += 1
            note(record, week, EVENT_METHOD_ANCHORED, case, -1, -1, -1, organisation)
            anchored = True
    return anchored


@compiled
def _who_knows(structure, state, case, organisation):
    """Is the method known in the organisation, and by someone who runs daily operations?"""
    known, followed, theme = False, False, state.case_theme[case]
    for place in range(
        structure.member_start[organisation], structure.member_start[organisation + 1]
    ):
        actor = structure.member[place]
        if state.method_known[actor, theme] == case:
            known = True
            followed = followed or structure.actor_operates[actor]
    return known, followed
