"""Tasks on ``dask.distributed``: on this machine without configuration, or on a given scheduler."""

import logging
import pickle
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from queue import Empty, Queue
from types import TracebackType
from typing import Any, Final

import dask
from distributed import Client, Future, LocalCluster
from distributed.comm import CommClosedError, get_address_host_port
from distributed.scheduler import KilledWorker

from experiments.engine import Done, EngineError, interrupts_held_back
from experiments.ledger import AGAIN
from experiments.work import Task, run_task

CONNECT_SECONDS: Final = 10.0
STARTS: Final = 3  # of local workers, one of which may be killed while it starts
RESULT_SECONDS: Final = 5.0
LOOK_SECONDS: Final = 2.0  # between two looks at how many workers there are
MISSING_SECONDS: Final = 20.0  # after which local workers that have not come back are replaced
DEATHS: Final = 4  # workers that die before Dask gives up on a task, as Dask sets it
LOGGERS: Final = ("distributed", "distributed.client", "distributed.scheduler", "asyncio")

# Tasks bring their worlds along; Dask warns of less.
LARGE_TASKS: Final = {"distributed.admin.large-graph-warning-threshold": "100 MB"}

# What this machine's own workers are spared: pictures of where they spend their time.
LOCAL: Final = {"distributed.worker.profile.enabled": False}


def wait_for(address: str) -> None:
    """Wait until something answers at a scheduler's address.

    Raises:
        EngineError: it is no address, or nothing answers within ``CONNECT_SECONDS``.
    """
    try:
        host, port = get_address_host_port(address)
    except (ValueError, TypeError) as error:
        raise EngineError(
            f"“{address}” is no address of a Dask scheduler ({error}); write it as tcp://host:port"
        ) from error
    end = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            socket.create_connection((host, port), timeout=CONNECT_SECONDS).close()
        except OSError as error:
            if time.monotonic() > end:
                raise EngineError(
                    f"no Dask scheduler answers at {address} ({error.strerror or error}); start "
                    "one with `dask scheduler`, or give the address that it printed"
                ) from error
            time.sleep(0.2)
        else:
            return


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave it to the sweep to tell of workers that come and go; Dask's logs tell of each."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


class DaskEngine:
    """Tasks on a Dask cluster.

    Args:
        address: of a running scheduler, such as ``tcp://node1:8786``; None starts workers here.
        processes: how many workers to start here.

    Raises:
        EngineError: no scheduler answers at the address, or workers cannot be started.
    """

    def __init__(self, address: str | None, processes: int) -> None:
        self._address = address
        self._processes = processes
        self._quiet = ExitStack()
        self._cluster: Any = None
        self._client: Any = None
        self._ended: Queue[Future] = Queue()
        self._tasks: dict[str, tuple[Task, Future]] = {}
        self._token = secrets.token_hex(8)  # a scheduler may serve other sweeps too
        self._count = 0
        self._workers = 0
        self._looked = 0.0
        self._complete = 0.0
        self.name = f"dask at {address}" if address else f"dask, {processes} local processes"

    def __enter__(self) -> "DaskEngine":
        self._quiet.enter_context(_quiet())
        try:
            self._connect()
        except BaseException:
            self._quiet.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        self._quiet.close()

    def _connect(self) -> None:
        for left in reversed(range(STARTS)):
            try:
                self._start()
                break
            except (OSError, TimeoutError, RuntimeError) as error:
                self._close()
                if not left or self._address is not None:
                    raise EngineError(
                        f"cannot start work with {self.name} ({error or 'no answer'}). {AGAIN}, "
                        "or with --workers 1, which works without Dask"
                    ) from error
        self._complete = time.monotonic()

    def _start(self) -> None:
        if self._address is not None:
            wait_for(self._address)
        else:
            with dask.config.set(LOCAL), interrupts_held_back():
                self._cluster = LocalCluster(
                    n_workers=self._processes,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",  # any free port: two sweeps may run
                    silence_logs=logging.CRITICAL,
                )
        where = self._address or self._cluster
        self._client = Client(where, timeout=CONNECT_SECONDS, set_as_default=False)

    def _close(self) -> None:
        for _, future in self._tasks.values():
            future.release()
        self._tasks.clear()
        if self._client is not None:
            self._client.close()
        if self._cluster is not None:
            self._cluster.close()
        self._client = self._cluster = None

    def workers(self) -> int:
        """Worker processes that the scheduler knows now; each runs one task at a time."""
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._workers = len(self._client.scheduler_info(n_workers=-1)["workers"])
            self._looked = now
            if self._workers >= self._processes:
                self._complete = now
        return self._workers

    def submit(self, task: Task) -> None:
        """Send a task to the scheduler."""
        self._count += 1
        key = f"trappe-{self._token}-{self._count}"
        with dask.config.set(LARGE_TASKS):
            future = self._client.submit(run_task, pickle.dumps(task), key=key, pure=False)
        self._tasks[key] = (task, future)
        future.add_done_callback(self._ended.put)

    def completed(self, seconds: float) -> list[Done]:
        """Tasks that have ended; waits at most ``seconds`` for the first."""
        done = []
        try:
            future = self._ended.get(timeout=seconds)
            while True:
                one = self._told(future)
                if one is not None:
                    done.append(one)
                future = self._ended.get_nowait()
        except Empty:
            pass
        self._look_after()
        return done

    def _told(self, future: Future) -> Done | None:
        if future.key not in self._tasks:
            return None  # of a cluster that has been replaced
        task, _ = self._tasks[future.key]
        if future.cancelled():
            raise self._lost()
        try:
            done = Done(task, receipt=future.result(timeout=RESULT_SECONDS))
        except TimeoutError:  # its worker died with the result, and it is being run again
            future.add_done_callback(self._ended.put)
            return None
        except KilledWorker:
            done = Done(task, deaths=DEATHS)
        except CommClosedError as error:  # the scheduler went while it handed the result over
            raise self._lost() from error
        except Exception as error:
            if self._client.status != "running" or future.cancelled():
                raise self._lost() from error
            done = Done(task, error=error)
        del self._tasks[future.key]
        future.release()
        return done

    def _look_after(self) -> None:
        if self._client.status != "running":
            raise self._lost()
        missing = self._address is None and self.workers() < self._processes
        if missing and time.monotonic() - self._complete > MISSING_SECONDS:
            self._replace()

    def _replace(self) -> None:
        """Start all local workers anew: Dask does not restart one that dies while it starts."""
        tasks = [task for task, _ in self._tasks.values()]
        self._close()
        self._ended = Queue()
        self._connect()
        for task in tasks:
            self.submit(task)

    def _lost(self) -> EngineError:
        return EngineError(
            f"the Dask scheduler at {self._address or 'this machine'} is gone. {AGAIN} when a "
            "scheduler has been started"
        )
