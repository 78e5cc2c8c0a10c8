"""When outside events happen: by the scenario, or by the seed alone; the same in every model."""

from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.outside import cases_this_week
from simulation.rules.shocks import extra_rate, weekly_chance
from simulation.vocabulary import (
    ACUTE_WAVE,
    DRAW_SHOCK,
    DRAW_WAVE,
    ELECTION,
    NEW_PERIOD,
    WEEKS_OF_PERIOD,
)


@compiled
def is_on(kind, given, rate, weeks, key, seed, week):
    """Is an event under way in a week? Needs no memory, so cases can be counted beforehand.

    A given week beats a yearly rate. Elections and plan periods begin every 208 weeks, from the
    given week on, or from one drawn for the election and from week 208 for the period.
    """
    if kind == ELECTION or kind == NEW_PERIOD:
        first = given
        if given < 0:
            first = WEEKS_OF_PERIOD
            if kind == ELECTION:
                first = int(draw(seed, DRAW_SHOCK, 0, key, 1) * WEEKS_OF_PERIOD)
        return week >= first and (week - first) % WEEKS_OF_PERIOD < weeks
    if given >= 0:
        return given <= week < given + weeks
    if rate <= 0.0:
        return False
    chance = weekly_chance(rate)
    for start in range(max(0, week - weeks + 1), week + 1):
        if draw(seed, DRAW_SHOCK, start, key, 0) < chance:
            return True
    return False


@compiled
def weeks_to_new_period(given, week):
    """Weeks until the next plan period begins, 0 in the week it does."""
    first = given if given >= 0 else WEEKS_OF_PERIOD
    if week <= first:
        return first - week
    return (first - week) % WEEKS_OF_PERIOD


@compiled
def cases_of_wave(rate, factor, area_key, shock_key, seed, week):
    """Cases an acute wave brings to an area in a week, beside the ordinary ones."""
    uniform = draw(seed, DRAW_WAVE, week, area_key, shock_key)
    return cases_this_week(extra_rate(rate, factor), uniform)


@compiled
def count_wave_cases(rates, keys, shocks, given, yearly, lasting, factors, where, ids, seed, weeks):
    """Cases that acute waves bring in a run, at most.

    ``rates`` and ``keys`` are the areas'; the rest are kind, week, yearly rate, weeks, factor,
    area (-1 all) and stable id of each event.
    """
    total = 0
    for shock in range(len(shocks)):
        if shocks[shock] != ACUTE_WAVE:
            continue
        for week in range(weeks):
            if not is_on(
                ACUTE_WAVE, given[shock], yearly[shock], lasting[shock], ids[shock], seed, week
            ):
                continue
            for area in range(len(keys)):
                if where[shock] == area or where[shock] < 0:
                    total += cases_of_wave(
                        rates[area], factors[shock], keys[area], ids[shock], seed, week
                    )
    return total
