"""What is measured in a process of its own: `python -m benchmarks.child WHAT ...` prints JSON."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def ask(what: str, *arguments: str, cache: Path | None = None) -> dict[str, Any]:
    """Start a child process for one measure and read its answer; ``seconds`` is its whole life.

    Raises:
        RuntimeError: the child failed; with what it wrote.
    """
    environment = dict(os.environ)
    if cache is not None:
        environment["TRAPPE_CACHE"] = str(cache)
    began = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", what, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    taken = time.perf_counter() - began
    if child.returncode != 0:
        raise RuntimeError(f"measuring {what} failed:\n{child.stderr}")
    answer: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return answer | {"seconds": taken}


def peak_megabytes() -> float:
    """Most memory this process has had in use.

    Linux counts a process's own peak as VmHWM. The peak of ``getrusage`` would include that of the
    process it was started from.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024.0
    import resource

    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _start(name: str) -> dict[str, Any]:
    """From nothing to the end of a first short run."""
    from benchmarks.setting import world
    from simulation import run_many

    here = world(name)
    run_many(here.structure, here.parameters, [1], weeks=1)
    return {}


def _memory(which: str, name: str, runs: str) -> dict[str, Any]:
    """Peak memory with everything loaded, and after many runs."""
    from benchmarks.plain_mesa import run_batch
    from benchmarks.setting import world
    from simulation import run_many

    here = world(name)
    run = run_batch if which == "plain" else run_many
    run(here.structure, here.parameters, [0], 8)
    loaded = peak_megabytes()
    kept = run(here.structure, here.parameters, list(range(int(runs))))
    return {"loaded": loaded, "peak": peak_megabytes(), "results": len(kept)}


def _workers(name: str, runs: str, repetitions: str) -> dict[str, Any]:
    """What a second worker is worth; started from a process with as few imports as a user's."""
    from benchmarks.setting import world
    from benchmarks.workers import two_workers

    helped = two_workers(world(name), int(runs), int(repetitions))
    return {part: found._asdict() for part, found in helped._asdict().items()}


MEASURES: dict[str, Callable[..., dict[str, Any]]] = {
    "start": _start,
    "memory": _memory,
    "workers": _workers,
}


def main(arguments: list[str]) -> None:
    """Measure what was asked for."""
    print(json.dumps(MEASURES[arguments[0]](*arguments[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
