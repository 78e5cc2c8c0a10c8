"""What a worker does with a task: run it, write its shard, bring home a receipt.

A worker imports ``simulation`` and this package's storage, and nothing that reads scenarios.
"""

import hashlib
import inspect
import pickle
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.attempts import HUNG, KILLED, Attempts, Verdict
from experiments.jobs import ExperimentError
from experiments.records import KeptRuns, Records, run_seeds
from experiments.shards import FileReceipt, write_shard
from simulation.parameters import Parameters
from simulation.structure import Structure

Seeds = npt.NDArray[np.int64]
Model = Callable[[Structure, Parameters, Seeds, int, bool, bool], Records]

RAISED: Final = "raised"
CHUNK_SECONDS: Final = 0.25  # between chances for the worker to answer its scheduler
CHUNK_SLACK: Final = 5.0  # seconds a chunk may take beyond the limit of one run


class CodeDiffersError(ExperimentError):
    """A worker runs other sources than the process that handed out the work."""


class Piece(NamedTuple):
    """Runs of one condition: ``world`` is the pickled (Structure, Parameters)."""

    condition: str  # key
    world: bytes
    weeks: int
    seeds: Seeds


class Task(NamedTuple):
    """What is handed to a worker at a time. ``name`` is the same for the same runs."""

    name: str
    folder: str
    pieces: tuple[Piece, ...]
    trajectories: bool
    case_logs: bool
    run_seconds: float
    code: str  # as `code_of(model)` gives it; the worker's must be the same
    model: Model

    @property
    def runs(self) -> int:
        """How many runs are in it."""
        return sum(len(piece.seeds) for piece in self.pieces)


class Failure(NamedTuple):
    """A run that did not finish, and why."""

    condition: str
    seed: int
    kind: str  # RAISED, HUNG or KILLED
    reason: str
    detail: str  # where it happened, as far as known


class Receipt(NamedTuple):
    """What a finished task brings home; the results themselves are in the shard."""

    task: str
    rows: int
    files: tuple[FileReceipt, ...]  # empty where every run failed
    failures: tuple[Failure, ...]
    seconds: float  # of work, without loading code
    piece_seconds: tuple[float, ...]


_one_at_a_time = threading.Lock()  # the time limit is the process's, and so is the processor


def run_task(packed: bytes) -> Receipt:
    """Run a pickled :class:`Task` and write its shard.

    Packed by hand, because arrays that arrive otherwise may be read-only, which compiled code
    takes for another type.

    Raises:
        CodeDiffersError: this process has other sources than the one that packed the task.
        OutputError: the shard could not be written.
    """
    with _one_at_a_time:
        return _run(pickle.loads(packed))


def _run(task: Task) -> Receipt:
    _check_code(task)
    worlds = [pickle.loads(piece.world) for piece in task.pieces]
    _load_code(task.case_logs, *worlds[0])
    with Attempts(Path(task.folder), task.name) as attempts:
        began = time.perf_counter()
        kept, failures = KeptRuns(), list[Failure]()
        took: list[float] = []
        for piece, world in zip(task.pieces, worlds, strict=True):
            start = time.perf_counter()
            for records in _records(task, piece, world, attempts, failures):
                kept.add(piece.condition, records)
            took.append(time.perf_counter() - start)
        attempts.writing()
        tables = kept.tables(task.trajectories, task.case_logs)
        files = write_shard(Path(task.folder), task.name, tables) if kept.rows else ()
        seconds = time.perf_counter() - began
        attempts.finished()
    return Receipt(task.name, kept.rows, files, tuple(failures), seconds, tuple(took))


