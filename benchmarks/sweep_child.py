"""`python -m benchmarks.sweep_child FOLDER RUNS WORKERS [CONDITIONS]`: one sweep, told as JSON."""

import json
import sys
from pathlib import Path

import psutil

from experiments.plan import Condition, Plan
from experiments.store import Notice
from experiments.sweep import Standing, run_plan

SMALL = "laerebog"
SHORT_WEEKS = 4


def plan(runs: int, conditions: int) -> Plan:
    """``runs`` in all; with several conditions short ones, each at another first trust."""
    points = tuple(
        Condition(f"{SMALL}@{point}", SMALL, (("levers.initial_trust", f"{trust:.6f}"),), point)
        for point in range(conditions)
        for trust in [0.1 + 0.8 * point / conditions]
    )
    weeks = SHORT_WEEKS if conditions > 1 else None
    return Plan(points, 1, runs // conditions, weeks, False, False, 60.0)


class Meter:
    """Processor seconds of this process and its workers, once all of them have loaded the code."""

    def __init__(self) -> None:
        self.seen: list[tuple[int, float]] = []  # runs, seconds

    def __call__(self, news: Standing | Notice) -> None:
        """Read the clocks of all processes."""
        if isinstance(news, Standing) and news.fresh:
            self.seen.append((news.fresh, _processor_seconds()))

    @property
    def seconds_per_run(self) -> float | None:
        """Over the last three quarters of the runs; None where they came at once."""
        late, after = self.seen[-1] if self.seen else (0, 0.0)
        early, before = next((one for one in self.seen if 4 * one[0] >= late), (0, 0.0))
        return (after - before) / (late - early) if late > early else None


def _processor_seconds() -> float:
    here = psutil.Process()
    clocks = [process.cpu_times() for process in (here, *here.children(recursive=True))]
    return sum(clock.user + clock.system for clock in clocks)


def main(folder: str, runs: str, workers: str, conditions: str = "1") -> None:
    """Run, and print what came of it."""
    meter = Meter()
    outcome = run_plan(
        plan(int(runs), int(conditions)), Path(folder), workers=int(workers), progress=meter
    )
    print(json.dumps({**outcome._asdict(), "processor": meter.seconds_per_run}))


if __name__ == "__main__":
    main(*sys.argv[1:])
