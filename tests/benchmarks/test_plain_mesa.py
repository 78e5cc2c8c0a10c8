"""The plain Mesa version runs by itself as a Mesa model should."""

import numpy as np
import pytest

from benchmarks.plain_mesa import PlainModel, run_batch, summaries
from benchmarks.plain_mesa.covering import NOT_TOLD
from benchmarks.setting import world
from simulation.observables import SUMMARY, WEEKLY
from simulation.vocabulary import N_THEMES

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


def test_who_knows_a_method_is_counted(base):
    quick = base.parameters._replace(
        gain_try_new=5.0, innovation_chance=1.0, method_passed_on=1.0, method_life=8.0
    )
    model = PlainModel(base.structure, quick, WEEKS, rng=5)
    born = 0
    for _ in range(WEEKS):
        model.step()
        known = [method for person in model.agents for method in person.methods.values()]
        assert all(known.count(method) == method.knowers > 0 for method in model.living_methods)
        assert not any(method.lost for method in known)
        born = max(born, len(model.living_methods))
    assert born > 0


def test_hours_handed_out_are_used_owed_or_free(base):
    """Whatever takes hours stands in the books; nobody leaves, because a debt goes with them."""
    staying = base.structure._replace(actor_turnover=np.zeros_like(base.structure.actor_turnover))
    model = PlainModel(staying, base.parameters, WEEKS, rng=6)
    owed = 0.0
    for week in range(WEEKS):
        model.step()
        flows = model.datacollector.model_vars
        used = flows["double_hours"][week] + sum(
            flows[name][week] for name in WEEKLY if name.startswith("hours_")
        )
        before, owed = owed, -sum(person.hours_left for person in model.agents)
        handed_out = sum(person.hours_available for person in model.agents)
        assert used == pytest.approx(handed_out + owed - before)
    assert owed > 0.0


def without(base, field):
    """The base scenario, its arrays changed so that a mechanism is used."""
    array = getattr(base.structure, field)
    if len(array) == 0:
        return base.structure._replace(**{field: np.array([0])})
    return base.structure._replace(**{field: np.ones_like(array)})


@pytest.mark.parametrize(("field", "name"), NOT_TOLD.items())
def test_what_is_not_told_is_refused_by_name(base, field, name):
    with pytest.raises(ValueError, match=f"does not tell {name}$"):
        PlainModel(without(base, field), base.parameters, WEEKS)


def test_themes_add_up(base):
    model = PlainModel(base.structure, base.parameters, WEEKS, rng=7)
    for _ in range(WEEKS):
        model.step()
    assert len(model.theme_hours) == N_THEMES
    assert sum(model.theme_hours) == pytest.approx(sum(area.hours for area in model.areas))
    assert sum(model.theme_value) == pytest.approx(sum(area.value for area in model.areas))