def _records(
    task: Task,
    piece: Piece,
    world: tuple[Structure, Parameters],
    attempts: Attempts,
    failures: list[Failure],
) -> Iterator[Records]:
    """Records of all runs of a piece that finish; the others are added to ``failures``."""
    keep = (task.trajectories, task.case_logs)

    def run(seeds: Seeds) -> Records:
        return task.model(world[0], world[1], seeds, piece.weeks, *keep)

    if attempts.careful:
        yield from _one_by_one(task, piece, piece.seeds, run, attempts, failures)
        return
    place, size = 0, 4
    while place < len(piece.seeds):
        seeds = piece.seeds[place : place + size]
        limit = min(len(seeds) * task.run_seconds, task.run_seconds + CHUNK_SLACK)
        began = time.perf_counter()
        attempts.together()
        try:
            with attempts.limited(limit):
                records = run(seeds)
        except Exception:  # whatever a rule raises: found out one by one
            yield from _one_by_one(task, piece, seeds, run, attempts, failures)
        else:
            yield records
        place += len(seeds)
        seconds = max(time.perf_counter() - began, 1e-6)
        size = max(1, min(int(size * CHUNK_SECONDS / seconds), 4 * size))


def _one_by_one(
    task: Task,
    piece: Piece,
    seeds: Seeds,
    run: Callable[[Seeds], Records],
    attempts: Attempts,
    failures: list[Failure],
) -> Iterator[Records]:
    for seed in seeds:
        verdict = attempts.verdict(piece.condition, int(seed))
        if verdict is not None:
            failures.append(_condemned(task, piece, int(seed), verdict))
            continue
        attempts.running(piece.condition, int(seed))
        try:
            with attempts.limited(task.run_seconds):
                records = run(np.array([seed], dtype=np.int64))
        except Exception as error:  # a failed run is a record, whatever it raised
            reason = f"{type(error).__name__}: {error}"
            where = _last_place(error)
            failures.append(Failure(piece.condition, int(seed), RAISED, reason, where))
        else:
            yield records


def _condemned(task: Task, piece: Piece, seed: int, verdict: Verdict) -> Failure:
    if verdict.kind == HUNG:
        reason = f"ran longer than the limit of {task.run_seconds:g} s for one run"
    else:
        reason = f"its worker process died {verdict.deaths} times while it ran"
    return Failure(piece.condition, seed, verdict.kind, reason, verdict.detail)


def _last_place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno}"


def _check_code(task: Task) -> None:
    if code_of(task.model) != task.code:
        raise CodeDiffersError(
            "a worker has other sources of the model (or other versions of Python, numba or "
            "numpy) than the process that started the sweep; install the same on all machines, or "
            "if you have just edited a rule, give the same command again"
        )


@cache
def own_code() -> str:
    """Hash of the model's sources and what compiles them, taken once in a process."""
    from simulation.compilation import source_hash

    return source_hash()


@cache
def code_of(model: Model) -> str:
    """Hash of all code that moves a result: the model's, and the module of a function of one's own.

    Raises:
        ExperimentError: the function has no source file to know it by.
    """
    if model is run_seeds:
        return own_code()
    try:
        source = Path(inspect.getsourcefile(model) or "").read_bytes()
    except (OSError, TypeError) as error:
        raise ExperimentError(
            f"the model function {model} has no source file to know it by"
        ) from error
    name = f"{model.__module__}.{model.__qualname__}"
    parts = (own_code().encode(), name.encode(), source)
    return hashlib.blake2b(b"\0".join(parts), digest_size=8).hexdigest()


_loaded: set[bool] = set()  # with case logs, without


def _load_code(case_logs: bool, structure: Structure, parameters: Parameters) -> None:
    """Load or compile what runs need, once in a process, so that no run is charged with it."""
    if case_logs in _loaded:
        return
    with suppress(Exception):  # a world that cannot run is found out and told run by run
        run_seeds(structure, parameters, np.array([1], dtype=np.int64), 1, False, case_logs)
    _loaded.add(case_logs)


__all__ = ["HUNG", "KILLED", "RAISED", "Failure", "Piece", "Receipt", "Task", "run_task"]
