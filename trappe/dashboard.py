"""``trappe dashboard``: make ready, serve the page, say where it is."""

import contextlib
import errno
import importlib.util
import os
import socket
import sys
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from dashboard.sentences import Sentences

NEEDED: Final = ("solara", "ipyvuetify", "uvicorn")
DEFAULT_PORT: Final = 8765
LARGEST_PORT: Final = 65_535


@click.command()
@click.option("--host", default="localhost", show_default=True,
              help="Address to listen on; 0.0.0.0 lets others on the network in.")  # fmt: skip
@click.option("--port", default=DEFAULT_PORT, show_default=True,
              type=click.IntRange(0, LARGEST_PORT), help="Port; 0 takes a free one.")  # fmt: skip
@click.option("--lang", "language", default="da", show_default=True,
              type=click.Choice(["da", "en"]), help="First language of the page.")  # fmt: skip
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def dashboard(host: str, port: int, language: str, no_open: bool) -> None:
    """Open the dashboard in a browser. It needs no internet."""
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise click.ClickException(
            f"the dashboard needs {', '.join(missing)}, which is not installed; "
            "set it up with: make setup-all"
        )
    from dashboard.sentences import sentences
    from dashboard.server import address, network_address, open_browser, open_socket, serve
    from dashboard.settings import LANGUAGE_VARIABLE

    words = sentences(language)
    try:
        listening = open_socket(host, port)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise click.ClickException(
                f"{host} is not an address of this machine; name one with --host, such as "
                "localhost, or 0.0.0.0 to let others on the network in"
            ) from error
        raise click.ClickException(
            f"cannot listen on {host}, port {port}: {error.strerror}; "
            "choose another with --port, or --port 0 for any free one"
        ) from error
    where, others = address(listening), network_address(listening)
    with listening:
        make_ready(words)
        os.environ[LANGUAGE_VARIABLE] = language

        def ready() -> None:
            click.echo(words("server.address", address=where))
            if others:
                click.echo(words("server.network", address=others))
            sys.stdout.flush()
            if not no_open:
                open_browser(where)

        with contextlib.suppress(KeyboardInterrupt):
            serve(listening, ready)
    click.echo(words("server.stopped"))


def make_ready(words: "Sentences") -> None:
    """Compile what runs need, telling about it, so that the first visitor does not wait."""
    from rich.console import Console

    import scenarios
    import simulation
    from analysis.progress import Display
    from dashboard.models import load, model_names

    with Display(words, Console(stderr=True)) as display:
        first = load(model_names()[0])
        structure, parameters = scenarios.build(first), scenarios.parameters(first)
        simulation.warm_up(
            structure, parameters, lambda _: display.stage(words("server.compiling"))
        )
        display.stage(words("server.starting"))
        # Loads what was compiled before, which the first visitor would otherwise wait for.
        simulation.run_many(structure, parameters, [1], weeks=1)
