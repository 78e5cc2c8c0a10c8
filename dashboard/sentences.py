"""What the page says: the dashboard's own sentences on top of the reports' words and numbers."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

from analysis.language import LANGUAGES, Words
from simulation.observables import Observable

FIRST_LANGUAGE: Final = LANGUAGES[0]
SECONDS_SAID: Final = 90.0  # from here on minutes


@cache
def _own_table(language: str) -> dict[str, Any]:
    text = resources.files("dashboard").joinpath("words", f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


class Sentences(Words):
    """All sentences of ``dashboard/words/<language>.toml``; units and steps are the reports'."""

    def __init__(self, language: str) -> None:
        """``language`` is ``da`` or ``en``."""
        super().__init__(language)
        self._table = {**self._table, **_own_table(language)}

    def percent(self, share: float | None) -> str:
        """A share (0–1) in whole per cent."""
        number = self.number(None if share is None else 100.0 * share, 0)
        return number if number == "—" else f"{number}\N{NO-BREAK SPACE}%"

    def all_of(self, names: list[str]) -> str:
        """Names in quotation marks, one after the other."""
        return ", ".join(self("lever.quoted", name=name) for name in names)

    def span(self, seconds: float) -> str:
        """A time span in seconds or minutes, as one says it."""
        if seconds < SECONDS_SAID:
            return self("screen.left_seconds", seconds=self.number(seconds, 0))
        return self("screen.left_minutes", minutes=self.number(seconds / 60.0, 0))

    def heading(self, observable: Observable) -> str:
        """Name of an observable at the start of a line."""
        label = self.label(observable)
        return label[:1].upper() + label[1:]

    def meaning(self, observable: Observable) -> str:
        """Definition of an observable as a sentence."""
        return self("figure.definition", name=self.heading(observable),
                    definition=self.definition(observable))  # fmt: skip


@cache
def sentences(language: str) -> Sentences:
    """The sentences of one language."""
    return Sentences(language)
