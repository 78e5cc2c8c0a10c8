"""``trappe fit``: search for parameters with which the model shows the patterns meant for it."""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trappe.compare import LARGEST_SEED
from trappe.patterns import Runner
from trappe.settings import command_line

if TYPE_CHECKING:
    from experiments.calibration.accepted import Accepted
    from experiments.calibration.distance import Score, Values
    from experiments.calibration.screening import Influence, Space
    from experiments.calibration.search import Member
    from experiments.patterns.settling import Prepared

DEFAULT_OUT: Final = Path("build/fit")
FRESH_SEEDS: Final = 1_000_000  # how far from the search's seeds those of the confirmation begin
SCREENED_AT_ONCE: Final = 2  # generations' worth of sets run together while screening
TRIED_AGAIN: Final = 2  # candidates confirmed for each set that may be kept
SHARE_CONFIRMING: Final = 0.2  # of the time, at most


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--minutes", default=None, type=click.FloatRange(min=0.05),
              help="Time for this call.  [default: 5, if --sets is not given]")  # fmt: skip
@click.option("--sets", "most", default=None, type=click.IntRange(1, 10_000_000),
              help="Most parameter sets to try, those of earlier calls included.")  # fmt: skip
@click.option("--runs", default=4, show_default=True, type=click.IntRange(3, 1000),
              help="Runs of each scenario per parameter set.")  # fmt: skip
@click.option("--bases", default=1, show_default=True, type=click.IntRange(1, 64),
              help="Base points of the screening.")  # fmt: skip
@click.option("--search", "searched", default=12, show_default=True, type=click.IntRange(1, 500),
              help="How many parameters are searched over, the most influential.")  # fmt: skip
@click.option("--population", default=16, show_default=True, type=click.IntRange(4, 1000),
              help="Parameter sets in a generation.")  # fmt: skip
@click.option("--keep", default=6, show_default=True, type=click.IntRange(1, 50),
              help="Most parameter sets to keep.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, LARGEST_SEED),
              help="Of the runs and of the search.")  # fmt: skip
@click.option("--workers", default=None, type=click.IntRange(1, 1024),
              help="Processes that run the model.  [default: processor cores]")  # fmt: skip
@click.option("--out", default=DEFAULT_OUT, show_default=True, type=click.Path(path_type=Path),
              help="Folder for what was tried and what is kept.")  # fmt: skip
@click.option("--lang", "language", default="da", show_default=True,
              type=click.Choice(["da", "en"]), help="Language.")  # fmt: skip
def fit(
    files: tuple[Path, ...],
    minutes: float | None,
    most: int | None,
    runs: int,
    bases: int,
    searched: int,
    population: int,
    keep: int,
    seed: int,
    workers: int | None,
    out: Path,
    language: str,
) -> None:
    """Search for parameters over the patterns that say `fit: true`; keep several sets that fit.

    Without FILE the shipped patterns are used. What has been tried stands in the folder and is not
    run again: an interrupted search goes on where it stopped, and a finished one goes on further.
    """
    from rich.console import Console

    from analysis.calibration import show_fit
    from analysis.language import Words
    from analysis.progress import Display
    from experiments.patterns.reading import read_patterns, shipped_files
    from experiments.patterns.settling import prepared
    from scenarios.errors import shown_path
    from trappe.kinds import refuse_other_kinds

    for file in files:
        refuse_other_kinds(str(file), "pattern")
    words, errors = Words(language), Console(stderr=True)
    with Display(words, errors) as display:
        display.stage(words("patterns.reading"))
        ready = [prepared(one) for one in read_patterns(list(files) or shipped_files())]
        runner = Runner(words, display, workers, seed)
        runner.warm(ready[0])
        budget = Budget(minutes if minutes or most else 5.0, most)
        hunt = Hunt(ready, runner, budget, runs, seed, out)
        influences = hunt.screen(bases, SCREENED_AT_ONCE * population)
        if influences is None:
            display.stage(words("fit.screening_unfinished", tried=len(hunt.ledger)))
            return
        kept, reference, cube = hunt.search(influences, searched, population, keep)
        file = hunt.write(kept, reference, influences[:searched])
    show_fit(kept, reference, influences[:searched], cube, hunt.fitted_ids, words, Console())
    Console().print(words("fit.written", file=shown_path(file)), markup=False, soft_wrap=True)


class Budget:
    """How long the search may go on: time for this call, and sets in all."""

    def __init__(self, minutes: float | None, most: int | None) -> None:
        self._seconds = None if minutes is None else 60.0 * minutes
        self._most = most
        self._began = time.monotonic()

    def left(self, tried: int, seconds_per_set: float) -> float | None:
        """Seconds left, None when nothing is known about it yet."""
        limits = []
        if self._seconds is not None:
            room = (1.0 - SHARE_CONFIRMING) * self._seconds
            limits.append(room - (time.monotonic() - self._began))
        if self._most is not None and seconds_per_set > 0.0:
            limits.append((self._most - tried) * seconds_per_set)
        return min(limits) if limits else None

    def is_spent(self, tried: int, seconds_for_next: float) -> bool:
        """Whether another batch would go beyond it."""
        if self._most is not None and tried >= self._most:
            return True
        left = self.left(0, 0.0) if self._seconds is not None else None
        return left is not None and seconds_for_next > left


