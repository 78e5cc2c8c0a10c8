"""How a post is left: the same for those who go of themselves and those an event takes."""

from simulation.columns import DEPARTURES
from simulation.compilation import compiled
from simulation.phases.methods import take_methods_along
from simulation.phases.moves import remember_person
from simulation.vocabulary import EVENT_PERSON_LEFT
from simulation.writing import note


@compiled
def leave_post(state, record, week, actor, vacancy):
    """Leave the post empty for ``vacancy`` weeks, at least one."""
    remember_person(state, actor)
    take_methods_along(state, actor)
    state.moved[actor] = False
    state.present[actor] = False
    state.left_week[actor] = week
    state.return_week[actor] = week + max(1, vacancy)
    state.generation[actor] += 1
    state.hours_left[actor] = 0.0  # a debt of hours goes with the person
    record.flow[DEPARTURES] += 1
    note(record, week, EVENT_PERSON_LEFT, -1, actor, -1, -1, 0.0)
