"""``trappe compare``: run models in the same worlds, show and keep what came of it."""

from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trappe.settings import (
    command_line,
    load_extension,
    load_scenario,
    parse_settings,
    phases_option,
    tell_extension,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from analysis.comparison import Comparison, Model
    from analysis.language import Words
    from analysis.progress import Display
    from analysis.provenance import Provenance
    from experiments import Job, Outcome

DEFAULT_MODELS: Final = ("central_professionel", "lokal_fagprofessionel", "lokal_semiprofessionel")
DEFAULT_OUT: Final = Path("build/compare")
MOST_RUNS: Final = 100_000
LARGEST_SEED: Final = 2**62
MOST_WEEKS: Final = 2080


@click.command()
@click.argument("models", nargs=-1, metavar="[MODEL]...")
@click.option("--runs", default=200, show_default=True, type=click.IntRange(1, MOST_RUNS),
              help="Runs of each model; the same seeds for all.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, LARGEST_SEED),
              help="First seed; the others follow.")  # fmt: skip
@click.option("--weeks", default=None, type=click.IntRange(1, MOST_WEEKS),
              help="Weeks in a run.  [default: the scenario's own]")  # fmt: skip
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE",
              help="Change one thing in every model; may be repeated.")  # fmt: skip
@phases_option
@click.option("--workers", default=None, type=click.IntRange(1, 1024),
              help="Processes that run the model.  [default: processor cores]")  # fmt: skip
@click.option("--parameters", type=click.Path(path_type=Path), metavar="FILE",
              help="Also compare under each parameter set in FILE.")  # fmt: skip
@click.option("--out", default=DEFAULT_OUT, show_default=True, type=click.Path(path_type=Path),
              help="Folder for the report and the runs.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True,
              help="One JSON document on stdout, everything else on stderr.")  # fmt: skip
@click.option("--lang", "language", default="da", show_default=True,
              type=click.Choice(["da", "en"]), help="Language of the report.")  # fmt: skip
def compare(
    models: tuple[str, ...],
    runs: int,
    seed: int,
    weeks: int | None,
    settings: tuple[str, ...],
    phases: Path | None,
    workers: int | None,
    parameters: Path | None,
    out: Path,
    as_json: bool,
    language: str,
) -> None:
    """Run models in the same worlds and compare them, seed by seed.

    MODEL is a name from `trappe models` or the path of a scenario file. Without any, the three
    project organisations are compared. With --phases each model is also run with the rules and
    phases in FILE, and compared with itself without them.
    """
    changed = parse_settings(settings)
    scenarios_to_run = [load_scenario(name, changed) for name in models or DEFAULT_MODELS]
    length = weeks or _common_length(scenarios_to_run)
    extension = load_extension(phases)
    files = [""]
    if phases is not None:
        scenarios_to_run = [scenario for scenario in scenarios_to_run for _ in range(2)]
        files = ["", str(phases)]

    from rich.console import Console

    from analysis.across import across_table, show_across
    from analysis.comparison import make_comparison
    from analysis.language import Words
    from analysis.progress import Display
    from analysis.provenance import provenance
    from analysis.screen import show
    from experiments import available_cores, finished_folder, told_plainly

    words = Words(language)
    errors = Console(stderr=True)
    sets = _read_sets(parameters)
    jobs = [
        _job(scenario, seed, runs, length, file)
        for scenario, file in zip(scenarios_to_run, cycle(files), strict=False)
    ]
    with finished_folder(out) as unfinished, Display(words, errors) as display:
        tell_extension(extension, words, display)
        cores = workers or available_cores()
        outcomes = _run(jobs, cores, words, display)
        display.stage(words("screen.counting"))
        comparison = make_comparison(_models(scenarios_to_run, jobs), outcomes)
        origin = provenance(command_line(), changed)
        across = _across(scenarios_to_run, comparison.models, jobs, sets, cores, words, display)
        display.stage(words("screen.drawing"))
        with told_plainly(out):
            _write(unfinished, comparison, outcomes, origin, language)
            if across:
                across_table(list(sets), across).to_csv(unfinished / "across.csv", index=False)
    names = ["report.html", "runs.parquet", "runs.csv", *(["across.csv"] if across else [])]
    written = [str(out / name) for name in names]
    show(comparison, words, errors if as_json else Console())
    if across:
        show_across(across, words, errors if as_json else Console())
    _say_where(words, errors if as_json else Console(), written[0])
    if as_json:
        _print_document(comparison, origin, written)


def _common_length(loaded: list[Any]) -> int:
    lengths = {scenario.weeks for scenario in loaded}
    if len(lengths) > 1:
        told = ", ".join(f"{scenario.key} {scenario.weeks}" for scenario in loaded)
        raise click.UsageError(
            f"the models run for different numbers of weeks ({told}); give --weeks"
        )
    return int(lengths.pop())


