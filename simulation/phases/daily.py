"""What takes hours before anything else does: two leaders, activities, upkeep, defining the plan.

Reads: who is lent, planned activities, anchored methods. Writes: hours, value, acceptance, active
residents. Called at the end of the phase ``world``, when the week's hours have been handed out.
"""

from simulation.columns import (
    ACTIVITY_VALUE,
    HOURS_ACTIVITIES,
    HOURS_COORDINATION,
    HOURS_TORN,
    HOURS_UPKEEP,
    VALUE,
)
from simulation.compilation import compiled
from simulation.rules.activities import (
    hours_of_activities,
    share_won_by_hours,
    worth_of_activities,
)
from simulation.rules.attention import hours_freed
from simulation.rules.defining import hours_of_defining
from simulation.rules.lending import attention_of_leaders, hours_not_torn, pull_both_ways
from simulation.rules.methods import upkeep_of_methods
from simulation.rules.ownership import grown
from simulation.vocabulary import N_THEMES

WEEKS_A_YEAR = 52


@compiled
def daily_life(structure, parameters, state, record, week):
    """Take the hours that are spoken for at the start of the week."""
    if week % WEEKS_A_YEAR == 0:
        for area in range(len(structure.area_key)):
            state.pool[area] = structure.area_pool_hours[area]
    _serve_two_leaders(structure, parameters, state, record)
    _run_activities(structure, parameters, state, record)
    if week < int(parameters.defining_weeks):
        _define_plan(parameters, state, record)
    _keep_up_methods(structure, parameters, state, record)


@compiled
def goals_apart(structure, one, other):
    """Half the distance between the goals of two organisations, 0 the same to 1 nothing shared."""
    distance = 0.0
    for theme in range(N_THEMES):
        distance += abs(
            structure.organisation_goals[one, theme] - structure.organisation_goals[other, theme]
        )
    return 0.5 * distance


@compiled
def _serve_two_leaders(structure, parameters, state, record):
    """The lent get their hours from the leader who leads them, and lose some in between."""
    for place in range(len(structure.guest)):
        actor = structure.guest[place]
        if not state.present[actor]:
            continue
        home, host = structure.actor_organisation[actor], structure.actor_lent_to[actor]
        before = state.hours_available[actor]
        hours = before
        if not structure.actor_leads[actor]:
            attention = attention_of_leaders(
                state.organisation_attention[home],
                state.organisation_attention[host],
                structure.actor_host_leads[actor],
            )
            hours = hours_freed(structure.actor_hours[actor], attention, parameters.attention_frees)
            hours *= state.hours_factor[home]
        pull = pull_both_ways(structure.actor_lent_share[actor], goals_apart(structure, home, host))
        kept = hours_not_torn(hours, pull, parameters.lent_torn)
        record.flow[HOURS_TORN] += hours - kept
        state.hours_available[actor] = kept
        state.hours_left[actor] += kept - before


@compiled
def _run_activities(structure, parameters, state, record):
    """Activities for residents: what is on the calendar is held, whatever else waits."""
    planned, left, spent = structure.actor_activity_hours, state.hours_left, state.hours_activity
    in_all = 0.0
    state.area_activity[:] = 0.0
    for actor in range(len(planned)):
        spent[actor] = 0.0
        if planned[actor] > 0.0 and state.present[actor]:
            hours = hours_of_activities(planned[actor], left[actor])
            left[actor] -= hours
            spent[actor] = hours
            in_all += hours
            _share_among_areas(structure, state, actor, hours)
    record.flow[HOURS_ACTIVITIES] += in_all
    if in_all > 0.0:
        for area in range(len(state.area_activity)):
            _reach_residents(parameters, state, record, area)


@compiled
def _share_among_areas(structure, state, actor, hours):
    """Hours of activities fall evenly on the areas in which the organisation takes part."""
    home, areas = structure.actor_organisation[actor], 0
    for area in range(len(state.area_activity)):
        areas += structure.organisation_in_area[home, area]
    for area in range(len(state.area_activity)):
        if structure.organisation_in_area[home, area]:
            state.area_activity[area] += hours / areas


@compiled
def _reach_residents(parameters, state, record, area):
    """Residents gain from the week's activities, accept the effort more, and some become active."""
    hours = state.area_activity[area]
    worth = worth_of_activities(
        hours,
        parameters.activity_worth,
        state.acceptance[area],
        parameters.acceptance_matters,
        state.active_residents[area],
        parameters.activity_active,
    )
    record.flow[VALUE] += worth
    record.flow[ACTIVITY_VALUE] += worth
    accepted = share_won_by_hours(hours, parameters.acceptance_from_activities)
    state.acceptance[area] = grown(state.acceptance[area], accepted)
    activated = share_won_by_hours(hours, parameters.active_from_activities)
    state.active_residents[area] = grown(state.active_residents[area], activated)


@compiled
def _define_plan(parameters, state, record):
    """Those who define the plan with others meet about it in the first weeks."""
    for actor in range(len(state.defined)):
        if state.defined[actor] > 0.0 and state.present[actor] and state.hours_available[actor] > 0:
            hours = hours_of_defining(state.defined[actor], parameters.defining_hours)
            state.hours_left[actor] -= hours
            record.flow[HOURS_COORDINATION] += hours


@compiled
def _keep_up_methods(structure, parameters, state, record):
    """Methods in daily operations take hours of those who run them, in equal parts."""
    for organisation in range(len(structure.organisation_key)):
        methods = 0
        for theme in range(N_THEMES):
            methods += state.organisation_methods[organisation, theme]
        if methods == 0:
            continue
        first = structure.member_start[organisation]
        end = structure.member_start[organisation + 1]
        people = 0
        for place in range(first, end):
            people += _runs_operations(structure, state, structure.member[place])
        for place in range(first, end):
            actor = structure.member[place]
            if _runs_operations(structure, state, actor):
                hours = upkeep_of_methods(methods, parameters.anchored_upkeep) / people
                state.hours_left[actor] -= hours
                record.flow[HOURS_UPKEEP] += hours


@compiled
def _runs_operations(structure, state, actor):
    return (
        structure.actor_operates[actor]
        and state.present[actor]
        and structure.actor_hours[actor] > 0.0
    )
