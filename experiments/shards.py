"""Results in Parquet files that are there whole or not at all."""

import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.records import BODIES, EVENTS, RUNS, WEEKS
from experiments.storage import told_plainly

PARTS: Final = (
    EVENTS,
    WEEKS,
    BODIES,
    RUNS,
)  # as written: the last makes it count
UNFINISHED: Final = ".unfinished"
DAMAGED: Final = "damaged"


class FileReceipt(NamedTuple):
    """A written file: the part of the shard it is, its size in bytes, and a hash of them."""

    part: str
    size: int
    checksum: str


def path_of(folder: Path, part: str, name: str) -> Path:
    """Where a part of a shard lies."""
    return folder / part / f"{name}.parquet"


def write_shard(folder: Path, name: str, tables: Mapping[str, pa.Table]) -> tuple[FileReceipt, ...]:
    """Write the parts of one shard, each whole or not at all, the part ``runs`` last.

    Raises:
        OutputError: the disk is full, or the folder cannot be written.
    """
    with told_plainly(folder):
        return tuple(
            _write(path_of(folder, part, name), part, tables[part])
            for part in PARTS
            if part in tables
        )


def _write(path: Path, part: str, table: pa.Table) -> FileReceipt:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", use_dictionary=["condition"])
    data = sink.getvalue()
    write_bytes(path, data)
    return FileReceipt(part, data.size, hashlib.blake2b(data, digest_size=16).hexdigest())


def write_bytes(path: Path, data: "bytes | pa.Buffer") -> None:
    """Write a file so that it survives a power cut whole, or is not there.

    Raises:
        OSError: as the system says it; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def checksum(path: Path) -> str:
    """Hash of a file's bytes, as in its receipt."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16))
    return digest.hexdigest()


def read_part(folder: Path, part: str, name: str, columns: list[str] | None = None) -> pa.Table:
    """One part of a shard. Raises ``OSError`` or ``pyarrow.ArrowException`` when damaged."""
    return pq.ParquetFile(path_of(folder, part, name)).read(columns=columns)


def read_schema(folder: Path, name: str) -> pa.Schema:
    """Columns of a shard's part ``runs``."""
    return pq.read_schema(path_of(folder, RUNS, name))


def name_of(*contents: str) -> str:
    """A shard's name: the same for the same contents, so that written twice it is there once."""
    return hashlib.blake2b("\n".join(contents).encode(), digest_size=12).hexdigest()


def names_on_disk(folder: Path) -> Iterator[str]:
    """Names of all shards that count, known to the ledger or not."""
    for path in sorted((folder / RUNS).glob("*.parquet")):
        if not path.name.startswith("."):
            yield path.stem


def remove_shard(folder: Path, name: str) -> None:
    """Remove every part of a shard; the part that makes it count goes first."""
    for part in reversed(PARTS):
        with suppress(OSError):
            path_of(folder, part, name).unlink(missing_ok=True)


def set_aside(folder: Path, name: str) -> None:
    """Move what is left of a damaged shard out of the way, for whoever wants to look at it."""
    for part in reversed(PARTS):
        path = path_of(folder, part, name)
        if path.exists():
            target = folder / DAMAGED / f"{part}-{name}.parquet"
            target.parent.mkdir(exist_ok=True)
            path.replace(target)


def remove_unfinished(folder: Path) -> None:
    """Remove what killed workers left half written."""
    for part in PARTS:
        for path in (folder / part).glob(f".*{UNFINISHED}"):
            with suppress(OSError):
                path.unlink()
