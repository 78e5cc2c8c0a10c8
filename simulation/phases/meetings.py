"""Phase 2, meetings: who comes, what talking does, and the work on the agenda.

Reads: bodies and routes, ownership, load, leaders' attention, queues. Writes: hours, ties, trust,
goals, knowledge, attention, decisions, queues, role clarity after mediation, ownership, acceptance.
"""

from simulation.columns import HOURS_MEETING, MEETINGS_FAILED, MEETINGS_HELD
from simulation.compilation import compiled
from simulation.phases.agenda import overtake_late_matters, put_off, work_through_agenda
from simulation.phases.data_sharing import feed_data
from simulation.phases.premeetings import chance_of_coming, meet_beforehand
from simulation.phases.talking import share_goals, talk_with_each_other
from simulation.randomness import draw
from simulation.rules.attention import attention_after_contact, attention_won
from simulation.rules.goals import knowledge_after_contact
from simulation.rules.linking import meeting_hours_remembered
from simulation.rules.meetings import talk_hours_per_pair
from simulation.vocabulary import DRAW_ATTENDANCE, EVENT_MEETING_FAILED, EVENT_MEETING_HELD
from simulation.writing import note


@compiled
def meetings(structure, parameters, state, record, seed, week):
    """Hold the meetings due this week, then drop the matters that events have overtaken."""
    _feel_fewer_meetings(parameters, state)
    feed_data(structure, parameters, state, record)
    for place in range(len(structure.forum_order)):
        forum = structure.forum_order[place]
        beforehand = structure.forum_premeeting[forum]
        if beforehand > 0:
            following = (week + beforehand) % structure.forum_period[forum]
            if following == state.first_meeting[forum]:
                meet_beforehand(structure, parameters, state, record, seed, week, forum)
        if week % structure.forum_period[forum] == state.first_meeting[forum]:
            _hold(structure, parameters, state, record, seed, week, forum)
    overtake_late_matters(structure, parameters, state, record, week)


@compiled
def _feel_fewer_meetings(parameters, state):
    """The burden of past meetings is felt less every week."""
    for actor in range(len(state.meeting_hours)):
        state.meeting_hours[actor] = meeting_hours_remembered(
            state.meeting_hours[actor], parameters.meeting_memory
        )


@compiled
def _hold(structure, parameters, state, record, seed, week, forum):
    members = structure.forum_start[forum + 1] - structure.forum_start[forum]
    present = _gather(structure, parameters, state, record, seed, week, forum)
    if present < 1 or present < parameters.quorum * members:
        record.flow[MEETINGS_FAILED] += 1
        note(record, week, EVENT_MEETING_FAILED, -1, -1, -1, forum, present)
        put_off(state, record, week, forum)
        return
    record.flow[MEETINGS_HELD] += 1
    note(record, week, EVENT_MEETING_HELD, -1, -1, -1, forum, present)
    hours = structure.forum_hours[forum]
    talk_hours = talk_hours_per_pair(
        structure.forum_format[forum],
        hours,
        present,
        parameters.talk_across_table,
        parameters.small_group,
        parameters.informal_group,
    )
    moment = structure.forum_key[forum] + 2 * week
    talk_with_each_other(structure, parameters, state, seed, moment, present, talk_hours)
    share_goals(structure, parameters, state, present, talk_hours * (present - 1))
    if structure.forum_of_plan[forum]:
        _look_at_plan(structure, parameters, state, present, hours)
    work_through_agenda(structure, parameters, state, record, seed, week, forum, present)


@compiled
def _gather(structure, parameters, state, record, seed, week, forum):
    """Fill ``attending`` with those who come, take their hours, return how many they are."""
    hours = structure.forum_hours[forum] + structure.forum_preparation[forum]
    present, prepared = 0, 0
    for place in range(structure.forum_start[forum], structure.forum_start[forum + 1]):
        actor = structure.forum_member[place]
        chance = chance_of_coming(structure, parameters, state, forum, actor)
        who, whom = structure.actor_key[actor], structure.forum_key[forum]
        comes = state.present[actor] & (draw(seed, DRAW_ATTENDANCE, week, who, whom) < chance)
        spent = hours if comes else 0.0
        state.attending[present] = actor
        present += comes
        prepared += comes & state.prepared[place]
        state.hours_left[actor] -= spent
        state.meeting_hours[actor] += parameters.meeting_memory * spent
        record.flow[HOURS_MEETING] += spent
        record.forum_hours[forum] += spent
    state.meeting_prepared[0] = prepared / max(1, present)
    return present


@compiled
def _look_at_plan(structure, parameters, state, present, hours):
    """Who knows the goals best makes them known, and wins the leaders' attention by it."""
    most = 0.0
    for place in range(present):
        most = max(most, state.knowledge[state.attending[place]])
    for place in range(present):
        actor = state.attending[place]
        if structure.actor_leads[actor]:
            state.attention[actor] = attention_after_contact(
                state.attention[actor], attention_won(parameters.attention_gain, most)
            )
        state.knowledge[actor] = knowledge_after_contact(
            state.knowledge[actor], most, hours, parameters.knowledge_gain
        )
