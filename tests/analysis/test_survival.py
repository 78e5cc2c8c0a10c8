"""Kaplan-Meier against a published and a hand-worked example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.survival import kaplan_meier, median_wait, survival_of_counts, waiting_times

# Remission in weeks of 21 leukaemia patients given 6-MP (Freireich et al. 1963; worked through in
# Cox & Oakes 1984 and Kleinbaum & Klein 2012, table 2.3). A plus means censored.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PUBLISHED = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def table(decided: list[int], undecided: list[int], weeks: int = 209) -> np.ndarray:
    counts = np.zeros((weeks, 2), dtype=np.int64)
    np.add.at(counts[:, 0], decided, 1)
    np.add.at(counts[:, 1], undecided, 1)
    return counts


def test_published_curve() -> None:
    weeks, waiting = kaplan_meier(table(REMISSION, CENSORED))
    curve = dict(zip(weeks, waiting, strict=True))
    for week, expected in PUBLISHED.items():
        assert curve[week] == pytest.approx(expected, abs=5e-4)
    assert median_wait(weeks, waiting) == 23


def test_hand_worked() -> None:
    # 4 matters: decided after 1, undecided after 2, decided after 3, undecided after 4
    # after 1: 3/4. after 3: 3/4 * 1/2 = 3/8.
    weeks, waiting = kaplan_meier(table([1, 3], [2, 4], 6))
    curve = dict(zip(weeks, waiting, strict=True))
    assert curve[1] == pytest.approx(0.75)
    assert curve[3] == pytest.approx(0.375)
    assert curve[4] == pytest.approx(0.375)


def test_the_average_of_the_decided_flatters_and_the_curve_does_not() -> None:
    waits = table([2] * 40, [200] * 60)[np.newaxis]
    result = waiting_times(waits)
    assert result.median is None  # more than half are never decided
    assert (result.decided, result.undecided) == (40, 60)


def test_no_matters_at_all() -> None:
    result = waiting_times(np.zeros((5, 209, 2), dtype=np.uint16))
    assert (result.median, result.low, result.high) == (None, None, None)
    assert len(result.weeks) == 0


def test_interval_resamples_runs_not_matters() -> None:
    # ten runs that decide everything in week 1 and ten in week 9: hundreds of matters, yet the
    # median is uncertain between 1 and 9, because runs are what differ
    quick, slow = table([1] * 500, []), table([9] * 500, [])
    result = waiting_times(np.array([quick] * 10 + [slow] * 10, dtype=np.uint16))
    assert (result.low, result.high) == (1.0, 9.0)


waits = st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=60)


@given(waits)
def test_two_ways_of_computing_the_curve_agree(matters: list[tuple[int, bool]]) -> None:
    counts = table([w for w, done in matters if done], [w for w, done in matters if not done], 10)
    weeks, waiting = kaplan_meier(counts)
    dense = survival_of_counts(counts.astype(np.float64))
    for week, share in zip(weeks, waiting, strict=True):
        assert dense[int(week)] == pytest.approx(share)
    assert np.all(np.diff(dense) <= 1e-12)
