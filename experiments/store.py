"""A sweep's folder: opened by one process at a time, and mended when it is opened.

::

    DIR/ledger.sqlite    which runs are done, which failed, what was planned when
    DIR/manifest.json    what was planned when, for people, and to make the ledger anew
    DIR/runs/            Parquet, one row a run; one file is one shard
    DIR/weekly/          the same shards: one row a week of a run, where asked for
    DIR/events/          the same shards: one row an event, where asked for
    DIR/attempts/        notes of what workers are at; empty when none works
    DIR/damaged/         what was found damaged and set aside
"""

import json
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from experiments import attempts
from experiments.ledger import FILE, Batch, DamagedError, Ledger, LedgerError, Shard
from experiments.records import BODIES, RUNS
from experiments.shards import (
    PARTS,
    FileReceipt,
    checksum,
    names_on_disk,
    path_of,
    read_part,
    remove_shard,
    remove_unfinished,
    set_aside,
    write_bytes,
    write_shard,
)
from experiments.storage import OutputError, told_plainly

MANIFEST: Final = "manifest.json"
LOCK: Final = "lock.sqlite"
PACKAGES: Final = ("numpy", "numba", "pyarrow", "duckdb", "dask", "distributed", "trappe")

Seeds = npt.NDArray[np.int64]


class Notice(NamedTuple):
    """Something that the person at the screen should know; ``kind`` names a sentence."""

    kind: str
    numbers: dict[str, Any]


Tell = Callable[[Notice], None]


@contextmanager
def open_store(folder: Path, tell: Tell, *, thorough: bool = False) -> Iterator[Ledger]:
    """Open a sweep's folder to work in it, alone, after putting it in order.

    Finished results that the ledger does not know are taken in, results that have been damaged
    count as not done, and a damaged ledger is made anew; ``tell`` is told about each.

    Raises:
        OutputError: the folder cannot be written.
        LedgerError: another sweep works in it, or another program holds the ledger.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"cannot write the results to {folder}: it is a file, not a folder")
    with told_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        ledger = _open_ledger(folder, tell)
        with ledger:
            with told_plainly(folder):
                remove_unfinished(folder)
                shutil.rmtree(folder / attempts.FOLDER, ignore_errors=True)
                _drop_damaged(folder, ledger, tell, thorough)
                _adopt_all(folder, ledger, tell)
            yield ledger


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder as long as this process lives; the system lets go when it dies."""
    holder = sqlite3.connect(folder / LOCK, timeout=0.0, isolation_level=None)
    try:
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            raise LedgerError(
                f"another sweep is working in {folder} ({error}); wait for it, stop it, or give "
                "another folder"
            ) from error
        yield
    finally:
        holder.close()


