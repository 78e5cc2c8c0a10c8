"""Results on disk: everything under a temporary name first, then moved into place."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from experiments.jobs import ExperimentError


class OutputError(ExperimentError):
    """The results could not be written where they were asked for."""


@contextmanager
def finished_folder(folder: Path) -> Iterator[Path]:
    """A place to write files that appear in ``folder`` together, or not at all.

    Enter it before the long work begins: a folder that cannot be written is found out at once.
    Yields a temporary folder inside ``folder``; write there inside :func:`told_plainly`. When the
    block ends well the files are moved into ``folder`` one by one, replacing those of an earlier
    run. When it does not, nothing is left behind, not even ``folder`` itself if it is new.

    Raises:
        OutputError: ``folder`` is a file, cannot be made or written, or the disk is full.
    """
    made = _make(folder)
    try:
        with told_plainly(folder):
            unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder))
        try:
            yield unfinished
            with told_plainly(folder):
                _move(unfinished, folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except BaseException:
        for parent in made:
            _remove_if_empty(parent)
        raise


def write_whole(file: Path, text: str) -> None:
    """Write ``text`` to ``file`` as UTF-8, wholly or not at all.

    Raises:
        OutputError: the folder is not there, may not be written, or the disk is full.
    """
    unfinished = _unfinished(file)
    try:
        with told_plainly(file):
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(file)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def check_place(file: Path) -> None:
    """Find out before long work whether :func:`write_whole` will be able to write ``file``.

    Raises:
        OutputError: as there.
    """
    unfinished = _unfinished(file)
    with told_plainly(file):
        unfinished.touch()
        unfinished.unlink()


def _unfinished(file: Path) -> Path:
    """Where ``file`` is written first. Raises ``OutputError`` where no file can be."""
    if file.is_dir():
        raise OutputError(f"cannot write to {file}: it is a folder")
    if not file.absolute().parent.is_dir():
        raise OutputError(f"cannot write to {file}: there is no folder {file.parent}")
    return file.with_name(f".unfinished-{file.name}")


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turn the system's errors while writing results for ``folder`` into one plain sentence.

    Raises:
        OutputError: in place of any ``OSError``.
    """
    try:
        yield
    except OSError as error:
        # libraries put words of their own into strerror; the number is the system's
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(f"cannot write the results to {folder}: {reason}") from error


def _make(folder: Path) -> list[Path]:
    """Make ``folder``; return those that were new, innermost first."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"cannot write the results to {folder}: it is a file, not a folder")
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    with told_plainly(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return new


def _move(unfinished: Path, folder: Path) -> None:
    files = sorted(path for path in unfinished.iterdir())
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    for path in files:
        path.replace(folder / path.name)


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
