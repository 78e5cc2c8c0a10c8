"""Everything that can be turned on any scenario, in one catalogue.

A lever changes the scenario before it is built; the model never sees a lever. To add one, write
how it changes a scenario in the module of its group and describe it there; ``catalogue`` puts the
groups together in the order in which they are turned.
"""

from scenarios.levers.catalogue import LEVERS
from scenarios.levers.lever import ALL, GROUPS, TARGETS, Choice, Lever, LeverError
from scenarios.levers.turning import check_levers, standing, turned

__all__ = [
    "ALL",
    "GROUPS",
    "LEVERS",
    "TARGETS",
    "Choice",
    "Lever",
    "LeverError",
    "check_levers",
    "standing",
    "turned",
]
