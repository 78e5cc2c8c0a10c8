"""Mechanism 15: outside events hit every organisation model alike, at a time of their own."""

import math

from simulation.compilation import compiled


@compiled
def hours_after_cut(hours_factor, share):
    """A budget cut takes a share of the hours while it lasts: h' = h (1 - c).   [assumption]"""
    return hours_factor * (1.0 - share)


@compiled
def extra_rate(rate, factor):
    """An acute wave brings cases on top of the ordinary ones: r' = r (f - 1).   [assumption]"""
    return rate * max(0.0, factor - 1.0)


@compiled
def attention_after_election(attention, left_by_core, share):
    """After an election political attention falls back towards what core tasks leave.

    A' = A + s (A0 - A)     [assumption: no source gives the size]
    """
    return attention + share * (left_by_core - attention)


@compiled
def view_after_renegotiation(view, home, share):
    """A new plan period opens the goals again: x' = x + s (x_home - x).     [assumption]"""
    return view + share * (home - view)


@compiled
def chance_under_demand(chance, demand):
    """A funder's demand forces people to the table: p' = max(p, d).     [CFBU15: Køge]"""
    return max(chance, demand)


@compiled
def weekly_chance(chance_a_year):
    """Chance a week that gives a chance a year: 1 - (1 - p)^(1/52).     [arithmetic]"""
    return 1.0 - math.pow(1.0 - chance_a_year, 1.0 / 52.0)
