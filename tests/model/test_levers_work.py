"""Each lever moves an observable named beforehand, with the sign documented for it.

Where the model does not, the claim says so under ``fails`` and is tested the other way round, so
that a claim that comes to hold is noticed as well as one that no longer does.
"""

import numpy as np
import pytest

import scenarios
from analysis.paired import mean_interval
from scenarios import LEVERS
from scenarios.levers.claims import LEVEL, SEEDS, Claim, claims, only_counted
from simulation import OBSERVABLES, SUMMARY, run_many

CLAIMS = claims()
pytestmark = pytest.mark.slow


def column(claim: Claim, settings: dict[str, object]) -> np.ndarray:
    scenario = scenarios.with_settings(scenarios.load(claim.model), settings)
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    summary = run_many(structure, parameters, SEEDS, scenario.weeks, keep_weekly=False).summary
    return summary[:, SUMMARY.index(claim.observable)]


def moved(claim: Claim) -> tuple[float, float, float]:
    """Mean difference in the documented direction, and its interval."""
    low, high = (column(claim, settings) for settings in claim.sides())
    difference = claim.sign * (high - low)
    return float(difference.mean()), *mean_interval(difference, LEVEL)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_a_lever_does_what_is_documented_or_the_claim_says_that_it_does_not(claim: Claim) -> None:
    mean, low, high = moved(claim)
    smallest = OBSERVABLES[claim.observable].smallest_over(scenarios.load(claim.model).weeks)
    holds = mean > smallest and low > 0.0
    assert holds == (not claim.fails), f"moved by {mean:.4g} ({low:.4g} to {high:.4g})"


def test_every_lever_has_a_claim_and_every_claim_a_lever() -> None:
    assert {claim.lever for claim in CLAIMS} == set(LEVERS)
    assert len({claim.name for claim in CLAIMS}) == len(CLAIMS)
    assert all(claim.sign in (-1, 1) and claim.observable in OBSERVABLES for claim in CLAIMS)


def test_levers_that_hold_by_counting_alone_are_told_from_those_that_hold_by_more() -> None:
    assert not any(claim.counts and claim.fails for claim in CLAIMS)
    claim = Claim("a", 0, 1, "hours_meeting", 1, "", "", counts=True)
    assert only_counted([claim, claim._replace(lever="b", counts=False)]) == ["a"]
    assert only_counted([claim, claim._replace(counts=False)]) == []
    assert only_counted([claim, claim._replace(counts=False, fails="no")]) == ["a"]


@pytest.mark.parametrize(
    "claim", [claim for claim in CLAIMS if not claim.fails][:3], ids=lambda claim: claim.name
)
def test_the_rule_refuses_the_opposite_and_the_unmoved(claim: Claim) -> None:
    assert moved(claim._replace(sign=-claim.sign))[0] < 0.0
    assert moved(claim._replace(high=claim.low))[0] == 0.0


def test_every_link_of_the_chain_adds_to_the_wait() -> None:
    chain = Claim("chain_length", 0, 0, "lead_time", 1, "", "")
    waits = [column(chain, {"levers.chain_length": links}).mean() for links in range(5)]
    assert np.all(np.diff(waits) > 0.5), waits
