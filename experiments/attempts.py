"""Which run was being run when a worker died: notes on disk that outlive the process.

A task's first attempt runs many seeds in one compiled call. Should its worker die, the next
attempt finds the notes and goes seed by seed, writing down each before it runs. A seed that was
being run when the process died is thus known, whoever killed it.
"""

import faulthandler
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple

from experiments.storage import told_plainly

HUNG: Final = "hung"
KILLED: Final = "killed"
DEATHS_TO_CONDEMN: Final = 2  # one may be the machine's; a second in the same run is the run's
FOLDER: Final = "attempts"
LONGEST_DETAIL: Final = 2000
BEGINNINGS: Final = (f"{HUNG} ", "start ")  # of lines that begin an attempt


class Verdict(NamedTuple):
    """Why a run is not tried again."""

    kind: str  # HUNG or KILLED
    deaths: int
    detail: str


class Attempts:
    """The notes of one task; use as a context manager around its work.

    The time limit holds whatever the run does, compiled code included: a thread of the C runtime
    ends the process, after writing down where it was.
    """

    def __init__(self, folder: Path, task: str) -> None:
        self._notes = folder / FOLDER / task
        self._dump = folder / FOLDER / f"{task}.hung"
        self._verdicts: dict[tuple[str, int], Verdict] = {}
        self.careful = False

    def __enter__(self) -> "Attempts":
        with told_plainly(self._notes.parent.parent):
            self._notes.parent.mkdir(parents=True, exist_ok=True)
            earlier = self._notes.read_text().splitlines() if self._notes.exists() else []
            self._file = self._notes.open("ab", buffering=0)
            self._dump_file = self._dump.open("ab", buffering=0)
            dump = self._dump.read_text(errors="replace")
        self.careful = bool(earlier)
        beginning = _beginning(earlier, dump)
        self._judge([*earlier, beginning], dump)
        self._note(beginning)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._dump_file.close()

    def verdict(self, condition: str, seed: int) -> Verdict | None:
        """Why this run is not to be tried again, None when it may be run."""
        return self._verdicts.get((condition, seed))

    def running(self, condition: str, seed: int) -> None:
        """Note that this run begins."""
        self._note(f"run {condition} {seed}")

    def together(self) -> None:
        """Note that several runs begin in one call, so that the last one noted is not blamed."""
        self._note("together")

    def writing(self) -> None:
        """Note that running is over, so that no run is blamed for what comes."""
        self._note("write")

    def finished(self) -> None:
        """Remove the notes."""
        with suppress(OSError):
            self._notes.unlink()
            self._dump.unlink()

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """End this process should the block take longer than ``seconds``."""
        faulthandler.dump_traceback_later(seconds, exit=True, file=self._dump_file)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    def _note(self, text: str) -> None:
        with told_plainly(self._notes.parent.parent):
            os.write(self._file.fileno(), f"{text}\n".encode())

    def _judge(self, lines: list[str], dump: str) -> None:
        """Find who was being run at each death, from the lines in which an attempt begins."""
        deaths: Counter[tuple[str, int]] = Counter()
        place = 0  # in the dump, where this attempt's part of it begins
        for line, after in pairwise(lines):
            if line.startswith(BEGINNINGS):
                place = int(line.split()[1])
            if not line.startswith("run ") or not after.startswith(BEGINNINGS):
                continue
            _, condition, seed = line.split()
            run = (condition, int(seed))
            deaths[run] += 1
            how, end = after.split()
            if how == HUNG:
                detail = dump[place : int(end)][:LONGEST_DETAIL]
                self._verdicts[run] = Verdict(HUNG, deaths[run], detail)
            elif deaths[run] >= DEATHS_TO_CONDEMN and run not in self._verdicts:
                self._verdicts[run] = Verdict(KILLED, deaths[run], "")


def _beginning(earlier: list[str], dump: str) -> str:
    """The line that begins an attempt: how the one before ended, and the length of the dump.

    Only the time limit writes to the dump, so the one before ended at it if the dump has grown.
    """
    lengths = [int(line.split()[1]) for line in earlier if line.startswith(BEGINNINGS)]
    was_hung = bool(lengths) and len(dump) > lengths[-1]
    return f"{HUNG if was_hung else 'start'} {len(dump)}"
