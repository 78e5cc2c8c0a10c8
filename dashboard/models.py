"""The organisation models as the page needs them: one by one, and joined."""

from functools import cache
from typing import Final, NamedTuple

import scenarios
from dashboard.settings import JOINED, Settings
from scenarios import Scenario, ScenarioError
from scenarios.composing import family
from scenarios.wording import FAMILY_WORDS

SECRETARIATS: Final = "secretariats"
AREA_SECRETARIATS: Final = "area_secretariats"
FAMILIES: Final = tuple(FAMILY_WORDS)


class Parts(NamedTuple):
    """What a model is joined of; an empty name: as ``base`` has it."""

    base: str
    secretariat: str = ""
    area: str = ""

    @property
    def model(self) -> str:
        """The name of the whole, as ``trappe run`` takes it."""
        return JOINED.join(part for part in self if part)


@cache
def model_names() -> tuple[str, ...]:
    """Names of the shipped models."""
    return tuple(scenarios.names())


def names_in(wanted: str) -> tuple[str, ...]:
    """Names of the shipped models of one of ``FAMILIES``."""
    return tuple(name for name in model_names() if family(name) == wanted)


def parts_of(model: str) -> Parts:
    """The parts of a model by what they are; of two of one kind only the first."""
    by_family: dict[str, str] = {}
    for name in model.split(JOINED):
        by_family.setdefault(family(name), name)
    secretariat = by_family.pop(SECRETARIATS, "")
    area = by_family.pop(AREA_SECRETARIATS, "")
    if by_family:
        return Parts(next(iter(by_family.values())), secretariat, area)
    return Parts(secretariat, "", area) if secretariat else Parts(area)


@cache
def load(model: str) -> Scenario:
    """The model as its files say. Raises ``ScenarioError`` where its parts cannot be joined."""
    return scenarios.load(model)


def joined(model: str) -> str:
    """The model with its parts in order; without those that cannot be joined to the first."""
    base, secretariat, area = parts_of(model)
    tried = (Parts(base, secretariat, area), Parts(base, "", area), Parts(base, secretariat))
    return next((each.model for each in tried if _can_be_loaded(each.model)), base)


def with_levers(settings: Settings) -> Scenario:
    """The chosen model with the moved levers."""
    moved = {f"levers.{key}": value for key, value in settings.levers.items()}
    return scenarios.with_settings(load(settings.model), moved) if moved else load(settings.model)


def _can_be_loaded(model: str) -> bool:
    try:
        load(model)
    except ScenarioError:
        return False
    return True
