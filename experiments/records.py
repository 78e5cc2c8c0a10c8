"""What a run leaves behind: its row, its bodies, and where asked for its weeks and events."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from simulation.observables import SUMMARY, WEEKLY
from simulation.parameters import Parameters
from simulation.structure import Structure
from simulation.vocabulary import EVENTS as EVENTS_BY_NUMBER
from simulation.vocabulary import N_SIZES, SIZES

EVENT_COLUMNS: Final = ("week", "kind", "case", "actor", "other", "forum")
ROOM_FOR_EVENTS: Final = 50_000  # of one run; more are made room for when a run needs it

# Parts of a shard, and names of folders
RUNS, BODIES, WEEKS, EVENTS = "runs", "bodies", "weekly", "events"


class Events(NamedTuple):
    """The event log of one run."""

    columns: npt.NDArray[np.int64]  # (E, 6) as EVENT_COLUMNS
    value: npt.NDArray[np.float64]  # (E,)


class Records(NamedTuple):
    """What some runs of one condition left behind, in the order of their seeds."""

    seeds: npt.NDArray[np.int64]  # (N,)
    summary: npt.NDArray[np.float64]  # (N, len(SUMMARY)), NaN where not defined
    weekly: npt.NDArray[np.float32]  # (N, weeks, len(WEEKLY)), or (0, ...) where not asked for
    events: tuple[Events, ...]  # one a run, or none
    bodies: npt.NDArray[np.float64] = np.zeros((0, 0, N_SIZES, 2))  # (N, F, 4, 2) as an Ensemble's


def run_seeds(
    structure: Structure,
    parameters: Parameters,
    seeds: npt.NDArray[np.int64],
    weeks: int,
    trajectories: bool,
    case_logs: bool,
) -> Records:
    """Run the model for every seed; the way every sweep does it unless told otherwise."""
    import simulation

    ensemble = simulation.run_many(structure, parameters, seeds, weeks, keep_weekly=trajectories)
    logs = tuple(_log(structure, parameters, int(seed), weeks) for seed in seeds if case_logs)
    return Records(seeds, ensemble.summary, ensemble.weekly, logs, ensemble.forum_waits)


def _log(structure: Structure, parameters: Parameters, seed: int, weeks: int) -> Events:
    import simulation

    room = ROOM_FOR_EVENTS
    while True:
        record = simulation.run_one(structure, parameters, seed, weeks, room).record
        happened = int(record.event_count[0])
        if happened <= room:
            return Events(record.event[:happened].copy(), record.event_value[:happened].copy())
        room = happened


class KeptRuns:
    """Gathers records of several conditions and turns them into the tables of a shard."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, Records]] = []
        self.rows = 0

    def add(self, condition: str, records: Records) -> None:
        """Take in what runs of ``condition`` left behind."""
        self._parts.append((condition, records))
        self.rows += len(records.seeds)

    def tables(self, trajectories: bool, case_logs: bool) -> dict[str, pa.Table]:
        """Tables by part; ``RUNS`` comes last, since its file makes the shard count."""
        if not self._parts:
            return {}
        tables = {}
        if case_logs:
            tables[EVENTS] = pa.concat_tables(
                _events_table(key, int(seed), log)
                for key, records in self._parts
                for seed, log in zip(records.seeds, records.events, strict=True)
            )
        if trajectories:
            tables[WEEKS] = pa.concat_tables(_weekly_table(*part) for part in self._parts)
        tables[BODIES] = pa.concat_tables(_bodies_table(*part) for part in self._parts)
        tables[RUNS] = pa.concat_tables(_runs_table(*part) for part in self._parts)
        return tables


def _runs_table(condition: str, records: Records) -> pa.Table:
    columns = dict(zip(SUMMARY, np.ascontiguousarray(records.summary.T), strict=True))
    return _table(condition, records.seeds, columns)


def _weekly_table(condition: str, records: Records) -> pa.Table:
    runs, weeks, observables = records.weekly.shape
    flat = np.ascontiguousarray(records.weekly.reshape(runs * weeks, observables).T)
    week = np.tile(np.arange(weeks, dtype=np.int32), runs)
    columns = {"week": week, **dict(zip(WEEKLY, flat, strict=True))}
    return _table(condition, np.repeat(records.seeds, weeks), columns)


def _bodies_table(condition: str, records: Records) -> pa.Table:
    """One row for each run, body and size of matter of which something passed the body."""
    run, forum, size = np.nonzero(records.bodies[..., 0])
    passed, weeks = records.bodies[run, forum, size].T
    columns = {
        "forum": forum.astype(np.int64),
        "size": np.array(SIZES)[size],
        "passed": passed.astype(np.int64),
        "weeks": weeks.astype(np.int64),
    }
    return _table(condition, records.seeds[run], columns)


def _events_table(condition: str, seed: int, log: Events) -> pa.Table:
    columns = {name: log.columns[:, place] for place, name in enumerate(EVENT_COLUMNS)}
    columns["kind"] = np.array(EVENTS_BY_NUMBER)[columns["kind"]]
    seeds = np.full(len(log.value), seed, dtype=np.int64)
    return _table(condition, seeds, {**columns, "value": log.value})


def _table(condition: str, seeds: npt.NDArray, columns: dict[str, npt.NDArray]) -> pa.Table:
    """NaN becomes a missing value, so that means in SQL leave it out as pandas does."""
    key = pa.repeat(pa.scalar(condition), len(seeds))
    arrays = {name: pa.array(column, from_pandas=True) for name, column in columns.items()}
    return pa.table({"condition": key, "seed": seeds, **arrays})


def empty_table(part: str) -> pa.Table:
    """A table of a part without rows, with the columns that a shard of it has."""
    none = np.zeros(0, dtype=np.int64)
    if part == EVENTS:
        log = Events(np.zeros((0, len(EVENT_COLUMNS)), dtype=np.int64), np.zeros(0))
        return _events_table("", 0, log)
    summary = np.zeros((0, len(SUMMARY)))
    weekly = np.zeros((0, 1, len(WEEKLY)), dtype=np.float32)
    records = Records(none, summary, weekly, ())
    tables = {WEEKS: _weekly_table, BODIES: _bodies_table, RUNS: _runs_table}
    return tables[part]("", records)
