"""Divided work that becomes joint: trouble or delay brings two people to one table."""

from simulation.columns import BROUGHT_TOGETHER
from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.decisions import may_decide
from simulation.rules.work import chance_of_coming_together
from simulation.ties import trust_of
from simulation.vocabulary import (
    DIVIDE,
    DRAW_TOGETHER,
    EVENT_BROUGHT_TOGETHER,
    NOBODY,
    TOGETHER,
)
from simulation.writing import note


@compiled
def come_together(structure, parameters, state, record, seed, week, case, slot, chance):
    """Holder and partner may do together what is left of work they had divided.

    They do so if both dare and nobody else has to be asked: a matter that a body has had, or that
    neither may decide, stays divided.
    """
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    if state.case_settled[case, slot] != DIVIDE or state.case_asked[case] != NOBODY:
        return
    size = state.case_size[case]
    if not (
        may_decide(structure.actor_mandate[holder], size)
        or may_decide(structure.actor_mandate[partner], size)
    ):
        return
    dares = chance_of_coming_together(
        trust_of(state, holder, partner), trust_of(state, partner, holder), chance
    )
    who = structure.actor_key[partner]
    if dares <= 0.0 or draw(seed, DRAW_TOGETHER, week, state.case_key[case], who) >= dares:
        return
    state.case_settled[case, slot] = TOGETHER
    state.case_settled[case, 0] = max(TOGETHER, state.case_settled[case, 0])
    _share_what_is_left(parameters, state, case, slot)
    record.flow[BROUGHT_TOGETHER] += 1
    note(record, week, EVENT_BROUGHT_TOGETHER, case, holder, partner, -1, 0.0)


@compiled
def _share_what_is_left(parameters, state, case, slot):
    """Each keeps what is left of the own part; one who has none left takes half of the other's.

    Doing it together costs the same overhead as if it had been planned so.
    """
    needs = state.case_need
    own = _left(state, case, 0)
    others = _left(state, case, slot)
    if own <= 0.0:
        others *= 0.5
        needs[case, slot] -= others
        own = others
    elif others <= 0.0:
        own *= 0.5
        needs[case, 0] -= own
        others = own
    factor = 1.0 + parameters.joint_overhead
    needs[case, 0] = state.case_apart[case, 0] + state.case_joint[case, 0] + own * factor
    needs[case, slot] = (
        state.case_apart[case, slot] + state.case_joint[case, slot] + others * factor
    )


@compiled
def _left(state, case, slot):
    done = state.case_apart[case, slot] + state.case_joint[case, slot]
    return max(0.0, state.case_need[case, slot] - done)
