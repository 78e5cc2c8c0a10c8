"""Killed at random points and started again, a sweep ends with the bits of an undisturbed one."""

import subprocess
from pathlib import Path

import pytest

from experiments.results import read_results
from experiments.status import read_status
from experiments.sweep import run_plan
from tests.experiments.killing import Killer, disturbed, finish, start_sweep
from tests.experiments.plans import assert_same_results


def disturb(folder: Path, runs: int, workers: int, kills: int, seed: int) -> tuple[Killer, int]:
    """Run a sweep, killing its processes ``kills`` times; it is given more runs as it ends.

    Returns the killer and the runs of each condition at the end.
    """
    killer, goal = Killer(seed), runs
    while killer.total < kills:
        sweep = start_sweep(folder, goal, "workers", workers)
        try:
            killer.disturb(sweep, kills)
            if sweep.poll() is None:
                finish(sweep, 500)
            else:
                assert_well_or_told(sweep)
        finally:
            sweep.kill()
        if sweep.returncode == 0 and killer.total < kills:
            goal += runs
    finish(start_sweep(folder, goal, "workers", workers), 500)
    return killer, goal


def assert_well_or_told(sweep: "subprocess.Popen[str]") -> None:
    """Killed, ended well, or ended with a message that says what to do."""
    _, error = sweep.communicate()
    if sweep.returncode > 0:
        assert "Nothing finished is lost" in error, error


def check(folder: Path, undisturbed: Path, runs: int) -> None:
    run_plan(disturbed(runs), undisturbed, workers=1)
    assert_same_results(folder, undisturbed)
    status = read_status(folder, check=True)
    assert (status.finished, status.left, status.damaged) == (2 * runs, 0, [])
    assert not read_results(folder).duplicated(["condition", "seed"]).any()


def test_a_few_kills_change_no_bit(tmp_path: Path) -> None:
    killer, runs = disturb(tmp_path / "killed", 1000, workers=1, kills=3, seed=1)
    assert killer.total >= 3
    check(tmp_path / "killed", tmp_path / "whole", runs)


@pytest.mark.verify
@pytest.mark.parametrize(("workers", "kills"), [(1, 20), (2, 50)])
def test_many_kills_change_no_bit(tmp_path: Path, workers: int, kills: int) -> None:
    killer, runs = disturb(tmp_path / "killed", 4000, workers, kills, seed=workers)
    assert killer.total >= kills
    assert killer.kills["main"] > 0
    assert killer.kills["worker"] > 0
    check(tmp_path / "killed", tmp_path / "whole", runs)


def test_the_killer_kills(tmp_path: Path) -> None:
    killer = Killer(seed=3)
    sweep = start_sweep(tmp_path, 100_000, "workers", 1)
    killer.disturb(sweep, 1)
    sweep.kill()
    sweep.communicate()
    assert killer.total == 1
