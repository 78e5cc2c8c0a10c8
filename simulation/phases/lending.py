"""Lent staff from week to week: known where they are, suspected by two, out of touch at home."""

from simulation.compilation import compiled
from simulation.phases.daily import goals_apart
from simulation.rules.acquaintance import share_of_acquaintance_won, weekly_kept
from simulation.rules.lending import pull_both_ways, rate_of_suspicion, trust_from_being_there
from simulation.ties import (
    acquaintance_of,
    know_each_other,
    set_acquaintance,
    set_trust,
    talk,
    trust_of,
)


@compiled
def live_with_lending(structure, parameters, state, seed):
    """Let a week of working in two places pass."""
    for place in range(len(structure.guest)):
        actor = structure.guest[place]
        share = structure.actor_lent_share[actor]
        if not state.present[actor] or share * structure.actor_hours[actor] <= 0.0:
            continue
        _be_at_host(structure, parameters, state, seed, actor, share)
        _be_away_from_home(structure, parameters, state, actor, share)


@compiled
def _trust_kept(structure, parameters, actor, share):
    home, host = structure.actor_organisation[actor], structure.actor_lent_to[actor]
    pull = pull_both_ways(share, goals_apart(structure, home, host))
    return weekly_kept(rate_of_suspicion(pull, parameters.lent_suspicion))


@compiled
def _be_at_host(structure, parameters, state, seed, actor, share):
    """Daily contact makes known and trusted; serving another as well makes suspected."""
    host = structure.actor_lent_to[actor]
    won = share_of_acquaintance_won(
        parameters.lent_talk_hours * share, parameters.acquaintance_hours
    )
    there = weekly_kept(parameters.lent_local_trust * share)
    kept = _trust_kept(structure, parameters, actor, share)
    for place in range(structure.member_start[host], structure.member_start[host + 1]):
        other = structure.member[place]
        if not state.present[other] or structure.actor_hours[other] <= 0.0:
            continue
        talk(structure, parameters, state, seed, actor, other, won)
        trust = trust_from_being_there(trust_of(state, other, actor), there)
        set_trust(state, other, actor, kept * trust)


@compiled
def _be_away_from_home(structure, parameters, state, actor, share):
    """At home someone lent is seen less, and suspected of serving the others."""
    home = structure.actor_organisation[actor]
    seen = weekly_kept(parameters.acquaintance_decay * parameters.lent_out_of_touch * share)
    kept = _trust_kept(structure, parameters, actor, share)
    for place in range(structure.member_start[home], structure.member_start[home + 1]):
        other = structure.member[place]
        if other == actor or not know_each_other(state, actor, other):
            continue
        set_acquaintance(state, actor, other, seen * acquaintance_of(state, actor, other))
        set_trust(state, other, actor, kept * trust_of(state, other, actor))
