"""One dimension of a design: a lever or an uncertainty, and the value at a place from 0 to 1."""

import math
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from experiments.experiment_schema import Entry, Setting
from scenarios.levers import LEVERS
from scenarios.schema import Text
from simulation.parameters import parameter_catalogue

Floats = npt.NDArray[np.float64]
Kind = Literal["lever", "uncertainty"]
DIGITS: Final = 6  # significant digits of a sampled value: enough, and legible
MOST_WHOLE_LEVELS: Final = 12  # a whole range up to so long is a list of its numbers


class Factor(NamedTuple):
    """A lever or an uncertainty with everything that was left to the catalogue filled in.

    Either ``values`` are all it may be, or it lies from ``low`` to ``high``. ``mode``, ``mean``
    and ``deviation`` belong to the distributions that have them, else they are NaN.
    """

    path: str
    kind: Kind
    name: Text
    unit: str
    values: tuple[str, ...]
    low: float
    high: float
    whole: bool
    distribution: str
    mode: float
    mean: float
    deviation: float
    source: str
    paths: dict[str, str]
    meaning: Text | None  # from the catalogue; a parameter's is in English only

    def path_in(self, model: str) -> str:
        """Where ``model`` (its key) has it."""
        return self.paths.get(model, self.path)

    @property
    def ends(self) -> tuple[str, ...]:
        """The values at which a factor must be allowed: all of a list, both ends of a range."""
        return self.values or (self._text(self.low), self._text(self.high))

    def value(self, place: float) -> str:
        """The value below which the share ``place`` (0 to 1) of its distribution lies, as text."""
        if self.values:
            return self.values[min(int(place * len(self.values)), len(self.values) - 1)]
        return self._text(self._quantile(place))

    def place(self, value: str) -> float:
        """The middle of the places that give ``value``; NaN where no place does.

        Of a list this is the middle of its share; of a range the share below ``value``.
        """
        if self.values:
            found = self.values.index(value) if value in self.values else math.nan
            return (found + 0.5) / len(self.values)
        return float(self._frozen().cdf(float(value)))

    def position(self, value: str) -> float:
        """Where ``value`` lies from one end (0) to the other (1); even in the logarithm of a
        loguniform range, by number in a list.
        """
        if self.values:
            return self.values.index(value) / max(1, len(self.values) - 1)
        number, low, high = float(value), self.low, self.high
        if self.distribution == "loguniform":
            number, low, high = math.log(number), math.log(low), math.log(high)
        return (number - low) / (high - low)

    def levels(self, count: int) -> tuple[str, ...]:
        """All values of a list, the numbers of a short whole range, else ``count`` even steps."""
        if self.values:
            return self.values
        if self.whole and self.high - self.low < MOST_WHOLE_LEVELS:
            steps = np.arange(self.low, self.high + 1.0)
        else:
            steps = np.linspace(self.low, self.high, count)
        return tuple(dict.fromkeys(self._text(float(step)) for step in steps))

    def _quantile(self, place: float) -> float:
        return float(self._frozen().ppf(place))

    def _frozen(self) -> "stats.rv_frozen":
        """The distribution; a whole number takes all that rounds to it."""
        half = 0.5 if self.whole else 0.0
        low, high = self.low - half, self.high + half
        match self.distribution:
            case "loguniform":
                return stats.loguniform(self.low, self.high)
            case "triangular":
                return stats.triang((self.mode - low) / (high - low), low, high - low)
            case "normal":
                ends = ((end - self.mean) / self.deviation for end in (low, high))
                return stats.truncnorm(*ends, loc=self.mean, scale=self.deviation)
        return stats.uniform(low, high - low)

    def _text(self, value: float) -> str:
        """As ``--set`` takes it: whole, or with a few significant digits, never outside."""
        if self.whole:
            return str(int(min(max(round(value), self.low), self.high)))
        legible = float(f"{value:.{DIGITS}g}")
        return repr(min(max(legible, self.low), self.high))


def as_text(value: Setting) -> str:
    """A value as ``--set`` takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


class Known(NamedTuple):
    """What the catalogues say of a path."""

    name: Text
    unit: str
    low: float | None
    high: float | None
    whole: bool
    source: str
    meaning: Text | None


def known(path: str) -> Known:
    """Name, unit and range of a lever of the catalogue or a parameter; of other places the path."""
    field, _, key = path.partition(".")
    name, _, target = key.partition(".")
    if field == "levers" and name in LEVERS:
        lever = LEVERS[name]
        return Known(
            _on_target(lever.name, target),
            lever.unit.en,
            lever.low,
            lever.high,
            lever.whole,
            lever.source,
            lever.effect,
        )
    if field == "parameters" and key in parameter_catalogue():
        about = parameter_catalogue()[key][1]
        plain = key.replace("_", " ")
        named = Text(da=plain, en=plain)
        meaning = Text(da=f"{about.meaning}, {about.unit}", en=f"{about.meaning}, {about.unit}")
        return Known(named, about.unit, about.low, about.high, False, about.source, meaning)
    return Known(Text(da=path, en=path), "", None, None, False, "assumption", None)


def _on_target(name: Text, target: str) -> Text:
    """A lever's name, with what it is turned on where that is not the whole scenario."""
    if not target:
        return name
    return Text(da=f"{name.da} ({target})", en=f"{name.en} ({target})")


def factor(path: str, kind: Kind, entry: Entry) -> Factor:
    """Fill in what ``entry`` leaves to the catalogue. The entry has been checked."""
    about = known(path)
    low = entry.low if entry.low is not None else about.low
    high = entry.high if entry.high is not None else about.high
    optional = {
        name: math.nan if (given := getattr(entry, name)) is None else given
        for name in ("mode", "mean", "deviation")
    }
    return Factor(
        path=path,
        kind=kind,
        name=entry.name or about.name,
        unit=about.unit,
        values=tuple(as_text(value) for value in entry.values or ()),
        low=math.nan if low is None else low,
        high=math.nan if high is None else high,
        whole=about.whole if entry.whole is None else entry.whole,
        distribution=entry.distribution or "uniform",
        source=entry.source if entry.source != "assumption" else about.source,
        paths=entry.paths,
        meaning=about.meaning,
        **optional,
    )
