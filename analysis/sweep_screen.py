"""A sweep on the screen: progress while it runs, and how far it is afterwards."""

from types import TracebackType
from typing import Final

from rich.console import Console

from analysis.language import Words
from analysis.progress import Display
from experiments.status import Status
from experiments.store import Notice
from experiments.sweep import Standing
from scenarios.errors import shown_path

SHOWN_FAILURES: Final = 5
MEGABYTE: Final = 1_000_000


class SweepDisplay:
    """Tells how a sweep goes; called with what ``run_plan`` reports. Use as a context manager."""

    def __init__(self, words: Words, console: Console) -> None:
        self._words = words
        self._display = Display(words, console)

    def __enter__(self) -> "SweepDisplay":
        self._display.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._display.__exit__(kind, error, trace)

    def __call__(self, news: Standing | Notice) -> None:
        """Show where things stand, or say a notice."""
        if isinstance(news, Notice):
            numbers = {
                name: self._words.moment(value) if name == "registered" else value
                for name, value in news.numbers.items()
            }
            self._display.stage(self._words(f"sweep_run.{news.kind}", **numbers))
        else:
            failed = (
                self._words("sweep_run.failed_so_far", failed=news.failed) if news.failed else ""
            )
            self._display.runs(news, failed)

    def plan(self, conditions: int, runs: int) -> None:
        """Say what is about to be run."""
        numbers = {"conditions": conditions, "runs": runs, "total": conditions * runs}
        self._display.stage(self._words("sweep_run.plan", **numbers))


def status_lines(status: Status, words: Words) -> list[str]:
    """How far a sweep is, line by line."""
    state = "running" if status.running else "complete" if not status.left else "stopped"
    lines = [
        words("sweep_run.status_state", folder=shown_path(status.folder),
              state=words(f"sweep_run.{state}")),
        words("sweep_run.status_plan", conditions=status.conditions, runs=status.runs,
              total=status.total),
        words("sweep_run.status_done", finished=status.finished, failed=len(status.failures),
              left=status.left),
        words("sweep_run.status_registered", registered=words.moment(status.registered),
              first=words.moment(status.first_result or "—")),
    ]  # fmt: skip
    if "sha256" in status.experiment:
        file = shown_path(status.experiment.get("file", "—"))
        digest = status.experiment["sha256"]
        lines.append(words("sweep_run.status_experiment", file=file, hash=digest))
    lines.append(words("sweep_run.status_code", code=status.code))
    size = words.number(status.size / MEGABYTE, 1)
    lines.append(words("sweep_run.status_files", shards=status.shards, size=size))
    for kind, count in status.by_kind.items():
        lines.append(
            words("sweep_run.status_kind", count=count, kind=words(f"sweep_run.kind_{kind}"))
        )
    lines += [
        words("sweep_run.status_failure", condition=one.condition, seed=one.seed, reason=one.reason)
        for one in status.failures[:SHOWN_FAILURES]
    ]
    lines += [words("sweep_run.status_damaged", shard=shard) for shard in status.damaged]
    if status.damaged or (status.left and not status.running):
        lines.append(words("sweep_run.status_again"))
    return lines
