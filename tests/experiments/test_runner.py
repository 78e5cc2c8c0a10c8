"""The same runs, bit for bit, however they are split and whoever runs them."""

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import simulation
from experiments import ExperimentError, Job, Outcome, Progress, run_ensemble
from experiments.batches import Planner
from experiments.jobs import by_quarter
from simulation.parameters import Parameters
from tests.simulation.worlds import ordinary_world

ROOT = Path(__file__).parents[2]


def jobs(runs: int = 7, weeks: int = 30) -> list[Job]:
    slow = ordinary_world(case_rate=5.0).build()
    return [
        Job("ordinary", ordinary_world().build(), Parameters(), 5, runs, weeks),
        Job("busier", slow, Parameters(), 5, runs, weeks),
    ]


def assert_same(one: Outcome, other: Outcome) -> None:
    for name, first, second in zip(Outcome._fields, one, other, strict=True):
        if isinstance(first, np.ndarray):
            assert first.dtype == second.dtype
            assert first.tobytes() == second.tobytes(), name
        else:
            assert first == second, name


def test_any_number_of_workers_gives_the_same_bits() -> None:
    reference = run_ensemble(jobs(), workers=1)
    for workers in (2, 3):
        for one, other in zip(reference, run_ensemble(jobs(), workers), strict=True):
            assert_same(one, other)


def test_the_comparison_of_bits_can_fail() -> None:
    one = run_ensemble(jobs()[:1])[0]
    changed = one.summary.copy()
    changed[0, 0] = np.nextafter(changed[0, 0], np.inf)
    with pytest.raises(AssertionError, match="summary"):
        assert_same(one, one._replace(summary=changed))


def test_a_run_is_the_same_alone_and_in_a_batch() -> None:
    outcome = run_ensemble(jobs(runs=4)[:1])[0]
    job = jobs()[0]
    for place, seed in enumerate(outcome.seeds):
        alone = simulation.run_many(job.structure, job.parameters, [int(seed)], weeks=30)
        assert alone.summary[0].tobytes() == outcome.summary[place].tobytes()
        assert np.array_equal(alone.waits[0], outcome.waits[place])
    steps = simulation.run_many(job.structure, job.parameters, outcome.seeds, weeks=30)
    assert np.array_equal(steps.pair_steps.sum(axis=0), outcome.pair_steps)


def test_jobs_swapped_are_results_swapped() -> None:
    there = run_ensemble(jobs())
    back = run_ensemble(jobs()[::-1])
    assert_same(there[0], back[1])
    assert_same(there[1], back[0])


def test_other_threads_go_on_while_the_model_runs() -> None:
    """What brings workers their batches, and serves the dashboard's page, is such a thread."""
    job, runs, took, rang = jobs()[0], 50, 0.0, [0.0]
    simulation.run_many(job.structure, job.parameters, [1], weeks=1)  # compiles, or loads
    while took < 0.2:
        bell = threading.Timer(0.02, lambda: rang.append(time.perf_counter()))
        bell.start()
        runs *= 2
        began = time.perf_counter()
        simulation.run_many(job.structure, job.parameters, range(runs), weeks=208)
        ended = time.perf_counter()
        bell.join()
        took = ended - began
    assert began < rang[-1] < began + took / 2


def test_progress_only_rises_and_ends_at_all() -> None:
    seen: list[Progress] = []
    run_ensemble(jobs(), workers=1, progress=seen.append)
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert (seen[-1].done, seen[-1].total, seen[-1].seconds_left) == (14, 14, 0.0)


def test_whoever_breaks_off_leaves_no_worker_behind() -> None:
    calls = []

    def enough(progress: Progress) -> None:
        calls.append(progress)
        if len(calls) == 3:
            raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough") as caught:
        run_ensemble(jobs(runs=20_000), workers=2, progress=enough)
    assert not multiprocessing.active_children()
    assert caught.value  # as long as it is kept, so is all that led to it


@pytest.mark.parametrize("wrong", [[], [jobs()[0]._replace(runs=0)], [jobs()[0]._replace(weeks=0)]])
def test_nothing_to_run_is_said(wrong: list[Job]) -> None:
    with pytest.raises(ExperimentError, match="at least one"):
        run_ensemble(wrong)


def test_batches_cover_every_run_once_and_shrink_towards_the_end() -> None:
    job = jobs(runs=1000)[0]
    planner = Planner([job, job], workers=2)
    sizes, covered = [], []
    while (batch := planner.take()) is not None:
        planner.learn(batch, 0.005 * batch.runs)
        sizes.append(batch.runs)
        covered += [(batch.job, batch.first + run) for run in range(batch.runs)]
    assert covered == [(number, run) for number in (0, 1) for run in range(1000)]
    assert sizes[0] == 1  # nothing is known yet
    assert max(sizes) == 100  # half a second of 5 ms each
    assert sizes[-2] == 6  # no smaller than 30 ms, but for what is left over
    late = sizes[-12:-2]
    assert late == sorted(late, reverse=True)
    assert late[0] > late[-1]


def test_quarters_are_means_and_leave_out_what_is_not_defined() -> None:
    weekly = np.arange(30, dtype=np.float32).reshape(1, 30, 1)
    weekly[0, 13:26] = np.nan
    weekly[0, 0] = np.nan
    quarterly = by_quarter(weekly)[0, :, 0]
    assert quarterly[0] == pytest.approx(np.mean(range(1, 13)))
    assert np.isnan(quarterly[1])
    assert quarterly[2] == pytest.approx(np.mean(range(26, 30)))


DIES = """
import os
from experiments import Job, run_ensemble
import experiments.runner as runner
from tests.experiments.test_runner import jobs

def main():
    run_ensemble(jobs(runs=3000, weeks=208), workers=2, progress=stop)

def stop(progress):
    import multiprocessing
    for child in multiprocessing.active_children():
        child.kill()

if __name__ == "__main__":
    main()
"""


def test_a_killed_worker_is_one_clear_error(tmp_path: Path) -> None:
    script = tmp_path / "dies.py"
    script.write_text(DIES)
    done = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert "a worker process died in the middle of a run" in done.stderr
