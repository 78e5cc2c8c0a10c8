"""Telling a person that work goes on: a bar on a terminal, plain lines elsewhere, never silence."""

import threading
import time
from types import TracebackType
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bar
from rich.text import Text

from analysis.language import Words
from experiments.jobs import Progress
from experiments.sweep import Standing

LINE_SECONDS: Final = 1.8  # at most this long between two plain lines, at first
TELLING_SHARE: Final = 0.02  # of the runs, before which a rate would only tell of starting up
TELLING_SECONDS: Final = 10.0  # after which it tells of more
NEWS_SECONDS: Final = 1.0  # at least this long, so that a log stays readable
TALKATIVE_SECONDS: Final = 120.0  # no comparison of the usual size takes longer
PART: Final = 0.2  # of the time a stage has taken beyond these: a long one is told of less often
LONGEST_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.2


def patience(elapsed: float, least: float) -> float:
    """Seconds between two plain lines when a stage has taken ``elapsed`` seconds, >= ``least``."""
    return max(least, min(PART * (elapsed - TALKATIVE_SECONDS), LONGEST_SECONDS))


class Display:
    """Shows stages and progress on ``console`` (stderr); use as a context manager.

    Call :meth:`stage` when something begins and :meth:`runs` as runs come back.
    """

    def __init__(self, words: Words, console: Console) -> None:
        self._words = words
        self._console = console
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._began = self._spoke = time.monotonic()
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Display":
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop_bar()
        self._over.set()
        self._watcher.join()

    def stage(self, text: str) -> None:
        """Say what begins now."""
        self._stop_bar()
        self._began = time.monotonic()
        self._say(text)

    def runs(self, progress: Progress | Standing, note: str = "") -> None:
        """Show how many runs are done, how fast, how long it will take, and ``note`` after it."""
        if not self._console.is_terminal:
            now = time.monotonic()
            due = now - self._spoke >= patience(now - self._began, NEWS_SECONDS)
            if due or progress.done == progress.total:
                self._say(self._line(progress) + note)
            return
        if self._bar is None:
            self._start_bar(progress)
        assert self._bar is not None
        assert self._task is not None
        self._spoke = time.monotonic()
        self._bar.update(self._task, completed=progress.done, line=self._line(progress) + note)

    def _start_bar(self, progress: Progress | Standing) -> None:
        self._bar = Bar(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[line]}"),
            console=self._console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=progress.total, line="")
        self._bar.start()

    def _stop_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _line(self, progress: Progress | Standing) -> str:
        left = progress.seconds_left
        early = progress.done < TELLING_SHARE * progress.total
        if left is None or (early and progress.seconds < TELLING_SECONDS):
            return self._words("screen.line_unknown", done=progress.done, total=progress.total)
        return self._words(
            "screen.line",
            done=progress.done,
            total=progress.total,
            rate=self._words.number(progress.rate, 0 if progress.rate >= 10 else 1),
            left=self.span(left),
        )

    def span(self, seconds: float) -> str:
        """A time span in seconds or minutes, as one says it."""
        if seconds < 90:
            return self._words("screen.left_seconds", seconds=self._words.number(seconds, 0))
        return self._words("screen.left_minutes", minutes=self._words.number(seconds / 60, 0))

    def _say(self, text: str) -> None:
        self._spoke = time.monotonic()
        self._console.print(Text(text))

    def _watch(self) -> None:
        """Break a silence of two seconds, and later of longer, whatever the reason for it."""
        while not self._over.wait(LOOK_SECONDS):
            now = time.monotonic()
            due = now - self._spoke >= patience(now - self._began, LINE_SECONDS)
            if self._bar is None and due:
                seconds = self._words.number(now - self._began, 0)
                self._say(self._words("screen.still", seconds=seconds))
