"""Who works where: an organisation's own people, and those lent to it by others."""

from simulation.compilation import compiled
from simulation.vocabulary import N_SLOTS, NOBODY


@compiled
def people_at(structure, organisation):
    """How many work in an organisation, its own and those lent to it."""
    own = structure.member_start[organisation + 1] - structure.member_start[organisation]
    return own + structure.host_start[organisation + 1] - structure.host_start[organisation]


@compiled
def person_at(structure, organisation, place):
    """The one in a place of 0..``people_at`` - 1: its own people first, then those lent to it."""
    first = structure.member_start[organisation]
    own = structure.member_start[organisation + 1] - first
    if place < own:
        return structure.member[first + place]
    return structure.guest[structure.host_start[organisation] + place - own]


@compiled
def share_at(structure, actor, organisation):
    """Share of a person's hours that is worked in an organisation."""
    if structure.actor_organisation[actor] == organisation:
        return 1.0 - structure.actor_lent_share[actor]
    return structure.actor_lent_share[actor]


@compiled
def hours_for_cases_at(structure, actor, organisation):
    """Hours a week for cases in an organisation; activities are run at home."""
    hours = structure.actor_hours[actor] * share_at(structure, actor, organisation)
    if structure.actor_organisation[actor] == organisation:
        hours -= structure.actor_activity_hours[actor]
    return max(0.0, hours)


@compiled
def organisation_in(state, case, slot):
    """The organisation on whose behalf the one in a slot takes part; someone lent has two."""
    if slot == 0:
        return state.case_origin[case]
    return state.case_helper[case, slot - 1]


@compiled
def takes_part(state, case, actor):
    """True for who is in the case already."""
    found = False
    for slot in range(N_SLOTS):
        found = found | (state.case_actor[case, slot] == actor)
    return found & (actor != NOBODY)
