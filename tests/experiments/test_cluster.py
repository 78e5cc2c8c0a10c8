"""A real Dask scheduler and workers, started as processes of their own."""

import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from distributed.comm import CommClosedError

from experiments import ExperimentError, engine_dask
from experiments.engine import EngineError
from experiments.engine_dask import DaskEngine
from experiments.results import read_results
from experiments.status import read_status
from experiments.sweep import run_plan
from experiments.work import Task
from tests.experiments.killing import (
    below,
    disturbed,
    finish,
    kill,
    start,
    start_sweep,
    wait_until,
)
from tests.experiments.plans import assert_same_results


class Cluster:
    """A scheduler, and workers with a nanny each."""

    def __init__(self, scratch: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.scratch = scratch
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[str]] = []
        self.scheduler = self.start_scheduler()
        self.workers = [self.start_worker() for _ in range(2)]

    def start_scheduler(self) -> "subprocess.Popen[str]":
        return self._start("scheduler", "--port", str(self.port), "--no-dashboard")

    def start_worker(self) -> "subprocess.Popen[str]":
        scratch = ("--local-directory", str(self.scratch))
        return self._start("worker", self.address, "--nthreads", "1", "--no-dashboard", *scratch)

    def _start(self, *command: str) -> "subprocess.Popen[str]":
        process = start("-m", "dask", *command)
        self.processes.append(process)
        for stream in (
            process.stdout,
            process.stderr,
        ):  # read, or the process stops when it is full
            threading.Thread(target=lambda pipe: pipe.read(), args=(stream,), daemon=True).start()
        return process

    def close(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            for stream in (process.stdout, process.stderr):
                if stream is not None:
                    stream.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "scratch")
    yield made
    made.close()


def some_are_recorded(folder: Path) -> bool:
    try:
        return read_status(folder).finished > 0
    except ExperimentError:  # the ledger is just being made
        return False


def test_a_running_cluster_does_the_work_and_loses_a_worker(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder, runs = tmp_path / "sweep", 200
    sweep = start_sweep(folder, runs, "scheduler", cluster.address)
    wait_until(lambda: some_are_recorded(folder), 120)
    for child in below(cluster.workers[0].pid):
        kill(child)
    assert f"finished={2 * runs}, failed=0" in finish(sweep, 200)
    run_plan(disturbed(runs), tmp_path / "whole", workers=1)
    assert_same_results(folder, tmp_path / "whole")


@pytest.mark.verify
def test_a_killed_scheduler_is_told_and_the_same_call_goes_on(
    cluster: Cluster, tmp_path: Path
) -> None:
    folder, runs = tmp_path / "sweep", 20_000
    sweep = start_sweep(folder, runs, "scheduler", cluster.address)
    wait_until(lambda: some_are_recorded(folder), 120)
    cluster.scheduler.kill()
    cluster.scheduler.wait()
    _, error = sweep.communicate(timeout=120)
    assert sweep.returncode != 0
    assert re.search(r"scheduler at tcp.* is gone.*same command again", error), error
    assert 0 < len(read_results(folder)) < 2 * runs
    cluster.scheduler = cluster.start_scheduler()
    cluster.workers.append(cluster.start_worker())
    out = finish(start_sweep(folder, runs, "scheduler", cluster.address), 400)
    assert f"finished={2 * runs}, failed=0" in out
    run_plan(disturbed(runs), tmp_path / "whole", workers=1)
    assert_same_results(folder, tmp_path / "whole")


def test_a_scheduler_that_goes_while_it_hands_over_a_result_is_told_as_gone() -> None:
    """Seen once in a verification: the client still passes for connected at that moment."""

    class HandedOver:
        key = "trappe-1"

        def cancelled(self) -> bool:
            return False

        def result(self, timeout: float) -> None:
            raise CommClosedError("in <TCP (closed) ConnectionPool.gather>")

    engine = DaskEngine("tcp://127.0.0.1:9", 1)
    engine._client = SimpleNamespace(status="running")
    future: Any = HandedOver()
    engine._tasks = {future.key: (cast(Task, None), future)}
    with pytest.raises(EngineError, match=r"scheduler at tcp.* is gone.*same command again"):
        engine._told(future)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:9", r"no Dask scheduler answers at tcp://127.0.0.1:9 .*refused"),
        ("nowhere", r"“nowhere” is no address .*write it as tcp://host:port"),
        ("http://127.0.0.1:80", r"is no address .*write it as tcp://host:port"),
    ],
)
def test_a_scheduler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, told: str
) -> None:
    monkeypatch.setattr(engine_dask, "CONNECT_SECONDS", 0.5)
    with pytest.raises(EngineError, match=told):
        run_plan(disturbed(2), tmp_path, scheduler=address)
    assert len(read_results(tmp_path)) == 0
