"""A sweep: every run of a plan that is not done yet, done and recorded.

The same call again goes on where the last one stopped, however that one ended.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any, Final, NamedTuple

import numpy as np

from experiments.compaction import Compactor
from experiments.dispatch import Cutter, Open, Seeds, task_name
from experiments.engine import Done, Engine, EngineError, SerialEngine
from experiments.jobs import ExperimentError
from experiments.keys import Keyed, Worlds, keyed
from experiments.ledger import AGAIN, Batch, Ledger, LedgerError
from experiments.plan import Plan
from experiments.records import run_seeds
from experiments.registration import register
from experiments.runner import available_cores
from experiments.storage import OutputError
from experiments.store import Notice, open_store
from experiments.work import Model, Piece, Task, code_of

AHEAD: Final = 2  # tasks per worker that have been handed out and not come back
FEWEST_AHEAD: Final = 4
HEARTBEAT_SECONDS: Final = 0.5
KNOWN_WORLDS: Final = 128
MOST_DEATHS: Final = 40  # of workers in one task, and as many more for each of its runs
NOBODY_SECONDS: Final = 15.0  # without any worker, after which that is told


class Standing(NamedTuple):
    """Where a sweep stands. ``fresh`` of the ``done`` runs were run now, in ``seconds``."""

    done: int  # finished or failed, earlier ones included
    total: int
    failed: int
    fresh: int
    seconds: float  # since the first task could begin
    workers: int

    @property
    def rate(self) -> float:
        """Runs per second, 0 before the first has come back."""
        return self.fresh / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Expected time left, None before the first run has come back."""
        return (self.total - self.done) / self.rate if self.fresh else None


class SweepOutcome(NamedTuple):
    """What is in the folder after a sweep."""

    finished: int  # runs with results, earlier ones included
    failed: int  # runs without, earlier ones included
    fresh: int  # of both, those run now
    seconds: float


Report = Callable[[Standing | Notice], None]


def run_plan(
    plan: Plan,
    folder: Path,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Report | None = None,
    experiment: Mapping[str, Any] | None = None,
    retry_failed: bool = False,
    check: bool = False,
    model: Model = run_seeds,
) -> SweepOutcome:
    """Run what is not done of a plan, and keep the results in ``folder``.

    Results do not depend on the engine, the number of workers, or the order of work. Ctrl-C stops
    it; what has finished is kept.

    Args:
        plan: what is to be run; called again with more runs or conditions, only those are run.
        folder: of this sweep; made if it is not there.
        scheduler: address of a running Dask scheduler whose workers do the work.
        workers: processes to start here; 1 runs one task after the other without Dask.
            None: as many as there are processor cores.
        progress: called with where things stand at least every half second, and with notices.
        experiment: what the plan comes from (its file, hash, date); kept in the manifest.
        retry_failed: run again what failed before.
        check: read every byte of the results that exist, and run again what is damaged. Without,
            only the sizes of the files are looked at.
        model: a function of your own in place of :func:`experiments.records.run_seeds`. Its
            module's source is part of every run's key. Workers must be able to import it.

    Raises:
        ScenarioError: a scenario cannot be used.
        ExperimentError: the sweep cannot go on; the message says what to do.
    """
    report = progress or _silent
    with open_store(folder, report, thorough=check) as ledger:
        if retry_failed and (again := ledger.forget_failures()):
            report(Notice("failed_again", {"runs": again}))
        worlds = Worlds(ledger.remembered())
        conditions = _keyed(plan, worlds, model, ledger, report)
        registration = register(folder, ledger, plan, conditions, experiment, report)
        sweep = _Sweep(plan, folder, ledger, worlds, conditions, model, report)
        if sweep.left:
            session = ledger.begin_session(registration, {"engine": _named(scheduler, workers)})
            ending = "failed"
            try:
                _warm_up(worlds, conditions[0], scheduler, report)
                with _engine(scheduler, workers) as engine:
                    sweep.work(engine)
                ending = "complete"
            except OutputError as error:
                raise OutputError(f"{error}. {AGAIN} when that is mended") from error
            except KeyboardInterrupt:
                ending = "interrupted"
                raise
            finally:
                with suppress(LedgerError):  # what went wrong with the ledger is being told
                    ledger.end_session(session, ending)
        return sweep.outcome()


