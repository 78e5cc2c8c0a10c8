"""The measures of `benchmarks.sweep`, each in processes of its own."""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import psutil

from benchmarks.setting import world
from benchmarks.sweep_child import SMALL
from benchmarks.workers import LOOP_STEPS, loop_alone, loop_on_two, second_process

MEGABYTE = 2**20
LOOK_SECONDS = 0.25
BARE_CHUNK = 1000
RESUMED_CONDITIONS = 100


class Ran(NamedTuple):
    """A sweep that was measured from outside."""

    runs: int
    rate: float  # runs per second, from the first task handed out to the last recorded
    start: float  # seconds before that: processes, imports, the plan
    peak: float  # MB of the largest process
    processor: float  # seconds of processor time a run, of all processes together
    growth: float  # MB per run of the process that grew most, over the second half of the time


class Bare(NamedTuple):
    """The ensemble without a sweep around it, in several processes, with nothing kept."""

    rate: float  # runs per second
    processor: float  # seconds of processor time a run


def bare(runs: int, processes: int) -> Bare:
    """Run `run_many` in several processes at once."""
    context = multiprocessing.get_context("spawn")
    pairs = [context.Pipe() for _ in range(processes)]
    started = [
        context.Process(target=_run_bare, args=(there, runs // processes), daemon=True)
        for _, there in pairs
    ]
    for process in started:
        process.start()
    for here, _ in pairs:
        here.recv()
    began = time.perf_counter()
    for here, _ in pairs:
        here.send("go")
    processor = sum(here.recv() for here, _ in pairs)
    seconds = time.perf_counter() - began
    for process in started:
        process.join()
    done = runs // processes * processes
    return Bare(done / seconds, processor / done)


def _run_bare(pipe: Connection, runs: int) -> None:
    from simulation import run_many

    small = world(SMALL)
    weeks = _weeks()
    run_many(small.structure, small.parameters, [0], weeks, keep_weekly=False)
    pipe.send("ready")
    pipe.recv()
    before = time.process_time()
    for first in range(0, runs, BARE_CHUNK):
        seeds = np.arange(first, min(first + BARE_CHUNK, runs))
        run_many(small.structure, small.parameters, seeds, weeks, keep_weekly=False)
    pipe.send(time.process_time() - before)


def _weeks() -> int:
    import scenarios

    return scenarios.load(SMALL).weeks


def swept(folder: Path, runs: int, workers: int) -> Ran:
    """Run a sweep in a process of its own and watch the memory of all its processes."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sweep_child", str(folder), str(runs), str(workers)],
        stdout=subprocess.PIPE,
        text=True,
    )
    seen: dict[int, list[float]] = {}
    while child.poll() is None:
        _look(child.pid, seen)
        time.sleep(LOOK_SECONDS)
    whole = time.perf_counter() - began
    assert child.stdout is not None
    answer = json.loads(child.stdout.read().splitlines()[-1])
    child.stdout.close()
    if child.returncode:
        raise RuntimeError("the sweep failed")
    rate = answer["fresh"] / answer["seconds"]
    peak = max(max(sizes) for sizes in seen.values())
    growth = max(_grown(sizes) for sizes in seen.values())
    processor = answer["processor"] or float("nan")
    return Ran(runs, rate, whole - answer["seconds"], peak, processor, growth / (runs / 2))


def _look(pid: int, seen: dict[int, list[float]]) -> None:
    try:
        main = psutil.Process(pid)
        for process in (main, *main.children(recursive=True)):
            seen.setdefault(process.pid, []).append(process.memory_info().rss / MEGABYTE)
    except psutil.NoSuchProcess:
        return


def _grown(sizes: list[float]) -> float:
    """MB from the third to the last quarter; at first a process loads what it needs."""
    quarter = len(sizes) // 4
    if quarter < 2:
        return 0.0
    third, last = sizes[2 * quarter : 3 * quarter], sizes[3 * quarter :]
    return 2.0 * (float(np.mean(last)) - float(np.mean(third)))


def loop_speed_up() -> float:
    """What a second process is worth to a pure loop, now."""
    with second_process() as other:
        loop_on_two(other, 1000)
        alone = loop_alone(LOOP_STEPS)
        return alone / loop_on_two(other, LOOP_STEPS)


def resumed(folder: Path, runs: int) -> dict[str, Any]:
    """Finish a sweep, then time the same call again, in a process that has loaded nothing."""
    arguments = [str(folder), str(runs), str(min(2, os.cpu_count() or 1)), str(RESUMED_CONDITIONS)]
    command = [sys.executable, "-m", "benchmarks.sweep_child", *arguments]
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        seconds.append(time.perf_counter() - began)
    answer = json.loads(done.stdout.splitlines()[-1])
    if answer["fresh"] or answer["finished"] != runs:
        raise RuntimeError(f"the sweep was not finished: {answer}")
    return {"conditions": RESUMED_CONDITIONS, "first_seconds": seconds[0], "seconds": seconds[1]}
