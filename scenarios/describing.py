"""The shipped organisation models as a page of text: what each is, where from, what is assumed."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from scenarios.composing import additions, blocks, family
from scenarios.loading import load, names
from scenarios.reading import read
from scenarios.schema import COLLECTIONS, Forum, Scenario
from scenarios.sources import ASSUMPTION, tags_in
from scenarios.titles import summary, title
from scenarios.wording import FAMILY_WORDS, LEVEL_WORDS, competence, number, rhythm

LANGUAGE: Final = "en"
INTRODUCTION: Final = """# Organisation models

Every model that comes with the programme, as its file says it. The files lie in
`scenarios/data/`; [scenarios](scenarios.md) tells how they are put together.

One of each family joins one of any other, in any order, with `+`: a project organisation (who
decides), a secretariat (who does the work), an area secretariat (who ties areas together), and a
municipality's own bodies. A model named alone stands on `lokal_fagprofessionel` and the plain
secretariat of one projektleder and four boligsociale medarbejdere, in the fictional area Middelby.

What is kept equal: models over one area share the area, its cases, all people outside the
secretariat, the parameters, and 429.5 hours a week in all. A secretariat of another size moves
hours instead of adding them: to municipal front staff, to institutions and volunteers, or to active
residents. An area secretariat is laid over three areas of Middelby's size, each with people and
bodies of its own; all four have the same 90 hours a week, which three areas without one do not
have. The five municipalities with figures in CFBU15 have the residents, areas and
boligorganisationer told there, so their cases and hours differ, while each plan has the people of
Middelby's: where few residents live in plan areas, there are more hours for each case. Randers and
Varde have the area of the other models.

A *fact* carries the tag of a source and its place; what is in parentheses says how much of it the
source tells. All else is an assumption: rhythms, hours, capacities, mandates as numbers, trust, and
who exactly sits where, unless a fact says otherwise.
"""


OWN_BODIES: Final = (
    "Not listed below are the parties' own bodies, which every project organisation has:"
)


def page() -> str:
    """The page in Markdown."""
    parts = [INTRODUCTION, f"{OWN_BODIES} {'; '.join(_at_home())}.\n"]
    for key, words in FAMILY_WORDS.items():
        parts.append(f"## {words.en}\n")
        parts += [_model(name) for name in names() if family(name) == key]
    parts.append("## Bodies that any model may add\n")
    parts += [_addition(name) for name in additions()]
    return "\n".join(parts)


def _model(name: str) -> str:
    scenario, about = load(name), title(name)
    hours = sum(scenario.person(key).hours for key in scenario.actors)
    cases = sum(area.case_rate for area in scenario.areas.values())
    size = (
        f"{len(scenario.actors)} people, {number(hours, LANGUAGE)} hours a week, "
        f"areas: {len(scenario.areas)}, cases a week: {number(cases, LANGUAGE)}."
    )
    lines = [f"### `{name}`: {about.en}", "", f"*{about.da}.* {summary(name).en}", ""]
    lines += [*_remarks(blocks()[name]), size, "", *_content(name, scenario)]
    return "\n".join([*lines, *_taken_over(name, scenario)])


def _addition(name: str) -> str:
    scenario = load(f"central_professionel+{name}")
    lines = [f"### `{name}`", "", *_remarks(blocks()[name])]
    return "\n".join([*lines, *_content(name, scenario)])


def _remarks(file: Path) -> list[str]:
    """What the file says at its head about the choices made in it."""
    lines = file.read_text(encoding="utf-8").splitlines()
    remarks = []
    for line in lines:
        if not line.startswith("#"):
            break
        remarks.append(line.removeprefix("#").strip())
    return [*remarks, ""] if remarks else []


def _content(name: str, scenario: Scenario) -> list[str]:
    """A table of the bodies that the file writes, its facts, and how much it assumes."""
    data = read(blocks()[name]).data
    bodies = [key for key in data.get("fora", {}) if key in scenario.fora]
    lines = []
    if bodies:
        lines += ["| body | level | meets | may | members |", "| --- | --- | --- | --- | --- |"]
        lines += [_body(scenario, scenario.fora[key]) for key in bodies]
        lines.append("")
    facts = [f"- {where}: {tag}" for where, tag in _stated(data)]
    if facts:
        lines += ["Facts:", "", *facts, ""]
    count = sum(1 for _, tag in _tags(data) if tag == ASSUMPTION)
    lines += [f"Entries of this file that rest on assumption but for these facts: {count}.", ""]
    return lines


def _taken_over(name: str, scenario: Scenario) -> list[str]:
    """The bodies that come from the models this one stands on, but for those at home."""
    own, home = read(blocks()[name]).data.get("fora", {}), _at_home()
    others = [
        forum.name.en
        for key, forum in scenario.fora.items()
        if key not in own and forum.name.en not in home
    ]
    return [f"Taken over from what it stands on: {'; '.join(others)}.", ""] if others else []


@cache
def _at_home() -> tuple[str, ...]:
    """Names of the bodies that every project organisation has: those of the parties themselves."""
    found = [load(name).fora for name in names() if family(name) == "project_organisations"]
    return tuple(
        forum.name.en for key, forum in found[0].items() if all(key in fora for fora in found)
    )


def _body(scenario: Scenario, forum: Forum) -> str:
    members = "; ".join(scenario.actors[one].name.en for one in forum.members)
    cells = (
        forum.name.en,
        LEVEL_WORDS[forum.level].en.lower(),
        rhythm(forum.period_weeks, LANGUAGE),
        competence(forum, LANGUAGE),
        members,
    )
    return f"| {' | '.join(cells)} |"


def _stated(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where a fact stands, and its tag."""
    for where, tags in _tags(data):
        if set(tags_in(tags)) != {ASSUMPTION}:
            yield where, tags


def _tags(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Every tag of a file, with the entry or the field it is about."""
    for collection in COLLECTIONS:
        for key, entry in data.get(collection, {}).items():
            about = entry if isinstance(entry, dict) else {}
            if "source" in about:
                yield f"`{key}`", about["source"]
            for field, tags in about.get("sources", {}).items():
                yield f"`{key}`, {field}", tags
