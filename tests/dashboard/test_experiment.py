"""Running in turn: what is run, what is remembered, and that it can be stopped."""

import threading

import numpy as np
import pytest

from dashboard.experiment import WAITING, Laboratory, StoppedError
from dashboard.settings import Settings

PLAIN = Settings(model="laerebog", runs=3)
MOVED = Settings(model="laerebog", runs=3, levers={"initial_trust": 0.8})


def always() -> bool:
    return True


def silent(done: int, total: int) -> None:
    pass


def test_a_model_with_no_lever_moved_has_nothing_to_be_compared_with():
    result = Laboratory().run(PLAIN, silent, always)
    assert result.base is None
    assert len(result.moved.seeds) == 3


def test_the_base_is_the_same_model_in_the_same_worlds_without_the_lever():
    laboratory = Laboratory()
    plain, moved = (laboratory.run(settings, silent, always) for settings in (PLAIN, MOVED))
    assert moved.base is plain.moved  # remembered, not run again
    assert np.array_equal(moved.base.seeds, moved.moved.seeds)
    assert not np.array_equal(moved.base.summary, moved.moved.summary, equal_nan=True)


def test_progress_counts_the_runs_of_both():
    said: list[tuple[int, int]] = []
    Laboratory().run(MOVED, lambda *where: said.append(where), always)
    assert said == sorted(said)
    assert said[-1] == (6, 6)


def test_language_and_what_was_shown_change_nothing():
    laboratory = Laboratory()
    english = Settings(model="laerebog", runs=3, language="en", shown=True)
    first, second = (laboratory.run(settings, silent, always) for settings in (PLAIN, english))
    assert first.moved is second.moved
    assert first.settings == second.settings


def test_a_run_that_nobody_wants_any_more_stops_and_lets_the_next_in():
    laboratory = Laboratory()
    with pytest.raises(StoppedError):
        laboratory.run(PLAIN, silent, lambda: False)
    assert laboratory.run(PLAIN, silent, always).moved is not None


def test_the_second_waits_until_the_first_is_done():
    laboratory, said, inside = Laboratory(), [], threading.Event()
    go_on = threading.Event()

    def slow(done: int, total: int) -> None:
        inside.set()
        assert go_on.wait(30)

    def second(done: int, total: int) -> None:
        said.append((done, total))
        go_on.set()

    first = threading.Thread(target=laboratory.run, args=(PLAIN, slow, always))
    first.start()
    assert inside.wait(30)
    laboratory.run(MOVED, second, always)
    first.join(30)
    assert said[0] == WAITING
    assert said[-1] == (6, 6)
