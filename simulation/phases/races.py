"""Races: of several candidates the one who comes forward first is chosen.

Each candidate's weight and draw are written down first, then all times are computed, then the
earliest is found: without a decision per candidate, which a processor would have to guess.
"""

from simulation.compilation import compiled
from simulation.rules.outside import race_time
from simulation.vocabulary import NOBODY

NEVER = 1e300  # later than any time a race can give


@compiled
def let_them_race(state, runners):
    """When each of the ``runners`` first in ``race_weight`` and ``race_uniform`` comes forward."""
    weights, uniforms, times = state.race_weight, state.race_uniform, state.race_time
    for place in range(runners):
        times[place] = min(NEVER, race_time(weights[place], uniforms[place], NEVER))


@compiled
def first_of(state, runners):
    """Place of the earliest in a race, NOBODY where none ever comes forward."""
    earliest, first = NEVER, NOBODY
    for place in range(runners):
        time = state.race_time[place]
        first = place if time < earliest else first
        earliest = min(time, earliest)
    return first


@compiled
def run_race(state, runners):
    """Place of who wins the race, NOBODY where none ever comes forward."""
    let_them_race(state, runners)
    return first_of(state, runners)
