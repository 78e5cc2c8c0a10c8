"""The week, as it is: seven phases in this order.

``WEEK`` is the order in one visible place. ``whole_run`` has the same order compiled into one
function; a test holds the two equal.
"""

from collections.abc import Callable

from simulation.compilation import compiled
from simulation.phases.approaches import approaches
from simulation.phases.experience import experience
from simulation.phases.forgetting import forgetting
from simulation.phases.meetings import meetings
from simulation.phases.observation import observation
from simulation.phases.work import work
from simulation.phases.world import world
from simulation.start import set_out
from simulation.summary import close_books

WEEK: tuple[Callable[..., None], ...] = (
    world,
    meetings,
    approaches,
    work,
    experience,
    forgetting,
    observation,
)


@compiled
def whole_run(structure, parameters, state, record, seed, weeks):
    """One run from the first week to the last; leaves it in ``state`` and ``record``."""
    set_out(structure, parameters, state, record, seed)
    for week in range(weeks):
        world(structure, parameters, state, record, seed, week)
        meetings(structure, parameters, state, record, seed, week)
        approaches(structure, parameters, state, record, seed, week)
        work(structure, parameters, state, record, seed, week)
        experience(structure, parameters, state, record, seed, week)
        forgetting(structure, parameters, state, record, seed, week)
        observation(structure, parameters, state, record, seed, week)
    close_books(state, record, weeks)
