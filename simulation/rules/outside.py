"""Mechanism 15 and the outside world: cases arise and people leave, the same in every model."""

import math

from simulation.compilation import compiled

MOST_CASES_A_WEEK = 63


@compiled
def cases_this_week(rate, uniform):
    """Number of cases that arise in a week: the Poisson count at quantile u, at most 63.

    smallest n with sum_{k<=n} e^{-rate} rate^k / k! >= u     [assumption]
    """
    term = math.exp(-rate)
    total = term
    count = 0
    while total < uniform and count < MOST_CASES_A_WEEK:
        count += 1
        term = term * rate / count
        total += term
    return count


@compiled
def weekly_chance(chance_a_year):
    """Chance a week that gives a chance a year: 1 - (1 - p)^(1/52).     [arithmetic]"""
    return 1.0 - math.pow(1.0 - chance_a_year, 1.0 / 52.0)


@compiled
def chance_of_helper(difficulty, plain, added):
    """The more complex a problem, the more organisations could contribute.

    p = min(1, p0 + p1 · d) for each of at most three     [CFBU15 ch. 1; size: assumption]
    """
    return min(1.0, plain + added * difficulty)


@compiled
def race_time(weight, uniform):
    """Time at which a candidate of some weight comes forward; the earliest one is chosen.

    T = -ln(u) / w. The chance to be first is w / Σw, and a candidate of weight 0 never is, so an
    added idle actor changes no one's choice.     [lit: race of exponentials, as in Gillespie 1976]
    """
    if weight <= 0.0:
        return math.inf
    return -math.log(uniform) / weight
