"""What a second worker of the real runner is worth, against a pure loop on two processes.

These machines are shared and their cores may be two threads of one, so twice the processes need
not give twice the work. The loop says what they give at the time; the runner is held to that.

A worker begins by importing what the program that started it has imported. This is therefore
measured in a process of its own (``benchmarks.child``), with as little in it as a user's has.
"""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from benchmarks.setting import WEEKS, World
from benchmarks.speed import Spread, spread
from experiments import Job, run_ensemble

LOOP_STEPS = 20_000_000  # one to two seconds of a pure loop


class Workers(NamedTuple):
    """Speed-up from one to two processes."""

    loop: Spread  # of a pure loop, its second process already running
    runner: Spread  # of the runner, its second worker started anew each time
    share: Spread  # runner over loop, measured right after one another


def two_workers(world: World, runs: int, repetitions: int) -> Workers:
    """Loop alone, runner alone, loop on two, runner on two; and again."""
    loops, runners = [], []
    with second_process() as other:
        loop_on_two(other, 1000)
        for turn in range(repetitions):
            job = Job(world.name, world.structure, world.parameters, turn * runs, runs, WEEKS)
            alone = loop_alone(LOOP_STEPS)
            runner_alone = _run(job, workers=1)
            on_two = loop_on_two(other, LOOP_STEPS)
            runner_on_two = _run(job, workers=2)
            loops.append(alone / on_two)
            runners.append(runner_alone / runner_on_two)
    shares = [runner / loop for runner, loop in zip(runners, loops, strict=True)]
    return Workers(spread(loops), spread(runners), spread(shares))


def _run(job: Job, workers: int) -> float:
    began = time.perf_counter()
    run_ensemble([job], workers)
    return time.perf_counter() - began


def spin(steps: int) -> int:
    """Work for one core and nothing else."""
    x = 1
    for _ in range(steps):
        x = (x * 48271) % 2147483647
    return x


def loop_alone(steps: int) -> float:
    began = time.perf_counter()
    spin(steps)
    return time.perf_counter() - began


def loop_on_two(other: Connection, steps: int) -> float:
    """The same number of steps, half of them here."""
    began = time.perf_counter()
    other.send(steps // 2)
    spin(steps // 2)
    other.recv()
    return time.perf_counter() - began


def _serve(connection: Connection) -> None:
    while (steps := connection.recv()) > 0:
        connection.send(spin(steps))


@contextmanager
def second_process() -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield here
    finally:
        here.send(0)
        process.join()
