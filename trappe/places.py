"""Where things are kept between runs, looked at before anything is imported that needs it."""

import os
import tempfile
from pathlib import Path
from typing import Final

import click

MATPLOTLIB: Final = "MPLCONFIGDIR"


def make_sure_of_places() -> None:
    """Find out before minutes of compiling whether what is compiled can be kept.

    Numba would otherwise compile in vain, or refuse with a traceback. Drawing gets a folder beside
    it where its own cannot be written, so that it need not tell about it.

    Raises:
        click.ClickException: the folder cannot be written; names it and the way out.
    """
    from simulation.compilation import cache_folder, is_interpreted

    folder = cache_folder()
    if not is_interpreted():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            raise click.ClickException(
                f"the compiled model cannot be kept in {folder}: {error.strerror or error}; "
                "name a folder that can be written in the environment variable TRAPPE_CACHE, "
                "for example: TRAPPE_CACHE=/tmp/trappe"
            ) from error
    if MATPLOTLIB not in os.environ and not _drawing_has_a_place():
        os.environ[MATPLOTLIB] = str(folder.parent / "matplotlib")


def _drawing_has_a_place() -> bool:
    from platformdirs import user_cache_path, user_config_path

    return all(
        _can_be_made(find("matplotlib", appauthor=False))
        for find in (user_cache_path, user_config_path)
    )


def _can_be_made(folder: Path) -> bool:
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryDirectory(dir=there):
            return True
    except OSError:
        return False
