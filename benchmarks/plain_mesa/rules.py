"""The rules as plain Python functions, so that a call costs what a call in Python costs.

A compiled rule keeps the function it was made from; calling the compiled one from Python would
charge this version for a dispatch per call.
"""

import math
from typing import Any

from simulation.rules import (
    acquaintance,
    activities,
    advice,
    allocation,
    attention,
    boundaries,
    choice,
    consent,
    decisions,
    goals,
    leading,
    linking,
    mandate,
    meetings,
    methods,
    moves,
    outside,
    ownership,
    participation,
    staircase,
    steering,
    trust,
    work,
)

_FILES = (
    acquaintance, activities, advice, allocation, attention, boundaries, choice, consent,
    decisions, goals, leading, linking, mandate, meetings, methods, moves, outside, ownership,
    participation, staircase, steering, trust, work,
)  # fmt: skip


def _plain() -> dict[str, Any]:
    """Every rule by its name, without the compiler's wrapping."""
    rules = {}
    for file in _FILES:
        for name, thing in vars(file).items():
            function = getattr(thing, "py_func", thing)
            if getattr(function, "__module__", None) == file.__name__:
                rules[name] = function
    return rules


globals().update(_plain())


def logistic(uniform, scale, needed):
    """The rule of that name by Python's own logarithm, taken only of noise that could matter.

    The compiled rule's logarithm is made of arithmetic, which costs much in Python. Noise that
    cannot be above what is ``needed`` is told at once (minus infinity): it is at most 4 u - 2 where
    u < 1/2, else (2 u - 1) / sqrt(u (1 - u)).
    """
    odds_against = 1.0 - uniform
    slope = 2.0 if uniform < 0.5 else 1.0 / math.sqrt(uniform * odds_against)
    if scale * (2.0 * uniform - 1.0) * slope <= needed:
        return -math.inf
    return scale * math.log(uniform / odds_against)
