"""No rule indexes below zero: Python would take the end of the array, compiled code does not ask.

Uncompiled, on arrays that refuse such an index (``make interpreted``).
"""

from typing import Any

import numpy as np
import pytest

from simulation.compilation import is_interpreted
from simulation.handles import Handles
from simulation.observables import N_SUMMARY
from simulation.runs import prepare
from simulation.schedule import WEEK, set_out
from simulation.summary import close_books, summarise
from tests.simulation.digest import WORLDS

pytestmark = [
    pytest.mark.interpreted,
    pytest.mark.skipif(not is_interpreted(), reason="compiled code takes no other arrays"),
]
WEEKS = 60


class FromZero(np.ndarray):
    """An array with places from zero on only."""

    def __getitem__(self, index: Any) -> Any:
        refuse_below_zero(index)
        return super().__getitem__(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        refuse_below_zero(index)
        super().__setitem__(index, value)


def refuse_below_zero(index: Any) -> None:
    for part in index if isinstance(index, tuple) else (index,):
        if isinstance(part, int | np.integer) and part < 0:
            raise IndexError(f"an index below zero: {index}")


def from_zero(named: Any) -> Any:
    return type(named)(*(array.view(FromZero) for array in named))


def test_the_array_refuses() -> None:
    array = np.zeros((2, 2)).view(FromZero)
    assert array[1, 1] == 0.0
    with pytest.raises(IndexError, match="below zero"):
        array[1, -1] = 1.0
    with pytest.raises(IndexError, match="below zero"):
        array[-1]


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_no_phase_indexes_below_zero(name: str) -> None:
    structure, parameters = WORLDS[name]()
    state, record = prepare(structure, [1], WEEKS, events=5000)
    held = Handles(from_zero(structure), parameters, from_zero(state), from_zero(record))
    set_out(*held, 1)
    for week in range(WEEKS):
        for phase in WEEK:
            phase(*held, 1, week)
    close_books(held.state, held.record, WEEKS)
    summarise(held.record, WEEKS, np.zeros(N_SUMMARY))
    assert record.weekly.any()
