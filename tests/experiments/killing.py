"""A sweep in processes of its own, and somebody who kills them at random points."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]

SWEEP = """
import sys
from pathlib import Path
from experiments.sweep import run_plan
from tests.experiments.killing import disturbed

if __name__ == "__main__":
    folder, runs, how, value = sys.argv[1:]
    how = {"workers": int(value)} if how == "workers" else {"scheduler": value}
    outcome = run_plan(disturbed(int(runs)), Path(folder), **how)
    print(outcome)
"""


def disturbed(runs: int):  # type: ignore[no-untyped-def]
    """The plan that is disturbed: long enough for many kills, in tasks of several sizes."""
    from tests.experiments.plans import plan

    return plan(runs, weeks=None)


def start(*command: "str | Path") -> "subprocess.Popen[str]":
    """A process that finds the project and says what it has to say into pipes."""
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start_sweep(folder: Path, runs: int, how: str, value: object) -> "subprocess.Popen[str]":
    """Begin or go on with the sweep."""
    return start("-c", SWEEP, folder, str(runs), how, str(value))


def below(pid: int) -> list[psutil.Process]:
    """All worker processes that a process of ours has started."""
    try:
        return [one for one in psutil.Process(pid).children(recursive=True) if _works(one)]
    except psutil.NoSuchProcess:
        return []


def _works(process: psutil.Process) -> bool:
    try:
        command = " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False
    return "spawn_main" in command


def kill(process: psutil.Process) -> bool:
    """SIGKILL, unless it has ended."""
    try:
        process.send_signal(signal.SIGKILL)
    except psutil.NoSuchProcess:
        return False
    return True


class Killer:
    """Kills one process of a running sweep at a time: a worker, or the main process."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.kills: Counter[str] = Counter()

    @property
    def total(self) -> int:
        """Kills so far; those who die with their main process are not counted."""
        return self.kills["main"] + self.kills["worker"]

    def disturb(self, sweep: "subprocess.Popen[str]", most: int) -> None:
        """Let the sweep go on for a random while, kill something of it, and so on.

        Ends when the sweep does, or after ``most`` kills.
        """
        while self.total < most:
            try:
                sweep.wait(timeout=self._random.uniform(0.05, 3.0))
            except subprocess.TimeoutExpired:
                pass
            else:
                return
            if self._random.random() < 0.3:
                children = below(sweep.pid)
                self.kills["main"] += kill(psutil.Process(sweep.pid))
                sweep.wait()
                if self._random.random() < 0.5:  # the others with it, or they live on for a while
                    self.kills["orphans"] += sum([kill(child) for child in children])
                return
            children = below(sweep.pid)
            if children:
                self.kills["worker"] += kill(self._random.choice(children))


def finish(sweep: "subprocess.Popen[str]", seconds: float) -> str:
    """Wait for a sweep to end well; what it printed."""
    out, error = sweep.communicate(timeout=seconds)
    assert sweep.returncode == 0, error
    return out


def wait_until(condition: "object", seconds: float) -> None:
    """Wait for something to become true. Raises ``TimeoutError``."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        if time.monotonic() > end:
            raise TimeoutError("it did not happen in time")
        time.sleep(0.05)
