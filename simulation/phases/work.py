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
from simulation.compilation import compiled, inlined
from simulation.phases.trouble import live_with_conflict, look_for_trouble
from simulation.randomness import draw
from simulation.rules.goals import knowledge_after_contact
from simulation.rules.leading import follow_up_that_counts, hours_for_leading
from simulation.rules.work import (
    chance_of_common_time,
    hours_held_back,
    hours_in_step,
    share_done_together,
    share_given_to_others,
    share_given_to_own,
    share_met,
)
from simulation.vocabulary import (
    CAMP_HELHEDSPLAN,
    CONFLICT,
    DRAW_COMMON_TIME,
    N_SLOTS,
    N_THEMES,
    TOGETHER,
    WORKING,
)

ALL_DONE = 0.999  # share of the promised hours that counts as all: guards against rounding


@compiled
def work(structure, parameters, state, record, seed, week):
    """Look at what is open, share out the hours, do the work, and close what is done."""
    state.hours_wanted[:] = 0.0
    state.hours_wanted_own[:] = 0.0
    state.finished_count[0] = 0
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] == WORKING and state.case_start[case] == week:
            look_for_trouble(structure, parameters, state, record, seed, week, case)
        elif state.case_status[case] == CONFLICT:
            live_with_conflict(structure, parameters, state, record, seed, week, case)
        if state.case_status[case] == WORKING:
            _ask_for_hours(parameters, state, week, case)
    _lead(structure, parameters, state, record)
    _share_out(structure, parameters, state)
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] == WORKING:
            _do_work(structure, parameters, state, seed, week, case)
            if _is_done(state, case) or _too_late(parameters, state, week, case):
                _mark_finished(state, case)
        elif state.case_status[case] == CONFLICT and _too_late(parameters, state, week, case):
            _mark_finished(state, case)
    _settle_accounts(state, record)


@inlined
def _ask_for_hours(parameters, state, week, case):
    """Note what everyone in a case would like to give it this week.

    A slot without a person has no need: it asks for no hours, of whomever.
    """
    actors, asked, most = state.case_actor, state.case_wanted, parameters.most_hours_a_week
    for slot in range(N_SLOTS):
        left = state.case_need[case, slot] - _hours_done(state, case, slot)
        asked[case, slot] = min(max(0.0, left), most)
    if state.case_settled[case, 0] >= TOGETHER and week < state.case_due[case]:
        _keep_in_step(parameters, state, case)
    for slot in range(N_SLOTS):
        state.hours_wanted[max(0, actors[case, slot])] += asked[case, slot]
    state.hours_wanted_own[max(0, actors[case, 0])] += asked[case, 0]


@inlined
def _hours_done(state, case, slot):
    return state.case_apart[case, slot] + state.case_joint[case, slot]


@compiled
def _keep_in_step(parameters, state, case):
    """Those who share the task do not run far ahead of one another."""
    for slot in range(N_SLOTS):
        if state.case_settled[case, slot] >= TOGETHER:
            hours = hours_in_step(
                state.case_need[case, slot],
                _hours_done(state, case, slot),
                _progress_of_others(state, case, slot),
                parameters.ahead_of_others,
            )
            state.case_wanted[case, slot] = min(state.case_wanted[case, slot], hours)


@compiled
def _progress_of_others(state, case, slot):
    """How far those have come with whom one shares the task: the slowest one counts, 0..1."""
    if slot > 0:
        return _progress(state, case, 0)
    least = 1.0
    for other in range(1, N_SLOTS):
        if state.case_settled[case, other] >= TOGETHER:
            least = min(least, _progress(state, case, other))
    return least


@compiled
def _progress(state, case, slot):
    return share_met(_hours_done(state, case, slot), state.case_need[case, slot])


@compiled
def _lead(structure, parameters, state, record):
    """Leaders keep hours for the whole; what is left of a week's hours goes to the open cases.

    What coordinating has not used is kept all the same, so it is part of the price; who leads the
    plan follows up on it with those hours. Afterwards ``hours_left`` holds what may be spent on
    cases.
    """
    hours_left, load, coordinating = state.hours_left, state.load, structure.actor_coordinating
    for actor in range(len(hours_left)):
        left = hours_left[actor]
        if coordinating[actor] > 0.0 and left > 0.0:
            leading = hours_for_leading(
                state.hours_available[actor],
                coordinating[actor],
                load[actor],
                parameters.leading_absorbed,
            )
            used = state.hours_available[actor] - state.hours_activity[actor] - left
            used = max(0.0, used)
            leading = max(0.0, min(left, leading - used))
            hours_left[actor] = left - leading
            record.flow[HOURS_COORDINATION] += leading
            home = structure.actor_organisation[actor]
            if structure.organisation_camp[home] == CAMP_HELHEDSPLAN:
                _follow_up(structure, parameters, state, actor, leading)
                record.flow[FOLLOW_UP_HOURS] += leading


