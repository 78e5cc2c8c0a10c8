"""What has been chosen on the page, and the same as the query of its address."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from analysis.language import ENOUGH_RUNS, LANGUAGES
from scenarios import LEVERS

LANGUAGE_VARIABLE: Final = "TRAPPE_DASHBOARD_LANGUAGE"
MAIN_LEVERS: Final = ("chain_length", "mandate", "initial_trust")
JOINED: Final = "+"
MOST_PARTS: Final = 3  # an organisation, a secretariat and an area secretariat
DEFAULT_MODEL: Final = "lokal_fagprofessionel"
DEFAULT_RUNS: Final = ENOUGH_RUNS
MOST_RUNS: Final = 200
LARGEST_SEED: Final = 1_000_000
DECIMALS: Final = 4


@dataclass(frozen=True)
class Settings:
    """Everything that decides what the page shows.

    Attributes:
        model: name of the organisation model, or several joined as ``a+b+c``.
        levers: lever to value, only those that differ from what the model itself says.
        runs, seed: number of runs, 1..200, and the first seed.
        language: ``da`` or ``en``.
        shown: results are on the page (a link with it runs at once).
    """

    model: str = DEFAULT_MODEL
    levers: Mapping[str, float] = field(default_factory=dict)
    runs: int = DEFAULT_RUNS
    seed: int = 1
    language: str = LANGUAGES[0]
    shown: bool = False

    def query(self) -> str:
        """As the query of an address, without the question mark."""
        pairs = [("model", self.model)]
        moved = [(key, self.levers[key]) for key in LEVERS if key in self.levers]
        pairs += [(key, _written(key, value)) for key, value in moved]
        pairs += [("runs", str(self.runs)), ("seed", str(self.seed)), ("lang", self.language)]
        if self.shown:
            pairs.append(("shown", "1"))
        return urlencode(pairs)

    @property
    def experiment(self) -> "Settings":
        """The part that a run depends on: the same whatever the language."""
        return replace(self, language=LANGUAGES[0], shown=False)


def from_query(query: str | None, models: list[str], language: str = LANGUAGES[0]) -> Settings:
    """Settings from an address that anyone may have written: what cannot be used is left out.

    Args:
        query: with or without the question mark; None for none.
        models: the models there are.
        language: used when the address does not name one.
    """
    given = dict(parse_qsl((query or "").removeprefix("?")))
    standard = DEFAULT_MODEL if DEFAULT_MODEL in models else models[0]
    levers = {key: _lever(key, given[key]) for key in LEVERS if key in given}
    asked = given.get("lang", language)
    return Settings(
        model=_model(given.get("model", standard), models) or standard,
        levers={key: value for key, value in levers.items() if value is not None},
        runs=_whole(given.get("runs"), DEFAULT_RUNS, 1, MOST_RUNS),
        seed=_whole(given.get("seed"), 1, 0, LARGEST_SEED),
        language=asked if asked in LANGUAGES else language,
        shown=given.get("shown") == "1",
    )


def _model(text: str, models: list[str]) -> str | None:
    """The model that an address names; a plus sign typed by hand arrives as a space."""
    parts = list(dict.fromkeys(text.replace(" ", JOINED).split(JOINED)))
    known = set(parts) <= set(models) and len(parts) <= MOST_PARTS
    return JOINED.join(parts) if known else None


def _written(key: str, value: float) -> str:
    choices = LEVERS[key].choices
    return choices[int(value)].name if choices else f"{value:.{DECIMALS}g}"


def _lever(key: str, text: str) -> float | None:
    lever = LEVERS[key]
    names = [choice.name for choice in lever.choices]
    if text in names:
        return float(names.index(text))
    try:
        value = float(text)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    value = min(max(value, lever.low), lever.high)
    return float(round(value)) if lever.whole else value


def _whole(text: str | None, otherwise: int, low: int, high: int) -> int:
    try:
        return min(max(int(text or ""), low), high)
    except ValueError:
        return otherwise
