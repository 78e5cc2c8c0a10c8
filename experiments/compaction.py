"""Many small shards become few large ones, so that reading stays fast."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa

from experiments.ledger import Ledger, Shard
from experiments.shards import name_of, read_part, read_schema, remove_shard, write_shard
from experiments.storage import told_plainly

SMALL_ROWS: Final = 10_000  # a shard below this is put together with others
ENOUGH_ROWS: Final = 20_000  # small shards wait until they hold this many runs together,
ENOUGH_BYTES: Final = 64 * 2**20  # or this many bytes,
ENOUGH_SHARDS: Final = 256  # or are this many


class Compactor:
    """Puts small shards together as they come; what counts changes in one step of the ledger.

    Small shards wait in groups of the same parts, since weeks and events are asked for or not.
    """

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder = folder
        self._ledger = ledger
        self._waiting: dict[tuple[str, ...], list[Shard]] = {}
        self.take(ledger.shards())

    def take(self, shards: Iterable[Shard]) -> None:
        """Note shards that have come, and join small ones when there are enough of them."""
        for shard in shards:
            if shard.rows >= SMALL_ROWS or shard.size >= ENOUGH_BYTES:
                continue
            group = self._waiting.setdefault(tuple(file.part for file in shard.files), [])
            group.append(shard)
            if _is_enough(group):
                self._join(group)

    def finish(self) -> None:
        """Join what is left."""
        for group in self._waiting.values():
            self._join(group)

    def _join(self, group: list[Shard]) -> None:
        """Join the shards of a group that have the same columns, and empty the group."""
        alike: dict[str, list[Shard]] = {}
        for shard in group:
            columns = read_schema(self._folder, shard.name).to_string()
            alike.setdefault(columns, []).append(shard)
        for shards in alike.values():
            if len(shards) > 1:
                join(self._folder, self._ledger, shards)
        group.clear()


def _is_enough(group: list[Shard]) -> bool:
    return (
        sum(shard.rows for shard in group) >= ENOUGH_ROWS
        or sum(shard.size for shard in group) >= ENOUGH_BYTES
        or len(group) >= ENOUGH_SHARDS
    )


def join(folder: Path, ledger: Ledger, shards: list[Shard]) -> None:
    """Write the runs of several shards as one, let it count in their place, and remove them.

    They must have the same parts and columns. Should this process die in between, the runs count
    in the old shards or in the new one, and what does not count is removed when next opened.
    """
    parts = [file.part for file in shards[0].files]
    name = name_of(*(shard.name for shard in shards))
    with told_plainly(folder):
        tables = {
            part: pa.concat_tables(read_part(folder, part, shard.name) for shard in shards)
            for part in parts
        }
        files = write_shard(folder, name, tables)
    ledger.replace_shards(shards, name, sum(shard.rows for shard in shards), files)
    for shard in shards:
        remove_shard(folder, shard.name)
