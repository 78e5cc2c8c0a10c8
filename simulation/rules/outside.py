"""Mechanism 15 and the outside world: cases arise and people leave, the same in every model."""

import math

from simulation.compilation import compiled
from simulation.logarithms import log_of

MOST_CASES_A_WEEK = 63
FOR_EVER = 1_000_000  # weeks: longer than any run


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
def weeks_in_post(chance_a_year, uniform):
    """How many whole weeks a person stays, when the chance to leave within a year is given.

    n = round down(52 · ln(u) / ln(1 - p)), so that n >= k has chance (1 - p)^(k / 52)
    [lit: geometric waiting time]
    """
    if chance_a_year <= 0.0:
        return FOR_EVER
    if chance_a_year >= 1.0:
        return 0
    return int(min(1.0 * FOR_EVER, 52.0 * math.log(uniform) / math.log(1.0 - chance_a_year)))


@compiled
def chance_of_helper(difficulty, plain, added):
    """The more complex a problem, the more organisations could contribute.

    p = min(1, p0 + p1 · d) for each of at most three     [CFBU15 ch. 1; size: assumption]
    """
    return min(1.0, plain + added * difficulty)


@compiled
def race_time(weight, uniform, earliest=math.inf):
    """Time at which a candidate of some weight comes forward; the earliest one is chosen.

    T = -ln(u) / w. The chance to be first is w / Σw, and a candidate of weight 0 never is, so an
    added idle actor changes no one's choice. Since -ln(u) >= 2 (1 - u) / (1 + u), a candidate who
    cannot come before ``earliest`` is told at once (infinity), which spares many of the logarithms.
    [lit: race of exponentials, as in Gillespie 1976]
    """
    may_be_first = 2.0 * (1.0 - uniform) <= weight * earliest * (1.0 + uniform)
    if not may_be_first:  # also at a weight of 0, where the right side is 0, or 0 · infinity
        return math.inf
    return -log_of(uniform) / weight
