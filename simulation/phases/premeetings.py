"""Pre-meetings (formøder): each camp among a body's members meets on its own beforehand."""

from simulation.columns import HOURS_MEETING
from simulation.compilation import compiled
from simulation.phases.talking import share_goals, talk_with_each_other
from simulation.randomness import draw
from simulation.rules.linking import chance_after_meetings
from simulation.rules.meetings import chance_of_attending, talk_hours_per_pair
from simulation.rules.shocks import chance_under_demand
from simulation.vocabulary import CAMPS, CONVENTIONAL, DRAW_PREMEETING, NOBODY

N_CAMPS = len(CAMPS)


@compiled
def chance_of_coming(structure, parameters, state, forum, actor):
    """Chance that a member comes to a meeting, ordinary or beforehand."""
    chance = chance_of_attending(
        state.ownership[actor],
        state.organisation_attention[structure.actor_organisation[actor]],
        state.load[actor],
        parameters.attendance_base,
        parameters.attendance_from_ownership,
        parameters.attendance_from_attention,
        parameters.attendance_load_price,
    )
    chance = chance_after_meetings(
        chance,
        state.meeting_hours[actor],
        structure.actor_hours[actor],
        parameters.attendance_meetings_price,
    )
    if structure.forum_of_plan[forum]:
        home = structure.actor_organisation[actor]
        chance = chance_under_demand(chance, state.attendance_floor[home])
    return chance


@compiled
def meet_beforehand(structure, parameters, state, record, seed, week, forum):
    """Hold the pre-meeting of every camp that has two seats or more in the body."""
    for camp in range(N_CAMPS):
        if not _has_whom_to_meet(structure, state, forum, camp):
            continue
        present = _gather_camp(structure, parameters, state, record, seed, week, forum, camp)
        if present < 2:
            continue
        talk_hours = talk_hours_per_pair(
            CONVENTIONAL,
            structure.forum_premeeting_hours[forum],
            present,
            parameters.talk_across_table,
            parameters.small_group,
            parameters.informal_group,
        )
        moment = structure.forum_key[forum] + 2 * week
        talk_with_each_other(structure, parameters, state, seed, moment, present, talk_hours)
        share_goals(structure, parameters, state, present, talk_hours * (present - 1))


@compiled
def _has_whom_to_meet(structure, state, forum, camp):
    """Are two of the camp's seats in the body filled? Until then nobody there is prepared."""
    filled = 0
    for place in range(structure.forum_start[forum], structure.forum_start[forum + 1]):
        actor = structure.forum_member[place]
        if structure.organisation_camp[structure.actor_organisation[actor]] == camp:
            state.prepared[place] = False
            filled += state.present[actor]
    return filled >= 2


@compiled
def _gather_camp(structure, parameters, state, record, seed, week, forum, camp):
    """Fill ``attending`` with those of one camp who come; two or more are prepared by it.

    Who comes alone has lost the hours.
    """
    hours = structure.forum_premeeting_hours[forum]
    present, last = 0, NOBODY
    for place in range(structure.forum_start[forum], structure.forum_start[forum + 1]):
        actor = structure.forum_member[place]
        home = structure.actor_organisation[actor]
        if structure.organisation_camp[home] != camp or not state.present[actor]:
            continue
        chance = chance_of_coming(structure, parameters, state, forum, actor)
        who, whom = structure.actor_key[actor], structure.forum_key[forum]
        if draw(seed, DRAW_PREMEETING, week, who, whom) >= chance:
            continue
        state.prepared[place] = True
        last = place
        state.attending[present] = actor
        present += 1
        state.hours_left[actor] -= hours
        state.meeting_hours[actor] += parameters.meeting_memory * hours
        record.flow[HOURS_MEETING] += hours
        record.forum_hours[forum] += hours
    if present == 1:
        state.prepared[last] = False
    return present
