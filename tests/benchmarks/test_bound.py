"""The lower bound of the hottest phase gives the phase's numbers, or says that it does not."""

import numpy as np
import pytest

from benchmarks.bound import MOMENTS, compare, laid_out, moments
from benchmarks.setting import world
from simulation.state import WEEKS_OF_QUARTER

SEED = 3


def test_by_hand_and_by_phase_give_the_same_row():
    weeks = []
    for week, held in moments(world(), SEED):
        compare(held, laid_out(held, week), SEED, week)
        assert np.count_nonzero(held.record.weekly[week]) > 30
        weeks.append(week)
    assert tuple(weeks) == MOMENTS


def test_numbers_that_differ_are_no_bound():
    """The comparison above could have failed: one person's load a little higher is noticed."""
    for week, held in moments(world("laerebog"), SEED):
        arrays = laid_out(held, week)
        arrays = (*arrays[:4], tuple(np.copy(part) for part in arrays[4]), *arrays[5:])
        held.state.load[0] += 0.1
        with pytest.raises(RuntimeError, match=f"differ in week {week} of run {SEED}"):
            compare(held, arrays, SEED, week)


def test_the_weeks_compared_end_no_quarter():
    """By hand no quarter is written down, so the phase must not do it either."""
    assert all(week % WEEKS_OF_QUARTER != WEEKS_OF_QUARTER - 1 for week in MOMENTS)
