"""Paired statistics against published and hand-worked numbers, and properties that must hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.paired import (
    adjusted_level,
    compare,
    effect_size,
    is_skewed,
    mean_interval,
    probability_better,
    summarise,
    verdict,
)

# Student (1908), "The probable error of a mean": hours of sleep gained by ten patients with each
# of two drugs. Mean difference 1.58 h, t = 4.0621 on 9 degrees of freedom, and the 95 % interval
# 0.7001 to 2.4599 (the worked example of R's t.test on the same data).
DRUG_1 = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
DRUG_2 = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])


def test_students_sleep_data_give_the_published_interval() -> None:
    result = compare(DRUG_2, DRUG_1, direction=1, smallest_effect=0.5, level=0.95)
    assert result.mean == pytest.approx(1.58)
    assert result.low == pytest.approx(0.7001142, abs=1e-6)
    assert result.high == pytest.approx(2.4598858, abs=1e-6)
    assert result.verdict == "better"
    # nine patients slept longer on drug 2 and one the same on both
    assert result.probability_better == pytest.approx(0.95)


def test_effect_size_by_hand() -> None:
    # variances 1 and 9, their mean 5; mean difference 2; d_av = 2 / sqrt(5)
    first = np.array([3.0, 4.0, 5.0])
    second = np.array([-1.0, 2.0, 5.0])
    assert effect_size(first, second) == pytest.approx(2.0 / math.sqrt(5.0))


def test_effect_size_does_not_reward_good_pairing() -> None:
    world = np.linspace(-3.0, 3.0, 50)
    loose = effect_size(world + 0.5, world[::-1])
    tight = effect_size(world + 0.5, world)
    assert loose == pytest.approx(tight)


def test_effect_size_without_any_spread() -> None:
    assert effect_size(np.ones(3), np.ones(3)) == 0.0
    assert effect_size(np.ones(3), np.zeros(3)) is None


@pytest.mark.parametrize(
    ("low", "high", "direction", "expected"),
    [
        (1.1, 3.0, 1, "better"),
        (1.1, 3.0, -1, "worse"),
        (1.1, 3.0, 0, "more"),
        (-3.0, -1.1, 1, "worse"),
        (-3.0, -1.1, -1, "better"),
        (-3.0, -1.1, 0, "less"),
        (-0.9, 1.0, 1, "equal"),
        (0.2, 0.9, 1, "equal"),  # surely above zero, surely too small to matter
        (0.2, 1.2, 1, "unsettled"),
        (-2.0, 2.0, -1, "unsettled"),
    ],
)
def test_verdict(low: float, high: float, direction: int, expected: str) -> None:
    assert verdict(low, high, direction, smallest_effect=1.0) == expected


def test_ties_count_half_and_direction_decides() -> None:
    difference = np.array([1.0, 1.0, 0.0, -1.0])
    assert probability_better(difference, 1) == pytest.approx(0.625)
    assert probability_better(difference, -1) == pytest.approx(0.375)
    assert probability_better(difference, 0) is None


def test_undefined_runs_are_left_out_in_pairs_and_counted() -> None:
    first = np.array([1.0, np.nan, 3.0, 4.0, np.nan])
    second = np.array([0.0, 1.0, np.nan, 2.0, np.nan])
    result = compare(first, second, 1, 0.0, 0.95)
    assert (result.runs, result.missing) == (2, 3)
    assert result.mean == pytest.approx(1.5)
    assert summarise(first).missing == 2


def test_too_few_pairs_are_said_to_be_undefined() -> None:
    nothing = np.full(4, np.nan)
    result = compare(nothing, np.ones(4), 1, 0.1, 0.95)
    assert result.verdict == "undefined"
    assert (result.runs, result.missing, result.mean) == (0, 4, None)


def test_unpaired_runs_are_refused() -> None:
    with pytest.raises(ValueError, match="not paired"):
        compare(np.ones(3), np.ones(4), 1, 0.1, 0.95)


def test_bonferroni_by_hand() -> None:
    assert adjusted_level(1) == pytest.approx(0.95)
    assert adjusted_level(10) == pytest.approx(0.995)
    with pytest.raises(ValueError, match="at least one"):
        adjusted_level(0)


def test_cochrans_rule() -> None:
    generator = np.random.Generator(np.random.PCG64(1))
    assert not is_skewed(generator.normal(size=200))
    assert is_skewed(np.r_[np.zeros(199), 100.0])  # skewness 14: 200 runs are far too few
    assert is_skewed(generator.normal(size=29))
    assert not is_skewed(np.full(40, 3.0))


def test_intervals_cover_as_often_as_they_say() -> None:
    # 2,000 experiments of 30 runs; the share that covers has a standard error of 0.0049
    draws = np.random.Generator(np.random.PCG64(2)).normal(5.0, 2.0, size=(2000, 30))
    covered = np.mean([low <= 5.0 <= high for low, high in map(_interval, draws)])
    assert abs(covered - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 2000)


def _interval(values: np.ndarray) -> tuple[float, float]:
    return mean_interval(values, 0.95)


def test_interval_agrees_with_scipy() -> None:
    expected = stats.ttest_rel(DRUG_2, DRUG_1).confidence_interval(0.99)
    assert mean_interval(DRUG_2 - DRUG_1, 0.99) == pytest.approx((expected.low, expected.high))


runs = st.lists(
    st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=2, max_size=40
)
OPPOSITE = {
    "better": "worse", "worse": "better", "more": "less", "less": "more",
    "equal": "equal", "unsettled": "unsettled",
}  # fmt: skip


@given(runs, st.sampled_from([-1, 0, 1]), st.integers(0, 50))
def test_swapping_the_models_flips_every_sign(
    pairs: list[tuple[int, int]], direction: int, smallest: int
) -> None:
    first, second = np.array(pairs, dtype=np.float64).T
    one = compare(first, second, direction, smallest, 0.99)
    other = compare(second, first, direction, smallest, 0.99)
    assert one.mean == -other.mean
    assert one.low == pytest.approx(-other.high)
    assert (one.effect is None) == (other.effect is None)
    if one.effect is not None:
        assert one.effect == pytest.approx(-other.effect)
    if direction:
        assert one.probability_better + other.probability_better == pytest.approx(1.0)
    assert OPPOSITE[one.verdict] == other.verdict


@given(runs, st.integers(-500, 500))
def test_what_befalls_both_models_alike_changes_nothing(
    pairs: list[tuple[int, int]], luck: int
) -> None:
    first, second = np.array(pairs, dtype=np.float64).T
    one = compare(first, second, 1, 1.0, 0.95)
    other = compare(first + luck, second + luck, 1, 1.0, 0.95)
    assert one.mean == pytest.approx(other.mean)
    assert one.probability_better == other.probability_better


@given(runs)
def test_a_wider_claim_needs_a_wider_interval(pairs: list[tuple[int, int]]) -> None:
    first, second = np.array(pairs, dtype=np.float64).T
    alone = compare(first, second, 1, 1.0, adjusted_level(1))
    among = compare(first, second, 1, 1.0, adjusted_level(60))
    assert among.low <= alone.low <= alone.mean <= alone.high <= among.high
