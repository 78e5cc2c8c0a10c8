"""What can be chosen on the page, as the controls are told of it."""

from typing import Any, Final

from dashboard.levers import AS_IN_MODEL, LeftOut, Position, positions, source_text, value_text
from dashboard.models import (
    AREA_SECRETARIATS,
    FAMILIES,
    SECRETARIATS,
    names_in,
    parts_of,
)
from dashboard.sentences import Sentences
from dashboard.settings import MAIN_LEVERS, Settings
from scenarios import LEVERS
from scenarios.composing import family
from scenarios.levers import GROUPS
from scenarios.titles import summary, title
from scenarios.wording import FAMILY_WORDS

Told = dict[str, Any]
JOINABLE: Final = {"secretariat": SECRETARIATS, "area": AREA_SECRETARIATS}


def model_choices(language: str) -> list[Told]:
    """Families of models, each with its models by name."""
    return [
        {"title": getattr(FAMILY_WORDS[each], language), "models": _named(each, language)}
        for each in FAMILIES
    ]


def part_choices(settings: Settings, words: Sentences) -> list[Told]:
    """The secretariat and the area secretariat that the model can be joined with."""
    parts = parts_of(settings.model)
    chosen = {key: getattr(parts, key) for key in JOINABLE}
    return [
        {
            "key": key,
            "name": words(f"part.{key}"),
            "chosen": chosen[key],
            "about": getattr(summary(chosen[key]), words.language) if chosen[key] else "",
            "models": [] if family(parts.base) == wanted else _named(wanted, words.language),
            "same": words(f"part.same_{key}"),
        }
        for key, wanted in JOINABLE.items()
    ]


def main_levers(settings: Settings, words: Sentences) -> list[Told]:
    """The three levers in front, as sliders."""
    places = positions(settings)
    return [_told(words, places[key]) for key in MAIN_LEVERS]


def lever_groups(settings: Settings, words: Sentences) -> list[Told]:
    """All other levers by group."""
    places = positions(settings)
    return [
        {
            "key": group,
            "title": getattr(name, words.language),
            "levers": [
                _told(words, places[key])
                for key, lever in LEVERS.items()
                if lever.group == group and key not in MAIN_LEVERS
            ],
        }
        for group, name in GROUPS.items()
    ]


def places_of_levers(settings: Settings) -> dict[str, int]:
    """Where every lever stands: its place among its values, or ``AS_IN_MODEL``."""
    return {key: _place(settings, position) for key, position in positions(settings).items()}


def notice_text(gone: LeftOut, words: Sentences) -> str:
    """Says what the last change left out; empty if nothing."""
    said = []
    if gone.parts:
        names = words.all_of([getattr(title(key), words.language) for key in gone.parts])
        said.append(words("notice.parts", names=names))
    if gone.levers:
        names = words.all_of([getattr(LEVERS[key].name, words.language) for key in gone.levers])
        said.append(words("notice.levers", names=names))
    return " ".join(said)


def _named(wanted: str, language: str) -> list[Told]:
    return [{"key": key, "name": getattr(title(key), language)} for key in names_in(wanted)]


def _place(settings: Settings, position: Position) -> int:
    value = settings.levers.get(position.key)
    return position.own if value is None else position.values.index(value)


def _told(words: Sentences, position: Position) -> Told:
    """One lever: what it is, the values it can take, and why it cannot be moved if it cannot."""
    lever = LEVERS[position.key]
    options = [
        {"place": place, "text": value_text(words, position.key, value)}
        for place, value in enumerate(position.values)
    ]
    own_text = ""
    if position.values and position.own == AS_IN_MODEL:
        options.insert(0, {"place": AS_IN_MODEL, "text": words("controls.as_model")})
    elif position.values:
        own_text = words("controls.model_has", value=options[position.own]["text"])
    unit = "" if lever.choices else words("lever.unit", unit=getattr(lever.unit, words.language))
    source = words("lever.source", source=source_text(words, lever))
    return {
        "key": position.key,
        "name": getattr(lever.name, words.language),
        "effect": getattr(lever.effect, words.language),
        "about": f"{unit} {source}".strip(),
        "options": options,
        "own": position.own,
        "own_text": own_text,
        "stuck": "" if position.values else _stuck(words, position),
    }


def _stuck(words: Sentences, position: Position) -> str:
    """Why a lever cannot be moved."""
    if not position.needs:
        return words("controls.stuck")
    names = [getattr(LEVERS[key].name, words.language) for key in position.needs]
    return words("lever.needs", names=words.all_of(names))
