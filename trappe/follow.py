"""``trappe follow``: one case from notice to end, or one relation between two organisations."""

import dataclasses
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trappe.compare import LARGEST_SEED, MOST_WEEKS, warm_up
from trappe.run import names_of
from trappe.settings import (
    load_extension,
    load_scenario,
    parse_settings,
    phases_option,
    tell_extension,
)

if TYPE_CHECKING:
    from analysis.following import Follower
    from analysis.language import Words
    from analysis.lives import CaseLife, Happening, RelationLife


@click.command()
@click.argument("model")
@click.option("--case", "case", default=None, metavar="N|RULE",
              help="Number of a case, or a rule that picks one: interesting, waited, highest, "
                   "conflict.  [default: interesting]")  # fmt: skip
@click.option("--relation", nargs=2, default=None, metavar="A B",
              help="Two organisations, by key or name.")  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="List the cases, one line each.")
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0, LARGEST_SEED),
              help="The world to run in; also that of one run of a comparison.")  # fmt: skip
@click.option("--weeks", default=None, type=click.IntRange(1, MOST_WEEKS),
              help="Weeks to run.  [default: the scenario's own]")  # fmt: skip
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE",
              help="Change one thing in the model; may be repeated.")  # fmt: skip
@phases_option
@click.option("--csv", "csv_file", default=None, type=click.Path(dir_okay=False, path_type=Path),
              metavar="FILE", help="Write what happened, one event a row.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@click.option("--lang", "language", default="da", show_default=True,
              type=click.Choice(["da", "en"]), help="Language of the story.")  # fmt: skip
