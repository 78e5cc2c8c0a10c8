"""Running many seeds of many models, here or on several processor cores.

The serial runner is the reference; the parallel one gives the same bits for any number of workers,
because a run depends on its seed alone and results are put together in the order of seeds.

Workers are fresh processes (``spawn``). Forking is faster to start, but copies whatever threads
and locks the calling process has, and numpy's and pyarrow's thread pools make that unsafe; it is
not available everywhere either. A worker imports ``simulation`` only and loads the compiled code
from the cache that the calling process has filled.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

import numpy as np

from experiments.batches import Batch, BatchResult, Planner, run_batch
from experiments.jobs import ExperimentError, Job, Outcome, Progress

Report = Callable[[Progress], None]
HEARTBEAT_SECONDS = 0.5
AHEAD = 2  # batches handed out per worker, so that none waits for the next


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
        workers: 1 runs everything in this process, more start that many others.
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
    for result in batches:
        if result is not None:
            results[result.batch.job].append(result)
            done += result.batch.runs
        if progress is not None:
            progress(Progress(done, total, time.perf_counter() - began))
    return [_assemble(job, parts) for job, parts in zip(jobs, results, strict=True)]


def _serial(jobs: list[Job]) -> Iterator[BatchResult]:
    planner = Planner(jobs, workers=1)
    while (batch := planner.take()) is not None:
        result = _guarded(jobs[batch.job], batch)
        planner.learn(batch, result.seconds)
        yield result


def _parallel(jobs: list[Job], workers: int) -> Iterator[BatchResult | None]:
    """Results as they come; None as a sign of life when nothing has come for a while."""
    planner = Planner(jobs, workers)
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(jobs,))
    waiting: set[Future[BatchResult]] = set()
    try:
        while True:
            while len(waiting) < AHEAD * workers and (batch := planner.take()) is not None:
                waiting.add(pool.submit(_work, batch))
            if not waiting:
                break
            finished, waiting = wait(
                waiting, timeout=HEARTBEAT_SECONDS, return_when=FIRST_COMPLETED
            )
            for future in finished:
                result = future.result()
                planner.learn(result.batch, result.seconds)
                yield result
            if not finished:
                yield None
    except BrokenProcessPool as broken:
        raise ExperimentError(
            "a worker process died in the middle of a run (out of memory?); "
            "try fewer workers: --workers 1"
        ) from broken
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_jobs_here: list[Job] = []


def _start_worker(jobs: list[Job]) -> None:
    """Once in every worker: take the jobs, leave Ctrl-C to the main process, load the code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _jobs_here.extend(jobs)
    import simulation

    simulation.warm_up(jobs[0].structure, jobs[0].parameters, lambda _: None)


def _work(batch: Batch) -> BatchResult:
    return _guarded(_jobs_here[batch.job], batch)


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
        pair_steps=np.sum([part.pair_steps for part in ordered], axis=0),
        level_steps=np.sum([part.level_steps for part in ordered], axis=0),
    )
