"""Boundary conflicts in bodies: settled there, or sent up to the next level where both sit."""

from simulation.columns import SETTLED_AT_LEVEL, SETTLED_BY_BODY
from simulation.compilation import compiled
from simulation.places import organisation_in
from simulation.rules.boundaries import clarity_after_settling
from simulation.vocabulary import (
    EVENT_CONFLICT_ESCALATED,
    EVENT_CONFLICT_SETTLED,
    NOBODY,
    WORKING,
)
from simulation.writing import enter_queue, note


@compiled
def body_for_conflict(structure, one, other, highest):
    """The lowest body up to a level, counted from below, in which both organisations sit; or -1.

    ``highest`` is the number of the level nearest the work that may be asked.
    """
    for back in range(highest + 1):
        level = highest - back
        forum = structure.mediating_forum[level, one, other]
        if forum != NOBODY:
            return forum
    return NOBODY


@compiled
def mediate(structure, parameters, state, record, week, forum, case):
    """A body settles a boundary conflict; the boundary is clearer afterwards."""
    slot = state.case_conflict[case, 0]
    one, other = organisation_in(state, case, 0), organisation_in(state, case, slot)
    clearer = clarity_after_settling(state.role_clarity[one, other], parameters.clarity_gain)
    state.role_clarity[one, other] = clearer
    state.role_clarity[other, one] = clearer
    state.case_conflict[case, 0] = 0
    state.case_status[case] = WORKING
    record.flow[SETTLED_BY_BODY] += 1
    record.flow[SETTLED_AT_LEVEL + structure.forum_level[forum]] += 1
    note(record, week, EVENT_CONFLICT_SETTLED, case, -1, -1, forum, 0.0)


@compiled
def body_above(structure, state, forum, case):
    """The next body up in which both parties to a conflict sit, or -1."""
    level = structure.forum_level[forum]
    if level == 0:
        return NOBODY
    slot = state.case_conflict[case, 0]
    one, other = organisation_in(state, case, 0), organisation_in(state, case, slot)
    return body_for_conflict(structure, one, other, level - 1)


@compiled
def rise(state, record, week, case, above):
    """A conflict not settled here goes up."""
    slot = state.case_conflict[case, 0]
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    waited = week - state.case_conflict[case, 1]
    note(record, week, EVENT_CONFLICT_ESCALATED, case, holder, partner, above, waited)
    enter_queue(state, record, week, case, above)
