"""``--set path=value``: what every command that takes a model understands."""

import shlex
import sys
from typing import Any

import click


def command_line() -> str:
    """What was typed, for the record."""
    return shlex.join(["trappe", *sys.argv[1:]])


def parse_settings(values: tuple[str, ...]) -> dict[str, str]:
    """``("path=value", ...)`` as a dictionary.

    Raises:
        click.BadParameter: no equals sign, no path, or the same path twice.
    """
    settings: dict[str, str] = {}
    for text in values:
        path, equals, value = text.partition("=")
        if not equals or not path.strip():
            raise click.BadParameter(f"'{text}' is not of the form path=value", param_hint="--set")
        if path.strip() in settings:
            raise click.BadParameter(f"'{path.strip()}' is set twice", param_hint="--set")
        settings[path.strip()] = value.strip()
    return settings


def load_scenario(name: str, settings: dict[str, str]) -> Any:
    """The scenario called ``name`` (or at that path) with ``settings`` put in."""
    import scenarios

    scenario = scenarios.load(name)
    return scenarios.with_settings(scenario, settings) if settings else scenario
