"""Races: of several candidates the one who comes forward first is chosen.

Each candidate's weight and draw are written down first, then all times are computed, then the
earliest is found: without a decision per candidate, which a processor would have to guess.
"""

from simulation.compilation import compiled
from simulation.rules.outside import race_time
from simulation.state import N_SIDE_BY_SIDE
from simulation.vocabulary import NOBODY

NEVER = 1e300  # later than any time a race can give


@compiled
def enter_race(state, runners, who, weight, uniform):
    """Enter someone beside the ``runners`` already in; who has no weight does not take part."""
    state.race_who[runners] = who
    state.race_weight[runners] = weight
    state.race_uniform[runners] = uniform
    return runners + (weight > 0.0)


@compiled
def let_them_race(state, runners):
    """When each of the ``runners`` first in ``race_weight`` and ``race_uniform`` comes forward.

    Eight at a time; the last group is filled up with runners who never come.
    """
    weights, uniforms, times = state.race_weight, state.race_uniform, state.race_time
    places = in_eights(runners)
    for place in range(runners, places):
        weights[place] = 0.0
        uniforms[place] = 0.5
    for place in range(places):
        times[place] = min(NEVER, race_time(weights[place], uniforms[place], NEVER))


@compiled
def in_eights(count):
    """A count rounded up to whole groups of eight."""
    return (count + N_SIDE_BY_SIDE - 1) // N_SIDE_BY_SIDE * N_SIDE_BY_SIDE


@compiled
def first_of(state, runners):
    """Place of the earliest in a race, NOBODY where none ever comes forward.

    The earliest time is sought in eight rows side by side, then the first who has it.
    """
    times = state.race_time
    a, b, c, d, e, f, g, h = NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER
    for place in range(0, runners, N_SIDE_BY_SIDE):
        a = earlier(times[place], a)
        b = earlier(times[place + 1], b)
        c = earlier(times[place + 2], c)
        d = earlier(times[place + 3], d)
        e = earlier(times[place + 4], e)
        f = earlier(times[place + 5], f)
        g = earlier(times[place + 6], g)
        h = earlier(times[place + 7], h)
    a, b, c, d = earlier(a, e), earlier(b, f), earlier(c, g), earlier(d, h)
    earliest = earlier(earlier(a, b), earlier(c, d))
    if earliest < NEVER:
        for place in range(runners):
            if times[place] == earliest:
                return place
    return NOBODY


@compiled
def earlier(time, other):
    """The lower of two times."""
    return time if time < other else other


@compiled
def run_race(state, runners):
    """Place of who wins the race, NOBODY where none ever comes forward."""
    let_them_race(state, runners)
    return first_of(state, runners)
