"""A disk that is really full: a small file system in memory, in a name space of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from experiments.results import read_results
from experiments.sweep import run_plan
from tests.experiments.plans import plan, same_bits

ROOT = Path(__file__).parents[2]
PLAN = plan(300, weeks=None, keep=True)

SCRIPT = """
from pathlib import Path
import subprocess, sys
from experiments import ExperimentError
from experiments.results import read_results
from experiments.sweep import run_plan
from tests.experiments.test_full_disk import PLAN

if __name__ == "__main__":
    disk, out, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    try:
        run_plan(PLAN, disk / "sweep", workers=workers)
    except ExperimentError as error:
        print(error)
    print("kept", len(read_results(disk / "sweep")))
    subprocess.run(["mount", "-o", "remount,size=500m", disk], check=True)
    print("again", run_plan(PLAN, disk / "sweep", workers=workers).fresh)
    read_results(disk / "sweep").to_parquet(out)
"""

INSIDE = """
mount -t tmpfs -o size=3m tmpfs "$2" && exec "$1" -c "$SWEEP" "$2" "$3" "$4"
"""


def may_mount() -> bool:
    command = ["unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(command, check=False).returncode == 0


@pytest.mark.verify
@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_is_told_and_the_same_call_goes_on_when_there_is_room(
    tmp_path: Path, workers: int
) -> None:
    if not may_mount():
        pytest.skip("this system lets nobody mount a small disk")
    (tmp_path / "disk").mkdir()
    inside = ["sh", sys.executable, tmp_path / "disk", tmp_path / "out.parquet", str(workers)]
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", INSIDE,
         *inside],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SWEEP": SCRIPT},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told, kept, again = done.stdout.splitlines()
    assert "No space left on device" in told or "is full" in told
    assert "Nothing finished is lost: give the same command again" in told
    count = int(kept.removeprefix("kept "))
    assert 0 < count < 600
    assert 0 < int(again.removeprefix("again ")) <= 600 - count  # some may be taken in
    run_plan(PLAN, tmp_path / "whole", workers=1)
    same_bits(pd.read_parquet(tmp_path / "out.parquet"), read_results(tmp_path / "whole"))
