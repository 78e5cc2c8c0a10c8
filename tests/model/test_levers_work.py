"""Each lever moves an observable named beforehand, with the sign its description gives."""

import numpy as np
import pytest

import scenarios
from simulation import OBSERVABLES, SUMMARY, run_many

MODEL = "lokal_fagprofessionel"
SEEDS = range(1, 61)

# lever: from, to, observable, sign
CLAIMS = [
    ("chain_length", 0, 3, "lead_time", +1),
    ("chain_length", 0, 3, "needing_approval", -1),
    ("mandate", 1, 3, "lead_time", -1),
    ("initial_trust", 0.3, 0.7, "share_joint", +1),
    ("initial_trust", 0.3, 0.7, "trust_between", +1),
]


def column(lever: str, value: float, observable: str) -> np.ndarray:
    scenario = scenarios.with_settings(scenarios.load(MODEL), {f"levers.{lever}": str(value)})
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    summary = run_many(structure, parameters, SEEDS, keep_weekly=False).summary
    return summary[:, SUMMARY.index(observable)]


@pytest.mark.parametrize(("lever", "low", "high", "observable", "sign"), CLAIMS)
def test_a_lever_moves_what_its_description_says(lever, low, high, observable, sign):
    """By more than the smallest effect of interest, with four standard errors to spare."""
    difference = sign * (column(lever, high, observable) - column(lever, low, observable))
    standard_error = difference.std(ddof=1) / np.sqrt(len(difference))
    smallest = OBSERVABLES[observable].smallest_effect
    assert difference.mean() - 4 * standard_error > smallest


def test_every_link_of_the_chain_adds_to_the_wait():
    waits = [column("chain_length", links, "lead_time").mean() for links in range(5)]
    assert np.all(np.diff(waits) > 0.5), waits
