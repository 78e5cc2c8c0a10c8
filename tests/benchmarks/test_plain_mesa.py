"""The plain Mesa version runs by itself as a Mesa model should."""

import numpy as np
import pytest

from benchmarks.plain_mesa import PlainModel, run_batch, summaries
from benchmarks.setting import world
from simulation.observables import SUMMARY, WEEKLY

WEEKS = 40


@pytest.fixture(scope="module")
def base():
    return world()


@pytest.fixture(scope="module")
def rows(base):
    return run_batch(base.structure, base.parameters, [1, 2], WEEKS)


def test_batch_gives_every_week_of_every_run(rows):
    assert len(rows) == 2 * WEEKS
    assert all(set(WEEKLY) <= set(row) for row in rows)


def test_a_seed_gives_the_same_run_again_and_another_seed_another(base, rows):
    again = summaries(run_batch(base.structure, base.parameters, [1], WEEKS))
    both = summaries(rows)
    np.testing.assert_array_equal(again[0], both[0])
    assert not np.array_equal(both[0], both[1], equal_nan=True)


def test_every_case_that_arose_has_ended_or_is_open(rows):
    one = dict(zip(SUMMARY, summaries(rows)[0], strict=True))
    ended = sum(one[f"finished_{step}"] for step in range(5)) + one["given_up"] + one["overtaken"]
    assert one["cases_arisen"] == ended + rows[WEEKS - 1]["open_cases"]


def test_ties_are_mutual_and_within_bounds(base):
    model = PlainModel(base.structure, base.parameters, WEEKS, rng=3)
    for _ in range(WEEKS):
        model.step()
    assert not model.running
    for person in model.agents:
        assert person.trust.keys() == person.acquaintance.keys()
        for other, level in person.acquaintance.items():
            assert other.acquaintance[person] == level
            assert 0.0 <= level <= 1.0
            assert 0.0 <= person.trust[other] <= 1.0
        assert sum(person.goals) == pytest.approx(1.0)


def test_what_waits_at_a_body_knows_that_it_does(base):
    model = PlainModel(base.structure, base.parameters, WEEKS, rng=4)
    for _ in range(WEEKS):
        model.step()
        for forum in model.fora:
            assert all(case.forum is forum for case in forum.queue)
        assert sum(case.forum is not None for case in model.open_cases) == model.queue
