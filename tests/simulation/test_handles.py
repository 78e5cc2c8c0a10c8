"""Compiled code reads and writes through a handle what Python reads and writes in the arrays."""

from typing import NamedTuple

import numpy as np
import pytest

from simulation.compilation import compiled, is_interpreted
from simulation.handles import Handle
from simulation.state import LAST_AXIS

pytestmark = pytest.mark.skipif(is_interpreted(), reason="there are no handles uncompiled")


class Arrays(NamedTuple):
    levels: np.ndarray
    counts: np.ndarray
    flags: np.ndarray
    places: np.ndarray
    kinds: np.ndarray
    cube: np.ndarray
    tie_trust: np.ndarray  # its last axis is known to be two
    share: float


def arrays() -> Arrays:
    return Arrays(
        levels=np.arange(6.0).reshape(2, 3),
        counts=np.arange(4),
        flags=np.array([True, False]),
        places=np.array([[0, 1], [1, 0]], dtype=np.int32),
        kinds=np.array([2, 1], dtype=np.int8),
        cube=np.arange(12.0).reshape(2, 3, 2),
        tie_trust=np.array([[0.1, 0.2], [0.3, 0.4]]),
        share=0.5,
    )


@compiled
def change(held):
    """Every kind of reading and writing that phases do."""
    held.levels[1, 2] = 10.0 + held.levels[0, 1]
    row = held.levels[0]
    row[0] = 7.0
    held.levels[1, 1] = held.levels[0, 0]  # written through the row just before
    held.counts[0] = held.share * 8.0
    held.counts[1:3] = 9
    held.flags[1] = held.flags[0]
    for place in range(2):  # an index read from one array, of another width, in another
        held.cube[place, held.kinds[place], held.places[0, place]] += 100.0
        held.tie_trust[held.places[1, place], place] += held.tie_trust[place, 1]
    column = held.levels[:, 1]
    column[0] += 0.5
    return held.levels[0].sum() + len(held.counts)


def test_reading_and_writing_is_the_same_memory() -> None:
    named = arrays()
    assert change(Handle(named)) == 7.0 + 1.5 + 2.0 + 4
    np.testing.assert_array_equal(named.levels, [[7.0, 1.5, 2.0], [3.0, 7.0, 11.0]])
    assert (named.cube[0, 2, 0], named.cube[1, 1, 1]) == (104.0, 109.0)
    np.testing.assert_allclose(named.tie_trust, [[0.1, 0.6], [0.5, 0.4]])
    np.testing.assert_array_equal(named.counts, [4, 9, 9, 3])
    np.testing.assert_array_equal(named.flags, [True, True])


def test_uncompiled_code_does_the_same() -> None:
    one, other = arrays(), arrays()
    assert change(Handle(one)) == change.py_func(other)
    for mine, yours in zip(one[:7], other[:7], strict=True):
        np.testing.assert_array_equal(mine, yours)


def test_a_last_axis_of_another_length_is_refused() -> None:
    class Wrong(NamedTuple):
        goals: np.ndarray

    with pytest.raises(ValueError, match="goals must be 5 long"):
        Handle(Wrong(np.zeros((3, LAST_AXIS["goals"] + 1))))


def test_arrays_that_are_not_contiguous_are_refused() -> None:
    with pytest.raises(ValueError, match="levels must be a contiguous array"):
        Handle(arrays()._replace(levels=np.zeros((3, 2)).T))
