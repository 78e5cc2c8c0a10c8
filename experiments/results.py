"""Reading a sweep's results: as a pandas table, or with SQL."""

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from experiments.jobs import ExperimentError
from experiments.ledger import Ledger, Shard
from experiments.records import BODIES, EVENTS, RUNS, WEEKS, empty_table
from experiments.shards import path_of
from simulation.observables import SUMMARY

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

DONE: Final = "done"
FAILED: Final = "failed"
FIXED: Final = ("condition", "model", "point", "seed", "status", "reason")
TRIES: Final = 5  # should a running sweep join shards between the ledger and the files
PAUSE_SECONDS: Final = 0.2
CHECK: Final = (
    "Results are damaged. `trappe status DIR --check` tells which; the same `trappe sweep` command "
    "with --check runs again what was in them, and nothing else"
)


class Registered(NamedTuple):
    """A plan as it was registered."""

    id: int
    created: str
    body: dict[str, Any]

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """Name, model, settings, point, weeks and key of every condition."""
        return list(self.body["conditions"])

    @property
    def paths(self) -> list[str]:
        """Every path that some condition sets, in the order in which they are first set."""
        pairs = (pair for one in self.conditions for pair in one["settings"])
        return list(dict.fromkeys(path for path, _ in pairs))

    @property
    def seeds(self) -> tuple[int, int]:
        """First and last seed."""
        first = int(self.body["first_seed"])
        return first, first + int(self.body["runs"]) - 1

    @property
    def total(self) -> int:
        """Runs in the plan; conditions that are the same but for their name are run once."""
        return len({one["key"] for one in self.conditions}) * int(self.body["runs"])


def latest(ledger: Ledger, folder: Path) -> Registered:
    """The plan registered last, through which results are read."""
    found = ledger.registrations()
    if not found:
        raise ExperimentError(f"nothing has been planned in {folder} yet")
    body = found[-1]
    return Registered(int(body["id"]), str(body["created"]), body)


def read_results(folder: Path) -> "pd.DataFrame":
    """One row a run of the plan registered last, in the order of its conditions and seeds.

    Columns: ``condition`` (its name), ``model``, ``point`` (-1 where there is none), ``seed``,
    ``status`` (``done`` or ``failed``), ``reason`` of a failure, one column for each path that a
    condition sets (numbers where all values are; missing where a condition leaves it), and all of
    ``SUMMARY`` (NaN where not defined, and in failed runs). Runs that have not ended are missing.

    Raises:
        ExperimentError: there is no sweep, or its results are damaged; says what to do.
    """
    return _read(folder, "SELECT * EXCLUDE place FROM runs ORDER BY place, seed", _connect)


def read_view(folder: Path, part: str) -> "pd.DataFrame":
    """One row a run (as :func:`read_results`), or what ``bodies``, ``weekly``, ``events`` hold.

    ``bodies`` has a row for each run, body and size of matter of which something passed: ``forum``
    (its number in the order of the scenario), ``size``, ``passed`` (matters), ``weeks`` they waited
    there in sum. Weeks and events are in the order of conditions, seeds and weeks; none where the
    experiment does not keep them.

    Raises:
        ExperimentError: there is no sweep, or its results are damaged; says what to do.
    """
    if part == RUNS:
        return read_results(folder)
    last = "forum, size" if part == BODIES else "week"
    query = f"SELECT * EXCLUDE place FROM {part} ORDER BY place, seed, {last}"
    return _read(folder, query, _connect)


def ask(folder: Path, query: str) -> "pd.DataFrame":
    """The answer to an SQL query on the views of :func:`connect`.

    Raises:
        ExperimentError: the query cannot be answered, there is no sweep, or results are damaged.
    """
    return _read(folder, query, connect)


def _read(
    folder: Path, query: str, connecting: "Callable[[Path], duckdb.DuckDBPyConnection]"
) -> "pd.DataFrame":
    """Answer a query; once more where a running sweep has joined shards in the meantime."""
    import duckdb

    reason = ""
    for _ in range(TRIES):
        try:
            with closing(connecting(folder)) as connection:
                answer = connection.execute(query)
                if answer is None or answer.description is None:
                    raise ExperimentError(
                        "the query asks for nothing; for example: "
                        "select model, avg(share_joint) from runs group by model"
                    )
                return answer.df()
        except duckdb.IOException as error:
            reason = str(error)
            time.sleep(PAUSE_SECONDS)
        except duckdb.Error as error:
            raise ExperimentError(f"the query cannot be answered: {error}") from error
    raise ExperimentError(f"{reason}. {CHECK}")


def connect(folder: Path) -> "duckdb.DuckDBPyConnection":
    """A DuckDB connection: views ``runs``, ``bodies``, ``weekly``, ``events`` and ``ledger``.

    ``runs`` is as :func:`read_results` gives it, with ``place``, the number of the condition in
    the plan. ``bodies``, ``weekly`` and ``events`` have condition, model, point and seed, and the
    rows of :func:`read_view`; the last two are empty unless asked for. ``ledger`` has one row a run
    that has ended, of this plan and of all earlier ones: key, seed, status, kind and reason of a
    failure, and when.

    Raises:
        ExperimentError: there is no sweep, or its results are damaged; says what to do.
    """
    connection = _connect(folder)
    with Ledger(folder, writing=False) as ledger:
        connection.register("ledger", _states(ledger))
    return connection


