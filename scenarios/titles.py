"""What the shipped models are called, without putting them together."""

from scenarios.composing import blocks
from scenarios.reading import read
from scenarios.schema import Text


def title(name: str) -> Text:
    """The name of a shipped model in both languages, as its file says."""
    return _words(name, "name")


def summary(name: str) -> Text:
    """The description of a shipped model in both languages, as its file says."""
    return _words(name, "description")


def _words(name: str, field: str) -> Text:
    return Text.model_validate(read(blocks()[name]).data[field])
