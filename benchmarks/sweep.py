"""`python -m benchmarks.sweep`: what a sweep costs beside the bare ensemble, and what it keeps.

Throughput, memory of every process, the worth of a second worker, and the time to find out that
nothing is left to do. Shares are of measures taken right after one another, since machines are
shared; `--runs 1000000` measures the million that a short benchmark extrapolates to.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.sweep_parts import Bare, Ran, bare, loop_speed_up, resumed, swept
from experiments import available_cores, write_whole

TARGETS = {
    "throughput": (0.90, "at least", "sweep over bare ensemble, runs per second"),
    "processor": (0.90, "at least", "the same, of processor time, which others do not take away"),
    "memory": (1000.0, "below", "largest process after a million runs, MB"),
    "workers": (0.90, "at least", "two workers' share of a pure loop's speed-up"),
    "resume": (10.0, "below", "resuming 100,000 finished runs, seconds"),
}
MILLION = 1_000_000
RESUMED_RUNS = 100_000
ENOUGH_RUNS = 150_000  # in fewer, what a process loads once passes for growth
LOOP_NEEDED = 1.5  # below this there was no second core, and a share of the gain says nothing


class Turn(NamedTuple):
    """Measures taken right after one another."""

    bare: Bare  # run_many in as many processes
    ran: Ran  # the sweep with as many workers
    one: float  # runs per second of the sweep with one worker
    loop: float  # speed-up of a pure loop on two processes

    @property
    def throughput(self) -> float:
        return self.ran.rate / self.bare.rate

    @property
    def processor(self) -> float:
        return self.bare.processor / self.ran.processor

    @property
    def workers(self) -> float:
        return self.ran.rate / self.one / self.loop


def measure(runs: int, turns: int) -> dict[str, Any]:
    """Everything, as it is written."""
    scratch = Path(tempfile.mkdtemp(prefix="trappe-bench-"))
    try:
        workers = min(2, available_cores())
        taken = [_turn(scratch / str(turn), runs, workers) for turn in range(turns)]
        finished = resumed(scratch / "resumed", RESUMED_RUNS)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    result = {
        "runs": runs,
        "workers": workers,
        "turns": [_told(turn) for turn in taken],
        "million": _million([turn.ran for turn in taken]),
        "resume": finished | {"runs": RESUMED_RUNS},
    }
    return result | {"targets": _targets(result, taken)}


def _turn(folder: Path, runs: int, workers: int) -> Turn:
    alone = bare(max(1000, runs // 4), workers)
    ran = swept(folder / "many", runs, workers)
    loop = loop_speed_up()
    one = swept(folder / "one", max(1000, runs // 4), 1)
    shutil.rmtree(folder, ignore_errors=True)
    return Turn(alone, ran, one.rate, loop)


def _told(turn: Turn) -> dict[str, Any]:
    return {
        "bare_runs_per_second": turn.bare.rate,
        "sweep_runs_per_second": turn.ran.rate,
        "start_seconds": turn.ran.start,
        "peak_megabytes": turn.ran.peak,
        "growth_megabytes_per_million": turn.ran.growth * MILLION,
        "throughput": turn.throughput,
        "throughput_of_processor_time": turn.processor,
        "loop_speed_up": turn.loop,
        "sweep_speed_up": turn.ran.rate / turn.one,
        "workers": turn.workers,
    }


def _million(ran: list[Ran]) -> dict[str, Any]:
    """What a million runs take and need, extrapolated from what was run."""
    largest = max(one.runs for one in ran)
    last = [one for one in ran if one.runs == largest]
    beyond = max(0, MILLION - largest)
    return {
        "extrapolated": beyond > 0,
        "seconds": statistics.median(one.start + MILLION / one.rate for one in last),
        "megabytes": statistics.median(one.peak + max(0.0, one.growth) * beyond for one in last),
    }


def _targets(result: dict[str, Any], turns: list[Turn]) -> dict[str, dict[str, Any]]:
    """Each target, what was measured, and whether it is met; None where that is undecided.

    Throughput is of a million runs: in a shorter sweep its beginning and its end weigh more.
    """
    measured = {
        "throughput": statistics.median(turn.throughput for turn in turns),
        "processor": statistics.median(turn.processor for turn in turns),
        "memory": result["million"]["megabytes"],
        "workers": statistics.median(turn.workers for turn in turns),
        "resume": result["resume"]["seconds"],
    }
    had_two_cores = min(turn.loop for turn in turns) >= LOOP_NEEDED
    decided = {
        "workers": had_two_cores,
        "throughput": had_two_cores and result["runs"] >= MILLION,
        "memory": result["runs"] >= ENOUGH_RUNS,
    }
    found = {}
    for name, (limit, how, _) in TARGETS.items():
        is_met = measured[name] >= limit if how == "at least" else measured[name] < limit
        met = is_met if decided.get(name, True) else None
        found[name] = {how: limit, "measured": measured[name], "met": met}
    return found


def write(result: dict[str, Any], file: Path) -> None:
    """Write all of it as JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, json.dumps(result, indent=1) + "\n")


def show(result: dict[str, Any]) -> None:
    """Print what was measured."""
    million = result["million"]
    how = "extrapolated from" if million["extrapolated"] else "measured on"
    for turn in result["turns"]:
        print("  ".join(f"{name} {value:.3g}" for name, value in turn.items()))
    print(
        f"a million runs of laerebog on {result['workers']} workers, {how} {result['runs']:,}: "
        f"{million['seconds'] / 60:.1f} minutes, {million['megabytes']:.0f} MB in the "
        "largest process"
    )
    for name, target in result["targets"].items():
        limit, relation, label = TARGETS[name]
        verdict = {True: "met", False: "MISSED", None: "undecided"}[target["met"]]
        print(f"{label}: {target['measured']:.3g} ({relation} {limit:g}) {verdict}")


def main() -> int:
    """Measure, print, write; 1 when a target that was asked for is missed or undecided."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sweep", description=__doc__)
    parser.add_argument("--runs", type=int, default=100_000, help="of the sweep in each turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("build/bench-sweep.json"))
    parser.add_argument("--require", nargs="*", choices=TARGETS, default=[], metavar="TARGET")
    options = parser.parse_args()
    result = measure(options.runs, options.turns)
    write(result, options.out)
    show(result)
    missed = [name for name in options.require if result["targets"][name]["met"] is not True]
    if missed:
        print(f"missed or undecided: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
