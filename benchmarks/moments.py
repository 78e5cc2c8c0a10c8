"""Weeks of a run, each just before the phase ``approaches``, one after the other in one memory.

State and record lie in one block of words. What happens between two of these weeks is then a list
of words to write, which takes compiled code some microseconds, whatever it stands for.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from benchmarks.setting import WEEKS, World
from simulation.handles import Handles, hold
from simulation.phases.approaches import approaches
from simulation.runs import prepare
from simulation.schedule import WEEK
from simulation.start import set_out

MOMENTS = tuple(range(6, WEEKS, 13))  # the middle of each quarter
LINE = 64  # bytes that a processor fetches at once; each array starts a line of its own


class Block(NamedTuple):
    """A run and the memory it lies in."""

    held: Handles
    words: npt.NDArray[np.int64]  # all of state and record


class Moments(NamedTuple):
    """Words that bring a block from after the phase in one of M weeks to before it in the next.

    The first of the weeks follows the last, so they can be gone through over and over.
    """

    seed: int
    week: npt.NDArray[np.int64]  # (M,)
    start: npt.NDArray[np.int64]  # (M + 1,) first of the words to write before each week's phase
    place: npt.NDArray[np.uint32]  # (words to write,) where; without a sign, so never below zero
    word: npt.NDArray[np.int64]  # (words to write,) what
    last: npt.NDArray[np.int64]  # (words of the block,) after the phase in the last week


def in_one_block(world: World, seed: int) -> Block:
    """An empty run whose state and record lie end to end."""
    state, record = prepare(world.structure, [seed], WEEKS)
    lines = sum(_lines(array) for array in (*state, *record))
    memory = np.zeros((lines + 1) * LINE, dtype=np.uint8)
    free = -memory.ctypes.data % LINE
    words = memory[free : free + lines * LINE].view(np.int64)
    moved = []
    for array in (*state, *record):
        here = memory[free : free + array.nbytes].view(array.dtype).reshape(array.shape)
        here[...] = array
        moved.append(here)
        free += _lines(array) * LINE
    state, record = type(state)(*moved[: len(state)]), type(record)(*moved[len(state) :])
    return Block(hold(world.structure, world.parameters, state, record), words)


def _lines(array: npt.NDArray[Any]) -> int:
    return -(-array.nbytes // LINE)


def find_moments(block: Block, seed: int) -> Moments:
    """Run a seed, and note how its block changes from after the phase to before the next."""
    held, words = block
    set_out(*held, seed)
    first = after = words
    changes: list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]] = []
    for week in range(MOMENTS[-1] + 1):
        for phase in WEEK:
            is_noted = phase is approaches and week in MOMENTS
            if is_noted and week == MOMENTS[0]:
                first = words.copy()
            elif is_noted:
                changes.append(_changes(after, words))
            phase(*held, seed, week)
            if is_noted:
                after = words.copy()
    changes.insert(0, _changes(after, first))
    return Moments(
        seed=seed,
        week=np.array(MOMENTS),
        start=np.cumsum([0, *(len(place) for place, _ in changes)]),
        place=np.concatenate([place for place, _ in changes]).astype(np.uint32),
        word=np.concatenate([word for _, word in changes]),
        last=after,
    )


def _changes(
    then: npt.NDArray[np.int64], now: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where a block is not as it was, and what is there now."""
    place = np.flatnonzero(then != now)
    return place, now[place]


def go_through(block: Block, moments: Moments) -> Iterator[int]:
    """Bring a block to each of the weeks in turn; whoever asked calls the phase."""
    block.words[:] = moments.last
    for place, week in enumerate(moments.week.tolist()):
        written = slice(moments.start[place], moments.start[place + 1])
        block.words[moments.place[written]] = moments.word[written]
        yield week


def digest(block: Block) -> bytes:
    """What tells two states of a block apart."""
    return hashlib.blake2b(block.words.tobytes(), digest_size=8).digest()
