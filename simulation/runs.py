"""One run and many runs, the two ways into the same implementation."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulation.compilation import (
    compiled,
    compiled_aside,
    is_compiled,
    is_warm,
    keep_own_functions,
    mark_warm,
)
from simulation.extending import Extension, Machine, machine_with
from simulation.handles import hold
from simulation.observables import N_SUMMARY, N_WEEKLY, SUMMARY, WEEKLY
from simulation.parameters import Parameters
from simulation.schedule import WEEK, whole_run
from simulation.start import count_cases
from simulation.state import MAX_WAIT, WEEKS_OF_QUARTER, Record, State, new_record, new_state
from simulation.structure import Structure
from simulation.summary import summarise
from simulation.timing import count_wave_cases
from simulation.vocabulary import N_PLACES, N_SIZES, N_STEPS

if TYPE_CHECKING:
    import pandas as pd

Phase = Callable[[Structure, Parameters, State, Record, int, int], None]


class Run(NamedTuple):
    """One finished run: where it ended, what was recorded, and its tables."""

    state: State
    record: Record
    weekly: "pd.DataFrame"  # one row a week, columns as in WEEKLY
    summary: dict[str, float]  # as in SUMMARY


class Ensemble(NamedTuple):
    """Many runs of one scenario. ``N`` runs, ``O`` organisations, ``F`` fora."""

    seeds: npt.NDArray[np.int64]  # (N,)
    summary: npt.NDArray[np.float64]  # (N, len(SUMMARY)), NaN where not defined
    weekly: npt.NDArray[np.float32]  # (N, weeks, len(WEEKLY)), or (0, weeks, ...) if not kept
    waits: npt.NDArray[np.int32]  # (N, 4, 209, 2) size, weeks waited: decided, still undecided
    forum_waits: npt.NDArray[np.float64]  # (N, F, 4, 2) by size: matters passed, weeks waited
    forum_hours: npt.NDArray[np.float64]  # (N, F) hours of members
    pair_steps: npt.NDArray[np.int32]  # (N, O, O, 5) upper triangle
    level_steps: npt.NDArray[np.int32]  # (N, 4, 5)
    # (N, quarters, O, O) step at each quarter's end, or -1; (0, ...) if not kept
    relation_quarter: npt.NDArray[np.int8]
    area_ladder: npt.NDArray[np.int32]  # (N, R, 5) decisions by residents' place on the ladder
    # (N, quarters, O, O, 5) what the record has; (0, ...) if not kept
    relation_ties: npt.NDArray[np.float32]


def prepare(
    structure: Structure,
    seeds: Sequence[int] | npt.NDArray[np.int64],
    weeks: int,
    events: int = 0,
    counting: tuple[Callable[..., int], Callable[..., int]] = (count_cases, count_wave_cases),
    relations: bool = True,
) -> tuple[State, Record]:
    """State and record large enough for runs of ``structure`` with any of ``seeds``.

    With ``relations`` the record has room for every relation at every quarter's end. ``counting``
    gives the ordinary cases of a run and those of acute waves; others where a rule
    for them is replaced.

    Raises:
        ValueError: if ``weeks`` is below 1 or there is no seed.
    """
    if weeks < 1:
        raise ValueError(f"weeks must be at least 1, got {weeks}")
    if len(seeds) == 0:
        raise ValueError("at least one seed is needed")
    rates, keys = structure.area_case_rate, structure.area_key
    ordinary, of_waves = counting
    cases = max(ordinary(rates, keys, int(seed), weeks) for seed in seeds)
    if len(structure.shock_key) > 0:
        cases += max(_cases_of_waves(structure, of_waves, int(seed), weeks) for seed in seeds)
    quarters = weeks // WEEKS_OF_QUARTER if relations else 0
    record = new_record(structure, weeks, quarters, N_WEEKLY, events)
    return new_state(structure, max(1, cases)), record


def _cases_of_waves(
    structure: Structure, counting: Callable[..., int], seed: int, weeks: int
) -> int:
    return int(
        counting(
            structure.area_case_rate, structure.area_key, structure.shock_kind,
            structure.shock_week, structure.shock_rate, structure.shock_weeks,
            structure.shock_size, structure.shock_area, structure.shock_key, seed, weeks,
        )
    )  # fmt: skip


def run_one(
    structure: Structure,
    parameters: Parameters,
    seed: int,
    weeks: int = 208,
    events: int = 200_000,
    phases: Sequence[Phase] = WEEK,
    extension: Extension | None = None,
) -> Run:
    """Run once, phase by phase from Python, keeping up to ``events`` events.

    With ``NUMBA_DISABLE_JIT=1`` every rule is plain Python. ``phases`` may hold phases of your
    own; an interpreted Python function is enough. ``extension`` replaces rules and adds phases.

    Raises:
        ValueError: if ``weeks`` is below 1.
        ExtensionError: a rule or phase of the extension failed.
    """
    machine = machine_with(extension, phases)
    state, record = prepare(structure, [seed], weeks, events, machine.counting)
    named = (structure, parameters, state, record)
    held = hold(*named)
    # What an extension changes calls compiled functions itself, so it gets what they take.
    _go_through(machine, held, seed, weeks, named if extension is None else held)
    row = np.zeros(N_SUMMARY)
    machine.summarise(held.record, weeks, row)
    import pandas as pd  # takes a third of a second to import; workers never need it

    table = pd.DataFrame(record.weekly, columns=list(WEEKLY))
    table.index.name = "week"
    return Run(state, record, table, dict(zip(SUMMARY, row.tolist(), strict=True)))


def _go_through(machine: Machine, held: Any, seed: int, weeks: int, plain: Any = None) -> None:
    """One run, phase by phase; phases that are plain Python get ``plain`` in place of handles."""
    plain = plain or held
    machine.set_out(*held, seed)
    for week in range(weeks):
        for phase in machine.week:
            world = held if is_compiled(phase) else plain
            phase(world[0], world[1], world[2], world[3], seed, week)
    machine.close_books(held.state, held.record, weeks)


keep_own_functions("_run_batch")  # measured: 3 % of a run


@compiled_aside
def _run_batch(
    structure, parameters, state, record, seeds, weeks, summary, weekly, waits, forum_waits,
    forum_hours, pair_steps, level_steps, relation_quarter, area_ladder, relation_ties,
):  # fmt: skip
    """Run every seed on the same state and copy out what was recorded."""
    for run in range(len(seeds)):
        whole_run(structure, parameters, state, record, seeds[run], weeks)
        summarise(record, weeks, summary[run])
        _copy_out(
            record, run, weeks, weekly, waits, forum_waits, forum_hours, pair_steps,
            level_steps, relation_quarter, area_ladder, relation_ties,
        )  # fmt: skip


@compiled
def _copy_out(
    record, run, weeks, weekly, waits, forum_waits, forum_hours, pair_steps, level_steps,
    relation_quarter, area_ladder, relation_ties,
):  # fmt: skip
    """What was recorded in one run, into its place among the others."""
    forum_waits[run] = record.forum_waits
    forum_hours[run] = record.forum_hours
    for size in range(waits.shape[1]):
        for week in range(waits.shape[2]):
            waits[run, size, week, 0] = record.waits[size, week, 0]
            waits[run, size, week, 1] = record.waits[size, week, 1]
    for area in range(area_ladder.shape[1]):
        for place in range(area_ladder.shape[2]):
            area_ladder[run, area, place] = record.area_ladder[area, place]
    _copy_steps(record, run, pair_steps, level_steps)
    if relation_ties.shape[0] > 0:
        _copy_places(record, run, relation_quarter)
        _copy_ties(record, run, relation_ties)
    if weekly.shape[0] > 0:
        for week in range(weeks):
            for column in range(weekly.shape[2]):
                weekly[run, week, column] = record.weekly[week, column]


@compiled
def _copy_ties(record, run, relation_ties):
    for one in range(relation_ties.shape[2]):
        for other in range(one + 1, relation_ties.shape[3]):
            if not record.relation_seen[one, other]:
                continue
            pair = one * relation_ties.shape[3] + other
            for quarter in range(relation_ties.shape[1]):
                for column in range(relation_ties.shape[4]):
                    value = record.relation_ties[quarter, pair, column]
                    relation_ties[run, quarter, one, other, column] = value


@compiled
def _copy_places(record, run, relation_quarter):
    for one in range(relation_quarter.shape[2]):
        for other in range(one + 1, relation_quarter.shape[3]):
            if not record.relation_seen[one, other]:
                continue
            for quarter in range(relation_quarter.shape[1]):
                place = record.relation_quarter[quarter, one, other]
                relation_quarter[run, quarter, one, other] = place


@compiled
def _copy_steps(record, run, pair_steps, level_steps):
    for level in range(level_steps.shape[1]):
        for step in range(level_steps.shape[2]):
            level_steps[run, level, step] = record.level_steps[level, step]
    for one in range(pair_steps.shape[1]):
        for other in range(one + 1, pair_steps.shape[2]):
            for step in range(pair_steps.shape[3]):
                pair_steps[run, one, other, step] = record.pair_steps[one, other, step]


def run_many(
    structure: Structure,
    parameters: Parameters,
    seeds: Sequence[int] | npt.NDArray[np.int64],
    weeks: int = 208,
    keep_weekly: bool = True,
    extension: Extension | None = None,
    keep_relations: bool = False,
) -> Ensemble:
    """Run every seed in one compiled loop; each run is the same as it would be alone.

    With an ``extension`` the runs go phase by phase from Python, which is slower.

    Args:
        structure: the organised world.
        parameters: strengths of the mechanisms.
        seeds: one run each.
        weeks: length of a run, weeks.
        keep_weekly: keep the weekly columns (208 weeks of 67 columns are 56 kB a run).
        keep_relations: keep every relation at every quarter's end. That grows with the square of
            the number of organisations: a city of 107 takes 4 MB a run, and a fifth of its time.

    Raises:
        ValueError: if ``weeks`` is below 1 or there is no seed.
        ExtensionError: a rule or phase of the extension failed.
    """
    seeds = np.asarray(seeds, dtype=np.int64)
    machine = machine_with(extension)
    state, record = prepare(
        structure, seeds, weeks, counting=machine.counting, relations=keep_relations
    )
    runs, organisations = len(seeds), len(structure.organisation_key)
    of_relations = (runs if keep_relations else 0, *record.relation_quarter.shape)
    ensemble = Ensemble(
        seeds=seeds,
        summary=np.zeros((runs, N_SUMMARY)),
        weekly=np.zeros((runs if keep_weekly else 0, weeks, N_WEEKLY), dtype=np.float32),
        waits=np.zeros((runs, N_SIZES, MAX_WAIT + 1, 2), dtype=np.int32),
        forum_waits=np.zeros((runs, len(structure.forum_key), N_SIZES, 2)),
        forum_hours=np.zeros((runs, len(structure.forum_key))),
        pair_steps=np.zeros((runs, organisations, organisations, N_STEPS), dtype=np.int32),
        level_steps=np.zeros((runs, 4, N_STEPS), dtype=np.int32),
        relation_quarter=np.full(of_relations, -1, dtype=np.int8),
        area_ladder=np.zeros((runs, len(structure.area_key), N_PLACES), dtype=np.int32),
        relation_ties=np.zeros((*of_relations, 5), dtype=np.float32),
    )
    held = hold(structure, parameters, state, record)
    if extension is None:
        _run_batch(*held, seeds, weeks, *ensemble[1:])
        return ensemble
    for run in range(runs):
        _go_through(machine, held, int(seeds[run]), weeks)
        machine.summarise(held.record, weeks, ensemble.summary[run])
        _copy_out(held.record, run, weeks, *ensemble[2:])
    return ensemble


def warm_up(structure: Structure, parameters: Parameters, say: Callable[[str], Any]) -> None:
    """Compile what runs need, once after installation; ``say`` gets a message before it starts."""
    if is_warm():
        return
    say("compiling")
    run_many(structure, parameters, [1], weeks=2)
    run_one(structure, parameters, 1, weeks=2)
    mark_warm()
