"""How far the hottest phase is from the same arithmetic written by hand on plain arrays.

The phase ``observation`` reads handles on a state that all phases share. Here its numbers are
worked out from arrays that lie as this phase alone would like them: ties and relations end to end,
leaders in a list, nothing looked up that could have been looked up beforehand. Both give the same
row to the last bit, or there is no comparison.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from benchmarks.by_hand import (
    ABOVE,
    KNOWING,
    RESIDENT,
    observe_by_hand,
    repeat_by_hand,
)
from benchmarks.setting import WEEKS, Effort, World
from benchmarks.speed import Spread, spread
from simulation.compilation import compiled
from simulation.handles import Handles, hold
from simulation.phases.observation import observation
from simulation.rules.attention import reach_of_the_top
from simulation.runs import prepare
from simulation.schedule import WEEK
from simulation.start import set_out
from simulation.vocabulary import CAMP_BOLIGORGANISATION, N_STEPS, TACTICAL

MOMENTS = tuple(range(26, WEEKS, 52))  # the middle of each year, where no quarter ends
CALLS = 2000  # per moment: some milliseconds


class Bound(NamedTuple):
    """Time of the phase and of the same arithmetic by hand."""

    phase: str
    phase_microseconds: float  # a week
    hand_microseconds: float
    times: Spread  # how many times as long the phase takes


def lower_bound(world: World, effort: Effort) -> Bound:
    """Phase and hand-written loops in turns, on the same weeks of some runs.

    Raises:
        RuntimeError: the two do not give the same numbers.
    """
    phases, hands = [], []
    for seed in range(effort.bound_runs):
        phase, hand = 0.0, 0.0
        for week, held in moments(world, seed):
            arrays = laid_out(held, week)
            compare(held, arrays, seed, week)
            phase += _seconds(_repeat_phase, CALLS, *held, seed, week)
            hand += _seconds(repeat_by_hand, CALLS, *arrays)
        weeks = CALLS * len(MOMENTS)
        phases.append(1e6 * phase / weeks)
        hands.append(1e6 * hand / weeks)
    ratios = [phase / hand for phase, hand in zip(phases, hands, strict=True)]
    return Bound("observation", spread(phases).median, spread(hands).median, spread(ratios))


def moments(world: World, seed: int) -> Iterator[tuple[int, Handles]]:
    """A run, stopped in the middle of each year when all but observation has been done."""
    state, record = prepare(world.structure, [seed], WEEKS)
    held = hold(world.structure, world.parameters, state, record)
    set_out(*held, seed)
    for week in range(MOMENTS[-1] + 1):
        for phase in WEEK[:-1]:
            phase(*held, seed, week)
        if week in MOMENTS:
            yield week, held  # whoever asked lets the week be observed
        else:
            observation(*held, seed, week)


def compare(held: Handles, arrays: tuple[Any, ...], seed: int, week: int) -> None:
    """Let both observe the week.

    Raises:
        RuntimeError: they do not give the same numbers.
    """
    observation(*held, seed, week)
    observe_by_hand(*arrays)
    row, (felt, top) = arrays[0], arrays[5][-2:]
    told = (held.record.weekly[week], held.state.organisation_attention, held.state.top_attention)
    for ours, theirs in zip((row, felt, top), told, strict=True):
        if not np.array_equal(ours, theirs):
            raise RuntimeError(f"by hand and by phase differ in week {week} of run {seed}")


def laid_out(held: Handles, week: int) -> tuple[Any, ...]:
    """Arguments of ``observe_by_hand``; to be taken before the phase has observed the week."""
    record = held.record
    return (
        np.zeros_like(record.flow), record.flow.copy(), held.state.present.copy(), _ties(held),
        _people(held), _attention(held), _relations(held, week), _desks(held), _ended(held),
    )  # fmt: skip


def _ties(held: Handles) -> tuple[Any, ...]:
    state = held.state
    ties = slice(1, int(state.tie_count[0]))
    in_post = state.present[state.tie_first[ties]] & state.present[state.tie_second[ties]]
    forth, back = state.tie_trust[ties, 0].copy(), state.tie_trust[ties, 1].copy()
    needed = float(held.parameters.acquaintance_needed)
    level = state.tie_acquaintance[ties].copy()
    weights, weighed = np.zeros_like(level), np.zeros_like(level)
    starts = state.tie_start - 1
    return starts, in_post.astype(float), forth, back, level, weights, weighed, needed


def _people(held: Handles) -> tuple[Any, ...]:
    structure, state = held.structure, held.state
    group = np.where(structure.actor_level >= TACTICAL, KNOWING, ABOVE)
    group[structure.actor_resident] = RESIDENT
    mean = np.zeros(state.goals.shape[1])
    return group, state.ownership, state.knowledge, state.load, state.goals, mean


def _attention(held: Handles) -> tuple[Any, ...]:
    structure, state = held.structure, held.state
    start, leaders = [0], []
    for place in range(len(structure.organisation_key)):
        members = structure.member[
            structure.member_start[place] : structure.member_start[place + 1]
        ]
        leaders += [actor for actor in members if structure.actor_leads[actor]]
        start.append(len(leaders))
    leader = np.array(leaders, dtype=np.int64)
    reach = [
        reach_of_the_top(middle, float(held.parameters.attention_reach))
        for middle in structure.organisation_middle
    ]
    core = structure.organisation_attention
    return (
        np.array(start), leader, structure.actor_level[leader] >= TACTICAL,
        structure.organisation_camp <= CAMP_BOLIGORGANISATION, np.diff(structure.member_start),
        core, np.array(reach), state.attention, np.zeros_like(core), np.zeros_like(core),
    )  # fmt: skip


def _relations(held: Handles, week: int) -> tuple[Any, ...]:
    state, p = held.state, held.parameters
    relations = slice(1, int(state.relation_count[0]))
    first, second = state.relation_first[relations], state.relation_second[relations]
    return (
        state.relation_steps[relations].copy(), state.role_clarity[first, second],
        state.relation_place[relations].copy(), np.zeros(N_STEPS), held.record.first_week.copy(),
        week, float(p.relation_cases_needed), float(p.relation_share_needed),
    )  # fmt: skip


def _desks(held: Handles) -> tuple[Any, ...]:
    state = held.state
    residents = (state.acceptance, state.say, state.ladder, state.active_residents)
    return state.queue_length, state.open_count, np.stack(residents, axis=1)


def _ended(held: Handles) -> tuple[Any, ...]:
    state = held.state
    cases = state.finished_now[: state.finished_count[0]]
    done = state.case_apart[cases] + state.case_joint[cases]
    return state.case_size[cases], state.case_settled[cases, 0], done


@compiled
def _repeat_phase(times, structure, parameters, state, record, seed, week):
    """The phase over and over; what it writes is the same each time."""
    for _ in range(times):
        observation(structure, parameters, state, record, seed, week)


def _seconds(function: Callable[..., None], *arguments: Any) -> float:
    """Processor time of one call, after one that may compile it."""
    function(1, *arguments[1:])
    began = time.process_time()
    function(*arguments)
    return time.process_time() - began
