"""Scenario files made from the teaching scenario by changing one thing."""

from pathlib import Path

TEXTBOOK = Path(__file__).parents[2] / "scenarios" / "data" / "scenarios" / "laerebog.yaml"


def write(folder: Path, text: str, name: str = "mit.yaml") -> Path:
    """A file with this content."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def changed(folder: Path, old: str, new: str) -> Path:
    """The teaching scenario with the first ``old`` replaced."""
    text = TEXTBOOK.read_text(encoding="utf-8")
    assert old in text, f"the teaching scenario has no {old!r}"
    return write(folder, text.replace(old, new, 1))


def line_of(file: Path, text: str) -> int:
    """The line on which ``text`` first stands."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(k for k, line in enumerate(lines, start=1) if text in line)
