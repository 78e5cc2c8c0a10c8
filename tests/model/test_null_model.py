"""With every mechanism off, models that share area and people must give the same cases."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

import scenarios
from simulation import OBSERVABLES, SUMMARY, run_many
from simulation.ablation import MECHANISMS, NULL_MODEL_MAY_DIFFER, structure_without

MODELS = ("central_professionel", "lokal_fagprofessionel", "lokal_semiprofessionel")
SEEDS = np.arange(1, 9)


def summaries(
    model: str, off: tuple[str, ...], settings: Mapping[str, Any] = MappingProxyType({})
) -> np.ndarray:
    scenario = scenarios.with_settings(scenarios.load(model), settings)
    scenario = scenarios.with_settings(scenario, {f"switches.{name}": "false" for name in off})
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    return run_many(structure, parameters, SEEDS, keep_weekly=False).summary


def differing(off: tuple[str, ...]) -> set[str]:
    """Observables in which at least one run differs between the three models."""
    first, *others = (summaries(model, off) for model in MODELS)
    names = set()
    for other in others:
        same = (first == other) | (np.isnan(first) & np.isnan(other))
        names |= {SUMMARY[column] for column in np.flatnonzero(~same.all(axis=0))}
    return names


def test_the_null_model_gives_the_same_cases_in_every_organisation_model():
    assert differing(MECHANISMS) <= set(NULL_MODEL_MAY_DIFFER)


def test_the_exceptions_of_the_null_model_are_observables():
    assert set(NULL_MODEL_MAY_DIFFER) <= set(OBSERVABLES)


@pytest.mark.parametrize("back_on", ["trust", "acquaintance", "mandate", "meetings"])
def test_the_null_model_test_can_fail(back_on):
    """One mechanism back on makes the models differ, except where it needs others to act."""
    off = tuple(name for name in MECHANISMS if name != back_on)
    if back_on in ("trust", "acquaintance"):  # they differ between models only by meetings
        off = tuple(name for name in off if name != "meetings")
    assert differing(off) - set(NULL_MODEL_MAY_DIFFER)


# An observable that each switch moves in the base scenario; named before looking.
MOVES = {
    "trust": "trust_within",
    "acquaintance": "no_partner",
    "goals": "goal_alignment",
    "role_clarity": "conflicts",
    "mandate": "needing_approval",
    "decision_chain": "lead_time",
    "meetings": "hours_meeting",
    "leaders_attention": "leadership_attention",
    "control": "goal_alignment",
    "task_overlap": "share_joint",
    "ownership": "acceptance",
    "programme_leadership": "follow_up_hours",
    "anchoring": "methods_anchored",
    "outside_events": "departures",
    # Bodies and decisions
    "many_meetings": "hours_meeting",
    "pre_meetings": "hours_meeting",
    "seeking_cover": "trust_between",
    "goodwill": "not_followed",
    "shared_data": "hours_coordination",
    "advice": "deferred_disagreement",
    "detail_steering": "delegated",
}
# What makes a mechanism act that the base scenario does not use.
AT_WORK = {
    "pre_meetings": {"fora.styregruppe.premeeting_weeks": 2},
    "shared_data": {"relations.default.shared_data": 1.0},
}
SWITCHED_ELSEWHERE = ("advice", "seeking_cover")  # too little to see in eight runs


@pytest.mark.parametrize("mechanism", sorted(set(MOVES) - set(SWITCHED_ELSEWHERE)))
def test_each_switch_moves_what_it_should(mechanism):
    column = SUMMARY.index(MOVES[mechanism])
    settings = AT_WORK.get(mechanism, {})
    full = summaries("lokal_fagprofessionel", (), settings)[:, column]
    without = summaries("lokal_fagprofessionel", (mechanism,), settings)[:, column]
    difference = without - full
    if mechanism in ("mandate", "programme_leadership"):
        assert not without.any() or np.isnan(without).all()
        return
    standard_error = difference.std(ddof=1) / np.sqrt(len(difference))
    assert abs(difference.mean()) > 3 * standard_error


def test_an_unknown_mechanism_is_refused_by_the_scenario():
    scenario = scenarios.load("laerebog")
    with pytest.raises(scenarios.ScenarioError, match=r"trsut.*trust"):
        scenarios.with_settings(scenario, {"switches.trsut": "false"})


def test_an_unknown_mechanism_is_refused_by_the_simulation():
    structure = scenarios.build(scenarios.load("laerebog"))
    with pytest.raises(ValueError, match=r"no mechanism 'trsut'.*trust"):
        structure_without(structure, ["trsut"])