def follow(
    model: str,
    case: str | None,
    relation: tuple[str, str] | None,
    listed: bool,
    seed: int,
    weeks: int | None,
    settings: tuple[str, ...],
    phases: Path | None,
    csv_file: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Follow one case of MODEL from notice to end, or a relation between two organisations.

    --case picks by number or by a rule: interesting (most different things happened), waited
    (longest with bodies), highest (highest step), conflict (the longest with a conflict).
    """
    if sum((case is not None, relation is not None, listed)) > 1:
        raise click.UsageError("choose one of --case, --relation and --list")
    scenario = load_scenario(model, parse_settings(settings))
    extension = load_extension(phases)
    pair = _pair(scenario, relation) if relation else None
    asked = "interesting" if case is None else _asked(case)

    from rich.console import Console

    from analysis.language import Words
    from analysis.progress import Display
    from experiments import check_place
    from scenarios.errors import shown_path

    if csv_file is not None:
        check_place(csv_file)
    words = Words(language)
    with Display(words, Console(stderr=True)) as display:
        follower = _run(scenario, seed, weeks or scenario.weeks, pair, extension, words, display)
    title = {"model": getattr(scenario.name, language), "seed": seed}
    console = Console(highlight=False, stderr=as_json)
    document: Any
    if listed:
        document = _show_list(follower, words, console, title, scenario.key)
        happenings: tuple[Happening, ...] = ()
    elif pair:
        relation_life = follower.relation(*pair)
        happenings = relation_life.happenings
        document = relation_life
        _show_relation(relation_life, follower, words, console, title)
    else:
        life = follower.case(_number(follower, asked))
        happenings, document = life.happenings, life
        _show_case(life, follower, words, console, title)
    if csv_file:
        _write_csv(csv_file, document if listed else happenings)
        console.print(
            words("follow.written", file=shown_path(csv_file)), markup=False, soft_wrap=True
        )
    if as_json:
        click.echo(json.dumps(_plain(document), ensure_ascii=False, indent=2))


def _asked(case: str) -> str | int:
    from scenarios.errors import nearest

    if case.isascii() and case.isdigit():
        return int(case)
    from analysis.following import CHOICES

    if case in CHOICES:
        return case
    near = nearest(case, CHOICES)
    hint = f". Did you mean “{near}”?" if near else ""
    raise click.BadParameter(
        f"“{case}” is neither a number nor one of {', '.join(CHOICES)}{hint}", param_hint="--case"
    )


def _number(follower: "Follower", asked: str | int) -> int:
    from analysis.following import NoSuchCaseError

    try:
        number = follower.choose(asked) if isinstance(asked, str) else asked
        follower.case(number)
    except NoSuchCaseError as error:
        raise click.BadParameter(str(error), param_hint="--case") from error
    return number


def _pair(scenario: Any, names: tuple[str, str]) -> tuple[int, int]:
    """Numbers of two organisations, by key or by their name in either language."""
    import scenarios
    from scenarios.errors import unknown

    organisations = scenarios.labels(scenario).organisations
    keys = list(organisations)
    found = []
    for given in names:
        fits = [
            place
            for place, (key, name) in enumerate(organisations.items())
            if given.casefold() in (key.casefold(), name.da.casefold(), name.en.casefold())
        ]
        if not fits:
            raise unknown("organisation", given, keys, field="--relation")
        found.append(fits[0])
    if found[0] == found[1]:
        raise click.BadParameter(
            f"“{names[0]}” and “{names[1]}” are the same organisation", param_hint="--relation"
        )
    return found[0], found[1]


def _run(
    scenario: Any,
    seed: int,
    weeks: int,
    pair: tuple[int, int] | None,
    extension: Any,
    words: "Words",
    display: Any,
) -> "Follower":
    import scenarios
    from analysis.following import Follower
    from simulation.tracing import trace

    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    warm_up(structure, parameters, words, display)
    tell_extension(extension, words, display)
    display.stage(words("follow.running", weeks=weeks))
    traced = trace(structure, parameters, seed, weeks, pair, extension)
    return Follower(traced, names_of(scenario, words.language))


def _show_case(
    life: "CaseLife", follower: "Follower", words: "Words", console: Any, title: dict[str, Any]
) -> None:
    from analysis.lives_text import case_text
    from analysis.story import tell

    console.print(words("follow.case_title", number=life.number, **title), style="bold",
                  markup=False)  # fmt: skip
    told = tell(follower.trace.run, follower.names, words)
    for part in case_text(life, [line for line in told if line.group == life.number], words):
        console.print(part)


def _show_relation(
    life: "RelationLife", follower: "Follower", words: "Words", console: Any, title: dict[str, Any]
) -> None:
    from analysis.lives_text import relation_text
    from analysis.story import tell

    console.print(words("follow.relation_title", one=life.one, other=life.other, **title),
                  style="bold", markup=False)  # fmt: skip
    lines = list(tell(follower.trace.run, follower.names, words))
    week = words("run.week", week="{week}")
    told = [
        f"{week.format(week=lines[number].week)}, "
        f"{words('group.case', number=lines[number].group)}: {lines[number].text}"
        for number in life.events
    ]
    for part in relation_text(life, told, words):
        console.print(part)


def _show_list(
    follower: "Follower", words: "Words", console: Any, title: dict[str, Any], key: str
) -> Any:
    from analysis.lives_text import list_text

    rows = follower.rows()
    console.print(words("follow.list_title", **title), style="bold", markup=False)
    console.print(list_text(rows, words))
    console.print(words("follow.list_read", model=key, seed=title["seed"]), markup=False)
    return rows


def _write_csv(file: Path, rows: Any) -> None:
    import pandas as pd

    from analysis.lives import Happening
    from experiments import write_whole

    columns = [field.name for field in dataclasses.fields(rows[0] if rows else Happening)]
    table = pd.DataFrame([dataclasses.asdict(row) for row in rows], columns=columns)
    if "kinds" in table:
        table["kinds"] = table["kinds"].map(" ".join)
    write_whole(file, table.to_csv(index=False))


def _plain(value: Any) -> Any:
    """Records as JSON holds them; what is not defined becomes null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        if hasattr(value, "weeks_waited"):
            named["weeks_waited"] = value.weeks_waited
        return {name: _plain(part) for name, part in named.items()}
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and math.isnan(value) else value