def _job(scenario: Any, seed: int, runs: int, weeks: int, extension: str) -> "Job":
    import scenarios
    from experiments import Job

    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    key = f"{scenario.key}+{Path(extension).stem}" if extension else scenario.key
    return Job(key, structure, parameters, seed, runs, weeks, extension)


def _models(loaded: list[Any], jobs: list["Job"]) -> list["Model"]:
    from analysis.comparison import Model, letters
    from scenarios import labels
    from simulation.structure import world_hash

    return [
        Model(
            letter=letter,
            key=job.key,
            name_da=_name(scenario, job, "da"),
            name_en=_name(scenario, job, "en"),
            content_hash=_content_hash(scenario, job),
            parameters={name: float(value) for name, value in job.parameters._asdict().items()},
            actors=len(job.structure.actor_key),
            hours_a_week=float(job.structure.actor_hours.sum()),
            world=world_hash(job.structure),
            bodies=tuple((key, name.da, name.en) for key, name in labels(scenario).fora.items()),
        )
        for letter, scenario, job in zip(letters(len(loaded)), loaded, jobs, strict=True)
    ]


def _name(scenario: Any, job: "Job", language: str) -> str:
    from analysis.language import Words

    name = str(getattr(scenario.name, language))
    if not job.extension:
        return name
    return Words(language)("extension.name", model=name, file=Path(job.extension).name)


def _content_hash(scenario: Any, job: "Job") -> str:
    """Hash of what was run: the scenario, and the file of rules where there is one."""
    import hashlib

    import scenarios

    hashed = scenarios.content_hash(scenario)
    if not job.extension:
        return hashed
    rules = Path(job.extension).read_bytes()
    return hashlib.blake2b(hashed.encode() + rules, digest_size=len(hashed) // 2).hexdigest()


def warm_up(structure: Any, parameters: Any, words: "Words", display: "Display") -> None:
    """Compile what runs need, telling about it; nothing when that has been done before."""
    import simulation

    simulation.warm_up(structure, parameters, lambda _: display.stage(words("screen.compiling")))


def _run(jobs: list["Job"], workers: int, words: "Words", display: "Display") -> "list[Outcome]":
    import time

    from experiments import run_ensemble

    warm_up(jobs[0].structure, jobs[0].parameters, words, display)
    total = sum(job.runs for job in jobs)
    workers = min(workers, total)
    key = "screen.running" if workers > 1 else "screen.running_one"
    said = {"runs": jobs[0].runs, "models": len(jobs), "weeks": jobs[0].weeks, "workers": workers}
    display.stage(words(key, **said))
    began = time.perf_counter()
    outcomes = run_ensemble(jobs, workers, display.runs)
    seconds = time.perf_counter() - began
    numbers = {"seconds": words.number(seconds, 1), "rate": words.number(total / seconds, 0)}
    display.stage(words("screen.runs_took", total=total, **numbers))
    return outcomes


def _read_sets(file: Path | None) -> dict[str, dict[str, float]]:
    if file is None:
        return {}
    from experiments.calibration.accepted import read_sets

    return read_sets(file)


def _across(
    loaded: list[Any],
    models: "Sequence[Model]",
    jobs: list["Job"],
    sets: dict[str, dict[str, float]],
    workers: int,
    words: "Words",
    display: "Display",
) -> "list[Comparison]":
    """The same comparison under each parameter set."""
    from analysis.comparison import make_comparison
    from experiments import run_ensemble
    from experiments.calibration.distance import parameters_under

    found = []
    for number, values in enumerate(sets.values(), start=1):
        display.stage(words("across.running", number=number, total=len(sets)))
        changed = [
            job._replace(parameters=parameters_under(scenario, values))
            for scenario, job in zip(loaded, jobs, strict=True)
        ]
        found.append(make_comparison(models, run_ensemble(changed, workers, display.runs)))
    return found


def _write(
    folder: Path,
    comparison: "Comparison",
    outcomes: "list[Outcome]",
    origin: "Provenance",
    language: str,
) -> None:
    from analysis.report import render
    from analysis.tables import runs_table, write_runs

    write_runs(runs_table(comparison.models, outcomes), folder)
    (folder / "report.html").write_text(render(comparison, origin, language), encoding="utf-8")


def _say_where(words: "Words", console: "Console", report: str) -> None:
    from scenarios.errors import shown_path

    console.print(
        words("screen.written", file=shown_path(report)),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def _print_document(comparison: "Comparison", origin: "Provenance", files: list[str]) -> None:
    from analysis.document import make_document

    click.echo(make_document(comparison, origin, files).model_dump_json(indent=2))
