"""Ties between people: made when two meet, and the trust and acquaintance they carry."""

from typing import Any

import numpy as np
import numpy.typing as npt

from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.acquaintance import acquaintance_after_talk
from simulation.rules.loyalty import share_passed_on
from simulation.rules.trust import first_trust, trust_passed_on
from simulation.state import State
from simulation.vocabulary import (
    CAMP_HELHEDSPLAN,
    DRAW_FIRST_TRUST,
    N_TIE_KINDS,
    NO_TIE,
    NOBODY,
    TIE_ACROSS,
    TIE_PARTNERS,
    TIE_WITHIN,
)


@compiled
def know_each_other(state, i, j):
    """Have two people met?"""
    return state.tie_at[i, j] != NO_TIE


@compiled
def trust_of(state, i, j):
    """Trust of ``i`` in ``j``, 0..1; 0 where they have not met."""
    return state.tie_trust[state.tie_at[i, j], int(i > j)]


@compiled
def set_trust(state, i, j, trust):
    """Let ``i`` trust ``j`` so much; nothing happens if they have not met."""
    tie = state.tie_at[i, j]
    if tie != NO_TIE:
        state.tie_trust[tie, int(i > j)] = trust


@compiled
def begin_with(state, i, j, trust):
    """Let ``i`` trust ``j`` so much from now on, and remember it as what the two began with."""
    tie, side = state.tie_at[i, j], int(i > j)
    if tie != NO_TIE:
        state.tie_trust[tie, side] = trust
        state.tie_first_trust[tie, side] = trust


@compiled
def acquaintance_of(state, i, j):
    """How well two people know each other, 0..1; 0 where they have not met."""
    return state.tie_acquaintance[state.tie_at[i, j]]


@compiled
def set_acquaintance(state, i, j, acquaintance):
    """Let two people know each other so well; nothing happens if they have not met."""
    tie = state.tie_at[i, j]
    if tie != NO_TIE:
        state.tie_acquaintance[tie] = acquaintance


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
    if i == j or know_each_other(state, i, j):
        return
    put_tie(structure, state, i, j)
    begin_with(state, i, j, first_trust_of(structure, parameters, state, seed, i, j))
    begin_with(state, j, i, first_trust_of(structure, parameters, state, seed, j, i))


@compiled
def put_tie(structure, state, i, j):
    """Put a pair on the list of ties, unless it is there, with neither trust nor acquaintance."""
    if know_each_other(state, i, j):
        return
    tie = _make_room(state, kind_of_tie(structure, i, j))
    state.tie_first[tie] = min(i, j)
    state.tie_second[tie] = max(i, j)
    state.tie_at[i, j] = tie
    state.tie_at[j, i] = tie
    for side in range(2):
        state.tie_trust[tie, side] = 0.0
        state.tie_first_trust[tie, side] = 0.0
        state.tie_former_known[tie, side] = False
    state.tie_acquaintance[tie] = 0.0
    _note_where_known(structure, state, i, j)
    _note_where_known(structure, state, j, i)


@compiled
def _note_where_known(structure, state, i, j):
    """Note that ``i`` knows someone where ``j`` works: at home, and where ``j`` is lent to."""
    state.may_know_at[i, structure.actor_organisation[j]] = True
    if structure.actor_lent_to[j] != NOBODY:
        state.may_know_at[i, structure.actor_lent_to[j]] = True


@compiled
def _make_room(state, kind):
    """A free number after the ties of a kind; of each later kind the first tie becomes the last."""
    free = state.tie_count[0]
    state.tie_count[0] = free + 1
    for later in range(N_TIE_KINDS - 1, kind, -1):
        first = state.tie_start[later]
        state.tie_start[later] = first + 1
        if first < free:
            _move_tie(state, first, free)
        free = first
    return free


