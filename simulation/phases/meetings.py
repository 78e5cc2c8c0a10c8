"""Phase 2, meetings: who comes, what talking does, and the work on the agenda.

Reads: bodies and routes, ownership, load, leaders' attention, queues. Writes: hours, ties, trust,
goals, knowledge, attention, decisions, queues, role clarity after mediation, ownership, acceptance.
"""

from simulation.columns import HOURS_MEETING, MEETINGS_FAILED, MEETINGS_HELD
from simulation.compilation import compiled
from simulation.phases.agenda import overtake_late_matters, put_off, work_through_agenda
from simulation.randomness import draw
from simulation.rules.acquaintance import share_of_acquaintance_won
from simulation.rules.attention import attention_after_contact
from simulation.rules.goals import knowledge_after_contact, view_after_meeting, weight_of_others
from simulation.rules.meetings import chance_of_attending, talk_hours_per_pair
from simulation.rules.trust import chance_of_going_first, trust_after_openness
from simulation.ties import talk
from simulation.vocabulary import (
    DRAW_ATTENDANCE,
    DRAW_OPENNESS,
    EVENT_MEETING_FAILED,
    EVENT_MEETING_HELD,
    N_THEMES,
)
from simulation.writing import note


@compiled
def meetings(structure, parameters, state, record, seed, week):
    """Hold the meetings due this week, then drop the matters that events have overtaken."""
    for place in range(len(structure.forum_order)):
        forum = structure.forum_order[place]
        if week % structure.forum_period[forum] == state.first_meeting[forum]:
            _hold(structure, parameters, state, record, seed, week, forum)
    overtake_late_matters(structure, parameters, state, record, week)


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
    _talk(structure, parameters, state, seed, week, forum, present, talk_hours)
    _share_goals(parameters, state, present, talk_hours * (present - 1))
    if structure.forum_of_plan[forum]:
        _look_at_plan(structure, parameters, state, present, hours)
    work_through_agenda(structure, parameters, state, record, seed, week, forum, present)


@compiled
def _gather(structure, parameters, state, record, seed, week, forum):
    """Fill ``attending`` with those who come, take their hours, return how many they are."""
    hours = structure.forum_hours[forum] + structure.forum_preparation[forum]
    present = 0
    for place in range(structure.forum_start[forum], structure.forum_start[forum + 1]):
        actor = structure.forum_member[place]
        if not state.present[actor]:
            continue
        chance = chance_of_attending(
            state.ownership[actor],
            state.organisation_attention[structure.actor_organisation[actor]],
            state.load[actor],
            parameters.attendance_base,
            parameters.attendance_from_ownership,
            parameters.attendance_from_attention,
            parameters.attendance_load_price,
        )
        who, whom = structure.actor_key[actor], structure.forum_key[forum]
        if draw(seed, DRAW_ATTENDANCE, week, who, whom) >= chance:
            continue
        state.attending[present] = actor
        present += 1
        state.hours_left[actor] -= hours
        record.flow[HOURS_MEETING] += hours
        record.forum_waits[forum, 2] += hours
    return present


@compiled
def _talk(structure, parameters, state, seed, week, forum, present, talk_hours):
    """Everyone present gets to know everyone a little, and some dare to go first.

    Of two people the one with the lower stable id has the first chance, so that the order in which
    members are listed decides nothing.
    """
    share_won = share_of_acquaintance_won(talk_hours, parameters.acquaintance_hours)
    for place in range(present):
        i = state.attending[place]
        for later in range(place + 1, present):
            j = state.attending[later]
            talk(structure, parameters, state, seed, i, j, share_won)
            one, two = i, j
            if structure.actor_key[i] > structure.actor_key[j]:
                one, two = j, i
            _go_first(structure, parameters, state, seed, week, forum, one, two, talk_hours)
            _go_first(structure, parameters, state, seed, week, forum, two, one, talk_hours)


@compiled
def _go_first(structure, parameters, state, seed, week, forum, i, j, talk_hours):
    """``i`` may be open about a weakness; ``j`` may return it."""
    trust, back = state.trust[i, j], state.trust[j, i]
    chance = chance_of_going_first(talk_hours, trust, parameters.openness_per_hour)
    key_i, key_j = structure.actor_key[i], structure.actor_key[j]
    moment = structure.forum_key[forum] + 2 * week
    if draw(seed, DRAW_OPENNESS, moment, key_i, key_j) >= chance:
        return
    returned = draw(seed, DRAW_OPENNESS, moment + 1, key_i, key_j) < back
    gain, loss = parameters.openness_gain, parameters.openness_loss
    state.trust[i, j] = trust_after_openness(trust, returned, gain, loss)
    if returned:
        state.trust[j, i] = trust_after_openness(back, True, gain, loss)


@compiled
def _share_goals(parameters, state, present, hours_of_talk):
    """Everyone moves towards the mean view of those present (DeGroot)."""
    weight = weight_of_others(parameters.goal_learning, hours_of_talk)
    for theme in range(N_THEMES):
        total = 0.0
        for place in range(present):
            total += state.goals[state.attending[place], theme]
        mean = total / present
        for place in range(present):
            actor = state.attending[place]
            state.goals[actor, theme] = view_after_meeting(state.goals[actor, theme], mean, weight)


@compiled
def _look_at_plan(structure, parameters, state, present, hours):
    """Leaders give attention to what they sit with; who knows the goals best makes them known."""
    most = 0.0
    for place in range(present):
        most = max(most, state.knowledge[state.attending[place]])
    for place in range(present):
        actor = state.attending[place]
        if structure.actor_leads[actor]:
            state.attention[actor] = attention_after_contact(
                state.attention[actor], parameters.attention_gain
            )
        state.knowledge[actor] = knowledge_after_contact(
            state.knowledge[actor], most, hours, parameters.knowledge_gain
        )
