"""The page's server: Solara set up to need nothing from outside and to tell nobody anything."""

import os
import secrets
import socket
import threading
import time
import warnings
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
ENVIRONMENT: Final = {
    "SOLARA_APP": "dashboard.page",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_ASSETS_PROXY": "true",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "trappe",
    "SOLARA_KERNEL_CULL_TIMEOUT": "1h",
}
SECRET: Final = "SOLARA_SESSION_SECRET_KEY"
LOOK_SECONDS: Final = 0.1
EVERYWHERE: Final = "0.0.0.0"
NOBODY_THERE: Final = "192.0.2.1"  # kept for documentation, so no machine has it


def open_socket(host: str, port: int) -> socket.socket:
    """A socket that listens, so that nobody can take the port in the meantime.

    Raises:
        OSError: the port is taken, or the host is not this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def address(listening: socket.socket) -> str:
    """What to write in a browser on this machine."""
    host, port = listening.getsockname()[:2]
    if host in (EVERYWHERE, "::"):
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def network_address(listening: socket.socket) -> str | None:
    """What others on the same network write; None if they are not let in or there is no network."""
    host, port = listening.getsockname()[:2]
    if host != EVERYWHERE:
        return None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect((NOBODY_THERE, 9))  # chooses a way out; nothing is sent
        except OSError:
            return None
        return f"http://{asking.getsockname()[0]}:{port}/"


def prepare() -> None:
    """Set Solara up. To be called before it is imported: it reads its environment then only."""
    os.environ.update(ENVIRONMENT)
    os.environ.setdefault(SECRET, secrets.token_hex(32))
    from solara.server import settings

    settings.assets.extra_locations = [str(FOLDER / "assets")]


def serve(listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve the page until stopped; ``ready`` is called once it answers."""
    prepare()
    # Solara advises on embedding in other sites, which does not concern a facilitator's terminal.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none", category=UserWarning)
    import uvicorn

    config = uvicorn.Config(
        "solara.server.starlette:app", log_level="warning", access_log=False, ws="auto"
    )
    server = uvicorn.Server(config)

    def tell() -> None:
        while not server.started and not server.should_exit:
            time.sleep(LOOK_SECONDS)
        if server.started:
            ready()

    threading.Thread(target=tell, daemon=True).start()
    server.run(sockets=[listening])


def open_browser(where: str) -> None:
    """Open the page in the visitor's browser, if there is one."""
    webbrowser.open(where)
