"""Whatever happens to a sweep's folder: nothing finished is lost, nothing is counted twice."""

import json
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from experiments import ExperimentError, OutputError, ledger, shards
from experiments.compaction import join
from experiments.ledger import Ledger, LedgerError
from experiments.results import read_results
from experiments.shards import PARTS, names_on_disk, path_of, remove_shard, write_shard
from experiments.status import read_status
from experiments.store import Notice, open_store
from experiments.sweep import SweepOutcome, run_plan
from tests.experiments.plans import PLAIN, TRUSTING, assert_same_results, plan

FIRST, SECOND = plan(4, (PLAIN,), keep=True), plan(4, keep=True)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished sweep whose results lie in two shards. Not to be written by tests."""
    folder = tmp_path_factory.mktemp("finished")
    run_plan(FIRST, folder, workers=1)
    shutil.copytree(folder, folder.with_name("first"))
    other = folder.with_name("second")
    run_plan(SECOND._replace(conditions=(TRUSTING,)), other, workers=1)
    for part in PARTS:
        shutil.copytree(other / part, folder / part, dirs_exist_ok=True)
    run_plan(SECOND, folder, workers=1)
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished sweep, to be harmed."""
    return Path(shutil.copytree(finished, tmp_path / "sweep"))


def again(folder: Path, *, check: bool = False) -> tuple[SweepOutcome, list[Notice]]:
    """The same sweep again, and what it told."""
    told: list[Notice] = []
    outcome = run_plan(
        SECOND,
        folder,
        workers=1,
        check=check,
        progress=lambda news: told.append(news) if isinstance(news, Notice) else None,
    )
    return outcome, told


def kinds(told: list[Notice]) -> list[str]:
    return [one.kind for one in told]


def a_shard(folder: Path) -> str:
    return next(iter(names_on_disk(folder)))


def assert_whole(folder: Path, finished: Path) -> None:
    """All results are there, each once, in the ledger and in the files."""
    assert_same_results(folder, finished)
    status = read_status(folder, check=True)
    assert (status.finished, status.left, status.damaged) == (8, 0, [])
    with Ledger(folder, writing=False) as open_ledger:
        known = open_ledger.shards()
    assert sum(shard.rows for shard in known) == 8
    assert sorted(shard.name for shard in known) == sorted(names_on_disk(folder))


def test_a_truncated_file_is_found_set_aside_and_run_again(folder: Path, finished: Path) -> None:
    damaged = path_of(folder, "runs", a_shard(folder))
    damaged.write_bytes(damaged.read_bytes()[:-20])
    with pytest.raises(ExperimentError, match=r"damaged or missing.*same .trappe sweep. command"):
        read_results(folder)
    outcome, told = again(folder)
    assert 0 < outcome.fresh < 8
    assert kinds(told) == ["shard_damaged"]
    assert told[0].numbers["runs"] == outcome.fresh
    assert len(list((folder / "damaged").iterdir())) == len(PARTS)
    assert_whole(folder, finished)


@pytest.mark.parametrize("part", PARTS)
def test_a_file_that_is_gone_is_run_again(folder: Path, finished: Path, part: str) -> None:
    path_of(folder, part, a_shard(folder)).unlink()
    assert again(folder)[0].fresh > 0
    assert_whole(folder, finished)


def test_a_changed_byte_is_found_by_a_check_and_mended(folder: Path, finished: Path) -> None:
    path = path_of(folder, "weekly", a_shard(folder))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert read_status(folder).damaged == []
    assert read_status(folder, check=True).damaged == [f"{path.stem} (weekly)"]
    assert again(folder)[0].fresh == 0
    assert again(folder, check=True)[0].fresh > 0
    assert_whole(folder, finished)


def test_results_whose_receipts_never_arrived_are_taken_in(folder: Path, finished: Path) -> None:
    with Ledger(folder, writing=True) as open_ledger:
        open_ledger.forget_shard(open_ledger.shards()[0])
    outcome, told = again(folder)
    assert outcome.fresh == 0
    assert kinds(told) == ["runs_adopted"]
    assert_whole(folder, finished)


def test_results_that_come_twice_count_once(folder: Path, finished: Path) -> None:
    """A worker that lived on after its sweep was killed writes runs that were run again since."""
    name = a_shard(folder)
    for part in PARTS:
        shutil.copy(path_of(folder, part, name), path_of(folder, part, "late"))
    outcome, told = again(folder)
    assert (outcome.fresh, told) == (0, [])
    assert_whole(folder, finished)


def test_of_a_shard_that_is_new_in_part_only_the_new_counts(folder: Path, finished: Path) -> None:
    with Ledger(folder, writing=True) as open_ledger:
        one, other = open_ledger.shards()
        tables = {
            part: shards.pa.concat_tables(
                shards.read_part(folder, part, shard.name) for shard in (one, other)
            )
            for part in PARTS
        }
        write_shard(folder, "both", tables)
        open_ledger.forget_shard(other)
    remove_shard(folder, other.name)
    outcome, told = again(folder)
    assert outcome.fresh == 0
    assert told == [Notice("runs_adopted", {"runs": other.rows})]
    assert_whole(folder, finished)


