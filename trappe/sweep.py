"""Sweeps: run an experiment file, see how far it is, get its results, ask them in SQL."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trappe.models import language

if TYPE_CHECKING:
    import pandas as pd

    from analysis.language import Words
    from analysis.sweep_screen import SweepDisplay
    from experiments.experiment import Experiment
    from experiments.sweep import SweepOutcome

DEFAULT_OUT: Final = "build/sweep"
SOME_FAILED: Final = 1
VIEWS: Final = ("runs", "bodies", "weekly", "events")
KEEP: Final = {"weekly": "trajectories", "events": "case_logs"}  # what an experiment says for them

folder_argument = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help=f"Folder for the results.  [default: {DEFAULT_OUT}/FILE]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    default=None,
    help="Processes to start here; 1 works without Dask.  [default: processor cores]",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default=None,
    help="Let the workers of this Dask scheduler do the work, as in tcp://node1:8786.",
)
@click.option("--retry-failed", is_flag=True, help="Run again what failed before.")
@click.option("--check", is_flag=True, help="Read all earlier results; run damaged ones again.")
@language
def sweep(
    file: Path,
    out: Path | None,
    workers: int | None,
    scheduler: str | None,
    retry_failed: bool,
    check: bool,
    lang: str,
) -> int:
    """Run the experiment in FILE; stopped or broken off, the same command goes on.

    Ctrl-C stops it and keeps what has finished. Exit code 1 when some runs failed.
    """
    if scheduler is not None and workers is not None:
        raise click.UsageError("--workers starts processes here and --scheduler does not; give one")
    from rich.console import Console

    from analysis.language import Words
    from analysis.sweep_screen import SweepDisplay
    from analysis.sweep_warnings import few_points
    from experiments.experiment import load_experiment, record
    from scenarios.errors import shown_path
    from trappe.kinds import refuse_other_kinds

    refuse_other_kinds(str(file), "experiment")
    experiment = load_experiment(file)
    folder = out or Path(DEFAULT_OUT) / file.stem
    words = Words(lang)
    for sentence in few_points(experiment, words):
        click.echo(f"! {sentence}", err=True)
    how = {"scheduler": scheduler, "workers": workers, "retry_failed": retry_failed, "check": check}
    try:
        with SweepDisplay(words, Console(stderr=True)) as display:
            outcome = _run(experiment, record(file), folder, how, display)
    except KeyboardInterrupt:
        click.echo(words("sweep_run.interrupted", folder=shown_path(folder)), err=True)
        raise
    _say_end(words, outcome, folder)
    _say_rule(words, experiment, folder)
    return SOME_FAILED if outcome.failed else 0


def _run(
    experiment: "Experiment",
    origin: dict[str, str],
    folder: Path,
    how: dict[str, Any],
    display: "SweepDisplay",
) -> "SweepOutcome":
    """Run the plan, and where the experiment says so, more runs until enough is known."""
    from experiments.results import read_results
    from experiments.sweep import run_plan

    plan = experiment.plan()
    fresh, seconds = 0, 0.0
    while True:
        display.plan(len(plan.conditions), plan.runs)
        outcome = run_plan(plan, folder, progress=display, experiment=origin, **how)
        fresh, seconds = fresh + outcome.fresh, seconds + outcome.seconds
        following = experiment.next_plan(read_results(folder))
        if following is None:
            return outcome._replace(fresh=fresh, seconds=seconds)
        plan, how = following, {**how, "retry_failed": False, "check": False}


def _say_end(words: "Words", outcome: "SweepOutcome", folder: Path) -> None:
    from scenarios.errors import shown_path

    numbers = {"finished": outcome.finished, "fresh": outcome.fresh, "folder": shown_path(folder)}
    click.echo(words("sweep_run.ended", **numbers))
    if outcome.failed:
        click.echo(
            words("sweep_run.some_failed", failed=outcome.failed, folder=shown_path(folder)),
            err=True,
        )


def _say_rule(words: "Words", experiment: "Experiment", folder: Path) -> None:
    """Whether enough runs have been made, where the experiment says when they are."""
    if experiment.until is None:
        return
    from analysis.sweep_answers import how_it_stopped
    from experiments.results import read_results

    judgement = experiment.judgement(read_results(folder))
    if judgement is not None:
        click.echo(how_it_stopped(experiment, judgement, words))


@click.command()
@folder_argument
@click.option("--check", is_flag=True, help="Read every file and compare it with its checksum.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@language
def status(folder: Path, check: bool, as_json: bool, lang: str) -> int:
    """Tell how far the sweep in DIR is, what failed and why. Works while it runs.

    Exit code 1 when --check finds damaged files.
    """
    from analysis.language import Words
    from analysis.sweep_screen import status_lines
    from experiments.status import read_status

    found = read_status(folder, check=check)
    if as_json:
        import json

        click.echo(json.dumps(found.as_dict(), indent=1, ensure_ascii=False))
    else:
        words = Words(lang)
        for line in status_lines(found, words):
            click.echo(line)
        if found.finished and "text" in found.experiment:
            from experiments.experiment import recorded

            _say_rule(words, recorded(found.experiment), folder)
    return SOME_FAILED if found.damaged else 0


@click.command()
@folder_argument
@click.option(
    "--to",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="File to write: .csv, .parquet, .xlsx or .md.  [default: CSV on the screen]",
)
@click.option(
    "--what",
    type=click.Choice(VIEWS),
    default="runs",
    show_default=True,
    help="A row a run, a body and size of matter, a week or an event; those two if kept.",
)
def results(folder: Path, file: Path | None, what: str) -> None:
    """Give the results of the sweep in DIR as a table, as far as it is."""
    from experiments.results import read_results, read_view
    from experiments.tables import write_table
    from scenarios.errors import shown_path

    if file is None:
        table = read_results(folder) if what == "runs" else read_view(folder, what)
        table.to_csv(sys.stdout, index=False)
        if table.empty and what in ("weekly", "events"):
            click.echo(f"no rows; an experiment keeps {what} with {KEEP[what]}: true", err=True)
    else:
        write_table(lambda: read_view(folder, what), file)
        click.echo(shown_path(file))


@click.command()
@folder_argument
@click.argument("query")
@click.option("--csv", "as_csv", is_flag=True, help="CSV with all digits in place of a table.")
@language
def sql(folder: Path, query: str, as_csv: bool, lang: str) -> None:
    """Answer the SQL QUERY from the results in DIR.

    The tables are runs, bodies, weekly, events and ledger. For example:
    "select model, avg(share_joint) from runs group by model"
    """
    from analysis.language import Words
    from experiments.results import ask

    table: pd.DataFrame = ask(folder, query)
    if as_csv:
        table.to_csv(sys.stdout, index=False)
    elif table.empty:
        click.echo(Words(lang)("sweep_run.no_rows"))
    else:
        click.echo(table.to_string(index=False))
