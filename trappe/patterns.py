"""``trappe patterns``: whether the model shows what a pattern file says."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trappe.compare import LARGEST_SEED, warm_up
from trappe.settings import command_line

if TYPE_CHECKING:
    from analysis.language import Words
    from analysis.progress import Display
    from experiments import Job, Outcome
    from experiments.patterns.reading import Written
    from experiments.patterns.settling import Finding, Prepared

NOT_REPRODUCED: Final = 1
UNDECIDED: Final = 3
ABLATION_LIMIT: Final = 80
Verdicts = dict[str, dict[str, str]]


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="ID", help="Only this pattern; may be repeated.")
@click.option("--orderings", is_flag=True,
              help="The orderings from neighbouring work in place of the thirteen.")  # fmt: skip
@click.option("--limit", default=320, show_default=True, type=click.IntRange(3, 100_000),
              help="Most runs of each scenario.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, LARGEST_SEED),
              help="First seed; the others follow.")  # fmt: skip
@click.option("--workers", default=None, type=click.IntRange(1, 1024),
              help="Processes that run the model.  [default: processor cores]")  # fmt: skip
@click.option("--ablate", is_flag=True,
              help="Also run every pattern without each mechanism in turn.")  # fmt: skip
@click.option("--parameters", type=click.Path(path_type=Path), metavar="FILE",
              help="Also run every pattern under each parameter set in FILE.")  # fmt: skip
@click.option("--page", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Also write the findings as a page in Markdown.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True,
              help="One JSON document on stdout, everything else on stderr.")  # fmt: skip
@click.option("--schema", is_flag=True, help="Print the JSON schema of a pattern file.")
@click.option("--lang", "language", default="da", show_default=True,
              type=click.Choice(["da", "en"]), help="Language.")  # fmt: skip
def patterns(
    files: tuple[Path, ...],
    only: tuple[str, ...],
    orderings: bool,
    limit: int,
    seed: int,
    workers: int | None,
    ablate: bool,
    parameters: Path | None,
    page: Path | None,
    as_json: bool,
    schema: bool,
    language: str,
) -> int:
    """Run pattern files and tell what is reproduced; without FILE the thirteen that come along.

    Files given beside --orderings are run too.

    Exit code: 0 all are reproduced, 1 some are not, 3 none fails but some are undecided, 2 a file
    cannot be used.
    """
    if schema:
        from experiments.patterns.schema_export import schema_text

        click.echo(schema_text())
        return 0

    if page is not None and not page.parent.is_dir():
        raise click.BadParameter(f"there is no folder '{page.parent}'", param_hint="--page")
    from rich.console import Console

    from analysis.language import Words
    from analysis.patterns.screen import show_findings, show_matrix, show_sets
    from analysis.progress import Display
    from experiments import check_place
    from experiments.patterns.reading import chosen, ordering_files, read_patterns, shipped_files
    from experiments.patterns.settling import prepared
    from trappe.kinds import refuse_other_kinds

    if page is not None:
        check_place(page)
    for file in files:
        refuse_other_kinds(str(file), "pattern")
    words, errors = Words(language), Console(stderr=True)
    with Display(words, errors) as display:
        display.stage(words("patterns.reading"))
        own = ordering_files() if orderings else [] if files else shipped_files()
        written = chosen(read_patterns([*own, *files]), list(only))
        sets = _read_sets(parameters)
        ready = [prepared(one) for one in written]
        runner = Runner(words, display, workers, seed)
        runner.warm(ready[0])
        findings = runner.settle(ready, limit)
        without = _ablated(written, findings, runner, limit) if ablate else None
        across = _across(written, sets, runner, limit) if sets else None
    console = errors if as_json else Console()
    show_findings(findings, words, console)
    if without is not None:
        show_matrix(findings, without, words, console)
    if across is not None:
        show_sets(findings, across, words, console)
    if page is not None:
        _write_page(page, findings, without, words)
    if as_json:
        _print_document(findings, limit, seed, without, across)
    return exit_code(findings)


def exit_code(findings: "Sequence[Finding]") -> int:
    """0 all reproduced, 1 some not, 3 none not but some undecided."""
    verdicts = {one.verdict for one in findings}
    if "not_reproduced" in verdicts:
        return NOT_REPRODUCED
    return UNDECIDED if "undecided" in verdicts else 0


class Runner:
    """Runs prepared patterns and tells how far it is."""

    def __init__(
        self, words: "Words", display: "Display", workers: int | None, first_seed: int
    ) -> None:
        from experiments import available_cores

        self.words, self.display = words, display
        self.workers = workers or available_cores()
        self.first_seed = first_seed

    def warm(self, ready: "Prepared") -> None:
        """Compile what runs need, once after installation, so that it takes no time later."""
        import scenarios

        first = next(iter(ready.stages.values())).scenario
        structure, strengths = scenarios.build(first), scenarios.parameters(first)
        warm_up(structure, strengths, self.words, self.display)

    def settle(self, ready: "Sequence[Prepared]", limit: int) -> "list[Finding]":
        """See :func:`experiments.patterns.settling.settle`."""
        from experiments.patterns.settling import settle

        return settle(ready, limit, self._run(len(ready)), self.first_seed)

    def run_quietly(self) -> "Callable[[list[Job]], list[Outcome]]":
        """Runs jobs with a line about how far it is, and no more."""
        from experiments import run_ensemble

        def run(jobs: "list[Job]") -> "list[Outcome]":
            return run_ensemble(jobs, self.workers, self.display.runs)

        return run

    def _run(self, patterns: int) -> "Callable[[list[Job]], list[Outcome]]":
        from experiments import run_ensemble

        def run(jobs: "list[Job]") -> "list[Outcome]":
            most = max(job.first_seed - self.first_seed + job.runs for job in jobs)
            said = {"scenarios": len(jobs), "patterns": patterns, "runs": most}
            self.display.stage(self.words("patterns.look", workers=self.workers, **said))
            return run_ensemble(jobs, self.workers, self.display.runs)

        return run


def _ablated(
    written: "list[Written]", findings: "list[Finding]", runner: Runner, limit: int
) -> Verdicts:
    """Verdicts with all mechanisms, and without each in turn."""
    from simulation.ablation import MECHANISMS

    verdicts = {"": {one.pattern.id: str(one.verdict) for one in findings}}
    for number, name in enumerate(MECHANISMS, start=1):
        said = runner.words("patterns.ablating", mechanism=name, number=number,
                            total=len(MECHANISMS))  # fmt: skip
        runner.display.stage(said)
        verdicts[name] = _verdicts(written, runner, min(limit, ABLATION_LIMIT), without=(name,))
    return verdicts


def _across(
    written: "list[Written]", sets: "dict[str, dict[str, float]]", runner: Runner, limit: int
) -> Verdicts:
    """Verdicts under each parameter set."""
    verdicts = {}
    for number, (name, values) in enumerate(sets.items(), start=1):
        said = runner.words("patterns.running_set", number=number, total=len(sets))
        runner.display.stage(said)
        verdicts[name] = _verdicts(written, runner, limit, over=values)
    return verdicts


def _verdicts(
    written: "list[Written]", runner: Runner, limit: int, **changed: Any
) -> dict[str, str]:
    """Verdict by pattern; a scenario that cannot be built under the change makes it impossible."""
    from experiments.patterns.settling import prepared
    from scenarios import ScenarioError

    ready, verdicts = [], {}
    for one in written:
        try:
            ready.append(prepared(one, **changed))
        except ScenarioError:
            verdicts[one.pattern.id] = "impossible"
    for finding in runner.settle(ready, limit) if ready else ():
        verdicts[finding.pattern.id] = finding.verdict
    return verdicts


def _read_sets(file: Path | None) -> dict[str, dict[str, float]]:
    if file is None:
        return {}
    from experiments.calibration.accepted import read_sets

    return read_sets(file)


def _write_page(
    file: Path, findings: "list[Finding]", without: Verdicts | None, words: "Words"
) -> None:
    from analysis.patterns.page import page
    from experiments import write_whole

    write_whole(file, page(findings, without, words))


def _print_document(
    findings: "list[Finding]", limit: int, seed: int, without: Verdicts | None,
    across: Verdicts | None,
) -> None:  # fmt: skip
    from analysis.patterns.document import make_document
    from analysis.provenance import provenance

    origin = provenance(command_line(), {})
    by_mechanism = None if without is None else {k: v for k, v in without.items() if k}
    document = make_document(findings, limit, seed, origin, by_mechanism, across)
    click.echo(document.model_dump_json(indent=2))
    sys.stdout.flush()
