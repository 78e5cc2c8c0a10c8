"""Organisation models as data: files, composition, checks, levers, and the way to a structure."""

from typing import TYPE_CHECKING

from scenarios.errors import ScenarioError
from scenarios.levers import LEVERS, Lever, turned
from scenarios.loading import content_hash, load, names, parameters, with_settings
from scenarios.schema import Scenario

if TYPE_CHECKING:
    from scenarios.building import Labels
    from simulation.structure import Structure

__all__ = [
    "LEVERS",
    "Lever",
    "Scenario",
    "ScenarioError",
    "build",
    "content_hash",
    "labels",
    "load",
    "names",
    "parameters",
    "turned",
    "with_settings",
]


def build(scenario: Scenario) -> "Structure":
    """The arrays that a run works on; see :func:`scenarios.building.build`."""
    from scenarios.building import build as build_structure  # numba takes a second to import

    return build_structure(scenario)


def labels(scenario: Scenario) -> "Labels":
    """Ids and names in the order of the arrays; see :func:`scenarios.building.labels`."""
    from scenarios.building import labels as labels_in_order  # numba takes a second to import

    return labels_in_order(scenario)
