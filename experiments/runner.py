"""Running many seeds of many models, here or on several processor cores.

The serial runner is the reference; the parallel one gives the same bits for any number of workers,
because a run depends on its seed alone and results are put together in the order of seeds.

Workers are fresh processes (``spawn``). Forking is faster to start, but copies whatever threads
and locks the calling process has, and numpy's and pyarrow's thread pools make that unsafe; it is
not available everywhere either. A worker imports ``simulation`` only and loads the compiled code
from the cache that the calling process has filled. That takes most of a second, in which the
calling process already runs. Compiled runs leave Python's other threads alone, so the thread that
brings workers their batches and takes their results goes on beside them.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager

import numpy as np

from experiments.batches import Batch, BatchResult, Planner, load_code, run_batch
from experiments.jobs import ExperimentError, Job, Outcome, Progress
from simulation.compilation import source_hash

Report = Callable[[Progress], None]
HEARTBEAT_SECONDS = 0.5
AHEAD = 2  # batches handed out per worker: one that it runs, one that waits for it
OWN_SECONDS = 0.2  # length of this process's own batches, so that it looks after the others


def available_cores() -> int:
    """Processor cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_ensemble(
    jobs: Sequence[Job], workers: int = 1, progress: Report | None = None
) -> list[Outcome]:
    """Run every job for all its seeds.

    Args:
        jobs: at least one; all with at least one run.
        workers: processes that run the model. This process is one of them; 1 starts no other.
        progress: called after each batch and at least every half second between batches when
            there are several workers.

    Returns:
        One outcome per job in the order given; identical bit for bit for any ``workers``.

    Raises:
        ExperimentError: a run failed, or a worker died.
        KeyboardInterrupt: Ctrl-C; the workers have been stopped.
    """
    jobs = list(jobs)
    if not jobs or any(job.runs < 1 or job.weeks < 1 for job in jobs):
        raise ExperimentError("there must be at least one model, one run and one week")
    total = sum(job.runs for job in jobs)
    workers = min(workers, total)
    batches = _serial(jobs) if workers <= 1 else _parallel(jobs, workers)
    results: list[list[BatchResult]] = [[] for _ in jobs]
    done, began = 0, time.perf_counter()
    with closing(batches):  # stops the workers at once, whatever ``progress`` raises
        for result in batches:
            if result is not None:
                results[result.batch.job].append(result)
                done += result.batch.runs
            if progress is not None:
                progress(Progress(done, total, time.perf_counter() - began))
    return [_assemble(job, parts) for job, parts in zip(jobs, results, strict=True)]


def _serial(jobs: list[Job]) -> Generator[BatchResult]:
    planner = Planner(jobs, workers=1)
    load_code(jobs[0])
    while (batch := planner.take()) is not None:
        yield _here(jobs, planner, batch)


def _parallel(jobs: list[Job], workers: int) -> Generator[BatchResult | None]:
    """Results as they come; None as a sign of life when nothing has come for a while.

    This process is one of the workers: it runs small batches while the others start up and work.
    """
    planner, others = Planner(jobs, workers), workers - 1
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        others, context, initializer=_start_worker, initargs=(jobs, source_hash())
    )
    waiting: set[Future[BatchResult]] = set()
    ahead = 1  # until it is known how long a run takes
    all_home = False
    try:
        with _interrupts_held():
            while len(waiting) < others and (batch := planner.take()) is not None:
                waiting.add(pool.submit(_work, batch))  # starts the processes
        load_code(jobs[0])
        while True:
            while len(waiting) < ahead * others and (batch := planner.take()) is not None:
                waiting.add(pool.submit(_work, batch))
            own = planner.take(OWN_SECONDS)
            if own is not None:
                yield _here(jobs, planner, own)
                ahead = AHEAD
            elif not waiting:
                all_home = True
                break
            patience = 0.0 if own is not None else HEARTBEAT_SECONDS
            finished, waiting = wait(waiting, timeout=patience, return_when=FIRST_COMPLETED)
            for future in finished:
                result = future.result()
                planner.learn(result.batch, result.seconds)
                yield result
            if not finished and own is None:
                yield None
    except BrokenProcessPool as broken:
        raise ExperimentError(
            "a worker process died in the middle of a run (out of memory?); "
            "try fewer workers: --workers 1"
        ) from broken
    finally:
        # A worker takes a quarter of a second to end. With all results here nobody waits for it.
        pool.shutdown(wait=not all_home, cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits until the end of the block, and never reaches processes started in it.

    They leave it to this one anyway, but only once they have started, and would until then break
    off with a traceback of their own.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_jobs_here: list[Job] = []
_sources_differ: list[bool] = []


def _start_worker(jobs: list[Job], sources: str) -> None:
    """Once in every worker: take the jobs, leave Ctrl-C to the main process, load the code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _jobs_here.extend(jobs)
    _sources_differ.append(source_hash() != sources)
    if not _sources_differ[0]:
        load_code(jobs[0])


def _work(batch: Batch) -> BatchResult:
    if _sources_differ[0]:
        raise ExperimentError("the model's sources were edited while it was starting; start again")
    return _guarded(_jobs_here[batch.job], batch)


def _here(jobs: list[Job], planner: Planner, batch: Batch) -> BatchResult:
    result = _guarded(jobs[batch.job], batch)
    planner.learn(batch, result.seconds)
    return result


def _guarded(job: Job, batch: Batch) -> BatchResult:
    try:
        return run_batch(job, batch)
    except (ArithmeticError, IndexError, ValueError) as error:
        first = job.first_seed + batch.first
        raise ExperimentError(
            f"{job.key}: a run with a seed in {first}..{first + batch.runs - 1} failed: {error}"
        ) from error


def _assemble(job: Job, parts: list[BatchResult]) -> Outcome:
    ordered = sorted(parts, key=lambda part: part.batch.first)
    first = job.first_seed
    return Outcome(
        key=job.key,
        weeks=job.weeks,
        seeds=np.arange(first, first + job.runs, dtype=np.int64),
        summary=np.concatenate([part.summary for part in ordered]),
        quarterly=np.concatenate([part.quarterly for part in ordered]),
        waits=np.concatenate([part.waits for part in ordered]),
        forum_waits=np.concatenate([part.forum_waits for part in ordered]),
        forum_hours=np.concatenate([part.forum_hours for part in ordered]),
        pair_steps=np.sum([part.pair_steps for part in ordered], axis=0),
        level_steps=np.sum([part.level_steps for part in ordered], axis=0),
        measured=np.concatenate([part.measured for part in ordered]),
    )
