"""A scenario as text in the terminal: bodies by level, members, rhythm, mandates and routes."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from scenarios.levers import turned
from scenarios.routing import Routes, mean_wait, routes_of, seen_from_first_area, way_of
from scenarios.schema import Scenario, Text
from scenarios.wording import (
    CAMP_WORDS,
    LEVEL_WORDS,
    SIZE_WORDS,
    competence,
    further_areas,
    number,
    rhythm,
    say,
)
from simulation.vocabulary import CAMPS, LEVELS


def show(scenario: Scenario, lang: str, console: Console) -> None:
    """Print the organisation. ``lang`` is ``da`` or ``en``."""
    whole = turned(scenario)
    final = seen_from_first_area(whole)
    console.print(f"[bold]{_named(final.name, lang)}[/bold]  ({final.key})")
    console.print(_named(final.description, lang))
    note = further_areas(final, lang)
    if note:
        console.print(escape(note))
    console.print()
    console.print(_people(final, lang))
    console.print()
    console.print(_bodies(final, lang))
    console.print()
    console.print(_routes(final, routes_of(whole), lang))
    waiting = Text(
        da="Ventetid: gennemsnit ved regning, hvis hvert organ siger ja første gang, har plads på "
        "dagsordenen og mødes efter sin egen kalender ((T + 1) / 2 uger pr. organ).",
        en="Waiting: the mean by arithmetic if each body says yes at once, has room on its agenda "
        "and keeps its own calendar ((T + 1) / 2 weeks a body).",
    )
    console.print(f"[dim]{say(waiting, lang)}[/dim]")


def _named(text: Text, lang: str) -> str:
    """A text of the scenario, in which brackets are only brackets."""
    return escape(say(text, lang))


def _people(scenario: Scenario, lang: str) -> Tree:
    hours = sum(scenario.person(key).hours for key in scenario.actors)
    count = len(scenario.actors)
    title = Text(
        da=f"{count} mennesker, i alt {number(hours, 'da')} timer om ugen",
        en=f"{count} people, {number(hours, 'en')} hours a week in all",
    )
    tree = Tree(f"[bold]{say(title, lang)}[/bold]")
    for camp in CAMPS:
        inside = {k: one for k, one in scenario.organisations.items() if one.camp == camp}
        if not inside:
            continue
        branch = tree.add(say(CAMP_WORDS[camp], lang))
        for key, organisation in inside.items():
            names = [
                _named(actor.name, lang)
                for actor in scenario.actors.values()
                if actor.organisation == key
            ]
            branch.add(f"[bold]{_named(organisation.name, lang)}[/bold]: {'; '.join(names)}")
    return tree


def _bodies(scenario: Scenario, lang: str) -> Tree:
    tree = Tree(f"[bold]{say(Text(da='Organer efter niveau', en='Bodies by level'), lang)}[/bold]")
    for level in LEVELS:
        bodies = [forum for forum in scenario.fora.values() if forum.level == level]
        if not bodies:
            continue
        branch = tree.add(say(LEVEL_WORDS[level], lang))
        for forum in (one for one in bodies if one.of_plan):
            members = "; ".join(_named(scenario.actors[one].name, lang) for one in forum.members)
            what = f"{rhythm(forum.period_weeks, lang)} · {competence(forum, lang)}"
            branch.add(f"[bold]{_named(forum.name, lang)}[/bold] · {what}\n{members}")
        internal = [
            f"{_named(one.name, lang)} ({rhythm(one.period_weeks, lang)})"
            for one in bodies
            if not one.of_plan
        ]
        if internal:
            title = say(Text(da="Interne møder", en="Internal meetings"), lang)
            branch.add(f"{title}: {'; '.join(internal)}")
    return tree


def _routes(scenario: Scenario, routes: Routes, lang: str) -> Table:
    heads = Text(da="Sag|Fra|Vej|Uger i snit", en="Matter|From|Way|Mean weeks")
    title = Text(da="Beslutningsveje", en="Decision routes")
    table = Table(*say(heads, lang).split("|"), title=say(title, lang), title_justify="left")
    for (size, way, weeks), origins in _grouped(scenario, routes, lang).items():
        table.add_row(say(SIZE_WORDS[size], lang), _origins(scenario, origins, lang), way, weeks)
    return table


def _grouped(
    scenario: Scenario, routes: Routes, lang: str
) -> dict[tuple[str, str, str], list[str]]:
    """(size, way in words, mean wait) to the organisations that share it, small matters first.

    The ways are those of the first area an organisation takes part in; areas with bodies of their
    own have the same over these.
    """
    home = say(Text(da="internt møde", en="internal meeting"), lang)
    groups: dict[tuple[str, str, str], list[str]] = {}
    for size in SIZE_WORDS:
        for organisation, about in scenario.organisations.items():
            stops = way_of(routes, organisation, size)
            if not stops:
                continue
            names = [
                home
                if stop == about.home_body and not scenario.fora[stop].of_plan
                else _named(scenario.fora[stop].name, lang)
                for stop in stops
            ]
            weeks = number(mean_wait(scenario.fora, stops, size), lang)
            groups.setdefault((size, " → ".join(names), weeks), []).append(organisation)
    return groups


def _origins(scenario: Scenario, organisations: list[str], lang: str) -> str:
    """Whole camps by one name, everyone as everyone, the rest one by one."""
    if len(organisations) == len(scenario.organisations):
        return say(Text(da="alle", en="everyone"), lang)
    words = []
    for camp in CAMPS:
        inside = [key for key, one in scenario.organisations.items() if one.camp == camp]
        named = [key for key in inside if key in organisations]
        if named and named == inside:
            words.append(say(CAMP_WORDS[camp], lang))
        else:
            words += [_named(scenario.organisations[key].name, lang) for key in named]
    return "; ".join(words)
