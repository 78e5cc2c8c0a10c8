"""The life of a case and of a relation in sentences and small tables, for a terminal."""

from collections.abc import Iterator
from typing import Final

from rich import box
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.language import Words
from analysis.lives import OPTIONS, CaseLife, CaseRow, Partner, RelationLife, Side, Stay, lacking
from analysis.story import COMPLEX_BELOW, SIMPLE_BELOW, Line

WEEKS_A_ROW: Final = 13
NAMES_SHOWN: Final = 8


def case_text(life: CaseLife, lines: list[Line], words: Words) -> Iterator[RenderableType]:
    """A case told: what it was, what happened, where it waited, and why it went so far.

    Args:
        life: the case.
        lines: the story's lines about this case, in order.
        words: the language.
    """
    yield Text(_about(life, words))
    yield Text(words("follow.arose", organisation=life.origin, first=life.first_week,
                     last=life.last_week))  # fmt: skip
    helpers = words("follow.helpers", list=", ".join(life.helpers))
    yield Text(helpers if life.helpers else words("follow.no_helpers"))
    yield heading(words("follow.course"))
    weeks: dict[int, list[str]] = {}
    for line in lines:
        weeks.setdefault(line.week, []).append(line.text)
    for week, texts in weeks.items():
        yield _indented(
            Text.assemble((words("run.week", week=week), "bold"), "  ", " ".join(texts))
        )
    yield heading(words("follow.waits"))
    for stay in life.stays:
        yield _indented(Text(_stay(stay, words)))
    waited = words("follow.waited", weeks=life.weeks_waited)
    yield _indented(Text(waited if life.stays else words("follow.no_waits")))
    yield heading(words("follow.why"))
    yield from _why(life, words)


def _about(life: CaseLife, words: Words) -> str:
    degree = "high" if life.difficulty >= COMPLEX_BELOW else "middle"
    if life.difficulty < SIMPLE_BELOW:
        degree = "low"
    text = words(
        "follow.about",
        theme=words(f"theme.{life.theme}"),
        difficulty=words(f"difficulty.{degree}"),
        size=words(f"asks.{life.size}"),
        hours=words.number(life.hours, 0),
    )
    return text[:1].upper() + text[1:]


def _stay(stay: Stay, words: Words) -> str:
    said = [
        words("follow.stay", forum=stay.forum, first=stay.first_week, last=stay.last_week,
              weeks=stay.last_week - stay.first_week, outcome=words(f"outcome.{stay.outcome}"),
              held=stay.meetings_held)
    ]  # fmt: skip
    for name in ("deferred", "not_reached", "failed"):
        count = stay.meetings_failed if name == "failed" else getattr(stay, name)
        if count:
            said.append(words(f"follow.stay_{name}", count=count))
    if stay.shared_goals is not None:
        goals, trust = words.number(stay.shared_goals, 2), words.number(stay.trust, 2)
        said.append(words("follow.stay_view", goals=goals, trust=trust))
    return " ".join(said)


def _why(life: CaseLife, words: Words) -> Iterator[RenderableType]:
    for organisation in life.not_reached:
        yield _indented(Text(words("follow.not_reached", organisation=organisation)))
    if not life.partners:
        yield _indented(Text(words("follow.nobody" if life.helpers else "follow.nobody_needed")))
    told = False
    for partner in life.partners:
        yield _indented(Text(_agreed(life, partner, words), style="bold"))
        sides = [side for side in (partner.holder_side, partner.partner_side) if side]
        for side in sides:
            yield _indented(Text(_side(side, words)), 4)
            yield _indented(_options(side, words), 4)
            told = True
        yield _indented(Text(_came_of_it(life, partner, words)), 4)
    if life.double_hours:
        hours = words.number(life.double_hours, 0)
        yield _indented(Text(words("follow.double", hours=hours)))
    if told:
        yield _indented(Text(words("follow.table_read"), style="dim"))


def _agreed(life: CaseLife, partner: Partner, words: Words) -> str:
    home = partner.holder_side.organisation if partner.holder_side else life.origin
    return words("follow.pair", holder=life.holder, home=home, partner=partner.person,
                 there=partner.organisation, agreed=words(f"option.{partner.settled}"))  # fmt: skip


def _side(side: Side, words: Words) -> str:
    return words(
        "follow.side",
        person=side.person,
        trust=words.number(side.trust, 2),
        agreement=words.number(side.agreement, 2),
        load=words.number(side.load, 2),
        wait=words.number(side.expected_wait, 1),
    )


def _options(side: Side, words: Words) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(words("follow.option"))
    for column in ("gain", "price", "waiting", "noise", "worth"):
        table.add_column(words(f"follow.{column}"), justify="right")
    table.add_column()
    for option in side.options:
        numbers = (option.gain, -option.hours, -option.waiting, option.noise, option.worth)
        chosen = option.name == side.chosen
        table.add_row(
            words(f"option_short.{option.name}"),
            *(words.number(number, 2, sign=True) for number in numbers),
            words("follow.chosen") if chosen else "",
            style="bold" if chosen else "",
        )
    return table


def _came_of_it(life: CaseLife, partner: Partner, words: Words) -> str:
    """Who held back, what was given, what step was read, and what stood in the way."""
    if partner.holder_side is None:
        said = [words("follow.unknown_side")]
    elif partner.reluctant:
        said = [words("follow.reluctant", person=partner.reluctant)]
    else:
        said = [words("follow.both")]
    if partner.promised > 0.0:
        given = {
            "holder_promised": life.holder_promised, "holder_given": life.holder_given,
            "partner_promised": partner.promised, "partner_given": partner.given,
            "together": partner.together,
        }  # fmt: skip
        hours = {name: words.number(value, 1) for name, value in given.items()}
        said.append(words("follow.hours", holder=life.holder, partner=partner.person, **hours))
    said += _in_the_way(life, partner, words)
    if partner.step >= 0:
        said.append(words("follow.came_of_it", step=words(f"step.{partner.step}")))
    else:
        said.append(words("follow.no_step"))
    reason = lacking(partner)
    if reason:
        said.append(words(f"follow.lacking_{reason}"))
    return " ".join(said)