class Hunt:
    """One search: what is run, what has been tried, and how far it is."""

    def __init__(
        self, ready: "list[Prepared]", runner: Runner, budget: Budget, runs: int, seed: int,
        out: Path,
    ) -> None:  # fmt: skip
        from experiments.calibration.distance import Distance
        from experiments.calibration.ledger import Ledger

        fitted = [one for one in ready if one.pattern.fit]
        if not fitted:
            raise click.UsageError("no pattern says `fit: true`, so there is nothing to fit to")
        self.ready, self.runner, self.budget = ready, runner, budget
        self.seed, self.out = seed, out
        self.fitted_ids = [one.pattern.id for one in fitted]
        self.distance = Distance(fitted, runs, runner.run_quietly(), first_seed=seed)
        self.ledger = Ledger(out / "tried.jsonl", self._header(fitted, runs, seed))
        self.seconds_per_set = self.seconds_for_next = 0.0
        self.best = float("inf")

    def screen(self, bases: int, chunk: int) -> "list[Influence] | None":
        """Which parameters matter; None when the budget was spent before it was known."""
        from experiments.calibration.screening import screen, space

        total = bases * (1 + len(space().names))
        said = {"parameters": len(space().names), "sets": total}
        self.runner.display.stage(self.runner.words("fit.screening", **said))
        return screen(bases, self.seed, self.scores, chunk, self.is_spent)

    def search(
        self, influences: "list[Influence]", searched: int, population: int, keep: int
    ) -> "tuple[list[Accepted], Score, Space]":
        """Search over the most influential, and confirm the best on fresh seeds."""
        from experiments.calibration.accepted import choose, confirm
        from experiments.calibration.distance import Distance
        from experiments.calibration.screening import space
        from experiments.calibration.search import search

        words, display = self.runner.words, self.runner.display
        cube = space([one.name for one in influences[:searched]])
        display.stage(words("fit.searching", parameters=len(cube.names), population=population))
        search(cube, population, self.seed, self.scores, self.is_spent, self.tell)
        inside = [
            (values, score) for values, score in self.ledger.tried()
            if set(values) == set(cube.names)
        ]  # fmt: skip
        candidates = choose(inside, cube, TRIED_AGAIN * keep)
        runs = 4 * self.distance.runs
        display.stage(words("fit.confirming", sets=len(candidates), runs=runs))
        fresh = Distance(
            self.ready, runs, self.runner.run_quietly(), first_seed=self.seed + FRESH_SEEDS
        )
        kept, reference = confirm(candidates, fresh, self.fitted_ids, keep)
        return kept, reference, cube

    def scores(self, candidates: "Sequence[Values]") -> "list[Score]":
        """From the ledger, or by running; the time that running takes is noted."""
        missing = sum(not self.ledger.is_known(one) for one in candidates)
        began = time.monotonic()
        found = self.ledger.scores(candidates, self.distance)
        if missing:
            self.seconds_for_next = time.monotonic() - began
            self.seconds_per_set = self.seconds_for_next / missing
        self.best = min([self.best, *(one.distance for one in found)])
        if missing:
            self._tell_left()
        return found

    def is_spent(self) -> bool:
        """Whether the budget is."""
        return self.budget.is_spent(len(self.ledger), self.seconds_for_next)

    def tell(self, generation: int, members: "list[Member]") -> None:
        """Say how the population stands."""
        distances = sorted(one.score.distance for one in members)
        middle = distances[len(distances) // 2]
        number = self.runner.words.number
        said = {"best": number(distances[0], 2), "middle": number(middle, 2)}
        self.runner.display.stage(
            self.runner.words("fit.generation", generation=generation, **said)
        )

    def write(
        self, kept: "list[Accepted]", reference: "Score", influences: "list[Influence]"
    ) -> Path:
        """Write the sets that are kept."""
        from analysis.provenance import provenance
        from experiments.calibration.accepted import write_sets

        origin = provenance(command_line(), {})
        made = {
            "command": origin.command,
            "created": origin.created,
            "code": origin.code,
            "machine": origin.machine,
            "versions": origin.versions,
            "fitted": self.fitted_ids,
            "kept_apart": [one.pattern.id for one in self.ready if not one.pattern.fit],
            "tried": len(self.ledger),
            "searched": {one.name: round(one.effect, 4) for one in influences},
        }
        file = self.out / "accepted.yaml"
        write_sets(file, kept, reference, made)
        return file

    def _tell_left(self) -> None:
        left = self.budget.left(len(self.ledger), self.seconds_per_set)
        number, words = self.runner.words.number, self.runner.words
        said = {"tried": len(self.ledger), "best": number(self.best, 2)}
        span = "—" if left is None else self.runner.display.span(max(0.0, left))
        self.runner.display.stage(words("fit.tried", left=span, **said))

    def _header(self, fitted: "list[Prepared]", runs: int, seed: int) -> dict[str, Any]:
        from simulation.compilation import source_hash

        asked = repr([(one.pattern, sorted(one.stages)) for one in fitted])
        return {
            "code": source_hash(),
            "patterns": hashlib.sha256(asked.encode()).hexdigest()[:16],
            "runs": runs,
            "seed": seed,
        }
