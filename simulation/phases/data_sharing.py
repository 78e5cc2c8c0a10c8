"""Shared data: who feeds them every week, and how far those who share use them."""

from simulation.columns import HOURS_COORDINATION
from simulation.compilation import compiled
from simulation.places import organisation_in
from simulation.rules.shared_data import data_in_use, hours_of_feeding
from simulation.vocabulary import N_SLOTS, NOBODY, TACTICAL


@compiled
def feed_data(structure, parameters, state, record):
    """Staff on tactical and executing level of organisations with shared data keep them."""
    for organisation in range(len(structure.organisation_key)):
        data = structure.organisation_data[organisation]
        if data <= 0.0:
            continue
        hours = hours_of_feeding(data, parameters.data_hours)
        first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
        for place in range(first, end):
            actor = structure.member[place]
            if (
                state.present[actor]
                and structure.actor_level[actor] >= TACTICAL
                and structure.actor_hours[actor] > 0.0
            ):
                state.hours_left[actor] -= hours
                record.flow[HOURS_COORDINATION] += hours


@compiled
def use_in_matter(structure, state, present, case):
    """Mean over those present of the data in use that they share with the parties to a matter."""
    total = 0.0
    for place in range(present):
        home = structure.actor_organisation[state.attending[place]]
        if structure.organisation_data[home] > 0.0:
            data = _shared_with_parties(structure, state, home, case)
            total += _in_use(structure, state, home, data)
    return total / present


@compiled
def use_with_those_present(structure, state, present, actor):
    """Mean over all others present of the data in use that a person's organisation shares, 0..1."""
    home = structure.actor_organisation[actor]
    if structure.organisation_data[home] <= 0.0 or present < 2:
        return 0.0
    total = 0.0
    for place in range(present):
        total += structure.shared_data[home, structure.actor_organisation[state.attending[place]]]
    return _in_use(structure, state, home, total / (present - 1))


@compiled
def _shared_with_parties(structure, state, home, case):
    """Mean over the other organisations in a case of how far data are shared with them."""
    total, parties = 0.0, 0
    for slot in range(N_SLOTS):
        if state.case_actor[case, slot] != NOBODY:
            party = organisation_in(state, case, slot)
            if party != home:
                total += structure.shared_data[home, party]
                parties += 1
    return total / max(1, parties)


@compiled
def _in_use(structure, state, home, data):
    return data_in_use(data, state.top_attention[home], structure.organisation_control[home])
