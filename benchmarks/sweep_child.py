"""`python -m benchmarks.sweep_child FOLDER RUNS WORKERS [CONDITIONS]`: one sweep, told as JSON."""

import json
import sys
from pathlib import Path

from experiments.plan import Condition, Plan
from experiments.sweep import run_plan

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


def main(folder: str, runs: str, workers: str, conditions: str = "1") -> None:
    """Run, and print what came of it."""
    outcome = run_plan(plan(int(runs), int(conditions)), Path(folder), workers=int(workers))
    print(json.dumps(outcome._asdict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