def _silent(news: Standing | Notice) -> None:
    """Say nothing."""


def _keyed(plan: Plan, worlds: Worlds, model: Model, ledger: Ledger, report: Report) -> list[Keyed]:
    spoken = monotonic()

    def step(done: int, total: int) -> None:
        nonlocal spoken
        if monotonic() - spoken >= 1.0:
            spoken = monotonic()
            report(Notice("conditions_checked", {"done": done, "total": total}))

    conditions = keyed(plan, worlds, model, step)
    ledger.remember(worlds.learnt)
    return conditions


def _named(scheduler: str | None, workers: int | None) -> str:
    return scheduler or f"{workers or available_cores()} processes on this machine"


def _engine(scheduler: str | None, workers: int | None) -> Engine:
    processes = workers or available_cores()
    if scheduler is None and processes == 1:
        return SerialEngine()
    from experiments.engine_dask import DaskEngine  # takes half a second to import

    return DaskEngine(scheduler, 0 if scheduler else processes)


def _warm_up(worlds: Worlds, first: Keyed, scheduler: str | None, report: Report) -> None:
    """Compile once here, so that the workers of this machine find it done."""
    import pickle

    from simulation import warm_up

    if scheduler is None:
        structure, parameters = pickle.loads(worlds.build(first.condition).packed)
        warm_up(structure, parameters, lambda _: report(Notice("compiling", {})))


