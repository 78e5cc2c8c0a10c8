"""Running what was chosen: in turn with other visitors, in small pieces, stoppable."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import scenarios
from dashboard.models import with_levers
from dashboard.settings import Settings
from experiments import Job, Outcome, Progress, run_ensemble
from scenarios import Scenario

KEPT_OUTCOMES: Final = 64
TURN_SECONDS: Final = 0.5
WAITING: Final = (-1, 0)  # told instead of runs done and runs in all

Said = Callable[[int, int], None]


class StoppedError(Exception):
    """The visitor pressed stop or left."""


@dataclass(frozen=True)
class Result:
    """What the figures show.

    Attributes:
        settings: what was run.
        moved: runs of the model with the moved levers (the model itself when none was moved).
        base: the same seeds without moved levers; None when none was moved.
    """

    settings: Settings
    moved: Outcome
    base: Outcome | None


class Laboratory:
    """Runs one visitor's experiment at a time and remembers the last outcomes.

    Runs take a processor core, so taking turns keeps the page quick for everyone else.
    Thirty students who open the same link share one outcome.
    """

    def __init__(self) -> None:
        """With nothing run yet."""
        self._turn = threading.Lock()
        self._kept: OrderedDict[tuple[str, int, int, int], Outcome] = OrderedDict()

    def run(self, settings: Settings, say: Said, wanted: Callable[[], bool]) -> Result:
        """Run the model with the moved levers and, if any was moved, without them.

        Args:
            settings: what was chosen.
            say: called with runs done and runs in all; ``WAITING`` until it is its turn.
            wanted: false once nobody waits for the result any more.

        Raises:
            StoppedError: it is no longer wanted.
        """
        settings = settings.experiment
        worlds = [with_levers(settings)]
        if settings.levers:
            worlds.append(with_levers(replace(settings, levers={})))
        self._await_turn(say, wanted)
        try:
            total = settings.runs * len(worlds)
            outcomes = []
            for place, world in enumerate(worlds):
                before = place * settings.runs
                outcomes.append(self._outcome(world, settings, before, total, say, wanted))
        finally:
            self._turn.release()
        return Result(settings, outcomes[0], outcomes[1] if len(outcomes) > 1 else None)

    def _await_turn(self, say: Said, wanted: Callable[[], bool]) -> None:
        while not self._turn.acquire(timeout=TURN_SECONDS):
            if not wanted():
                raise StoppedError
            say(*WAITING)

    def _outcome(
        self, world: Scenario, settings: Settings, before: int, total: int, say: Said,
        wanted: Callable[[], bool],
    ) -> Outcome:  # fmt: skip
        key = (scenarios.content_hash(world), world.weeks, settings.seed, settings.runs)
        if key in self._kept:
            self._kept.move_to_end(key)
            say(before + settings.runs, total)
            return self._kept[key]

        def heard(progress: Progress) -> None:
            if not wanted():
                raise StoppedError
            say(before + progress.done, total)

        job = Job(
            key=world.key,
            structure=scenarios.build(world),
            parameters=scenarios.parameters(world),
            first_seed=settings.seed,
            runs=settings.runs,
            weeks=world.weeks,
        )
        outcome = run_ensemble([job], progress=heard)[0]
        self._kept[key] = outcome
        while len(self._kept) > KEPT_OUTCOMES:
            self._kept.popitem(last=False)
        return outcome


LABORATORY: Final = Laboratory()
