"""Moves inside the partnership: who fills a vacant post may bring ties and methods along."""

from simulation.columns import MOVES
from simulation.compilation import compiled
from simulation.phases.methods import learn_method
from simulation.randomness import draw
from simulation.rules.acquaintance import weekly_kept
from simulation.rules.moves import acquaintance_brought_along
from simulation.rules.outside import race_time
from simulation.ties import (
    acquaintance_of,
    begin_with,
    put_tie,
    set_acquaintance,
)
from simulation.vocabulary import (
    DRAW_MOVE,
    DRAW_MOVER,
    EVENT_PERSON_MOVED,
    METHOD_ALIVE,
    METHOD_ANCHORED,
    N_THEMES,
    NO_TIE,
    NOBODY,
)
from simulation.writing import note


@compiled
def remember_person(state, actor):
    """Keep what the one who leaves a post knows of others, and they of that person."""
    for other in range(len(state.present)):
        tie, side = state.tie_at[actor, other], int(actor > other)
        if tie != NO_TIE:
            state.tie_former_known[tie, side] = True
            state.tie_former_acquaintance[tie, side] = state.tie_acquaintance[tie]
            state.tie_former_trust[tie, side] = state.tie_trust[tie, side]
            state.tie_former_trusted[tie, side] = state.tie_trust[tie, 1 - side]
    for theme in range(N_THEMES):
        state.former_method[actor, theme] = state.method_known[actor, theme]


@compiled
def let_newcomers_bring_ties(structure, parameters, state, record, seed, week):
    """Someone new this week may be known already: they lately left another post here.

    Newcomers choose in the order of their stable ids, so their place in a list decides nothing.
    """
    if parameters.move_chance <= 0.0:
        return
    actor = _next_newcomer(structure, state, week, NOBODY)
    while actor != NOBODY:
        who = structure.actor_key[actor]
        if draw(seed, DRAW_MOVE, week, who, 0) < parameters.move_chance:
            former = _who_moves(structure, parameters, state, seed, week, actor)
            if former != NOBODY:
                state.moved[former] = True
                _bring_along(structure, parameters, state, week, actor, former)
                record.flow[MOVES] += 1
                note(record, week, EVENT_PERSON_MOVED, -1, actor, former, -1, 0.0)
        actor = _next_newcomer(structure, state, week, actor)


@compiled
def _next_newcomer(structure, state, week, before):
    """Who of those that arrived this week has the lowest stable id above that of ``before``."""
    found = NOBODY
    for actor in range(len(state.present)):
        if state.arrived_week[actor] != week or structure.actor_hours[actor] <= 0.0:
            continue
        key = structure.actor_key[actor]
        if before != NOBODY and key <= structure.actor_key[before]:
            continue
        if found == NOBODY or key < structure.actor_key[found]:
            found = actor
    return found


@compiled
def _may_move(structure, parameters, state, week, actor, former):
    """Of the same level, from elsewhere, gone for a while, and not in a post again already."""
    left = state.left_week[former]
    return (
        left >= 0
        and left < week
        and week - left <= parameters.move_memory
        and structure.actor_hours[former] > 0.0
        and structure.actor_level[former] == structure.actor_level[actor]
        and structure.actor_organisation[former] != structure.actor_organisation[actor]
        and not state.moved[former]
    )


@compiled
def _who_moves(structure, parameters, state, seed, week, actor):
    earliest, mover = 1e300, NOBODY
    for former in range(len(structure.actor_key)):
        if _may_move(structure, parameters, state, week, actor, former):
            uniform = draw(
                seed, DRAW_MOVER, week, structure.actor_key[actor], structure.actor_key[former]
            )
            time = race_time(1.0, uniform, earliest)
            if time < earliest:
                earliest, mover = time, former
    return mover


@compiled
def _bring_along(structure, parameters, state, week, actor, former):
    """Ties to those who are still in their posts, and methods that still live, come along."""
    left = state.left_week[former]
    kept = weekly_kept(parameters.acquaintance_decay)
    for other in range(len(state.present)):
        tie, side = state.tie_at[former, other], int(former > other)
        if other == actor or not state.tie_former_known[tie, side] or not state.present[other]:
            continue
        if state.arrived_week[other] >= left:
            continue  # a successor whom the one who moved has not met
        level = acquaintance_brought_along(
            state.tie_former_acquaintance[tie, side], kept, week - left
        )
        trust, trusted = state.tie_former_trust[tie, side], state.tie_former_trusted[tie, side]
        if level <= acquaintance_of(state, actor, other):
            continue
        put_tie(structure, state, actor, other)
        set_acquaintance(state, actor, other, level)
        begin_with(state, actor, other, trust)
        begin_with(state, other, actor, trusted)
    for theme in range(N_THEMES):
        case = state.former_method[former, theme]
        if case != NOBODY and (
            state.case_method[case] == METHOD_ALIVE or state.case_method[case] == METHOD_ANCHORED
        ):
            learn_method(state, actor, theme, case, week)
