"""``trappe run``: one run of one model, told week by week."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trappe.compare import LARGEST_SEED, MOST_WEEKS, warm_up
from trappe.settings import (
    load_extension,
    load_scenario,
    parse_settings,
    phases_option,
    tell_extension,
)

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.language import Words
    from analysis.story import Line, Names
    from simulation.runs import Run

DEFAULT_OUT: Final = Path("build/run")
FULL_WEEKS: Final = 3  # weeks told in full unless --all
MOST_LINES: Final = 40  # lines about the rest


@click.command()
@click.argument("model")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, LARGEST_SEED),
              help="The world to run in.")  # fmt: skip
@click.option("--weeks", default=None, type=click.IntRange(1, MOST_WEEKS),
              help="Weeks to run.  [default: the scenario's own]")  # fmt: skip
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE",
              help="Change one thing in the model; may be repeated.")  # fmt: skip
@phases_option
@click.option("--out", default=DEFAULT_OUT, show_default=True, type=click.Path(path_type=Path),
              help="Folder for events.csv and weekly.csv.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Tell every week in full.")
@click.option("--lang", "language", default="da", show_default=True,
              type=click.Choice(["da", "en"]), help="Language of the story.")  # fmt: skip
def run(
    model: str,
    seed: int,
    weeks: int | None,
    settings: tuple[str, ...],
    phases: Path | None,
    out: Path,
    everything: bool,
    language: str,
) -> None:
    """Run MODEL once and tell what happened, week by week.

    MODEL is a name from `trappe models` or the path of a scenario file.
    """
    scenario = load_scenario(model, parse_settings(settings))
    extension = load_extension(phases)

    from rich.console import Console

    from analysis.language import Words
    from analysis.progress import Display
    from analysis.story import tell
    from experiments import finished_folder, told_plainly
    from scenarios.errors import shown_path

    words, length = Words(language), weeks or scenario.weeks
    with finished_folder(out) as unfinished:
        with Display(words, Console(stderr=True)) as display:
            tell_extension(extension, words, display)
            finished = _run(scenario, seed, length, extension, words, display)
        names = names_of(scenario, language)
        with told_plainly(out):
            _write(unfinished, finished, names, words)
    lines = list(tell(finished, names, words))
    console = Console(highlight=False)
    title = words("run.title", model=scenario.name.da if language == "da" else scenario.name.en,
                  seed=seed, weeks=length)  # fmt: skip
    if everything and console.is_terminal:
        with console.pager(styles=True):
            _show(console, words, title, finished, lines, everything)
    else:
        _show(console, words, title, finished, lines, everything)
    console.print(words("run.written", folder=shown_path(out)), markup=False, soft_wrap=True)


def _run(
    scenario: Any, seed: int, weeks: int, extension: Any, words: "Words", display: Any
) -> "Run":
    import scenarios
    import simulation

    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    warm_up(structure, parameters, words, display)
    display.stage(words("run.running", weeks=weeks))
    return simulation.run_one(structure, parameters, seed, weeks=weeks, extension=extension)


def names_of(scenario: Any, language: str) -> "Names":
    """What everyone and everything in a scenario is called, in ``da`` or ``en``."""
    import scenarios
    from analysis.story import Names

    labels = scenarios.labels(scenario)
    parts = (labels.actors, labels.organisations, labels.fora)
    return Names(*([getattr(name, language) for name in part.values()] for part in parts))


def _write(folder: Path, finished: "Run", names: "Names", words: "Words") -> None:
    from analysis.story import events_table

    events_table(finished, names, words).to_csv(folder / "events.csv", index=False)
    finished.weekly.to_csv(folder / "weekly.csv")


def _show(
    console: "Console",
    words: "Words",
    title: str,
    finished: "Run",
    lines: "list[Line]",
    everything: bool,
) -> None:
    from analysis.story import in_short, pages, unended

    shown = lines if everything else in_short(lines, FULL_WEEKS, MOST_LINES)
    console.print(title, style="bold", markup=False)
    for page in pages(shown, words):
        console.print()
        console.print(words("run.week", week=page.week), style="bold", markup=False)
        for heading, text in page.groups:
            _paragraph(console, heading, text)
    console.print()
    still_open = ", ".join(words("group.case", number=case) for case in unended(shown))
    if still_open:
        console.print(words("run.still_open", list=still_open), markup=False)
    if len(shown) < len(lines):
        console.print(
            words("run.limited", full=FULL_WEEKS, shown=len(shown), total=len(lines)), markup=False
        )
    lost = int(finished.record.event_count[0]) - len(lines)
    if lost > 0:
        console.print(words("run.events_lost", count=lost), markup=False)
    _show_end(console, words, finished)


def _paragraph(console: "Console", heading: str, text: str) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(Padding(Text.assemble((f"{heading}  ", "bold"), text), (0, 0, 0, 2)))


def _show_end(console: "Console", words: "Words", finished: "Run") -> None:
    """The main observables of this one run."""
    from rich import box
    from rich.table import Table

    from analysis.cells import label_with_unit
    from simulation.observables import OBSERVABLES

    table = Table(title=words("run.at_the_end"), title_justify="left", title_style="bold",
                  box=box.SIMPLE_HEAD, show_header=False, pad_edge=False)  # fmt: skip
    table.add_column()
    table.add_column(justify="right")
    for row in OBSERVABLES.values():
        if row.main:
            value = words.value(row, finished.summary[row.name])
            table.add_row(label_with_unit(words, row), value)
    console.print(table)
