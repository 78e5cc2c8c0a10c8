"""The rules as plain Python functions, so that a call costs what a call in Python costs.

A compiled rule keeps the function it was made from; calling the compiled one from Python would
charge this version for a dispatch per call.
"""

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