@compiled
def _move_tie(state, tie, number):
    """Give a tie another number; one that was unmade stays so."""
    first, second = state.tie_first[tie], state.tie_second[tie]
    if state.tie_at[first, second] == tie:
        state.tie_at[first, second] = number
        state.tie_at[second, first] = number
    state.tie_first[number] = first
    state.tie_second[number] = second
    state.tie_acquaintance[number] = state.tie_acquaintance[tie]
    for side in range(2):
        state.tie_trust[number, side] = state.tie_trust[tie, side]
        state.tie_first_trust[number, side] = state.tie_first_trust[tie, side]
        state.tie_former_known[number, side] = state.tie_former_known[tie, side]
        state.tie_former_acquaintance[number, side] = state.tie_former_acquaintance[tie, side]
        state.tie_former_trust[number, side] = state.tie_former_trust[tie, side]
        state.tie_former_trusted[number, side] = state.tie_former_trusted[tie, side]


@compiled
def end_of_kind(state, kind):
    """The number after the last tie of a kind; its first has the number ``tie_start[kind]``."""
    if kind + 1 < N_TIE_KINDS:
        return state.tie_start[kind + 1]
    return state.tie_count[0]


@compiled
def unmake_tie(state, i, j):
    """Let two people not know of each other; ``close_ranks`` takes the tie off the list."""
    state.tie_at[i, j] = NO_TIE
    state.tie_at[j, i] = NO_TIE


@compiled
def close_ranks(state):
    """Number anew the ties of those who know each other, in the same order."""
    count, begin = NO_TIE + 1, NO_TIE + 1
    for kind in range(N_TIE_KINDS):
        end = end_of_kind(state, kind)
        state.tie_start[kind] = count
        for tie in range(begin, end):
            if state.tie_at[state.tie_first[tie], state.tie_second[tie]] == tie:
                _move_tie(state, tie, count)
                count += 1
        begin = end
    state.tie_count[0] = count


@compiled
def kind_of_tie(structure, i, j):
    """Within an organisation, across, or across between two of the camps that run the plan."""
    one, other = structure.actor_organisation[i], structure.actor_organisation[j]
    if one == other:
        return TIE_WITHIN
    camp, camp_other = structure.organisation_camp[one], structure.organisation_camp[other]
    if camp != camp_other and max(camp, camp_other) <= CAMP_HELHEDSPLAN:
        return TIE_PARTNERS
    return TIE_ACROSS


@compiled
def talk(structure, parameters, state, seed, i, j, share_won):
    """Two people talk: they know each other afterwards, and better than before."""
    make_tie(structure, parameters, state, seed, i, j)
    better = acquaintance_after_talk(acquaintance_of(state, i, j), share_won)
    set_acquaintance(state, i, j, better)


@compiled
def change_trust(structure, parameters, state, i, j, new_trust):
    """Set the trust of ``i`` in ``j``; colleagues of ``i`` who know ``j`` take over a part."""
    change = new_trust - trust_of(state, i, j)
    set_trust(state, i, j, new_trust)
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
        if colleague == i or colleague == j or not know_each_other(state, colleague, j):
            continue
        if not state.present[colleague]:
            continue
        trust = trust_passed_on(
            trust_of(state, colleague, j), change, acquaintance_of(state, colleague, i), share
        )
        set_trust(state, colleague, j, trust)


def trust_matrix(state: State) -> npt.NDArray[np.float64]:
    """Trust of row in column, (A, A), 0..1; 0 where two people have not met."""
    return both_ways(state, state.tie_trust)


def both_ways(state: State, values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """What ties hold for each of a pair, (P, 2), as what row has of column, (A, A); else 0."""
    ties = np.arange(1, state.tie_count[0])
    first, second = state.tie_first[ties], state.tie_second[ties]
    matrix = np.zeros(state.tie_at.shape)
    matrix[first, second] = values[ties, 0]
    matrix[second, first] = values[ties, 1]
    return matrix


def acquaintance_matrix(state: State) -> npt.NDArray[np.float64]:
    """How well people know each other, (A, A), symmetric, 0..1; 0 where they have not met."""
    ties = np.arange(1, state.tie_count[0])
    first, second = state.tie_first[ties], state.tie_second[ties]
    acquaintance = np.zeros(state.tie_at.shape)
    acquaintance[first, second] = acquaintance[second, first] = state.tie_acquaintance[ties]
    return acquaintance
