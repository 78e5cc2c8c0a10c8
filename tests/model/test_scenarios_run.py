"""Every shipped scenario runs, the same way twice, and the compared ones share their world."""

import numpy as np
import pytest

import scenarios
from simulation import SUMMARY, run_many, run_one

MODELS = ("central_professionel", "lokal_fagprofessionel", "lokal_semiprofessionel")


def built(name):
    scenario = scenarios.load(name)
    return scenarios.build(scenario), scenarios.parameters(scenario)


@pytest.mark.parametrize("name", scenarios.names())
def test_the_same_seed_gives_the_same_run(name):
    structure, parameters = built(name)
    first = run_many(structure, parameters, [7], weeks=60)
    again = run_many(structure, parameters, [5, 7], weeks=60)
    np.testing.assert_array_equal(first.weekly[0], again.weekly[1])
    np.testing.assert_array_equal(first.waits[0], again.waits[1])
    assert not np.array_equal(again.weekly[0], again.weekly[1])


@pytest.mark.parametrize("name", scenarios.names())
def test_every_case_is_accounted_for(name):
    structure, parameters = built(name)
    run = run_one(structure, parameters, 3, weeks=80)
    ended = sum(run.summary[f"finished_{step}"] for step in range(5))
    ended += run.summary["given_up"] + run.summary["overtaken"]
    assert run.summary["cases_arisen"] == ended + run.state.open_count[0]
    assert run.summary["cases_arisen"] > 0


def test_compared_models_meet_the_same_cases_and_departures():
    columns = [SUMMARY.index(name) for name in ("cases_arisen", "departures")]
    rows = [run_many(*built(name), range(1, 21)).summary[:, columns] for name in MODELS]
    np.testing.assert_array_equal(rows[0], rows[1])
    np.testing.assert_array_equal(rows[0], rows[2])
    assert rows[0].std(axis=0).all()


def test_swapping_two_models_names_swaps_their_results():
    one, other = (scenarios.load(name) for name in MODELS[:2])
    renamed = one.model_copy(update={"key": other.key, "name": other.name})
    a = run_many(scenarios.build(one), scenarios.parameters(one), [1, 2], weeks=52)
    b = run_many(scenarios.build(renamed), scenarios.parameters(renamed), [1, 2], weeks=52)
    np.testing.assert_array_equal(a.summary, b.summary)


@pytest.mark.parametrize("name", MODELS)
def test_the_base_scenario_shows_all_steps_and_no_step_takes_all(name):
    summary = run_many(*built(name), range(1, 21)).summary
    for step in range(5):
        share = summary[:, SUMMARY.index("share_alone") + step].mean()
        assert 0.0 < share < 0.9
