"""Figures, key figures and boxes as they stand on the page: heading, sentence, drawing, numbers."""

from collections.abc import Callable
from html import escape
from typing import Final

import numpy as np

from analysis.language import ENOUGH_RUNS, few_runs
from analysis.paired import Difference, compare
from analysis.survival import Floats
from dashboard.charts.canvas import Figure
from dashboard.charts.lines import trust, waiting
from dashboard.charts.price import KINDS, price
from dashboard.charts.staircase import staircase
from dashboard.experiment import Result
from dashboard.levers import value_text
from dashboard.models import load
from dashboard.sentences import Sentences
from experiments import Outcome
from scenarios import LEVERS
from simulation.observables import OBSERVABLES, SUMMARY

ValuesOf = Callable[[Outcome], Floats]
LEVEL: Final = 0.95
HOURS_WORTH_TELLING: Final = OBSERVABLES["hours_per_week"].smallest_effect


def results(result: Result, words: Sentences) -> str:
    """Everything that a run shows, as HTML."""
    return "".join(
        [
            f"<p>{escape(what_was_run(result, words))}</p>",
            caution(result, words),
            key_figures(result, words),
            '<div class="tr-row">',
            staircase_figure(result, words),
            waiting_figure(result, words),
            trust_figure(result, words),
            price_figure(result, words),
            cannot(words, wide=result.base is None),
            "</div>",
        ]
    )


def what_was_run(result: Result, words: Sentences) -> str:
    """One sentence: model, moved levers, runs, seeds."""
    settings, name = result.settings, load(result.settings.model).name
    said = {
        "model": getattr(name, words.language),
        "runs": settings.runs,
        "weeks": result.moved.weeks,
        "first": settings.seed,
        "last": settings.seed + settings.runs - 1,
    }
    if not settings.levers:
        return words("result.plain", **said)
    changes = [
        words("result.change", name=getattr(LEVERS[key].name, words.language),
              value=value_text(words, key, value))
        for key, value in settings.levers.items()
    ]  # fmt: skip
    return words("result.moved", changes="; ".join(changes), **said)


def caution(result: Result, words: Sentences) -> str:
    """What a reader of differences over so few runs must be told; empty for enough of them."""
    runs = result.settings.runs
    if result.base is None or runs >= ENOUGH_RUNS:
        return ""
    return f'<p class="tr-caution">{escape(words(few_runs(runs), runs=runs))}</p>'


def key_figures(result: Result, words: Sentences) -> str:
    """Solved together, decision time, and the hours that collaboration takes."""
    joint, lead = OBSERVABLES["share_joint"], OBSERVABLES["lead_time"]
    cards = [
        _key_figure(result, words, "joint", _column("share_joint"), joint.smallest_effect,
                    words("key.about_joint", definition=words.meaning(joint))),
        _key_figure(result, words, "lead_time", _column("lead_time"), lead.smallest_effect,
                    words("key.about_lead_time", definition=words.meaning(lead))),
        _key_figure(result, words, "hours", _shared_hours, HOURS_WORTH_TELLING,
                    words("key.about_hours")),
    ]  # fmt: skip
    heading = f'<h3 class="tr-hidden">{escape(words("key.heading"))}</h3>'
    return f'{heading}<div class="tr-keys">{"".join(cards)}</div>'


def _column(name: str) -> ValuesOf:
    return lambda outcome: outcome.summary[:, SUMMARY.index(name)]


def _shared_hours(outcome: Outcome) -> Floats:
    columns = [SUMMARY.index("hours_meeting"), SUMMARY.index("hours_coordination")]
    return np.asarray(outcome.summary[:, columns].sum(axis=1) / outcome.weeks)


def _key_figure(
    result: Result, words: Sentences, kind: str, values_of: ValuesOf, smallest: float, about: str
) -> str:
    moved = values_of(result.moved)
    parts = [
        f'<p class="tr-number">{escape(_amount(words, kind, _mean(moved)))}</p>',
        f'<p class="tr-what">{escape(words(f"key.{kind}"))}</p>',
    ]
    explained = [about]
    if result.base is not None:
        base = values_of(result.base)
        change = compare(moved, base, 0, smallest, LEVEL)
        parts.append(f'<p class="tr-change">{escape(_verdict(words, kind, change))}</p>')
        parts.append(_paragraphs([words("key.base", value=_amount(words, kind, _mean(base)))]))
        if change.low is not None and change.high is not None:
            ends = {"low": _size(words, kind, change.low, True),
                    "high": _size(words, kind, change.high, True)}  # fmt: skip
            explained.append(words("key.interval", **ends))
            explained.append(words("key.judged", smallest=_size(words, kind, smallest)))
    explained.append(words("figure.assumption"))
    parts.append(_disclosure(words("key.about"), _paragraphs(explained)))
    return f'<div class="tr-key">{"".join(parts)}</div>'


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def _amount(words: Sentences, kind: str, value: float) -> str:
    if kind == "joint":
        return words("key.percent", value=words.number(100.0 * value, 1))
    unit, decimals = ("weeks", 1) if kind == "lead_time" else ("time", 0)
    return words(f"key.{unit}", value=words.number(value, decimals))