@compiled
def _share_out(structure, parameters, state):
    """What part of the hours wanted everyone can give, and what that does to their load."""
    for actor in range(len(state.load)):
        left, wanted = state.hours_left[actor], state.hours_wanted[actor]
        met = share_met(max(0.0, left), wanted)
        unmet = 1.0 if wanted <= 0.0 and left < 0.0 else 1.0 - met
        state.load[actor] += parameters.load_memory * (unmet - state.load[actor])
        control = structure.organisation_control[structure.actor_organisation[actor]]
        share, own = share_given_to_others(met, control), state.hours_wanted_own[actor]
        state.given_to_own[actor] = share_given_to_own(max(0.0, left), own, wanted - own, share)
        state.given_to_others[actor] = share - hours_held_back(
            share, control, state.ownership[actor], parameters.free_riding
        )


@compiled
def _follow_up(structure, parameters, state, leader, hours):
    """Hours spent on the whole make the plan's goals known in the leader's own team."""
    organisation = structure.actor_organisation[leader]
    first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
    team = 0
    skill = 0.0
    for theme in range(N_THEMES):
        skill += structure.actor_skill[leader, theme] / N_THEMES
    counts = follow_up_that_counts(hours, skill, parameters.follow_up_needs_skill)
    for place in range(first, end):
        team += structure.actor_hours[structure.member[place]] > 0.0
    for place in range(first, end):
        actor = structure.member[place]
        if structure.actor_hours[actor] > 0.0 and state.present[actor]:
            state.knowledge[actor] = knowledge_after_contact(
                state.knowledge[actor],
                state.knowledge[leader],
                counts / team,
                parameters.knowledge_gain,
            )


@inlined
def _do_work(structure, parameters, state, seed, week, case):
    """Everyone in a case gives it hours; what two of them gave side by side counts as joint."""
    given, actors, asked = state.slot_hours, state.case_actor, state.case_wanted
    for slot in range(N_SLOTS):
        actor = max(0, actors[case, slot])  # where there is nobody no hours are asked for
        share = state.given_to_own[actor] if slot == 0 else state.given_to_others[actor]
        given[slot] = asked[case, slot] * share
        state.hours_spent[actor] += given[slot]
    if state.case_settled[case, 0] < TOGETHER:
        for slot in range(N_SLOTS):
            state.case_apart[case, slot] += given[slot]
    else:
        _do_shared_work(structure, parameters, state, seed, week, case)


@compiled
def _do_shared_work(structure, parameters, state, seed, week, case):
    """The same where some share a task: the holder's joint hours are those with any of them.

    The three partners are written out. In a loop the compiler reads several hours at once that have
    just been written one by one, and waits for them.
    """
    first = _joint_part(structure, parameters, state, seed, week, case, 1)
    second = _joint_part(structure, parameters, state, seed, week, case, 2)
    third = _joint_part(structure, parameters, state, seed, week, case, 3)
    _split_hours(state, case, 0, max(first, max(second, third)))
    _split_hours(state, case, 1, first)
    _split_hours(state, case, 2, second)
    _split_hours(state, case, 3, third)


@compiled
def _joint_part(structure, parameters, state, seed, week, case, slot):
    if state.slot_hours[slot] > 0.0 and state.case_settled[case, slot] >= TOGETHER:
        return _side_by_side(structure, parameters, state, seed, week, case, slot)
    return 0.0


@compiled
def _split_hours(state, case, slot, joint):
    given = state.slot_hours[slot]
    state.case_joint[case, slot] += joint * given
    state.case_apart[case, slot] += (1.0 - joint) * given


@compiled
def _side_by_side(structure, parameters, state, seed, week, case, slot):
    """Share of this week's hours that holder and partner spent together on the shared task."""
    joint = share_done_together(
        state.slot_hours[0], state.slot_hours[slot], parameters.sitting_hours
    )
    if joint <= 0.0:
        return 0.0
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    chance = chance_of_common_time(state.load[holder], state.load[partner], parameters.common_time)
    who = structure.actor_key[partner]
    if draw(seed, DRAW_COMMON_TIME, week, state.case_key[case], who) >= chance:
        return 0.0
    return joint


@inlined
def _is_done(state, case):
    """A case ends when every part is done; a slot without a person has none."""
    undone = 0
    for slot in range(N_SLOTS):
        undone += _hours_done(state, case, slot) < ALL_DONE * state.case_need[case, slot]
    return undone == 0


@inlined
def _too_late(parameters, state, week, case):
    """Patience with a case has run out."""
    return week >= state.case_due[case] + int(parameters.patience)


@inlined
def _mark_finished(state, case):
    state.finished_now[state.finished_count[0]] = case
    state.finished_count[0] += 1


@compiled
def _settle_accounts(state, record):
    """Hours nobody asked for lapse; hours overdrawn are next week's debt."""
    hours_left, hours_spent, spent, free = state.hours_left, state.hours_spent, 0.0, 0.0
    for actor in range(len(hours_left)):
        left = hours_left[actor] - hours_spent[actor]
        spent += hours_spent[actor]
        free += max(0.0, left)
        hours_left[actor] = min(0.0, left)
        hours_spent[actor] = 0.0
    record.flow[HOURS_WORK] += spent
    record.flow[HOURS_FREE] += free
