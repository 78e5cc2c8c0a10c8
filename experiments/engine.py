"""Who runs tasks: one interface, and the serial engine behind it.

Every engine runs the model in processes of its own, so that a run that crashes or hangs takes
nobody with it.
"""

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import NamedTuple, Protocol

from experiments.jobs import ExperimentError
from experiments.work import Receipt, Task, run_task


class EngineError(ExperimentError):
    """The engine cannot go on; the message says what to do."""


class Done(NamedTuple):
    """The end of a task: its receipt, or ``error``, or neither when ``deaths`` workers died."""

    task: Task
    receipt: Receipt | None = None
    error: BaseException | None = None
    deaths: int = 0


class Engine(Protocol):
    """Runs tasks, in any order; use as a context manager, which stops all its processes."""

    name: str

    def __enter__(self) -> "Engine": ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def workers(self) -> int:
        """Processes that run tasks now; 0 while none is there."""
        ...

    def submit(self, task: Task) -> None:
        """Hand out a task."""
        ...

    def completed(self, seconds: float) -> list[Done]:
        """Tasks that have ended, after waiting for at most ``seconds`` for the first.

        Raises:
            EngineError: the engine has been lost.
        """
        ...


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C wait until the block is over, and never reach what is started in it.

    A terminal sends it to every process. Only the main one is to act on it; threads and processes
    started in the block, and those that they start later, keep it held back.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # else started in the block, and it lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class SerialEngine:
    """One process that runs one task after the other: the reference for all engines."""

    name = "serial"

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._waiting: deque[Task] = deque()
        self._busy = False
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> "SerialEngine":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def workers(self) -> int:
        """One."""
        return 1

    def submit(self, task: Task) -> None:
        """Put a task last in the queue."""
        self._waiting.append(task)
        self._feed()

    def completed(self, seconds: float) -> list[Done]:
        """The task that has ended, if one has within ``seconds``."""
        if not self._waiting:
            return []
        self._feed()
        assert self._pipe is not None
        try:
            if not self._pipe.poll(seconds):
                return []
            answer = self._pipe.recv()
        except (EOFError, OSError):  # the process died
            self._stop()
            done = Done(self._waiting.popleft(), deaths=1)
        else:
            self._busy = False
            task = self._waiting.popleft()
            is_receipt = isinstance(answer, Receipt)
            done = Done(task, receipt=answer) if is_receipt else Done(task, error=answer)
        self._feed()
        return [done]

    def _feed(self) -> None:
        """Give the process the first task in the queue, if it has none."""
        if self._busy or not self._waiting:
            return
        packed = pickle.dumps(self._waiting[0])
        while not self._busy:
            if self._process is None or not self._process.is_alive():
                self._stop()
                self._start()
            assert self._pipe is not None
            try:
                self._pipe.send_bytes(packed)
                self._busy = True
            except OSError:  # it died while it had nothing to do
                self._stop()

    def _start(self) -> None:
        self._pipe, there = self._context.Pipe()
        self._process = self._context.Process(target=_serve, args=(there,), daemon=True)
        with interrupts_held_back():
            self._process.start()
        there.close()  # so that the pipe ends when the process does

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None
        self._busy = False


def _serve(pipe: Connection) -> None:
    """Run tasks as they come, until the other side is gone."""
    while True:
        try:
            packed = pipe.recv_bytes()
        except EOFError:
            return
        try:
            answer: Receipt | BaseException = run_task(packed)
        except Exception as error:  # told to the main process, which decides
            answer = error
        pipe.send(answer)
