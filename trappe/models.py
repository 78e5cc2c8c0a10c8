"""The commands about organisation models: list them, draw one, check a file."""

from pathlib import Path
from typing import Final

import click

from trappe.kinds import ARTICLE, Kind, kind_of, refuse_what_is_no_yaml
from trappe.settings import load_scenario, parse_settings

DRAWING: Final = ".svg"

language = click.option(
    "--lang", type=click.Choice(["da", "en"]), default="da", show_default=True, help="Language."
)


@click.command()
@language
def models(lang: str) -> None:
    """List the organisation models that come with the programme.

    One of each family can be joined to one of any other, as in central_professionel+enmands_a.
    """
    from scenarios import names
    from scenarios.composing import additions, family
    from scenarios.schema import Text
    from scenarios.titles import title
    from scenarios.wording import FAMILY_WORDS, say

    shipped = names()
    width = max(map(len, shipped))
    for key, words in FAMILY_WORDS.items():
        click.echo(click.style(say(words, lang), bold=True))
        for name in (one for one in shipped if family(one) == key):
            click.echo(f"  {name:<{width}}  {say(title(name), lang)}")
        click.echo()
    joining = Text(
        da="Én fra hver familie kan lægges sammen, også med flere organer",
        en="One of each family can be joined, also with further bodies",
    )
    click.echo(f"{say(joining, lang)} ({', '.join(additions())}):")
    click.echo("  trappe show central_professionel+enmands_a+omraade_2+temagrupper")


@click.command()
@click.argument("model")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Write a drawing.")
@click.option(
    "--template",
    type=click.Choice(["trust", "acquaintance"]),
    help="Print a CSV file to fill in: every pair, with the model's own values.",
)
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change one value.")
@language
def show(
    model: str, svg: Path | None, template: str | None, settings: tuple[str, ...], lang: str
) -> None:
    """Draw the organisation MODEL: bodies, members, rhythm, mandates and routes.

    MODEL is a name from `trappe models`, a file, or blocks joined as a+b+c.
    """
    if svg is not None and svg.suffix.lower() != DRAWING:
        raise click.BadParameter(
            f"'{svg}' does not end in {DRAWING}, and nothing else can be drawn", param_hint="--svg"
        )
    scenario = load_scenario(model, parse_settings(settings))
    if template is not None:
        from scenarios.template import template as template_text

        click.echo(template_text(scenario, template, lang), nl=False)
        return
    if svg is not None:
        from experiments import write_whole
        from scenarios.drawing import draw_svg
        from scenarios.errors import shown_path

        write_whole(svg, draw_svg(scenario, lang))
        click.echo(shown_path(svg))
        return
    from rich.console import Console

    from scenarios.listing import show as show_text

    show_text(scenario, lang, Console())


@click.command()
@click.argument("file", required=False)
@click.option("--schema", is_flag=True, help="Print the JSON schema of a scenario file.")
@click.option("--experiment-schema", is_flag=True, help="The same of an experiment file.")
@language
def check(file: str | None, schema: bool, experiment_schema: bool, lang: str) -> None:
    """Check the scenario, block, experiment, patterns or parameter sets in FILE.

    Exit code 2 and one message if it cannot be used.
    """
    if experiment_schema:
        from experiments.experiment_schema_export import schema_text as experiment_schema_text

        click.echo(experiment_schema_text(), nl=False)
        return
    from scenarios import ScenarioError
    from scenarios.schema_export import schema_text
    from scenarios.verdict import verdict

    if schema:
        click.echo(schema_text(), nl=False)
        return
    if file is None:
        raise click.UsageError("name a FILE, or ask for --schema")
    refuse_what_is_no_yaml(Path(file), "a file to check")
    kind = kind_of(file)
    if kind == "scenario":
        click.echo(verdict(file, lang))
        return
    try:
        click.echo(_verdict_on(kind, file, lang))
    except ScenarioError as reason:
        raise ScenarioError(f"this seems to be {ARTICLE[kind]}. {reason}") from None


def _verdict_on(kind: Kind, file: str, lang: str) -> str:
    """What a file that is no scenario is, in one line; a line more on a design of few points."""
    if kind == "experiment":
        from analysis.language import Words
        from analysis.sweep_warnings import few_points
        from experiments.experiment import load_experiment
        from experiments.experiment_verdict import verdict as experiment_verdict

        told = few_points(load_experiment(file), Words(lang))
        return "\n! ".join([experiment_verdict(file, lang), *told])
    from experiments.calibration.accepted import read_sets
    from experiments.patterns.reading import read_patterns
    from experiments.patterns.settling import prepared
    from scenarios.schema import Text
    from scenarios.wording import say

    if kind == "sets":
        sets = len(read_sets(Path(file)))
        text = Text(
            da=f"{file}: en gyldig fil med parametersæt (sæt: {sets})",
            en=f"{file}: a valid file of parameter sets (sets: {sets})",
        )
        return say(text, lang)
    count = len([prepared(one) for one in read_patterns([Path(file)])])
    text = Text(
        da=f"{file}: en gyldig mønsterfil (mønstre: {count})",
        en=f"{file}: a valid pattern file (patterns: {count})",
    )
    return say(text, lang)