def _connect(folder: Path) -> "duckdb.DuckDBPyConnection":
    import duckdb  # takes a while to import

    registered, shards, failures = _what_counts(folder)
    connection = duckdb.connect()
    connection.register("conditions_table", _conditions(registered))
    connection.register("failures_table", failures)
    for part in (RUNS, BODIES, WEEKS, EVENTS):
        _make_view(connection, folder, registered, part, shards)
    return connection


def _what_counts(folder: Path) -> tuple[Registered, list[Shard], pa.Table]:
    """The plan, the shards with its runs, all of them there and whole, and its failures."""
    for left in reversed(range(TRIES)):
        with Ledger(folder, writing=False) as ledger:
            registered = latest(ledger, folder)
            shards = ledger.shards_with(one["key"] for one in registered.conditions)
            failures = _failures(ledger)
        missing = _missing(folder, shards)
        if not missing:
            return registered, shards, failures
        if left:
            time.sleep(PAUSE_SECONDS)
    raise ExperimentError(
        f"results are damaged or missing: {missing[0]}. Give the same `trappe sweep` command "
        "again: it runs again what was in them, and nothing else"
    )


def _missing(folder: Path, shards: Iterable[Shard]) -> list[Path]:
    """Files that are not there or not of the size they should have."""
    found = []
    for shard in shards:
        for file in shard.files:
            path = path_of(folder, file.part, shard.name)
            try:
                is_whole = path.stat().st_size == file.size
            except OSError:
                is_whole = False
            if not is_whole:
                found.append(path)
    return found


def _make_view(
    connection: "duckdb.DuckDBPyConnection",
    folder: Path,
    registered: Registered,
    part: str,
    shards: list[Shard],
) -> None:
    names = [shard.name for shard in shards if part in {file.part for file in shard.files}]
    if names:
        paths = ", ".join(_text(str(path_of(folder, part, name))) for name in names)
        source = f"read_parquet([{paths}])"
    else:
        source = f"no_{part}"
        connection.register(source, empty_table(part))
    settings = "".join(f", c.{_name(column)}" for column in setting_columns(registered))
    settings = settings if part == RUNS else ""
    first, last = registered.seeds
    of_plan = f"JOIN conditions_table c ON r.key = c.key WHERE r.seed BETWEEN {first} AND {last}"

    def rows(table: str, status: str, reason: str, rest: str) -> str:
        said = f", {_text(status)} AS status, {reason} AS reason" if part == RUNS else ""
        return (
            f"SELECT c.name AS condition, c.model, c.point, r.seed{said}{settings}{rest}, c.place "
            f"FROM {table} r {of_plan}"
        )

    body = rows(
        f"(SELECT * RENAME (condition AS key) FROM {source})",
        DONE,
        "NULL::VARCHAR",
        ", r.* EXCLUDE (key, seed)",
    )
    if part == RUNS:
        body += f" UNION ALL BY NAME {rows('failures_table', FAILED, 'r.why', '')}"
    connection.execute(f"CREATE VIEW {part} AS {body}")


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def setting_columns(registered: Registered) -> dict[str, str]:
    """Column to the path whose values it holds; the same word but for names that are taken."""
    taken = {*FIXED, *SUMMARY, "place", "key", "name"}
    return {f"setting {path}" if path in taken else path: path for path in registered.paths}


def _conditions(registered: Registered) -> pa.Table:
    conditions = registered.conditions
    columns: dict[str, Any] = {
        "key": [one["key"] for one in conditions],
        "name": [one["name"] for one in conditions],
        "model": [one["model"] for one in conditions],
        "point": pa.array([one["point"] for one in conditions], pa.int64()),
        "place": pa.array(range(len(conditions)), pa.int64()),
    }
    for column, path in setting_columns(registered).items():
        columns[column] = _values([dict(one["settings"]).get(path) for one in conditions])
    return pa.table(columns)


def _values(given: list[str | None]) -> pa.Array:
    """Numbers where all that are given are, else text."""
    try:
        numbers = [None if value is None else float(value) for value in given]
    except ValueError:
        return pa.array(given, pa.string())
    return pa.array(numbers, pa.float64())


def _failures(ledger: Ledger) -> pa.Table:
    failures = ledger.failures()
    return pa.table(
        {
            "key": pa.array([one.condition for one in failures], pa.string()),
            "seed": pa.array([one.seed for one in failures], pa.int64()),
            "why": pa.array([f"{one.kind}: {one.reason}" for one in failures], pa.string()),
        }
    )


def _states(ledger: Ledger) -> pa.Table:
    """One row a run that has ended, whatever plan it was for."""
    kinds = (pa.string(), pa.int64(), *(pa.string(),) * 5)
    names = ("key", "seed", "status", "kind", "reason", "detail", "created")
    rows = ledger.states(DONE, FAILED)
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return pa.table(dict(zip(names, arrays, strict=True)))
