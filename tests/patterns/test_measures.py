"""What is measured in runs, against numbers worked by hand."""

import numpy as np
import pytest

from experiments.measures import (
    HOURS,
    RATIOS,
    AmongPairs,
    AtBody,
    AtLevel,
    BetweenPairs,
    Decided,
    Growth,
    HoursAtBody,
    Measure,
    Ratio,
    RelationsOnStep,
    StillUndecided,
    Sum,
    Summarised,
    Table,
    Weeks,
    total,
)
from experiments.patterns.observing import TIES
from scenarios import build, load, parameters
from simulation import SUMMARY, run_many
from tests.patterns.worlds import made_up


def first(measure: Measure, runs: object) -> float:
    return float(measure(runs)[0])  # type: ignore[arg-type]


def test_weeks_are_counted_from_one_and_both_ends_are_in() -> None:
    runs = made_up({"trust_between": [0.1, 0.2, 0.4, 0.6], "deferred": [1, 2, 3, 4]})
    assert first(Weeks("trust_between", 2, 3, total=False), runs) == pytest.approx(0.3)
    assert first(Weeks("deferred", 2, 4, total=True), runs) == 9.0


def test_growth_is_the_rise_from_the_end_of_one_week_to_the_end_of_another() -> None:
    runs = made_up({"trust_between": [0.1, 0.2, 0.4, 0.7], "hours_meeting": [50, 1, 2, 3]})
    assert first(Growth("trust_between", 1, 4, None), runs) == pytest.approx(0.2)
    assert first(Growth("trust_between", 1, 4, "hours_meeting"), runs) == pytest.approx(0.1)


def test_growth_per_hour_is_not_defined_where_no_hour_was_used() -> None:
    runs = made_up({"trust_between": [0.1, 0.2, 0.4, 0.7]})
    assert np.isnan(first(Growth("trust_between", 1, 4, "hours_meeting"), runs))


def test_levels_and_pairs_count_the_cases_they_name() -> None:
    runs = made_up({})
    runs.level_steps[:, 3, 2] = 5
    runs.pair_steps[:, 0, 1, 3], runs.pair_steps[:, 1, 2, 3] = 4, 6
    assert first(AtLevel(3, 2), runs) == 5.0
    assert first(AmongPairs(((0, 1), (1, 2)), 3), runs) == 10.0
    assert first(AmongPairs(((0, 2),), 3), runs) == 0.0


def test_relations_are_counted_at_the_ends_of_quarters_once_they_have_shared_a_case() -> None:
    runs = made_up({})
    runs.pair_steps[:, 0, 1, 1] = runs.pair_steps[:, 0, 2, 2] = 1
    runs.relation_quarter[:, :, 0, 1] = [-1, 2, 2]
    runs.relation_quarter[:, :, 0, 2] = [0, 2, 4]
    runs.relation_quarter[:, :, 1, 2] = [3, 3, 3]  # never shared a case, so it is no relation
    pairs = ((0, 1), (0, 2), (1, 2))
    last_two = {step: first(RelationsOnStep(pairs, step, (1, 3)), runs) for step in range(5)}
    assert last_two == {0: 0.0, 1: 0.0, 2: 0.75, 3: 0.0, 4: 0.25}
    assert first(RelationsOnStep(pairs, 0, (0, 1)), runs) == 1.0  # too few cases to tell
    assert np.isnan(first(RelationsOnStep(((1, 2),), 3, (0, 3)), runs))


def test_trust_between_pairs_counts_as_much_as_people_know_each_other() -> None:
    runs = made_up({})
    runs.relation_ties[:, 0, 0, 1] = [0.4, 0.5, 2, 0.0, 0.0]  # trust 0.8, acquaintance 0.25
    runs.relation_ties[:, 0, 0, 2] = [0.1, 0.5, 2, 0.6, 1.0]  # trust 0.2
    runs.relation_ties[:, 1, 0, 1] = [0.3, 0.5, 1, 0.0, 0.0]  # trust 0.6
    pairs = ((0, 1), (0, 2))
    assert first(BetweenPairs(pairs, 0, 1, (0, 1)), runs) == pytest.approx(0.5)
    assert first(BetweenPairs(pairs, 0, 1, (0, 2)), runs) == pytest.approx(0.55)
    assert first(BetweenPairs(pairs, 1, 2, (0, 1)), runs) == pytest.approx(0.25)
    assert first(BetweenPairs(pairs, 3, 4, (0, 3)), runs) == pytest.approx(0.6)
    assert np.isnan(first(BetweenPairs(((1, 2),), 0, 1, (0, 3)), runs))


