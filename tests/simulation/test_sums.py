"""The logarithm of the draws and the sums of long rows."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.logarithms import log_of
from simulation.sums import sum_between

UNIT = st.floats(2.0**-53, 1.0 - 2.0**-53)


@given(UNIT)
def test_the_logarithm_of_a_draw_is_the_librarys(uniform: float) -> None:
    assert log_of(uniform) == pytest.approx(math.log(uniform), rel=1e-10)


@given(UNIT)
def test_the_logarithm_of_odds_is_the_librarys(uniform: float) -> None:
    odds = uniform / (1.0 - uniform)
    assert log_of(odds) == pytest.approx(math.log(odds), rel=1e-10)


@pytest.mark.parametrize("power", [-1022, -53, -1, 0, 1, 53, 1023])
def test_the_logarithm_of_a_power_of_two_is_exact(power: int) -> None:
    assert log_of(2.0**power) == power * 0.6931471805599453


@given(st.lists(st.floats(-1e6, 1e6), max_size=70), st.integers(0, 9))
def test_a_sum_leaves_out_what_lies_outside(values: list[float], first: int) -> None:
    row = np.array([*[math.nan] * first, *values, math.nan])
    total = sum_between(row, first, first + len(values))
    assert total == pytest.approx(math.fsum(values), rel=1e-9, abs=1e-6)


def test_the_order_of_a_sum_is_laid_down() -> None:
    """One large number among small ones: what is lost depends on the order alone."""
    row = np.full(17, 2.0**-53)
    row[8] = 1.0
    assert sum_between(row, 0, 17) == 1.0 + 14 * 2.0**-53
