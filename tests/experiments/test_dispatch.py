"""Tasks hold every run once, last about two seconds, and shrink towards the end."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from experiments.dispatch import (
    AIM_SECONDS,
    LEAST_SECONDS,
    MOST_BYTES,
    MOST_PIECES,
    Cutter,
    Open,
    task_name,
)
from simulation.observables import N_WEEKLY


def conditions(sizes: list[int]) -> list[Open]:
    return [
        Open(f"key{place}", "group", 52, np.arange(size, dtype=np.int64))
        for place, size in enumerate(sizes)
    ]


@given(
    sizes=st.lists(st.integers(1, 300), min_size=1, max_size=40),
    costs=st.lists(st.floats(1e-5, 10.0), min_size=1, max_size=8),
    workers=st.integers(1, 9),
)
def test_every_run_is_handed_out_once(sizes: list[int], costs: list[float], workers: int) -> None:
    cutter = Cutter(conditions(sizes), False, False)
    seen: set[tuple[int, int]] = set()
    turn = 0
    while parts := cutter.take(workers):
        assert len(parts) <= MOST_PIECES
        for part in parts:
            runs = {(part.place, int(seed)) for seed in part.seeds}
            assert runs
            assert not runs & seen
            seen |= runs
            cost = costs[turn % len(costs)]
            cutter.learn(f"key{part.place}", "group", len(part.seeds), cost * len(part.seeds))
        turn += 1
    assert seen == {(place, seed) for place, size in enumerate(sizes) for seed in range(size)}


def test_tasks_take_as_long_as_they_should() -> None:
    cutter = Cutter(conditions([100_000]), False, False)
    cutter.learn("key0", "group", 100, 0.1)  # a millisecond each
    sizes = []
    while parts := cutter.take(workers=2):
        sizes.append(sum(len(part.seeds) for part in parts))
    assert sizes[0] == AIM_SECONDS * 1000
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes[:-1]) >= LEAST_SECONDS * 1000 - 1


def test_short_conditions_share_a_task() -> None:
    cutter = Cutter(conditions([10] * 1000), False, False)
    cutter.learn("key0", "group", 10, 0.01)
    assert len(cutter.take(workers=1)) == MOST_PIECES


def test_a_task_with_weeks_stays_small_in_memory() -> None:
    cutter = Cutter(conditions([1_000_000]), True, False)
    cutter.learn("key0", "group", 10, 1e-5)
    (part,) = cutter.take(workers=1)
    assert len(part.seeds) * 52 * N_WEEKLY * 4 <= MOST_BYTES


def test_a_task_is_called_after_its_runs() -> None:
    one, other = np.arange(3), np.arange(4)
    assert task_name([("a", one)]) == task_name([("a", one.copy())])
    names = {task_name([("a", one)]), task_name([("b", one)]), task_name([("a", other)])}
    assert len(names) == 3