def _size(words: Sentences, kind: str, value: float, sign: bool = False) -> str:
    """A difference with its unit; shares differ by percentage points."""
    if kind == "joint":
        return words("key.points", value=words.number(100.0 * value, 1, sign))
    unit = "key.weeks" if kind == "lead_time" else "key.time"
    return words(unit, value=words.number(value, 1, sign))


def _verdict(words: Sentences, kind: str, change: Difference) -> str:
    if change.verdict in ("more", "less") and change.mean is not None:
        size = _size(words, kind, abs(change.mean))
        return words(f"key.{change.verdict}", difference=size)
    return words("key.equal" if change.verdict == "equal" else "key.unsettled")


def staircase_figure(result: Result, words: Sentences) -> str:
    """The staircase; where levers were moved, first without them and then with them."""
    if result.base is None:
        shown = {"figure.staircase.model": result.moved}
    else:
        shown = {"figure.staircase.base": result.base, "figure.staircase.moved": result.moved}
    figures = [
        (words(title), staircase(outcome, words, f"stairs{place}", words(title)))
        for place, (title, outcome) in enumerate(shown.items())
    ]
    panels = "".join(
        f'<div class="tr-panel"><h4>{escape(title)}</h4>{figure.svg}</div>'
        for title, figure in figures
    )
    notes = [words("figure.staircase.definition"), words("figure.assumption")]
    return _figure("staircase", words, panels, figures, notes)


def waiting_figure(result: Result, words: Sentences) -> str:
    """Kaplan–Meier curve of decisions."""
    figure = waiting(result.moved, result.base, words)
    notes = [words("figure.waiting.definition"), words("figure.band"), words("figure.assumption")]
    return _figure("waiting", words, figure.svg, [("", figure)], notes)


def trust_figure(result: Result, words: Sentences) -> str:
    """Trust between the three camps."""
    figure = trust(result.moved, result.base, words)
    meaning = words.meaning(OBSERVABLES["trust_partnership"])
    notes = [meaning, words("figure.trust.note"), words("figure.band"), words("figure.assumption")]
    return _figure("trust", words, figure.svg, [("", figure)], notes)


def price_figure(result: Result, words: Sentences) -> str:
    """Hours a week."""
    figure = price(result.moved, result.base, words)
    notes = [words("figure.price.definition")]
    notes += [words.meaning(OBSERVABLES[kind]) for kind in KINDS]
    notes.append(words("figure.assumption"))
    return _figure("price", words, figure.svg, [("", figure)], notes)


def _figure(
    kind: str, words: Sentences, drawn: str, tables: list[tuple[str, Figure]], notes: list[str]
) -> str:
    numbers = "".join(_table(title or words(f"figure.{kind}.heading"), f) for title, f in tables)
    wide = " tr-wide" if len(tables) > 1 else ""
    return (
        f'<section class="tr-figure{wide}" data-figure="{kind}" aria-labelledby="tr-{kind}">'
        f'<h3 id="tr-{kind}">{escape(words(f"figure.{kind}.heading"))}</h3>'
        f"<p>{escape(words(f'figure.{kind}.watch'))}</p>"
        f'<div class="tr-panels">{drawn}</div>'
        f"{_disclosure(words('figure.numbers'), _paragraphs(notes) + numbers)}</section>"
    )


def cannot(words: Sentences, wide: bool = True) -> str:
    """The plain box: what this cannot tell; ``wide`` across the whole page."""
    section = words.section("cannot")
    items = "".join(f"<li>{escape(text)}</li>" for key, text in section.items() if key != "heading")
    classes = "tr-figure tr-cannot tr-wide" if wide else "tr-figure tr-cannot"
    return (
        f'<section class="{classes}" aria-labelledby="tr-cannot">'
        f'<h3 id="tr-cannot">{escape(section["heading"])}</h3><ul>{items}</ul></section>'
    )


def _disclosure(summary: str, content: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


def _paragraphs(sentences: list[str]) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _table(title: str, figure: Figure) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in figure.columns)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in figure.rows
    )
    label = escape(title, quote=True)
    return (
        f'<div class="tr-scroll" tabindex="0" role="group" aria-label="{label}">'
        f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
