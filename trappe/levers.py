"""The command about levers: what can be turned on any model, and between which values."""

import click

from trappe.models import language


@click.command()
@click.argument("name", required=False)
@language
def levers(name: str | None, lang: str) -> None:
    """List what can be turned on any model with --set levers.NAME=VALUE.

    With NAME: that lever alone, in full.
    """
    from rich.console import Console

    from scenarios.levers.telling import tell_all, tell_one

    if name is None:
        tell_all(lang, Console())
    else:
        tell_one(name, lang, Console())
