"""Phase 6, forgetting: what is not kept up fades.

Reads: control, written agreements. Writes: acquaintance, goals, knowledge, ownership, attention,
role clarity, acceptance, the memory of shared cases.
"""

import math

from simulation.compilation import compiled
from simulation.phases.lending import live_with_lending
from simulation.rules.acquaintance import weekly_kept
from simulation.rules.activities import active_after_week, resting_acceptance
from simulation.rules.attention import attention_after_week
from simulation.rules.boundaries import clarity_after_week
from simulation.rules.goals import view_after_week, view_without_direction
from simulation.rules.ownership import acceptance_after_week
from simulation.start import carries_goals
from simulation.vocabulary import N_STEPS, N_THEMES, NO_RELATION


@compiled
def forgetting(structure, parameters, state, record, seed, week):
    """Let a week of not keeping up pass."""
    _fade_ties(parameters, state)
    _fade_people(structure, parameters, state)
    _fade_relations(structure, parameters, state)
    live_with_lending(structure, parameters, state, seed)
    _fade_areas(structure, parameters, state)


@compiled
def _fade_areas(structure, parameters, state):
    """Acceptance and activity return to rest; acceptance rests higher where more are active."""
    kept = weekly_kept(parameters.acceptance_decay)
    active_kept = weekly_kept(parameters.active_decay)
    for area in range(len(structure.area_key)):
        rest = resting_acceptance(
            parameters.acceptance_rest,
            parameters.active_lifts,
            state.active_residents[area],
            parameters.active_at_first,
        )
        state.acceptance[area] = acceptance_after_week(state.acceptance[area], kept, rest)
        state.active_residents[area] = active_after_week(
            state.active_residents[area], parameters.active_at_first, active_kept
        )


@compiled
def _fade_ties(parameters, state):
    kept = weekly_kept(parameters.acquaintance_decay)
    for tie in range(state.tie_count[0]):
        state.tie_acquaintance[tie] *= kept


@compiled
def _fade_people(structure, parameters, state):
    drift_kept = weekly_kept(parameters.goal_drift)
    knowledge_kept = weekly_kept(parameters.knowledge_decay)
    ownership_kept = weekly_kept(parameters.ownership_decay)
    attention_kept = weekly_kept(parameters.attention_decay)
    own_kept = weekly_kept(parameters.own_goals_drift)
    for actor in range(len(structure.actor_key)):
        organisation = structure.actor_organisation[actor]
        control = structure.organisation_control[organisation]
        attention = state.organisation_attention[organisation]
        for theme in range(N_THEMES):
            home = structure.organisation_goals[organisation, theme]
            view = view_after_week(state.goals[actor, theme], home, drift_kept, control)
            state.goals[actor, theme] = view_without_direction(
                view, state.own_goals[actor, theme], own_kept, control, attention
            )
        if not carries_goals(structure, actor):
            state.knowledge[actor] *= knowledge_kept
        state.ownership[actor] *= ownership_kept
        if structure.actor_leads[actor]:
            left = structure.organisation_attention[organisation]
            state.attention[actor] = attention_after_week(
                state.attention[actor], left, attention_kept
            )


@compiled
def _fade_relations(structure, parameters, state):
    clarity_kept = weekly_kept(parameters.clarity_decay)
    memory_kept = math.pow(0.5, 1.0 / parameters.relation_memory)
    first, second, steps = state.relation_first, state.relation_second, state.relation_steps
    clarities, formal = state.role_clarity, structure.formal_agreement
    for relation in range(NO_RELATION + 1, state.relation_count[0]):
        one, other = first[relation], second[relation]
        clarity = clarity_after_week(clarities[one, other], formal[one, other], clarity_kept)
        clarities[one, other] = clarity
        clarities[other, one] = clarity
        for step in range(N_STEPS):
            steps[relation, step] *= memory_kept
