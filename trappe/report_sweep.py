"""``trappe report`` and ``trappe analyse``: what a sweep became, to read and to calculate with."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from trappe.kinds import SWEEP_LEDGER
from trappe.models import language
from trappe.sweep import folder_argument

if TYPE_CHECKING:
    from analysis.language import Words
    from analysis.sweep_findings import Findings
    from analysis.sweep_setup import Origin

REPORT: Final = "report.html"
TABLES: Final = "tables"


@click.command()
@folder_argument
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help=f"File to write.  [default: DIR/{REPORT}]",
)
@language
def report(folder: Path, file: Path | None, lang: str) -> None:
    """Write the report of the sweep in DIR: one HTML file that opens without internet."""
    from analysis.language import Words
    from experiments import check_place, write_whole
    from scenarios.errors import shown_path

    words, target = Words(lang), file or folder / REPORT
    if file is not None or folder.is_dir():
        check_place(target)
    _say_begun(words, folder)

    from analysis.sweep_report import render

    findings, origin = _found(folder)
    write_whole(target, render(findings, origin, lang))
    _say_few_points(findings, words)
    click.echo(words("findings.written", file=shown_path(target)))


@click.command()
@folder_argument
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help=f"Folder for the tables.  [default: DIR/{TABLES}]",
)
@language
def analyse(folder: Path, out: Path | None, lang: str) -> None:
    """Write what is found in the sweep in DIR as tables: CSV, Excel and Markdown."""
    from analysis.language import Words
    from experiments import finished_folder, told_plainly
    from scenarios.errors import shown_path

    words, target = Words(lang), out or folder / TABLES
    with finished_folder(target) as unfinished:
        _say_begun(words, folder)

        from analysis.sweep_tables import tables, write_tables

        findings, _ = _found(folder)
        with told_plainly(target):
            names = write_tables(tables(findings, lang), unfinished)
    _say_few_points(findings, words)
    click.echo(words("findings.tables_written", count=len(names), folder=shown_path(target)))


def _say_begun(words: "Words", folder: Path) -> None:
    """Reading and drawing take seconds in which nothing else is said."""
    from scenarios.errors import shown_path

    if (folder / SWEEP_LEDGER).is_file():
        click.echo(words("findings.reading", folder=shown_path(folder)), err=True)


def _say_few_points(findings: "Findings", words: "Words") -> None:
    from analysis.sweep_warnings import few_points

    for sentence in few_points(findings.sweep.experiment, words):
        click.echo(f"! {sentence}", err=True)


def _found(folder: Path) -> "tuple[Findings, Origin]":
    """Read a sweep's plan and results and do its statistics."""
    from analysis.sweep import make_sweep
    from analysis.sweep_findings import find
    from analysis.sweep_setup import Origin
    from experiments import ExperimentError
    from experiments.experiment import recorded
    from experiments.ledger import Ledger
    from experiments.results import read_results
    from experiments.status import read_status

    with Ledger(folder, writing=False) as ledger:
        registrations = ledger.registrations()
    status = read_status(folder, check=False)
    if "text" not in status.experiment:
        raise ExperimentError(
            f"the plan in {folder} does not come from an experiment file, so there is no question "
            "to report on; use `trappe results` for its numbers"
        )
    experiment = recorded(status.experiment)
    results = read_results(folder)
    try:
        sweep = make_sweep(experiment, results)
    except ValueError as error:
        raise ExperimentError(f"{folder}: {error}") from error
    same = [
        one for one in registrations
        if one["experiment"].get("sha256") == status.experiment["sha256"]
    ]  # fmt: skip
    origin = Origin(
        file=Path(status.experiment["file"]).name,
        sha256=status.experiment["sha256"],
        registered=same[0]["created"],
        first_result=status.first_result,
        plans=len({one["experiment"].get("sha256") for one in registrations}),
        code=status.code,
        versions=same[-1]["versions"],
        platform=same[-1]["platform"],
        folder=str(folder),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return find(sweep, experiment.judgement(results)), origin