class _Sweep:
    """The work of one call of :func:`run_plan`."""

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        ledger: Ledger,
        worlds: Worlds,
        conditions: list[Keyed],
        model: Model,
        report: Report,
    ) -> None:
        self._plan, self._folder, self._ledger = plan, folder, ledger
        self._model, self._report = model, report
        by_key = {one.key: one for one in conditions}
        self._conditions = list(by_key.values())
        self._groups = {key: one.condition.model for key, one in by_key.items()}
        self._world = lru_cache(KNOWN_WORLDS)(
            lambda key: worlds.build(by_key[key].condition).packed
        )
        self._finished = self._failed = self._fresh = 0
        self._cutter = Cutter(self._open(), plan.trajectories, plan.case_logs)
        self._compactor = Compactor(folder, ledger)
        self._deaths: Counter[str] = Counter()
        self._began = self._staffed = monotonic()
        self._seconds = 0.0

    @property
    def left(self) -> int:
        """Runs that are not done."""
        return self._total - self._finished - self._failed

    @property
    def _total(self) -> int:
        return len(self._conditions) * self._plan.runs

    def _open(self) -> list[Open]:
        """Conditions with runs that have not ended, and those runs; counts the others."""
        first = self._plan.first_seed
        seeds = np.arange(first, first + self._plan.runs, dtype=np.int64)
        found = []
        for one in self._conditions:
            finished = np.isin(seeds, self._ledger.finished(one.key))
            failed = np.isin(seeds, self._ledger.failed(one.key)) & ~finished
            self._finished += int(finished.sum())
            self._failed += int(failed.sum())
            left = seeds[~finished & ~failed]
            if len(left):
                found.append(Open(one.key, self._groups[one.key], one.weeks, left))
        return found

    def work(self, engine: Engine) -> None:
        """Hand out tasks and record what comes back, until nothing is left."""
        self._began = self._staffed = monotonic()
        out = 0
        while True:
            out += self._hand_out(engine, out)
            if not out:
                break
            done = engine.completed(HEARTBEAT_SECONDS)
            out -= sum(self._is_over(one, engine) for one in done)
            self._record([one for one in done if one.receipt is not None])
            self._tell(engine)
        self._compactor.finish()
        self._seconds = monotonic() - self._began

    def outcome(self) -> SweepOutcome:
        """What is in the folder now."""
        return SweepOutcome(self._finished, self._failed, self._fresh, self._seconds)

    def _hand_out(self, engine: Engine, out: int) -> int:
        workers = max(1, engine.workers())
        new = 0
        while out + new < max(FEWEST_AHEAD, AHEAD * workers):
            parts = self._cutter.take(workers)
            if not parts:
                break
            engine.submit(self._task(parts))
            new += 1
        return new

    def _task(self, parts: "Iterable[tuple[int, Seeds]]") -> Task:
        pieces = []
        for place, seeds in parts:
            one = self._cutter.conditions[place]
            pieces.append(Piece(one.key, self._world(one.key), one.weeks, seeds))
        plan = self._plan
        name = task_name([(piece.condition, piece.seeds) for piece in pieces])
        return Task(
            name, str(self._folder.absolute()), tuple(pieces), plan.trajectories, plan.case_logs,
            plan.run_seconds, code_of(self._model), self._model,
        )  # fmt: skip

    def _is_over(self, done: Done, engine: Engine) -> bool:
        """False where the task is handed out again, because its workers died."""
        if done.error is not None:
            raise _told(done.error)
        if done.receipt is not None:
            return True
        self._deaths[done.task.name] += done.deaths
        if self._deaths[done.task.name] > MOST_DEATHS * (1 + done.task.runs):
            raise EngineError(
                "worker processes keep dying before they run anything (out of memory, or killed "
                f"by the system?). {AGAIN} with fewer workers"
            )
        engine.submit(done.task)
        return False

    def _record(self, done: list[Done]) -> None:
        if not done:
            return
        batches = [_batch(one) for one in done]
        shards = self._ledger.record(batches)
        for one in done:
            self._learn(one)
        for batch in batches:
            self._finished += batch.rows
            self._failed += len(batch.failures)
            self._fresh += batch.rows + len(batch.failures)
        self._compactor.take(shards)

    def _learn(self, done: Done) -> None:
        assert done.receipt is not None
        for piece, seconds in zip(done.task.pieces, done.receipt.piece_seconds, strict=True):
            group = self._groups[piece.condition]
            self._cutter.learn(piece.condition, group, len(piece.seeds), seconds)

    def _tell(self, engine: Engine) -> None:
        now, workers = monotonic(), engine.workers()
        if workers:
            self._staffed = now
        elif now - self._staffed > NOBODY_SECONDS:
            self._report(Notice("no_workers", {"engine": engine.name}))
            self._staffed = now
        done = self._finished + self._failed
        self._report(
            Standing(done, self._total, self._failed, self._fresh, now - self._began, workers)
        )


def _batch(done: Done) -> Batch:
    receipt = done.receipt
    assert receipt is not None
    failed = {(one.condition, one.seed) for one in receipt.failures}
    runs = []
    for piece in done.task.pieces:
        seeds = [seed for seed in piece.seeds.tolist() if (piece.condition, seed) not in failed]
        runs.append((piece.condition, np.array(seeds, dtype=np.int64)))
    return Batch(
        receipt.task, receipt.rows, receipt.files, tuple(runs), receipt.seconds, receipt.failures
    )


def _told(error: BaseException) -> BaseException:
    """An error of a worker that stops the sweep, in words for the person who started it."""
    if isinstance(error, ExperimentError):
        return error
    if isinstance(error, ModuleNotFoundError):
        return EngineError(
            f"the workers cannot import {error.name}: install trappe, with the same sources, where "
            "they run"
        )
    return EngineError(
        f"a worker failed outside a run: {type(error).__name__}: {error}. "
        f"{AGAIN} when that is mended"
    )
