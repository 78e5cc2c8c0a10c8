"""What each lever is documented to do to an observable, as data, and the rule that judges it.

The rule: over paired seeds the mean difference between the two ends goes in the documented
direction by more than the observable's smallest effect of interest, and its interval at ``LEVEL``
excludes zero.
"""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, NamedTuple

FILE: Final = "claims.toml"
MODEL: Final = "lokal_fagprofessionel"
SEEDS: Final = range(1, 31)
LEVEL: Final = 0.99


class Claim(NamedTuple):
    """One documented effect.

    Attributes:
        lever: key of the lever, turned from ``low`` to ``high``.
        observable: name in the catalogue of observables.
        sign: +1 or -1, the direction documented.
        because: the mechanism, in a few words.
        source: where the mechanism is told.
        model: organisation model it is tried on.
        settings: what else is set on both sides.
        fails: empty where the model does as documented; else what it does instead, and why.
        counts: the observable is the lever's own price, or counts what the lever adds.
    """

    lever: str
    low: float | str
    high: float | str
    observable: str
    sign: int
    because: str
    source: str
    model: str = MODEL
    settings: Mapping[str, Any] = MappingProxyType({})
    fails: str = ""
    counts: bool = False

    @property
    def name(self) -> str:
        """What tells this claim from the others, such as ``control-share_joint``."""
        return f"{self.lever}-{self.low}-{self.high}-{self.observable}"

    def sides(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The settings of the two scenarios that are compared: low, high."""
        key = f"levers.{self.lever}"
        return {**self.settings, key: self.low}, {**self.settings, key: self.high}


def only_counted(known: Sequence[Claim]) -> list[str]:
    """Levers that hold by nothing but their own price, or by counting what they add."""
    holding = [claim for claim in known if not claim.fails]
    moving = {claim.lever for claim in holding if not claim.counts}
    return [lever for lever in dict.fromkeys(one.lever for one in holding) if lever not in moving]


def claims() -> list[Claim]:
    """All of them, in the order of the file."""
    written = tomllib.loads(files("scenarios.levers").joinpath(FILE).read_text(encoding="utf-8"))
    return [Claim(**entry) for entry in written["claim"]]
