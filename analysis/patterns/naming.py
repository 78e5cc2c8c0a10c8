"""What a pattern observes, in the words of a language instead of those of its file."""

import re
from typing import Final

from analysis.language import Words
from scenarios.wording import CAMP_WORDS, LEVEL_WORDS, say
from simulation.observables import OBSERVABLES
from simulation.vocabulary import SIZES

SIGNS: Final = (" + ", " − ", " / ", " with ")
PERIODS: Final = {"last year": "last_year", "first year": "first_year", "whole run": "whole_run"}


def observed(label: str, words: Words) -> str:
    """``share_joint [last year]`` as ``andel løst sammen [det sidste år]``.

    Args:
        label: as ``experiments.patterns.observing`` puts it together, sums and ratios too. Names
            that the file gave itself, and organisations and bodies, stay as they are.
        words: the language.
    """
    parts = re.split("(" + "|".join(map(re.escape, SIGNS)) + ")", label)
    return "".join(_sign(part, words) if part in SIGNS else _one(part, words) for part in parts)


def _sign(sign: str, words: Words) -> str:
    return f" {words('observed.with')} " if sign == " with " else sign


def _one(text: str, words: Words) -> str:
    name, _, inside = text.removesuffix("]").partition(" [")
    told = _name(name, words)
    return (
        f"{told} [{', '.join(_filter(one, words) for one in inside.split(', '))}]"
        if inside
        else told
    )


def _name(name: str, words: Words) -> str:
    if name in OBSERVABLES:
        return words.label(OBSERVABLES[name])
    return words("observed.undecided") if name == "undecided" else name


def _filter(text: str, words: Words) -> str:
    language = words.language
    if text in PERIODS:
        return words(f"observed.{PERIODS[text]}")
    if text in LEVEL_WORDS:
        return words("observed.level", level=say(LEVEL_WORDS[text], language).lower())
    if text in SIZES:
        return words(f"size.{text}")
    if text.startswith("weeks "):
        return words("observed.weeks", weeks=text.removeprefix("weeks "))
    if text.startswith("growth per "):
        per = text.removeprefix("growth per ")
        return words(
            "observed.growth", per=words("observed.week") if per == "week" else _name(per, words)
        )
    sides = text.split("–")
    if len(sides) == 2:
        return words("observed.between", one=_side(sides[0], words), other=_side(sides[1], words))
    return _side(text, words)


def _side(name: str, words: Words) -> str:
    """A camp by its name; any other organisation by its key."""
    if name not in CAMP_WORDS:
        return name
    text = say(CAMP_WORDS[name], words.language)
    return text[:1].lower() + text[1:]
