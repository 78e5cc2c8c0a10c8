"""Outside events of the week: what they take, whom they replace, what they open again."""

from simulation.compilation import compiled
from simulation.posts import leave_post
from simulation.randomness import draw
from simulation.rules.attention import attention_after_contact
from simulation.rules.ownership import shrunk
from simulation.rules.shocks import (
    attention_after_election,
    hours_after_cut,
    view_after_renegotiation,
    weekly_chance,
)
from simulation.start import carries_goals
from simulation.timing import is_on, weeks_to_new_period
from simulation.vocabulary import (
    ACUTE_WAVE,
    BUDGET_CUT,
    CAMP_HELHEDSPLAN,
    COUNCILLOR,
    DRAW_ELECTION,
    DRAW_INSECURITY,
    ELECTION,
    EVENT_OUTSIDE,
    FUNDER_DEMAND,
    N_THEMES,
    NEW_PERIOD,
    POLITICAL,
)
from simulation.writing import note


@compiled
def let_events_happen(structure, parameters, state, record, seed, week):
    """See which events are under way, let those begin that do, and feel the rest."""
    state.hours_factor[:] = 1.0
    state.attendance_floor[:] = 0.0
    for shock in range(len(structure.shock_key)):
        was_on = state.shock_on[shock]
        state.shock_on[shock] = _is_on(structure, seed, shock, week)
        if structure.shock_kind[shock] == NEW_PERIOD:
            _feel_insecure(structure, parameters, state, record, seed, week, shock)
        if not state.shock_on[shock]:
            continue
        if not was_on:
            note(record, week, EVENT_OUTSIDE, -1, -1, -1, -1, shock)
            _begin(structure, parameters, state, record, seed, week, shock)
        _feel(structure, parameters, state, shock)


@compiled
def _is_on(structure, seed, shock, week):
    return is_on(
        structure.shock_kind[shock], structure.shock_week[shock], structure.shock_rate[shock],
        structure.shock_weeks[shock], structure.shock_key[shock], seed, week,
    )  # fmt: skip


@compiled
def _feel(structure, parameters, state, shock):
    """What an event takes from the organisations it concerns while it lasts."""
    kind, size = structure.shock_kind[shock], structure.shock_size[shock]
    for one in range(len(structure.organisation_key)):
        if not structure.shock_hits[shock, one]:
            continue
        if kind == BUDGET_CUT:
            state.hours_factor[one] = hours_after_cut(state.hours_factor[one], size)
        elif kind == ACUTE_WAVE:
            taken = parameters.wave_hours
            state.hours_factor[one] = hours_after_cut(state.hours_factor[one], taken)
        elif kind == FUNDER_DEMAND:
            state.attendance_floor[one] = max(state.attendance_floor[one], size)


@compiled
def _begin(structure, parameters, state, record, seed, week, shock):
    kind, size = structure.shock_kind[shock], structure.shock_size[shock]
    for actor in range(len(structure.actor_key)):
        home = structure.actor_organisation[actor]
        if not (state.present[actor] and structure.shock_hits[shock, home]):
            continue
        if kind == ELECTION:
            _stand_for_election(structure, state, record, seed, week, actor, size)
        elif kind == ACUTE_WAVE and structure.actor_leads[actor]:
            state.attention[actor] = attention_after_contact(
                state.attention[actor], parameters.wave_attention
            )
        elif kind == FUNDER_DEMAND:
            state.ownership[actor] = shrunk(state.ownership[actor], parameters.imposed_hurts)
        elif kind == NEW_PERIOD:
            _open_goals_again(structure, parameters, state, actor, home)


@compiled
def _stand_for_election(structure, state, record, seed, week, actor, share):
    """Some councillors are replaced at once; the attention of those who stay falls back."""
    if structure.actor_role[actor] == COUNCILLOR:
        who = structure.actor_key[actor]
        if draw(seed, DRAW_ELECTION, week, who, 0) < share:
            leave_post(state, record, week, actor, 1)
            return
    if structure.actor_level[actor] == POLITICAL and structure.actor_leads[actor]:
        core = structure.organisation_attention[structure.actor_organisation[actor]]
        state.attention[actor] = attention_after_election(state.attention[actor], core, share)


@compiled
def _open_goals_again(structure, parameters, state, actor, home):
    share = parameters.period_renewal
    for theme in range(N_THEMES):
        state.goals[actor, theme] = view_after_renegotiation(
            state.goals[actor, theme], structure.organisation_goals[home, theme], share
        )
    if not carries_goals(structure, actor):
        state.knowledge[actor] = shrunk(state.knowledge[actor], share)


@compiled
def _feel_insecure(structure, parameters, state, record, seed, week, shock):
    """In the last weeks before a plan period ends, its own staff look for something safer."""
    ahead = weeks_to_new_period(structure.shock_week[shock], week)
    if ahead == 0 or ahead > parameters.insecure_weeks:
        return
    chance = weekly_chance(structure.shock_size[shock])
    for actor in range(len(structure.actor_key)):
        home = structure.actor_organisation[actor]
        plan = structure.organisation_camp[home] == CAMP_HELHEDSPLAN
        if chance <= 0.0 or not (plan and state.present[actor]):
            continue
        if draw(seed, DRAW_INSECURITY, week, structure.actor_key[actor], 0) < chance:
            leave_post(state, record, week, actor, int(parameters.vacancy_weeks))
