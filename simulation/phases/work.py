"""Phase 4, work: hours are spent on what is open; overload slows and breaks promises.

Reads: cases under way, hours left, control, ownership. Writes: hours done, load, conflicts,
double work, the list of cases that ended this week.
"""

from simulation.columns import (
    FOLLOW_UP_HOURS,
    HOURS_COORDINATION,
    HOURS_FREE,
    HOURS_WORK,
)
from simulation.compilation import compiled
from simulation.phases.trouble import live_with_conflict, look_for_trouble
from simulation.rules.goals import knowledge_after_contact
from simulation.rules.leading import hours_for_leading
from simulation.rules.work import hours_held_back, share_of_wanted_given
from simulation.vocabulary import CAMP_HELHEDSPLAN, CONFLICT, N_SLOTS, NOBODY, TOGETHER, WORKING

ALL_DONE = 0.999  # share of the promised hours that counts as all: guards against rounding


@compiled
def work(structure, parameters, state, record, seed, week):
    """Look at what is open, share out the hours, do the work, and close what is done."""
    state.hours_wanted[:] = 0.0
    state.finished_count[0] = 0
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] == WORKING and state.case_start[case] == week:
            look_for_trouble(structure, parameters, state, record, seed, week, case)
        elif state.case_status[case] == CONFLICT:
            live_with_conflict(structure, parameters, state, record, seed, week, case)
        if state.case_status[case] == WORKING:
            _ask_for_hours(parameters, state, case)
    _lead(structure, parameters, state, record)
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] == WORKING:
            _do_work(structure, parameters, state, record, case)
            _see_if_done(parameters, state, week, case)
        elif state.case_status[case] == CONFLICT and _too_late(parameters, state, week, case):
            _mark_finished(state, case)
    _settle_accounts(state, record)


@compiled
def _ask_for_hours(parameters, state, case):
    actors, wanted = state.case_actor, state.hours_wanted
    for slot in range(N_SLOTS):
        if actors[case, slot] != NOBODY:
            wanted[actors[case, slot]] += _wanted(parameters, state, case, slot)


@compiled
def _wanted(parameters, state, case, slot):
    """Hours a person would like to give a case this week."""
    done = state.case_apart[case, slot] + state.case_joint[case, slot]
    remaining = max(0.0, state.case_need[case, slot] - done)
    return min(remaining, 2.0 * parameters.hours_per_week_planned)


@compiled
def _lead(structure, parameters, state, record):
    """Leaders keep hours for the whole; what is left of a week's hours goes to the open cases.

    Who leads the plan follows up on it with what coordinating has not used; elsewhere such hours
    stay free for home. Afterwards ``hours_left`` holds what may be spent on cases, and ``load`` is
    up to date.
    """
    hours_left, hours_wanted, load = state.hours_left, state.hours_wanted, state.load
    coordinating, memory = structure.actor_coordinating, parameters.load_memory
    for actor in range(len(hours_left)):
        left, wanted = hours_left[actor], hours_wanted[actor]
        if coordinating[actor] > 0.0 and left > 0.0:
            leading = hours_for_leading(
                state.hours_available[actor],
                coordinating[actor],
                load[actor],
                parameters.leading_absorbed,
            )
            used = max(0.0, state.hours_available[actor] - left)
            leading = max(0.0, min(left, leading - used))
            left -= leading
            hours_left[actor] = left
            home = structure.actor_organisation[actor]
            if structure.organisation_camp[home] == CAMP_HELHEDSPLAN:
                _follow_up(structure, parameters, state, actor, leading)
                record.flow[FOLLOW_UP_HOURS] += leading
                record.flow[HOURS_COORDINATION] += leading
            else:
                record.flow[HOURS_FREE] += leading
        unmet = 0.0
        if wanted > 0.0:
            unmet = 1.0 - min(1.0, max(0.0, left) / wanted)
        elif left < 0.0:
            unmet = 1.0
        load[actor] += memory * (unmet - load[actor])


@compiled
def _follow_up(structure, parameters, state, leader, hours):
    """Hours spent on the whole make the plan's goals known in the leader's own team."""
    organisation = structure.actor_organisation[leader]
    first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
    team = 0
    for place in range(first, end):
        team += structure.actor_hours[structure.member[place]] > 0.0
    for place in range(first, end):
        actor = structure.member[place]
        if structure.actor_hours[actor] > 0.0 and state.present[actor]:
            state.knowledge[actor] = knowledge_after_contact(
                state.knowledge[actor],
                state.knowledge[leader],
                hours / team,
                parameters.knowledge_gain,
            )


@compiled
def _do_work(structure, parameters, state, record, case):
    """Everyone in a case gives it hours; own cases come before others' where control is tight."""
    together = state.case_settled[case, 0] >= TOGETHER
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor == NOBODY or state.case_need[case, slot] <= 0.0:
            continue
        left, wanted_in_all = state.hours_left[actor], state.hours_wanted[actor]
        if left <= 0.0 or wanted_in_all <= 0.0:
            continue
        control = structure.organisation_control[structure.actor_organisation[actor]]
        wanted = _wanted(parameters, state, case, slot)
        given = wanted * share_of_wanted_given(left / wanted_in_all, control, slot > 0)
        if slot > 0:
            given -= hours_held_back(given, control, state.ownership[actor], parameters.free_riding)
        state.hours_spent[actor] += given
        record.flow[HOURS_WORK] += given
        if together and (slot == 0 or state.case_settled[case, slot] >= TOGETHER):
            state.case_joint[case, slot] += given
        else:
            state.case_apart[case, slot] += given


@compiled
def _see_if_done(parameters, state, week, case):
    """A case ends when every part is done, or when patience with it has run out."""
    done = True
    for slot in range(N_SLOTS):
        if state.case_actor[case, slot] != NOBODY:
            hours = state.case_apart[case, slot] + state.case_joint[case, slot]
            done = done and hours >= ALL_DONE * state.case_need[case, slot]
    if done or _too_late(parameters, state, week, case):
        _mark_finished(state, case)


@compiled
def _too_late(parameters, state, week, case):
    return week >= state.case_due[case] + int(parameters.patience)


@compiled
def _mark_finished(state, case):
    state.finished_now[state.finished_count[0]] = case
    state.finished_count[0] += 1


@compiled
def _settle_accounts(state, record):
    """Hours nobody asked for lapse; hours overdrawn are next week's debt."""
    hours_left, hours_spent, free = state.hours_left, state.hours_spent, 0.0
    for actor in range(len(hours_left)):
        left = hours_left[actor] - hours_spent[actor]
        hours_spent[actor] = 0.0
        if left > 0.0:
            free += left
            left = 0.0
        hours_left[actor] = left
    record.flow[HOURS_FREE] += free
