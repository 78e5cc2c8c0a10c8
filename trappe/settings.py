"""``--set path=value``: what every command that takes a model understands."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from analysis.language import Words

phases_option = click.option(
    "--phases",
    default=None,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Python file with rules and phases of your own.",
)


def command_line() -> str:
    """What was typed, for the record."""
    return shlex.join(["trappe", *sys.argv[1:]])


def parse_settings(values: tuple[str, ...]) -> dict[str, str]:
    """``("path=value", ...)`` as a dictionary.

    Raises:
        click.BadParameter: no equals sign, no path, no value, or the same path twice.
    """
    settings: dict[str, str] = {}
    for text in values:
        path, equals, value = text.partition("=")
        if not equals or not path.strip():
            raise click.BadParameter(f"'{text}' is not of the form path=value", param_hint="--set")
        if not value.strip():
            raise click.BadParameter(
                f"'{text}' sets nothing; allowed: a value after the equals sign, or null for none",
                param_hint="--set",
            )
        if path.strip() in settings:
            raise click.BadParameter(f"'{path.strip()}' is set twice", param_hint="--set")
        settings[path.strip()] = value.strip()
    return settings


def load_scenario(name: str, settings: dict[str, str]) -> Any:
    """The scenario called ``name`` (or at that path) with ``settings`` put in."""
    import scenarios
    from trappe.kinds import refuse_other_kinds

    refuse_other_kinds(name)
    scenario = scenarios.load(name)
    return scenarios.with_settings(scenario, settings) if settings else scenario


def load_extension(file: Path | None) -> Any:
    """The rules and phases in ``--phases FILE``, None without one."""
    if file is None:
        return None
    import simulation

    return simulation.load_extension(file)


def tell_extension(extension: Any, words: "Words", display: Any) -> None:
    """Say what rules and phases of a user's own take part, and that this is slower."""
    if extension is None:
        return
    told = [words("extension.rule", name=name) for name in extension.rules()]
    told += [
        words("extension.phase", name=added.function.__name__, named=added.place.named,
              where=words(f"extension.{added.place.where}"))
        for added in extension.added
    ]  # fmt: skip
    display.stage(words("extension.told", file=extension.name, list=", ".join(told)))
