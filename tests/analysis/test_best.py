"""Several models at once: published numbers, hand-worked intervals, and promises that hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.best import compare_with_best, select
from analysis.paired import Floats

# Banks, Carson, Nelson & Nicol, Discrete-Event System Simulation, the vehicle-inspection example
# of chapter 12: mean response time under four designs, ten replications with common random
# numbers, less is better. The book's sample variances of the differences are 4.498, 28.498, 5.489,
# 11.857, 0.119 and 9.849; with t = 2.508, an indifference zone of 2 minutes and 95 %, it asks for
# 45 replications in all.
INSPECTION = np.array(
    [
        [63.72, 32.24, 40.28, 36.94, 36.29, 56.94, 34.10, 63.36, 49.29, 87.20],
        [63.06, 31.78, 40.32, 37.71, 36.79, 57.93, 33.39, 62.92, 47.67, 80.79],
        [57.74, 29.65, 36.52, 35.71, 33.81, 51.54, 31.39, 57.24, 42.63, 67.27],
        [62.63, 31.56, 39.87, 37.35, 36.65, 57.15, 33.30, 62.21, 47.46, 79.60],
    ]
)


def test_selection_asks_for_the_published_number_of_replications() -> None:
    selection = select(INSPECTION, -1, 2.0, 0.95, first_stage=10)
    assert (selection.needed, selection.first_stage, selection.chosen) == (45, 10, 2)
    assert not selection.kept


def test_selection_looks_at_the_spread_of_the_first_stage_only() -> None:
    calm = np.tile(INSPECTION, 5)
    wild = calm.copy()
    wild[0, 10:] += np.linspace(-500.0, 500.0, 40)
    assert select(wild, -1, 2.0, first_stage=10).needed == 45
    assert select(calm, -1, 2.0, first_stage=10).kept


def test_selection_promises_nothing_before_the_first_stage_is_whole() -> None:
    alike = INSPECTION[:1] + 1e-6 * INSPECTION  # so small a spread that any number would do
    assert (select(alike, -1, 2.0).known, select(alike, -1, 2.0).kept) == (False, False)
    whole = select(np.tile(alike, 3), -1, 2.0)
    assert (whole.known, whole.kept, whole.needed) == (True, True, 30)


def test_two_models_with_the_best_are_two_one_sided_student_bounds() -> None:
    # for k = 2 the interval is the one-sided Student bound of the one difference, cut at zero
    first, second = INSPECTION[0], INSPECTION[2]
    found = compare_with_best(np.stack([first, second]), -1, 0.95)
    difference = first - second
    reach = stats.t.ppf(0.95, 9) * difference.std(ddof=1) / np.sqrt(10)
    assert found[0].difference == pytest.approx(difference.mean())
    assert (found[0].low, found[0].high) == pytest.approx((0.0, difference.mean() + reach))
    assert (found[1].low, found[1].high) == pytest.approx((-difference.mean() - reach, 0.0))
    assert found[1].is_best
    assert not found[0].may_be_best


def test_three_models_by_hand() -> None:
    # constant differences but for one seed; every reach follows from the three spreads
    values = np.array([[0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 5.0], [2.0, 2.0, 2.0, 2.0]])
    t = stats.t.ppf(1.0 - 0.05 / 2.0, 3)
    reach = t * 2.0 / 2.0  # the spread of 1, 1, 1, 5 is 2, over the root of 4 seeds
    found = compare_with_best(values, 1, 0.95)
    assert [one.difference for one in found] == [-2.0, 0.0, 0.0]
    assert [one.may_be_best for one in found] == [False, True, True]
    assert (found[1].low, found[1].high) == pytest.approx((-reach, reach))
    # against 1 it may be as far behind as the reach beyond -2; against 2 it is 2 for sure
    assert found[0].low == pytest.approx(-2.0 - reach)
    assert found[0].high == 0.0


def test_equal_models_may_all_be_best() -> None:
    found = compare_with_best(np.ones((3, 5)), 1, 0.95)
    assert all(one.may_be_best and not one.is_best for one in found)
    assert all((one.low, one.high) == (0.0, 0.0) for one in found)


def test_what_cannot_be_compared_is_refused() -> None:
    for values, direction in ((INSPECTION, 0), (INSPECTION[:1], 1), (INSPECTION[:, :1], 1)):
        with pytest.raises(ValueError, match=r"needed|direction"):
            compare_with_best(values, direction, 0.95)
    gap = INSPECTION.copy()
    gap[0, 0] = np.nan
    with pytest.raises(ValueError, match="all of them have"):
        select(gap, 1, 1.0)


@given(st.integers(0, 10_000), st.integers(2, 5), st.sampled_from([1, -1]))
def test_turning_the_direction_turns_the_intervals(seed: int, models: int, direction: int) -> None:
    values = np.random.default_rng(seed).normal(size=(models, 8))
    one = compare_with_best(values, direction, 0.9)
    other = compare_with_best(-values, -direction, 0.9)
    for a, b in zip(one, other, strict=True):
        assert (a.low, a.high) == pytest.approx((-b.high, -b.low))
        assert (a.may_be_best, a.is_best) == (b.may_be_best, b.is_best)


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_somebody_may_be_best_and_at_most_one_is(seed: int, models: int) -> None:
    values = np.random.default_rng(seed).normal(size=(models, 8))
    found = compare_with_best(values, 1, 0.95)
    assert found[int(values.mean(axis=1).argmax())].may_be_best
    best = [one for one in found if one.is_best]
    assert len(best) == (sum(one.may_be_best for one in found) == 1)
    assert all(one.low <= one.difference <= one.high or one.low == 0.0 for one in found)


def worlds(generator: np.random.Generator, means: Floats, runs: int) -> Floats:
    """(M, runs) models that share their luck, each with a spread of its own."""
    spread = np.linspace(0.5, 2.0, len(means))[:, None]
    shared = generator.normal(0.0, 2.0, runs)
    own: Floats = means[:, None] + shared + spread * generator.normal(size=(len(means), runs))
    return own


def simultaneous_coverage(means: Floats, shrink: float = 1.0, trials: int = 2000) -> float:
    truth = np.array([mean - np.delete(means, i).max() for i, mean in enumerate(means)])
    hits = 0
    for trial in range(trials):
        values = worlds(np.random.default_rng(trial), means, 30)
        found = compare_with_best(values, 1, 0.95)
        hits += all(
            one.difference - shrink * (one.difference - one.low) <= true + 1e-12
            and true - 1e-12 <= one.difference + shrink * (one.high - one.difference)
            for one, true in zip(found, truth, strict=True)
        )
    return hits / trials


@pytest.mark.verify
@pytest.mark.parametrize(
    "means", [[0.0, 0.0, 0.0, 0.0], [0.0, 0.2, 0.4, 0.4], [0.0, 0.0, 0.0, 1.0]]
)
def test_intervals_with_the_best_hold_together(means: list[float]) -> None:
    error = np.sqrt(0.95 * 0.05 / 2000)
    assert simultaneous_coverage(np.array(means)) > 0.95 - 3 * error


@pytest.mark.verify
def test_that_test_can_fail() -> None:
    error = np.sqrt(0.95 * 0.05 / 2000)
    assert simultaneous_coverage(np.zeros(4), shrink=0.6) < 0.95 - 3 * error


@pytest.mark.verify
def test_selection_keeps_its_promise_where_it_is_hardest() -> None:
    # the best leads by exactly the smallest effect; the second stage is run as asked for
    means, right, early, trials = np.array([0.0, 0.0, 0.5, 0.0]), 0, 0, 2000
    for trial in range(trials):
        generator = np.random.default_rng(trial)
        first = worlds(generator, means, 10)
        asked = select(first, 1, 0.5, 0.95, first_stage=10)
        second = worlds(generator, means, asked.needed - 10) if asked.needed > 10 else first[:, :0]
        whole = select(np.hstack([first, second]), 1, 0.5, 0.95, first_stage=10)
        assert whole.kept
        right += whole.chosen == 2
        early += asked.chosen == 2
    error = np.sqrt(0.95 * 0.05 / trials)
    assert right / trials > 0.95 - 3 * error
    assert early / trials < 0.95 - 3 * error  # without the second stage the promise is not kept
