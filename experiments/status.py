"""How far a sweep is, read from its ledger; works while it runs."""

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from experiments.ledger import Ledger
from experiments.results import latest
from experiments.store import damaged_parts, is_held
from experiments.work import Failure


@dataclass(frozen=True)
class Status:
    """Where a sweep stands.

    Attributes:
        folder: of the sweep.
        running: a sweep is working in the folder now.
        experiment: what the plan comes from, as registered.
        registered: when this plan was registered; UTC, ISO 8601.
        first_result: when its first result was recorded, None before.
        code: hash of the model's sources that the plan is run with.
        conditions: how many.
        runs: of each condition.
        total: runs in the plan.
        finished: of them with results.
        failures: of them without, one record each.
        sessions: when somebody worked on this plan, with what, and how it ended.
        shards: files with results, of earlier plans too.
        size: their bytes.
        damaged: parts of shards that are not as they were written.
    """

    folder: str
    running: bool
    experiment: dict[str, Any]
    registered: str
    first_result: str | None
    code: str
    conditions: int
    runs: int
    total: int
    finished: int
    failures: list[Failure]
    sessions: list[dict[str, Any]]
    shards: int
    size: int
    damaged: list[str]

    @property
    def left(self) -> int:
        """Runs that have not ended."""
        return self.total - self.finished - len(self.failures)

    @property
    def by_kind(self) -> dict[str, int]:
        """How many runs failed in which way."""
        return dict(Counter(one.kind for one in self.failures))

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        failures = [one._asdict() for one in self.failures]
        return {**asdict(self), "failures": failures, "left": self.left}


def read_status(folder: Path, *, check: bool = False) -> Status:
    """Where the sweep in ``folder`` stands; ``check`` reads every byte of every file.

    Raises:
        ExperimentError: there is no sweep, or the ledger cannot be read; says what to do.
    """
    with Ledger(folder, writing=False) as ledger:
        plan = latest(ledger, folder)
        names = {one["key"]: one["name"] for one in plan.conditions}
        first, last = plan.seeds
        within = ledger.count(names, first, last)
        failures = [
            one._replace(condition=names[one.condition])
            for one in ledger.failures()
            if one.condition in names and first <= one.seed <= last
        ]
        shards = ledger.shards()
        return Status(
            folder=str(folder),
            running=is_held(folder),
            experiment=plan.body["experiment"],
            registered=plan.created,
            first_result=within.first,
            code=plan.body["code"],
            conditions=len(plan.conditions),
            runs=int(plan.body["runs"]),
            total=plan.total,
            finished=within.finished,
            failures=failures,
            sessions=ledger.sessions(plan.id),
            shards=len(shards),
            size=sum(shard.size for shard in shards),
            damaged=[
                f"{shard.name} ({part})"
                for shard in shards
                for part in damaged_parts(folder, shard, thorough=check)
            ],
        )