def is_held(folder: Path) -> bool:
    """True while a sweep is working in the folder."""
    if not (folder / LOCK).exists():
        return False
    holder = sqlite3.connect(folder / LOCK, timeout=0.0, isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return True
    finally:
        holder.close()
    return False


def _open_ledger(folder: Path, tell: Tell) -> Ledger:
    is_new = not (folder / FILE).exists()
    try:
        ledger = Ledger(folder, writing=True)
    except DamagedError:
        aside = folder / f"ledger.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite"
        with told_plainly(folder):
            (folder / FILE).replace(aside)
            (folder / f"{FILE}-journal").unlink(missing_ok=True)
        tell(Notice("ledger_made_anew", {"file": str(aside)}))
        ledger, is_new = Ledger(folder, writing=True), True
    if is_new:
        for body in _planned(folder):
            created = str(body.pop("created", ""))
            body.pop("id", None)
            ledger.register(body, created)
    return ledger


def _planned(folder: Path) -> list[dict[str, Any]]:
    """Registrations as the manifest tells them; none where it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return [dict(body) for body in found["registrations"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def write_manifest(folder: Path, ledger: Ledger) -> None:
    """Write down for people what the ledger says was planned, when, and with what."""
    text = json.dumps({"registrations": ledger.registrations()}, indent=1, ensure_ascii=False)
    with told_plainly(folder):
        write_bytes(folder / MANIFEST, (text + "\n").encode())


def surroundings() -> dict[str, Any]:
    """Versions and platform; the bits of results are promised per platform."""
    from importlib import metadata

    versions = {"python": platform.python_version()}
    for name in PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    library = " ".join(platform.libc_ver())
    machine = f"{platform.system()} {platform.machine()} {library}".strip()
    return {"versions": versions, "platform": machine}


# What is on disk and what is in the ledger


def damaged_parts(folder: Path, shard: Shard, *, thorough: bool) -> list[str]:
    """Parts of a shard that are not as they were written; ``thorough`` reads every byte."""
    return [
        file.part
        for file in shard.files
        if not _is_whole(path_of(folder, file.part, shard.name), file, thorough)
    ]


def _is_whole(path: Path, file: FileReceipt, thorough: bool) -> bool:
    try:
        return path.stat().st_size == file.size and (
            not thorough or checksum(path) == file.checksum
        )
    except OSError:
        return False


def _drop_damaged(folder: Path, ledger: Ledger, tell: Tell, thorough: bool) -> None:
    for shard in ledger.shards():
        if damaged_parts(folder, shard, thorough=thorough):
            runs = ledger.forget_shard(shard)
            set_aside(folder, shard.name)
            tell(Notice("shard_damaged", {"shard": shard.name, "runs": runs}))


def _adopt_all(folder: Path, ledger: Ledger, tell: Tell) -> None:
    """Take in finished results of workers whose receipts never arrived."""
    known = {shard.name for shard in ledger.shards()}
    runs = 0
    for name in list(names_on_disk(folder)):
        if name not in known:
            runs += _adopt(folder, ledger, name, tell)
    if runs:
        tell(Notice("runs_adopted", {"runs": runs}))


def _adopt(folder: Path, ledger: Ledger, name: str, tell: Tell) -> int:
    """Take in what one shard holds and the ledger does not know; returns how many runs."""
    try:
        parts = [part for part in PARTS if path_of(folder, part, name).exists()]
        tables = {part: read_part(folder, part, name) for part in parts}
        new = _unknown_runs(ledger, tables[RUNS])
    except (OSError, pa.ArrowException, KeyError, ValueError):
        set_aside(folder, name)
        tell(Notice("shard_unreadable", {"shard": name}))
        return 0
    total, count = tables[RUNS].num_rows, sum(len(seeds) for seeds in new.values())
    complete = all(_expected_parts(key) <= set(parts) for key in new)
    if not count or not complete:
        remove_shard(folder, name)
        return 0
    kept_name = name
    if count < total:
        kept_name = f"{name}-part"
        tables = {part: _only(table, new) for part, table in tables.items()}
        files = write_shard(folder, kept_name, tables)
    else:
        files = tuple(_receipt(folder, part, name) for part in parts)
    ledger.record([Batch(kept_name, count, files, tuple(new.items()), None)])
    if kept_name != name:
        remove_shard(folder, name)
    return count


def _receipt(folder: Path, part: str, name: str) -> FileReceipt:
    path = path_of(folder, part, name)
    return FileReceipt(part, path.stat().st_size, checksum(path))


def _expected_parts(key: str) -> set[str]:
    return {RUNS, BODIES, *key.split("+")[1:]}


def _unknown_runs(ledger: Ledger, runs: pa.Table) -> dict[str, Seeds]:
    """Condition key to the seeds in a shard that the ledger does not count yet."""
    keys = runs["condition"].to_numpy(zero_copy_only=False)
    seeds = runs["seed"].to_numpy()
    found = {}
    for key in dict.fromkeys(keys.tolist()):
        here = seeds[keys == key]
        known = np.concatenate([ledger.finished(key), ledger.failed(key)])
        new = here[~np.isin(here, known)]
        if len(new):
            found[str(key)] = new
    return found


def _only(table: pa.Table, wanted: dict[str, Seeds]) -> pa.Table:
    keys = table["condition"].to_numpy(zero_copy_only=False)
    seeds = table["seed"].to_numpy()
    keep = np.zeros(len(seeds), dtype=bool)
    for key, chosen in wanted.items():
        keep |= (keys == key) & np.isin(seeds, chosen)
    return table.filter(pa.array(keep))