def test_ties_of_all_pairs_together_are_the_weekly_columns() -> None:
    scenario = load("laerebog")
    runs = run_many(
        build(scenario), parameters(scenario), range(1, 4), weeks=26, keep_relations=True
    )
    pairs = ((0, 1), (0, 2), (1, 2))
    for name, columns in TIES.items():
        found = BetweenPairs(pairs, *columns, (1, 2))(runs)
        expected = Weeks(name, 26, 26, total=False)(runs)
        np.testing.assert_allclose(found, expected, rtol=1e-5, err_msg=name)


def test_a_table_knows_whether_relations_must_be_kept() -> None:
    between, other = BetweenPairs(((0, 1),), 0, 1, (0, 1)), Summarised("refused")
    place = RelationsOnStep(((0, 1),), 2, (0, 1))
    assert not Table((other, Ratio(other, other), total([other]))).reads_relations
    for measure in (between, place, Ratio(other, between), total([other, Ratio(place, other)])):
        assert Table((other, measure)).reads_relations


def test_relations_that_were_not_kept_are_not_taken_for_none() -> None:
    scenario = load("laerebog")
    runs = run_many(build(scenario), parameters(scenario), range(1, 4), weeks=26)
    assert runs.relation_quarter.shape[0] == runs.relation_ties.shape[0] == 0
    for measure in (RelationsOnStep(((0, 1),), 2, (0, 1)), BetweenPairs(((0, 1),), 0, 1, (0, 1))):
        with pytest.raises(ValueError, match="keep_relations"):
            measure(runs)


def test_waits_and_bodies() -> None:
    runs = made_up({})
    runs.waits[:, 2, 3, 0], runs.waits[:, 2, 9, 1], runs.waits[:, 3, 1, 0] = 7, 2, 1
    runs.forum_waits[:, 1, 1], runs.forum_waits[:, 1, 3] = [3.0, 4.0], [1.0, 6.0]
    runs.forum_hours[:, 1] = 6.0
    assert first(Decided((2,)), runs) == 7.0
    assert first(StillUndecided((1, 2, 3)), runs) == 2.0
    assert first(Ratio(AtBody(1, 1), AtBody(1, 0)), runs) == 2.5
    assert first(Ratio(AtBody(1, 1, (3,)), AtBody(1, 0, (3,))), runs) == 6.0
    assert first(HoursAtBody(1), runs) == 6.0
    assert np.isnan(first(Ratio(AtBody(0, 1), AtBody(0, 0)), runs))


def test_sums_are_weighted_and_a_table_sets_measures_side_by_side() -> None:
    runs = made_up({"refused": [1, 1, 1, 1], "deferred": [2, 2, 2, 2]})
    refused, deferred = Summarised("refused"), Summarised("deferred")
    assert first(Sum(((1.0, deferred), (-2.0, refused))), runs) == 0.0
    assert Table((refused, total([refused, deferred])))(runs).tolist() == [[4.0, 12.0]] * 2
    assert Table(())(runs).shape == (2, 0)


def test_ratios_over_the_whole_run_are_what_the_summary_says() -> None:
    scenario = load("laerebog")
    runs = run_many(build(scenario), parameters(scenario), range(1, 4), weeks=26)
    for name, (above, below, factor) in RATIOS.items():
        sides = [
            total([Weeks(part, 1, 26, total=True) for part in side]) for side in (above, below)
        ]
        np.testing.assert_allclose(
            Ratio(sides[0], sides[1], factor)(runs),
            runs.summary[:, SUMMARY.index(name)],
            rtol=1e-5,
            err_msg=name,
        )
    used = total([Weeks(part, 1, 26, total=True) for part in HOURS])(runs) / 26
    np.testing.assert_allclose(used, runs.summary[:, SUMMARY.index("hours_per_week")], rtol=1e-5)


def test_levels_and_pairs_of_real_runs_add_up_to_all_finished_cases() -> None:
    scenario = load("laerebog")
    runs = run_many(build(scenario), parameters(scenario), range(1, 4), weeks=26)
    for step in range(1, 5):
        by_level = total([AtLevel(level, step) for level in range(4)])
        np.testing.assert_array_equal(by_level(runs), Summarised(f"finished_{step}")(runs))
