"""Shared data: who feeds them every week, and how far they are in use at a meeting."""

from simulation.columns import HOURS_COORDINATION
from simulation.compilation import compiled
from simulation.rules.shared_data import data_in_use, hours_of_feeding
from simulation.vocabulary import TACTICAL


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
def use_of_data(structure, state, present):
    """Mean over those present of how far shared data are in use in their organisation, 0..1."""
    total = 0.0
    for place in range(present):
        home = structure.actor_organisation[state.attending[place]]
        data = structure.organisation_data[home]
        if data > 0.0:
            total += data_in_use(
                data, state.top_attention[home], structure.organisation_control[home]
            )
    return total / present
