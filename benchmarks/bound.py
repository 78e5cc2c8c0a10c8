"""How far the hottest phase, ``approaches``, is from what it cannot do without.

The lower bound takes everything as given but chance: who may be chosen and with what weight, what
each option is worth, how likely each event is, all laid end to end. By hand each number is drawn,
and it is found who comes first, what looks best and what comes off. Winners, options and events
are those of the phase, or there is no comparison.

The phase is called from compiled code, as in a batch, in one week after the other: before each,
what the rest of the world did since the last is written into the state. The same writing without
the phase is timed in the same turn and taken off. One week over and over would flatter the phase: a
processor learns the way through it by heart (measured in three runs: 2.7 microseconds a week, and
3.2 in weeks that follow one another). Within a batch it takes 4.2, among other phases that need the
nearest memory for their own code and data. By hand there are no others, so the phase is timed
without them too; held against its time in a batch, the bound would be further off.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from benchmarks.by_hand import ByHand, laid_out, repeat_by_hand
from benchmarks.listing import Listed, ask_for_lists
from benchmarks.moments import Block, Moments, digest, find_moments, go_through, in_one_block
from benchmarks.setting import Effort, World
from benchmarks.speed import Spread, spread
from simulation.compilation import compiled, keep_own_functions
from simulation.phases.approaches import approaches

TURNS = 10
PHASE_CALLS = 100  # of all weeks, per turn
HAND_CALLS = 1000


class Bound(NamedTuple):
    """Time of the phase and of what it cannot do without."""

    phase: str
    phase_microseconds: float  # a week
    hand_microseconds: float
    times: Spread  # how many times as long the phase takes, run by run


def lower_bound(world: World, effort: Effort) -> Bound:
    """Phase and hand-written loops in turns, on the same weeks of some runs.

    Raises:
        RuntimeError: the two do not decide the same.
    """
    blocks = [in_one_block(world, seed) for seed in range(effort.bound_runs)]
    runs = [find_moments(block, seed) for seed, block in enumerate(blocks)]
    phases, hands = [], []
    for block, moments, listed in zip(blocks, runs, ask_for_lists(world, runs), strict=True):
        by_hand = laid_out(listed.lists, moments.seed, float(world.parameters.choice_noise))
        compare(block, moments, listed, by_hand)
        phase, hand = in_turns(block, moments, by_hand)
        phases.append(phase)
        hands.append(hand)
    ratios = [phase / hand for phase, hand in zip(phases, hands, strict=True)]
    return Bound("approaches", spread(phases).median, spread(hands).median, spread(ratios))


def compare(block: Block, moments: Moments, listed: Listed, by_hand: ByHand) -> None:
    """Let both decide all weeks of a run.

    Raises:
        RuntimeError: they do not decide the same, or the lists are not of this run.
    """
    for week, told in zip(go_through(block, moments), listed.digests, strict=True):
        approaches(*block.held, moments.seed, week)
        if digest(block) != told:
            raise RuntimeError(f"the lists are not of week {week} of run {moments.seed}")
    repeat_by_hand(1, *by_hand)
    found = by_hand.answers.named
    for name, ours, theirs in zip(found._fields, found, listed.answers, strict=True):
        if not np.array_equal(ours, theirs):
            raise RuntimeError(f"by hand and by phase differ in run {moments.seed}: {name}")


def in_turns(block: Block, moments: Moments, by_hand: ByHand) -> tuple[float, float]:
    """Microseconds a week of the phase and by hand.

    Raises:
        RuntimeError: the phase as it is timed does not do what it does in a run.
    """
    changes = (block.words, moments.start, moments.place, moments.word)
    weeks = (*changes, moments.week, *block.held, moments.seed)
    block.words[:] = moments.last
    _repeat_weeks(1, True, *weeks)  # compiled or loaded before it is timed
    if not np.array_equal(block.words, moments.last):
        raise RuntimeError(f"the phase as timed left another state in run {moments.seed}")
    phases, hands = [], []
    for _ in range(TURNS):
        both = _seconds(_repeat_weeks, PHASE_CALLS, True, *weeks)
        writing = _seconds(_repeat_weeks, PHASE_CALLS, False, *weeks)
        block.words[:] = moments.last
        phases.append((both - writing) / PHASE_CALLS)
        hands.append(_seconds(repeat_by_hand, HAND_CALLS, *by_hand) / HAND_CALLS)
    per_week = 1e6 / len(moments.week)
    return per_week * statistics.median(phases), per_week * statistics.median(hands)


keep_own_functions("_repeat_weeks")  # as a batch is compiled


@compiled
def _repeat_weeks(
    times, with_phase, words, start, place, word, weeks, structure, parameters, state, record, seed
):  # fmt: skip
    """All weeks over and over.

    ``words`` must be a plain array: of those of a handle the compiler assumes that none shares
    memory with another.
    """
    for _ in range(times):
        for moment in range(len(weeks)):
            for one in range(start[moment], start[moment + 1]):
                words[place[one]] = word[one]
            if with_phase:
                approaches(structure, parameters, state, record, seed, weeks[moment])


def _seconds(function: Callable[..., None], *arguments: Any) -> float:
    """Processor time of one call."""
    began = time.process_time()
    function(*arguments)
    return time.process_time() - began
