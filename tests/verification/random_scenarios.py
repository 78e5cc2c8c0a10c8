"""Shipped models with levers, parameters and switches at random, and what they break.

Every quantity stays in its range, hours balance, each case is in one state, nobody meets when
absent, and only those decide who may, or the last stop: see ``tests/simulation/invariants.py``.
"""

import contextlib

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import scenarios
from scenarios import LEVERS, ScenarioError, with_settings
from scenarios.schema import Scenario
from simulation.ablation import MECHANISMS
from simulation.parameters import parameter_catalogue
from tests.simulation.invariants import watched_run

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
few = settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
half = settings(max_examples=500, deadline=None, suppress_health_check=SLOW)
WEEKS = 39
# A whole city takes too long to watch after every phase; its parts are those of the others.
MODELS = sorted(set(scenarios.names()) - {"odense_by"})


@st.composite
def some_settings(draw: st.DrawFn) -> dict[str, object]:
    """A few levers and parameters anywhere in their ranges, a few mechanisms off."""
    found: dict[str, object] = {}
    for key in draw(st.lists(st.sampled_from(sorted(LEVERS)), max_size=6, unique=True)):
        lever = LEVERS[key]
        numbers = st.floats(lever.low, lever.high)
        if lever.whole:
            numbers = st.integers(int(lever.low), int(lever.high))
        found[f"levers.{key}"] = draw(numbers)
    catalogue = parameter_catalogue()
    for name in draw(st.lists(st.sampled_from(sorted(catalogue)), max_size=4, unique=True)):
        about = catalogue[name][1]
        found[f"parameters.{name}"] = draw(st.floats(about.low, about.high))
    for name in draw(st.lists(st.sampled_from(MECHANISMS), max_size=3, unique=True)):
        found[f"switches.{name}"] = False
    return found


def as_far_as_it_can(scenario: Scenario, changes: dict[str, object]) -> Scenario:
    """The scenario with every change that it can take; a lever may find nothing to turn."""
    try:
        return buildable(scenario, changes)
    except ScenarioError:
        for place, value in changes.items():
            with contextlib.suppress(ScenarioError):
                scenario = buildable(scenario, {place: value})
    return scenario


def buildable(scenario: Scenario, changes: dict[str, object]) -> Scenario:
    changed = with_settings(scenario, changes)
    scenarios.build(changed)
    return changed


def complaints(model: str, changes: dict[str, object], seed: int) -> list[str]:
    scenario = as_far_as_it_can(scenarios.load(model), changes)
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    return watched_run(structure, parameters, seed, WEEKS)[1]