def test_half_written_and_unreadable_files_do_not_count(folder: Path, finished: Path) -> None:
    unfinished = folder / "runs" / ".x.parquet.1.2.unfinished"
    unfinished.write_bytes(b"PAR1")
    path_of(folder, "runs", "unreadable").write_bytes(b"PAR1 and no more")
    outcome, told = again(folder)
    assert outcome.fresh == 0
    assert kinds(told) == ["shard_unreadable"]
    assert not unfinished.exists()
    assert_whole(folder, finished)


@pytest.mark.parametrize("harm", ["garbage", "truncated", "empty pages", "gone"])
def test_a_damaged_ledger_is_made_anew(folder: Path, finished: Path, harm: str) -> None:
    path = folder / ledger.FILE
    data = path.read_bytes()
    if harm == "garbage":
        path.write_bytes(b"x" * len(data))
    elif harm == "truncated":
        path.write_bytes(data[: len(data) // 2])
    elif harm == "empty pages":
        path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    else:
        path.unlink()
    with pytest.raises(LedgerError, match=r"same .trappe sweep. command|there is no sweep"):
        read_results(folder)
    outcome, told = again(folder)
    assert outcome.fresh == 0
    aside = ["ledger_made_anew"] if harm != "gone" else []
    assert kinds(told) == [*aside, "runs_adopted"]
    assert_whole(folder, finished)


def test_the_date_of_a_plan_outlives_its_ledger(folder: Path) -> None:
    before = json.loads((folder / "manifest.json").read_text())["registrations"]
    (folder / ledger.FILE).unlink()
    again(folder)
    after = json.loads((folder / "manifest.json").read_text())["registrations"]
    assert [one["created"] for one in after] == [one["created"] for one in before]


def test_a_ledger_held_by_another_program_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "PATIENCE_SECONDS", 0.1)
    holder = sqlite3.connect(folder / ledger.FILE, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(LedgerError, match=r"another program holds.*Nothing finished is lost"):
            again(folder)
    finally:
        holder.close()
    assert again(folder)[0].fresh == 0


KILLED_WRITER = """
import os, signal, sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA cache_size = 1")
base.execute("BEGIN IMMEDIATE")
base.execute("DELETE FROM runs")
base.executemany("INSERT INTO memo VALUES (?, ?)", ((str(n), "x" * 1000) for n in range(1000)))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_writer_left_half_done_is_undone_by_whoever_reads_next(
    folder: Path, finished: Path
) -> None:
    subprocess.run([sys.executable, "-c", KILLED_WRITER, folder / ledger.FILE], check=False)
    assert (folder / f"{ledger.FILE}-journal").stat().st_size > 0
    assert_same_results(folder, finished)
    assert_whole(folder, finished)


def test_two_sweeps_cannot_work_in_one_folder(folder: Path) -> None:
    with open_store(folder, lambda _: None):
        assert read_status(folder).running
        with pytest.raises(LedgerError, match="another sweep is working in"):
            again(folder)
    assert not read_status(folder).running


def test_joined_shards_hold_the_same_and_a_kill_in_between_loses_nothing(
    folder: Path, finished: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    with Ledger(folder, writing=True) as open_ledger:
        assert len(open_ledger.shards()) == 2
        join(folder, open_ledger, open_ledger.shards())
        joined = open_ledger.shards()
    assert [shard.rows for shard in joined] == [8]
    assert_whole(folder, finished)
    for part in PARTS:  # killed after the new shard was written, before it counted
        shutil.copy(path_of(folder, part, joined[0].name), copy / part)
    assert again(copy)[0].fresh == 0
    assert_whole(copy, finished)
    for part in PARTS:  # killed after it counted, before the old ones were removed
        for path in (finished / part).iterdir():
            shutil.copy(path, folder / part)
    assert again(folder)[0].fresh == 0
    assert_whole(folder, finished)


@contextmanager
def small_files_only(size: int) -> Iterator[None]:
    """The system refuses to let a file grow beyond ``size`` bytes, here and in new processes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_file_that_cannot_be_written_stops_the_sweep_and_loses_nothing(
    finished: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(finished.with_name("first"), tmp_path / "sweep"))
    large = SECOND._replace(runs=40, weeks=None)
    with (
        small_files_only((folder / ledger.FILE).stat().st_size + 20_000),
        pytest.raises(OutputError, match=r"cannot write the results.*Nothing finished is lost"),
    ):
        run_plan(large, folder, workers=1)
    assert list(folder.rglob("*.unfinished")) == []
    kept = len(read_results(folder))
    assert run_plan(large, folder, workers=1).fresh == 80 - kept
    assert run_plan(FIRST, folder, workers=1).fresh == 0
    assert_same_results(folder, finished.with_name("first"))
