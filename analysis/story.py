"""One run as a story: every event a sentence, grouped by week and, within it, by case."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from analysis.language import Words
from simulation.runs import Run
from simulation.vocabulary import EVENTS, NOBODY, THEMES

OUTSIDE: Final = "outside_event"
# What is told also of the weeks that are not told in full, the most telling first.
STANDING_OUT: Final = (
    OUTSIDE,
    "method_anchored",
    "method_born",
    "method_lost",
    "overtaken",
    "conflict_escalated",
    "refused",
    "person_left",
)
# How a case can end, or a matter in it be settled.
ENDINGS: Final = frozenset(
    {"case_finished", "case_given_up", "overtaken", "decided", "refused", "conflict_settled"}
)
LAST: Final = frozenset({"case_finished", "case_given_up", "overtaken"})
BY_LEVEL: Final = frozenset({"settled", "case_finished"})
SIMPLE_BELOW, COMPLEX_BELOW = 1.0 / 3.0, 2.0 / 3.0


class Names(NamedTuple):
    """What people, organisations and bodies are called, in the order of their numbers."""

    actors: list[str]
    organisations: list[str]
    fora: list[str]


@dataclass(frozen=True)
class Line:
    """One sentence of the story.

    Attributes:
        week: from 1, as people count.
        group: what it is about: meetings, people, or the number of a case (from 1).
        kind: the event's name in ``vocabulary.EVENTS``.
    """

    week: int
    group: str | int
    kind: str
    text: str


def tell(run: Run, names: Names, words: Words) -> Iterator[Line]:
    """Every event of the run in the order it happened."""
    record = run.record
    kept = min(int(record.event_count[0]), len(record.event_value))
    for number in range(kept):
        yield _line(run, number, names, words)


def _line(run: Run, number: int, names: Names, words: Words) -> Line:
    week, kind, case, actor, other, forum = (int(cell) for cell in run.record.event[number])
    value = float(run.record.event_value[number])
    name = EVENTS[kind]
    said: dict[str, str] = {
        "actor": _name(names.actors, actor),
        "other": _name(names.actors, other),
        "forum": _name(names.fora, forum),
        "count": words.number(value, 0),
        "hours": words.number(value, 0),
    }
    if name == "case_arose":
        said |= _about_case(run, case, names, words)
    if name in ("no_partner", "not_asked", "method_anchored"):
        said["organisation"] = _name(names.organisations, int(value))
    text = _capital(words(f"event.{_sentence(name, value, actor)}", **said))
    return Line(week + 1, _group(name, case), name, text)


def _sentence(name: str, value: float, actor: int) -> str:
    """Which of several sentences tells this event."""
    if name in BY_LEVEL:
        return f"{name}_{int(value)}"
    if name == "advised":
        return "advised_for" if value > 0.0 else "advised_against"
    if name == "decided" and value < 2:
        return f"decided_{int(value)}"
    if name == "conflict_settled" and actor == NOBODY:
        return "conflict_settled_by_body"
    return name


def _about_case(run: Run, case: int, names: Names, words: Words) -> dict[str, str]:
    state = run.state
    difficulty = float(state.case_difficulty[case])
    if difficulty < SIMPLE_BELOW:
        degree = "low"
    else:
        degree = "middle" if difficulty < COMPLEX_BELOW else "high"
    return {
        "theme": words(f"theme.{THEMES[int(state.case_theme[case])]}"),
        "difficulty": words(f"difficulty.{degree}"),
        "organisation": _name(names.organisations, int(state.case_origin[case])),
    }


def _group(name: str, case: int) -> str | int:
    if case != NOBODY:
        return case + 1
    if name == OUTSIDE:
        return "outside"
    return "people" if name.startswith("person") else "meetings"


def _name(names: list[str], number: int) -> str:
    return names[number] if number != NOBODY else "—"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class Page(NamedTuple):
    """One week to be shown: groups in order, each with its heading and sentences."""

    week: int
    groups: list[tuple[str, str]]


def pages(lines: list[Line], words: Words) -> list[Page]:
    """Weeks in order; in each, what comes from outside, meetings, people, then each case.

    Sentences about one case in one week become one paragraph.
    """
    by_week: dict[int, dict[str | int, list[str]]] = {}
    for line in lines:
        by_week.setdefault(line.week, {}).setdefault(line.group, []).append(line.text)
    told = []
    for week, groups in sorted(by_week.items()):
        order = [key for key in ("outside", "meetings", "people") if key in groups]
        cases = sorted(key for key in groups if isinstance(key, int))
        shown = [(words(f"group.{key}"), " ".join(groups[key])) for key in order]
        shown += [(words("group.case", number=key), " ".join(groups[key])) for key in cases]
        told.append(Page(week, shown))
    return told


def standing_out(lines: list[Line], after_week: int, most: int) -> list[Line]:
    """Of the weeks after ``after_week``, the ``most`` most telling lines, in order of time."""
    later = [line for line in lines if line.week > after_week and line.kind in STANDING_OUT]
    ranked = sorted(
        enumerate(later), key=lambda place: (STANDING_OUT.index(place[1].kind), place[0])
    )
    return [line for _, line in sorted(ranked[:most], key=lambda place: place[0])]


def in_short(lines: list[Line], full_weeks: int, most: int) -> list[Line]:
    """The first ``full_weeks`` whole, then what stands out, and how every case named there ended.

    Of the later weeks at most ``most`` lines stand out; endings come on top of them.
    """
    chosen = {id(line) for line in lines if line.week <= full_weeks}
    chosen |= {id(line) for line in standing_out(lines, full_weeks, most)}
    named = {line.group for line in lines if id(line) in chosen}
    return [
        line
        for line in lines
        if id(line) in chosen
        or (line.kind in ENDINGS and isinstance(line.group, int) and line.group in named)
    ]


def unended(lines: list[Line]) -> list[int]:
    """Numbers of the cases named in ``lines`` whose last event is not among them."""
    named = {line.group for line in lines if isinstance(line.group, int)}
    ended = {line.group for line in lines if line.kind in LAST}
    return sorted(case for case in named - ended if isinstance(case, int))


def events_table(run: Run, names: Names, words: Words) -> pd.DataFrame:
    """All events kept: numbers as recorded (week from 0), names, and the sentence.

    Columns: week, kind, case, actor, other, forum (numbers, -1 where it does not apply), value,
    actor_name, other_name, forum_name, text.
    """
    record = run.record
    kept = min(int(record.event_count[0]), len(record.event_value))
    columns = ["week", "kind", "case", "actor", "other", "forum"]
    table = pd.DataFrame(record.event[:kept], columns=columns)
    table["kind"] = [EVENTS[int(kind)] for kind in table["kind"]]
    table["value"] = record.event_value[:kept]
    for column, known in (("actor", names.actors), ("other", names.actors), ("forum", names.fora)):
        table[f"{column}_name"] = [
            known[int(number)] if number != NOBODY else "" for number in table[column]
        ]
    table["text"] = [line.text for line in tell(run, names, words)]
    return table
