"""The levers in the terminal, in Danish or English."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from scenarios.errors import unknown
from scenarios.levers.catalogue import LEVERS
from scenarios.levers.lever import GROUPS, TARGETS, Lever
from scenarios.schema import Text
from scenarios.wording import say

INDENT = 2


def tell_all(lang: str, console: Console) -> None:
    """Print every lever by group, with a line on what it does and one of values each."""
    for group, title in GROUPS.items():
        inside = [lever for lever in LEVERS.values() if lever.group == group]
        if not inside:
            continue
        console.print(f"[bold]{escape(say(title, lang))}[/bold]")
        for lever in inside:
            _print(console, INDENT, f"[bold]{lever.key}[/bold]  {escape(say(lever.name, lang))}")
            _print(console, 2 * INDENT, escape(say(lever.effect, lang)))
            _print(console, 2 * INDENT, f"[dim]{escape(values_in_words(lever, lang))}[/dim]")
    note = Text(
        da="Brug: --set levers.NAVN=VÆRDI. Mere om et håndtag: trappe levers NAVN",
        en="Use: --set levers.NAME=VALUE. More about one: trappe levers NAME",
    )
    console.print(escape(say(note, lang)))


def tell_one(key: str, lang: str, console: Console) -> None:
    """Print all that is known about one lever. Raises ``ScenarioError`` if there is no such."""
    if key not in LEVERS:
        raise unknown("lever", key, LEVERS)
    lever = LEVERS[key]
    console.print(f"[bold]{key}[/bold]  {escape(say(lever.name, lang))}")
    _print(console, INDENT, escape(say(lever.effect, lang)))
    _print(console, INDENT, escape(values_in_words(lever, lang)))
    for place, one in enumerate(lever.choices):
        _print(console, 2 * INDENT, escape(f"{place}  {one.name}: {say(one.words, lang)}"))
    if lever.targets:
        title = say(Text(da="Kan sættes for", en="Can be set for"), lang)
        where = say(TARGETS[lever.targets], lang)
        _print(console, INDENT, escape(f"{title}: {where} (levers.{key}.TARGET)"))
    title = say(Text(da="Kilde", en="Source"), lang)
    _print(console, INDENT, escape(f"{title}: {lever.source}"))


def values_in_words(lever: Lever, lang: str) -> str:
    """Range, unit and default in one line."""
    if lever.choices:
        values = " · ".join(one.name for one in lever.choices)
    else:
        values = f"{lever.low:g}–{lever.high:g} ({say(lever.unit, lang)})"
    return f"{values}; {_default(lever, lang)}"


def _default(lever: Lever, lang: str) -> str:
    if lever.default is None:
        return say(Text(da="ellers som i modellen", en="else as in the model"), lang)
    shown = lever.choices[int(lever.default)].name if lever.choices else f"{lever.default:g}"
    return say(Text(da=f"ellers {shown}", en=f"else {shown}"), lang)


def _print(console: Console, indent: int, text: str) -> None:
    console.print(Padding(text, (0, 0, 0, indent), expand=False))