def _both_would_go_further(partner: Partner) -> bool:
    """Did something other than the two of them keep them from going as far as both chose?"""
    sides = (partner.holder_side, partner.partner_side)
    chosen = [OPTIONS.index(side.chosen) for side in sides if side is not None]
    return len(chosen) == len(sides) and min(chosen) > OPTIONS.index(partner.settled)


def _in_the_way(life: CaseLife, partner: Partner, words: Words) -> list[str]:
    """Refusal, events, conflict and broken promises, where they concern these two."""
    said = []
    for happening in life.happenings:
        both = {happening.actor, happening.other} == {life.holder, partner.person}
        if happening.kind in ("refused", "overtaken") and partner.settled in (
            "together",
            "try_new",
        ):
            said.append(words(f"follow.because_{happening.kind}", forum=happening.forum))
        elif happening.kind == "consent_refused" and _both_would_go_further(partner):
            said.append(words("follow.because_consent"))
        elif happening.kind == "promise_broken" and both:
            said.append(words("follow.because_broken", person=happening.actor))
        elif happening.kind == "conflict_began" and both:
            said.append(words("follow.because_conflict"))
    return said


def list_text(rows: list[CaseRow], words: Words) -> Table:
    """All cases of a run, one line each."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name, justify in (("row", "right"), ("weeks", "left"), ("theme", "left"),
                          ("origin", "left"), ("end", "left"), ("waited", "right")):  # fmt: skip
        table.add_column(words(f"follow.list_{name}"), justify=justify)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(
            str(row.number),
            f"{row.first_week}–{row.last_week}",
            words(f"theme.{row.theme}"),
            row.origin,
            words(f"status.{row.status}", step=row.step),
            str(row.weeks_waited) if row.weeks_waited else "",
        )
    return table


def relation_text(life: RelationLife, lines: list[str], words: Words) -> Iterator[RenderableType]:
    """A relation told: the cases, how it went over time, what went wrong, who carries it.

    Args:
        life: the relation.
        lines: conflicts, broken promises and new methods as sentences, in order.
        words: the language.
    """
    if not life.cases:
        yield Text(words("follow.relation_none"))
    else:
        _, one, two, three, four = life.steps()
        rest = len(life.cases) - one - two - three - four
        yield Text(words("follow.relation_cases", count=len(life.cases), one=one, two=two,
                         three=three, four=four, rest=rest))  # fmt: skip
    yield heading(words("follow.relation_time"))
    yield _indented(_over_time(life, words))
    yield heading(words("follow.carried"))
    for carrier in life.carriers[:NAMES_SHOWN]:
        text = words("follow.carrier", person=carrier.person, organisation=carrier.organisation,
                     cases=carrier.cases, share=words.number(100.0 * carrier.share, 0))  # fmt: skip
        if carrier.left_weeks:
            weeks = ", ".join(map(str, carrier.left_weeks))
            text += words("follow.carrier_left", weeks=weeks)
        yield _indented(Text(f"{text}."))
    yield heading(words("follow.conflicts"))
    for line in lines or [words("follow.conflicts_none")]:
        yield _indented(Text(line))
    yield heading(words("follow.cases_title"))
    for case in life.cases:
        step = words("follow.step_unread")
        if case.step_week is not None:
            step = words("follow.step_read", step=case.step, week=case.step_week)
        said: dict[str, object] = {"week": case.week, "number": case.number, "step": step}
        said |= {"holder": case.holder, "partner": case.partner}
        agreed = words(f"option.{case.settled}")
        text = words("follow.shared_case", agreed=agreed, **said)
        yield _indented(Text(text))


def _over_time(life: RelationLife, words: Words) -> Table:
    """One row a quarter: new shared cases, steps read, and how the two stood at its end."""
    table = Table(
        title=words("follow.letters", one=life.one, other=life.other), title_justify="left",
        title_style="", box=box.SIMPLE_HEAD, pad_edge=False,
    )  # fmt: skip
    names = ("quarter", "shared", "steps", "trust_there", "trust_back", "clarity", "ties", "place")
    for name in names:
        table.add_column(words(f"follow.{name}"), justify="left" if name == "quarter" else "right")
    for start in range(0, len(life.weeks), WEEKS_A_ROW):
        portion = life.weeks[start : start + WEEKS_A_ROW]
        first, last = portion[0].week, portion[-1].week
        steps = [case.step for case in life.cases
                 if case.step_week is not None and first <= case.step_week <= last]  # fmt: skip
        end = portion[-1]
        table.add_row(
            f"{first}–{last}",
            str(sum(first <= case.week <= last for case in life.cases)),
            "·".join(str(steps.count(step)) for step in range(1, 5)),
            words.number(end.trust_there, 2),
            words.number(end.trust_back, 2),
            words.number(end.role_clarity, 2),
            str(end.ties),
            "—" if end.place < 0 else str(end.place),
        )
    return table


def heading(text: str) -> RenderableType:
    """A heading with an empty line above it."""
    return Padding(Text(text, style="bold"), (1, 0, 0, 0))


def _indented(inside: RenderableType, by: int = 2) -> RenderableType:
    return Padding(inside, (0, 0, 0, by))
