"""Which runs are done: a SQLite file that the main process alone writes.

A run is one row with its condition and seed as the primary key, so nothing can count twice. Shards
hold the results; the ledger says which shards count. All that a lost ledger could say about
finished runs can be read back from the shards and from ``manifest.json``.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.jobs import ExperimentError
from experiments.shards import FileReceipt
from experiments.work import Failure

FILE: Final = "ledger.sqlite"
PATIENCE_SECONDS: Final = 10.0  # for another program to let go of the ledger
AGAIN: Final = "Nothing finished is lost: give the same command again"

SCHEMA: Final = """
CREATE TABLE conditions (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE memo (input TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE registrations (id INTEGER PRIMARY KEY, created TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE sessions (id INTEGER PRIMARY KEY, registration INTEGER NOT NULL, began TEXT NOT NULL,
    ended TEXT, ending TEXT, body TEXT NOT NULL);
CREATE TABLE shards (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL,
    files TEXT NOT NULL);
CREATE TABLE batches (id INTEGER PRIMARY KEY, shard INTEGER NOT NULL REFERENCES shards (id),
    created TEXT NOT NULL, seconds REAL);
CREATE INDEX batches_of_shard ON batches (shard);
CREATE TABLE runs (condition INTEGER NOT NULL, seed INTEGER NOT NULL, batch INTEGER NOT NULL,
    PRIMARY KEY (condition, seed)) WITHOUT ROWID;
CREATE TABLE failures (condition INTEGER NOT NULL, seed INTEGER NOT NULL, kind TEXT NOT NULL,
    reason TEXT NOT NULL, detail TEXT NOT NULL, created TEXT NOT NULL,
    PRIMARY KEY (condition, seed)) WITHOUT ROWID;
PRAGMA user_version = 1;
"""


class LedgerError(ExperimentError):
    """The ledger cannot be used; the message says what to do."""


class DamagedError(LedgerError):
    """The ledger's file is not a whole SQLite file with the tables it should have."""


class Shard(NamedTuple):
    """A shard that counts."""

    id: int
    name: str
    rows: int
    files: tuple[FileReceipt, ...]

    @property
    def size(self) -> int:
        """Bytes of all its parts."""
        return sum(file.size for file in self.files)


class Batch(NamedTuple):
    """Finished runs to be recorded: those of one shard, by condition key."""

    shard: str
    rows: int
    files: tuple[FileReceipt, ...]
    runs: tuple[tuple[str, npt.NDArray[np.int64]], ...]  # condition key, seeds
    seconds: float | None  # None where it is not known
    failures: tuple[Failure, ...] = ()


class Count(NamedTuple):
    """Finished runs, and when the first of them was recorded."""

    finished: int
    first: str | None


class Ledger:
    """One sweep's ledger; use as a context manager.

    Args:
        folder: of the sweep.
        writing: False opens an existing ledger for reading only.

    Raises:
        LedgerError: another program holds it, the disk is full, it is not there.
        DamagedError: it cannot be read; see :func:`experiments.store.open_store`.
    """

    def __init__(self, folder: Path, *, writing: bool) -> None:
        self.path = folder / FILE
        if not writing and not self.path.is_file():
            raise LedgerError(f"there is no sweep in {folder}: it has no {FILE}")
        # a reader too may have to undo what a killed writer left half done, so it may write
        mode = "rwc" if writing else "rw"
        with self._plainly():
            address = f"{self.path.absolute().as_uri()}?mode={mode}"
            self._base = sqlite3.connect(
                address, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None
            )
        try:
            with self._plainly():
                self._prepare(writing)
        except BaseException:
            self._base.close()
            raise
        self._ids: dict[str, int] = {}

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def _prepare(self, writing: bool) -> None:
        if not writing:
            self._base.execute("PRAGMA query_only = ON")
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and writing and not self._rows("SELECT name FROM sqlite_master"):
            self._base.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
            return
        found = self._base.execute("PRAGMA quick_check(1)").fetchone()[0]
        if version != 1 or found != "ok":
            raise sqlite3.DatabaseError(f"version {version}, {found}")

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise LedgerError(self._told(str(error))) from error
        except sqlite3.DatabaseError as error:
            raise DamagedError(
                f"the ledger {self.path} is damaged ({error}). Nothing finished is lost: give "
                "the same `trappe sweep` command again, which makes it anew from the results"
            ) from error

    def _told(self, reason: str) -> str:
        if "locked" in reason:
            return (
                f"another program holds the ledger {self.path}; close it (another sweep, a "
                f"database viewer?). {AGAIN}"
            )
        if "full" in reason:
            return f"the disk with {self.path} is full; free some space. {AGAIN}"
        return f"the ledger {self.path} cannot be used ({reason}). {AGAIN} when that is mended"

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        with self._plainly():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    def _rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        return self._base.execute(query, tuple(values)).fetchall()

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self._plainly():
            return self._rows(query, values)

    # What is planned

    def registrations(self) -> list[dict[str, Any]]:
        """Everything ever registered, the latest last."""
        return [
            {**json.loads(body), "id": number, "created": created}
            for number, created, body in self.rows("SELECT * FROM registrations ORDER BY id")
        ]

    def register(self, body: Mapping[str, Any], created: str | None = None) -> int:
        """Keep a plan and where it comes from, with the date; returns its number."""
        with self._all_or_nothing():
            done = self._base.execute(
                "INSERT INTO registrations (created, body) VALUES (?, ?)",
                (created or now(), json.dumps(body)),
            )
        return int(done.lastrowid or 0)

    def begin_session(self, registration: int, body: Mapping[str, Any]) -> int:
        """Note that work on a plan begins."""
        with self._all_or_nothing():
            done = self._base.execute(
                "INSERT INTO sessions (registration, began, body) VALUES (?, ?, ?)",
                (registration, now(), json.dumps(body)),
            )
        return int(done.lastrowid or 0)

    def end_session(self, session: int, ending: str) -> None:
        """Note how and when work ended."""
        with self._all_or_nothing():
            self._base.execute(
                "UPDATE sessions SET ended = ?, ending = ? WHERE id = ?", (now(), ending, session)
            )

    def remembered(self) -> dict[str, str]:
        """Hashes of scenarios by what they were made from."""
        return dict(self.rows("SELECT input, content FROM memo"))

    def remember(self, contents: Mapping[str, str]) -> None:
        """Keep hashes of scenarios by what they were made from."""
        with self._all_or_nothing():
            self._base.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?)", contents.items())

    # What is done

    def finished(self, key: str) -> npt.NDArray[np.int64]:
        """Seeds of a condition with results."""
        return self._seeds("runs", key)

    def failed(self, key: str) -> npt.NDArray[np.int64]:
        """Seeds of a condition that failed."""
        return self._seeds("failures", key)

    def _seeds(self, table: str, key: str) -> npt.NDArray[np.int64]:
        query = f"SELECT seed FROM {table} JOIN conditions ON id = condition WHERE key = ?"
        with self._plainly():
            found = self._base.execute(query, (key,))
            return np.fromiter((seed for (seed,) in found), dtype=np.int64)

    def failures(self) -> list[Failure]:
        """Every failed run."""
        query = (
            "SELECT key, seed, kind, reason, detail FROM failures JOIN conditions "
            "ON id = condition ORDER BY key, seed"
        )
        return [Failure(*row) for row in self.rows(query)]

    def keys(self) -> set[str]:
        """Keys of all conditions that have runs or failures."""
        return {key for (key,) in self.rows("SELECT key FROM conditions")}

    def shards(self) -> list[Shard]:
        """All shards that count."""
        query = "SELECT id, name, rows, files FROM shards ORDER BY id"
        return [
            Shard(number, name, rows, tuple(FileReceipt(*file) for file in json.loads(files)))
            for number, name, rows, files in self.rows(query)
        ]

    def shards_with(self, keys: Iterable[str]) -> list[Shard]:
        """Shards that hold runs of any of these conditions."""
        wanted = set(keys)
        query = (
            "SELECT DISTINCT key, shard FROM runs JOIN batches ON batches.id = runs.batch "
            "JOIN conditions ON conditions.id = runs.condition"
        )
        numbers = {shard for key, shard in self.rows(query) if key in wanted}
        return [shard for shard in self.shards() if shard.id in numbers]

    def count(self, keys: Iterable[str], first: int, last: int) -> Count:
        """How many runs of these conditions have finished with seeds ``first`` to ``last``."""
        wanted = set(keys)
        query = (
            "SELECT key, COUNT(*), MIN(created) FROM runs JOIN batches ON batches.id = batch "
            "JOIN conditions ON conditions.id = condition WHERE seed BETWEEN ? AND ? GROUP BY key"
        )
        found = [row for row in self.rows(query, (first, last)) if row[0] in wanted]
        whens = [when for _, _, when in found]
        return Count(sum(number for _, number, _ in found), min(whens) if whens else None)

    def sessions(self, registration: int) -> list[dict[str, Any]]:
        """When somebody worked on a plan, with what, and how it ended (None: broken off)."""
        query = "SELECT began, ended, ending, body FROM sessions WHERE registration = ? ORDER BY id"
        return [
            {"began": began, "ended": ended, "ending": ending, **json.loads(body)}
            for began, ended, ending, body in self.rows(query, (registration,))
        ]

    def states(self, done: str, failed: str) -> list[tuple[Any, ...]]:
        """Every run that has ended: key, seed, status, kind, reason, detail, when."""
        query = (
            "SELECT key, seed, ?, NULL, NULL, NULL, created FROM runs "
            "JOIN conditions ON conditions.id = condition JOIN batches ON batches.id = batch "
            "UNION ALL SELECT key, seed, ?, kind, reason, detail, created FROM failures "
            "JOIN conditions ON conditions.id = condition"
        )
        return self.rows(query, (done, failed))

    def record(self, batches: Iterable[Batch]) -> list[Shard]:
        """Count finished batches and failed runs, all together or not at all; the new shards."""
        shards = []
        with self._all_or_nothing():
            for batch in batches:
                if batch.files:
                    number = self._add_runs(batch)
                    shards.append(Shard(number, batch.shard, batch.rows, batch.files))
                self._add_failures(batch.failures)
        return shards

    def _add_runs(self, batch: Batch) -> int:
        shard = self._add_shard(batch.shard, batch.rows, batch.files)
        done = self._base.execute(
            "INSERT INTO batches (shard, created, seconds) VALUES (?, ?, ?)",
            (shard, now(), batch.seconds),
        )
        for key, seeds in batch.runs:
            condition = self._id(key)
            rows = ((condition, seed, done.lastrowid) for seed in seeds.tolist())
            self._base.executemany("INSERT INTO runs VALUES (?, ?, ?)", rows)
        return shard

    def _add_failures(self, failures: Iterable[Failure]) -> None:
        self._base.executemany(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?)",
            [
                (self._id(one.condition), one.seed, one.kind, one.reason, one.detail, now())
                for one in failures
            ],
        )

    def _add_shard(self, name: str, rows: int, files: Iterable[FileReceipt]) -> int:
        done = self._base.execute(
            "INSERT INTO shards (name, rows, files) VALUES (?, ?, ?)",
            (name, rows, json.dumps(list(files))),
        )
        return int(done.lastrowid or 0)

    def _id(self, key: str) -> int:
        if key not in self._ids:
            self._base.execute("INSERT OR IGNORE INTO conditions (key) VALUES (?)", (key,))
            found = self._rows("SELECT id FROM conditions WHERE key = ?", (key,))
            self._ids[key] = int(found[0][0])
        return self._ids[key]

    def replace_shards(
        self, old: Iterable[Shard], name: str, rows: int, files: Iterable[FileReceipt]
    ) -> None:
        """Let one shard count in place of others that hold the same runs."""
        with self._all_or_nothing():
            new = self._add_shard(name, rows, files)
            for shard in old:
                self._base.execute("UPDATE batches SET shard = ? WHERE shard = ?", (new, shard.id))
                self._base.execute("DELETE FROM shards WHERE id = ?", (shard.id,))

    def forget_shard(self, shard: Shard) -> int:
        """Let a shard's runs count as not done; returns how many they were."""
        batches = "(SELECT id FROM batches WHERE shard = ?)"
        with self._all_or_nothing():
            gone = self._base.execute(f"DELETE FROM runs WHERE batch IN {batches}", (shard.id,))
            self._base.execute("DELETE FROM batches WHERE shard = ?", (shard.id,))
            self._base.execute("DELETE FROM shards WHERE id = ?", (shard.id,))
        return int(gone.rowcount)

    def forget_failures(self) -> int:
        """Let failed runs count as not done; returns how many they were."""
        with self._all_or_nothing():
            return int(self._base.execute("DELETE FROM failures").rowcount)


def now() -> str:
    """The time in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
