"""Ties between people: made when two meet, and the trust and acquaintance they carry."""

from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.acquaintance import acquaintance_after_talk
from simulation.rules.loyalty import share_passed_on
from simulation.rules.trust import first_trust, trust_passed_on
from simulation.vocabulary import DRAW_FIRST_TRUST


@compiled
def first_trust_of(structure, parameters, state, seed, i, j):
    """What person ``i`` in post and generation trusts ``j`` at their first meeting."""
    home, there = structure.actor_organisation[i], structure.actor_organisation[j]
    spread = structure.trust_start_spread[home, there]
    if spread < 0.0:
        spread = parameters.trust_spread
    generation = state.generation[i] * 1000 + state.generation[j]
    key_i, key_j = structure.actor_key[i], structure.actor_key[j]
    uniform = draw(seed, DRAW_FIRST_TRUST, generation, key_i, key_j)
    return first_trust(structure.trust_start[home, there], uniform, spread)


@compiled
def make_tie(structure, parameters, state, seed, i, j):
    """Let two people who have not met know of each other; nothing happens if they already do."""
    if i == j or state.known[i, j]:
        return
    put_tie(state, i, j)
    state.trust[i, j] = first_trust_of(structure, parameters, state, seed, i, j)
    state.trust[j, i] = first_trust_of(structure, parameters, state, seed, j, i)


@compiled
def put_tie(state, i, j):
    """Put a pair on the list of ties, unless it is there; trust is left as it is."""
    if state.known[i, j]:
        return
    state.known[i, j] = True
    state.known[j, i] = True
    count = state.tie_count[0]
    state.tie_first[count] = min(i, j)
    state.tie_second[count] = max(i, j)
    state.tie_count[0] = count + 1


@compiled
def talk(structure, parameters, state, seed, i, j, share_won):
    """Two people talk: they know each other afterwards, and better than before."""
    make_tie(structure, parameters, state, seed, i, j)
    better = acquaintance_after_talk(state.acquaintance[i, j], share_won)
    state.acquaintance[i, j] = better
    state.acquaintance[j, i] = better


@compiled
def change_trust(structure, parameters, state, i, j, new_trust):
    """Set the trust of ``i`` in ``j``; colleagues of ``i`` who know ``j`` take over a part."""
    change = new_trust - state.trust[i, j]
    state.trust[i, j] = new_trust
    organisation = structure.actor_organisation[i]
    share = share_passed_on(
        change,
        parameters.trust_passed_on,
        structure.loyalty[organisation, structure.actor_organisation[j]],
    )
    for place in range(
        structure.member_start[organisation], structure.member_start[organisation + 1]
    ):
        colleague = structure.member[place]
        if colleague == i or colleague == j or not state.known[colleague, j]:
            continue
        if not state.present[colleague]:
            continue
        state.trust[colleague, j] = trust_passed_on(
            state.trust[colleague, j],
            change,
            state.acquaintance[colleague, i],
            share,
        )
