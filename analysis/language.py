"""Words and numbers in Danish and English.

Every sentence stands whole in ``words/<language>.toml``.
"""

import math
import string
import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any, Final

from simulation.observables import Observable

LANGUAGES: Final = ("da", "en")
MINUS: Final = "\N{MINUS SIGN}"
PLUS_MINUS: Final = "\N{PLUS-MINUS SIGN}"
MOST_EXTRA_DECIMALS: Final = 4  # a difference below that is rounding
NARROW_SPACE: Final = "\N{NO-BREAK SPACE}"
ENOUGH_RUNS: Final = 30  # below which intervals come with a warning


class _Counting(string.Formatter):
    """``{runs:run|runs}`` is the number with the word that goes with it: 1 run, 2 runs."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """The number and one of the two words; anything else as ``str.format`` does it."""
        one, parted, many = format_spec.partition("|")
        if not parted:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if str(value) == '1' else many}"


COUNTING: Final = _Counting()


@cache
def _table(language: str) -> dict[str, Any]:
    text = resources.files("analysis").joinpath("words", f"{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


class Words:
    """Everything that is said, in one language."""

    def __init__(self, language: str) -> None:
        """``language`` is ``da`` or ``en``."""
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        self.language = language
        self._table = _table(language)

    def __call__(self, key: str, **values: object) -> str:
        """The sentence ``section.name`` with ``values`` put in.

        Raises:
            KeyError: there is no such sentence, or a value is missing.
        """
        entry: Any = self._table
        for part in key.split("."):
            entry = entry[part]
        return COUNTING.format(str(entry), **values)

    def section(self, key: str) -> dict[str, str]:
        """All sentences of one section, in the order of the file."""
        return dict(self._table[key])

    def number(self, value: float | None, decimals: int, sign: bool = False) -> str:
        """A number as this language writes it; an em dash for None or NaN.

        Danish: decimal comma, full stop between thousands. ``sign`` adds a plus to positive ones.
        """
        if value is None or math.isnan(value):
            return "—"
        if math.isinf(value):
            return "∞"
        text = f"{abs(value):,.{decimals}f}"
        negative = value < 0 and any(digit in "123456789" for digit in text)
        positive = value > 0 and any(digit in "123456789" for digit in text)
        if self.language == "da":
            text = text.translate({ord(","): ".", ord("."): ","})
        return (MINUS if negative else "+" if sign and positive else "") + text

    def moment(self, text: str) -> str:
        """A time in UTC, ISO 8601, as this language writes it; what is none is left as it is."""
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            return text
        month = self("months.list").split("|")[time.month - 1]
        return self(
            "months.moment", day=time.day, month=month, year=time.year, time=f"{time:%H:%M:%S}"
        )

    def label(self, observable: Observable) -> str:
        """Name of an observable."""
        return observable.da if self.language == "da" else observable.en

    def definition(self, observable: Observable) -> str:
        """What an observable means."""
        return observable.definition_da if self.language == "da" else observable.definition_en

    def unit(self, observable: Observable, difference: bool = False) -> str:
        """Unit as shown: shares as per cent, and their differences as percentage points."""
        if observable.unit == "share":
            return self("unit.points" if difference else "unit.percent")
        known = self.section("units")
        return known.get(observable.unit, observable.unit)

    def value(
        self,
        observable: Observable,
        value: float | None,
        sign: bool = False,
        decimals: int | None = None,
    ) -> str:
        """A value of an observable, rounded to what the smallest effect of interest deserves."""
        scale = scale_of(observable)
        scaled = None if value is None else value * scale
        return self.number(scaled, decimals_of(observable) if decimals is None else decimals, sign)


def is_plain_number(observable: Observable) -> bool:
    """True for what lies between 0 and 1, or -1 and 1, and needs no unit beside it."""
    return observable.unit in ("0–1", "-1–1")


def scale_of(observable: Observable) -> float:
    """100 for shares, which are shown as per cent, else 1."""
    return 100.0 if observable.unit == "share" else 1.0


def decimals_of(observable: Observable) -> int:
    """One digit beyond the first digit of the smallest effect of interest, none above tens."""
    effect = observable.smallest_effect * scale_of(observable)
    return max(0, 1 - math.floor(math.log10(effect))) if effect > 0 else 2


def decimals_to_see(observable: Observable, value: float) -> int:
    """As many decimals as usual, or as many more as ``value`` needs to be told from zero."""
    usual, size = decimals_of(observable), abs(value) * scale_of(observable)
    more = (usual + extra for extra in range(1 + MOST_EXTRA_DECIMALS))
    return next((decimals for decimals in more if round(size, decimals) > 0.0), usual)


def few_runs(runs: int) -> str:
    """The warning that fits so few runs: from one there is no interval to be too narrow."""
    return "warning.one_run" if runs < 2 else "warning.few_runs"


def listed(names: Sequence[str], words: Words) -> str:
    """``A, B og C``; at least one."""
    *first, last = names
    return words("list.and", first=", ".join(first), last=last) if first else last
