"""The report: one HTML file that asks for nothing from outside."""

from typing import Any

import jinja2

from analysis import figures_compare, figures_time
from analysis.cells import (
    chance_cell,
    decimals_of_difference,
    interval_cell,
    mean_cell,
    warnings,
)
from analysis.comparison import DECISION_SIZES, Comparison, Model
from analysis.figures import Drawing
from analysis.language import Words, decimals_to_see, is_plain_number
from analysis.paired import Difference
from analysis.provenance import Provenance
from simulation.observables import OBSERVABLES, Observable
from simulation.parameters import parameter_catalogue
from simulation.vocabulary import SIZES

SETTLED = frozenset({"better", "worse", "more", "less"})
TOLD_IN_ORDER = ("better", "worse", "more", "less", "equal", "unsettled")


def render(comparison: Comparison, origin: Provenance, language: str) -> str:
    """The whole report as HTML text, in ``da`` or ``en``."""
    words = Words(language)
    figures = _figures(comparison, words)
    several = len(comparison.models) > 1
    rows = list(OBSERVABLES.values())
    return template("report.html.j2").render(
        say=words,
        number=words.number,
        language=language,
        names=", ".join(model.name(language) for model in comparison.models),
        lead=words(_lead(comparison), **_extent(comparison)),
        models=comparison.models,
        cannot=list(words.section("cannot").values()),
        contents=_contents(words, figures, several),
        findings=[_finding(comparison, words, *pair) for pair in comparison.pairs],
        warnings=warnings(words, comparison),
        figures=figures,
        waits=_waits(comparison, words),
        bodies=_bodies(comparison, words),
        main_text=words("report.main_text", runs=comparison.runs),
        main_means=_mean_rows(comparison, words, comparison.main),
        all_means=_mean_rows(comparison, words, rows),
        effects=figures_compare.effects(comparison, words) if several else None,
        differences_text=_level_text(
            comparison,
            words,
            "differences_text" if comparison.shares_world else "differences_text_other_worlds",
            len(comparison.main),
            comparison.level_main,
        ),
        all_text=_all_text(comparison, words, len(rows)),
        main_differences=_difference_groups(comparison, words, comparison.main),
        all_differences=_difference_groups(comparison, words, rows),
        how=_how(comparison, words, origin),
        parameters=_parameters(comparison, words, changed_only=False),
        changed=_parameters(comparison, words, changed_only=True),
    )


def _lead(comparison: Comparison) -> str:
    if len(comparison.models) == 1:
        return "report.lead_one"
    return "report.lead" if comparison.shares_world else "report.lead_other_worlds"


def _all_text(comparison: Comparison, words: Words, rows: int) -> str:
    """The folded table repeats the main observables at their own level, and says so."""
    return words(
        "report.all_text",
        shown=rows * len(comparison.pairs),
        level=words.number(100.0 * comparison.level_all, 2),
        main_shown=len(comparison.main) * len(comparison.pairs),
        main_level=words.number(100.0 * comparison.level_main, 2),
    )


def template(name: str) -> jinja2.Template:
    """One of the templates beside this file; a name that is not given is an error."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("analysis"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template(name)


def _extent(comparison: Comparison) -> dict[str, int]:
    return {
        "runs": comparison.runs,
        "weeks": comparison.weeks,
        "first": comparison.first_seed,
        "last": comparison.first_seed + comparison.runs - 1,
    }


def _figures(comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    drawn: dict[str, Drawing] = {
        "staircase": figures_time.staircase(comparison, words),
        "relations": figures_time.relations(comparison, words),
        "waiting": figures_time.waiting(comparison, words),
        "trust": figures_time.lines(
            comparison, words, ["trust_between", "trust_partnership"], "trust"
        ),
        "attention": figures_time.lines(
            comparison, words, ["leadership_attention", "acceptance"], "attention"
        ),
        "hours": figures_compare.price(comparison, words),
    }
    return [
        {
            "anchor": name,
            "title": words(f"report.{name}_title"),
            "text": words(f"report.{name}_text"),
            "caption": words(f"report.{name}_caption"),
            "drawing": drawing,
        }
        for name, drawing in drawn.items()
    ]


def _contents(words: Words, figures: list[dict[str, Any]], several: bool) -> list[tuple[str, str]]:
    last = ["main", *(["differences"] if several else []), "all", "how"]
    first = ["findings"] if several else []
    return [
        *((name, words(f"report.{name}_title")) for name in first),
        *((section["anchor"], section["title"]) for section in figures),
        *((name, words(f"report.{name}_title")) for name in last),
    ]


def _pair_title(words: Words, first: Model, second: Model) -> str:
    named = [f"{model.letter} {model.name(words.language)}" for model in (first, second)]
    return words("report.findings_pair", first=named[0], second=named[1])


def _finding(comparison: Comparison, words: Words, first: Model, second: Model) -> dict[str, Any]:
    """One sentence per verdict, naming the main observables that got it."""
    by_verdict: dict[str, list[str]] = {}
    for row in comparison.main:
        difference = comparison.differences[first.letter, second.letter, row.name]
        text = words.label(row)
        if difference.verdict in SETTLED:
            amount = words.value(row, difference.mean, sign=True)
            unit = "" if is_plain_number(row) else f" {words.unit(row, difference=True)}"
            text = f"{text} ({amount}{unit})"
        by_verdict.setdefault(difference.verdict, []).append(text)
    return {
        "title": _pair_title(words, first, second),
        "sentences": [
            words(f"report.findings_{verdict}", list="; ".join(by_verdict[verdict]))
            for verdict in TOLD_IN_ORDER
            if verdict in by_verdict
        ],
    }


def _waits(comparison: Comparison, words: Words) -> list[dict[str, str]]:
    rows = []
    for size in DECISION_SIZES:
        for model in comparison.models:
            waits = comparison.waits[model.letter, size]
            ends = [_weeks(words, end) for end in (waits.median, waits.low, waits.high)]
            rows.append(
                {
                    "size": words(f"size.{SIZES[size]}"),
                    "model": f"{model.letter} {model.name(words.language)}",
                    "median": f"{ends[0]} ({ends[1]} … {ends[2]})",
                    "decided": words.number(waits.decided, 0),
                    "undecided": words.number(waits.undecided, 0),
                }
            )
    return rows


def _bodies(comparison: Comparison, words: Words) -> list[dict[str, Any]]:
    """Per model the mean weeks that matters lie with each body, by size."""
    tables = []
    for model in comparison.models:
        cells: dict[int, list[str]] = {}
        for waits in comparison.bodies[model.letter]:
            weeks = "–" if waits.weeks is None else words.number(waits.weeks, 1)
            text = words("report.body_cell", weeks=weeks, passed=words.number(waits.passed, 1))
            cells.setdefault(waits.body, []).append(text)
        names = [da if words.language == "da" else en for _, da, en in model.bodies]
        tables.append(
            {
                "model": f"{model.letter} {model.name(words.language)}",
                "rows": [(names[body], row) for body, row in cells.items()],
            }
        )
    return tables


def _weeks(words: Words, weeks: float | None) -> str:
    return words("report.not_reached") if weeks is None else words.number(weeks, 0)


def _mean_rows(
    comparison: Comparison, words: Words, rows: list[Observable]
) -> list[dict[str, Any]]:
    directions = {1: "direction_up", -1: "direction_down", 0: "direction_none"}
    shown = []
    for row in rows:
        cells = []
        for model in comparison.models:
            mean = comparison.means[model.letter, row.name]
            missing = mean.missing and words(
                "report.missing", defined=mean.runs, runs=comparison.runs
            )
            cells.append({"text": mean_cell(words, row, mean), "missing": missing})
        shown.append(
            {
                "label": words.label(row),
                "definition": words.definition(row),
                "unit": words.unit(row),
                "cells": cells,
                "direction": words(f"report.{directions[row.direction]}"),
            }
        )
    return shown


def _level_text(comparison: Comparison, words: Words, key: str, rows: int, level: float) -> str:
    shown = rows * len(comparison.pairs)
    return words(f"report.{key}", shown=shown, level=words.number(100.0 * level, 2))


def _difference_groups(
    comparison: Comparison, words: Words, rows: list[Observable]
) -> list[dict[str, Any]]:
    return [
        {
            "title": f"{first.letter} − {second.letter}: {_pair_title(words, first, second)}",
            "rows": [
                difference_row(
                    words, row, comparison.differences[first.letter, second.letter, row.name],
                    comparison.runs, comparison.weeks,
                )
                for row in rows
            ],
        }
        for first, second in comparison.pairs
    ]  # fmt: skip


def difference_row(
    words: Words, row: Observable, difference: Difference, runs: int, weeks: int
) -> dict[str, Any]:
    """One line of a table of differences; ``runs`` is how many pairs there could be."""
    unit = words.unit(row, difference=True)
    smallest = row.smallest_over(weeks)
    decimals = decimals_of_difference(row, difference, smallest)
    missing = difference.missing and words("report.missing", defined=difference.runs, runs=runs)
    return {
        "label": f"{words.label(row)} ({unit})",
        "mean": words.value(row, difference.mean, sign=True, decimals=decimals),
        "interval": interval_cell(words, row, difference, smallest),
        "smallest": words.value(row, smallest, decimals=decimals_to_see(row, smallest)),
        "mark": words(f"mark.{difference.verdict}"),
        "verdict": words(f"verdict.{difference.verdict}"),
        "settled": difference.verdict in SETTLED,
        "missing": missing,
        "chance": chance_cell(words, difference),
        "effect": words.number(difference.effect, 2, sign=True),
    }


def _how(comparison: Comparison, words: Words, origin: Provenance) -> list[tuple[str, Any]]:
    extent = _extent(comparison)
    versions = ", ".join(f"{name} {version}" for name, version in origin.versions.items())
    settings = ", ".join(f"{path}={value}" for path, value in origin.settings.items())
    return [
        (words("report.how_command"), {"code": origin.command}),
        (
            words("report.how_settings"),
            {"code": settings} if settings else words("report.how_none"),
        ),
        (words("report.how_seeds"), f"{extent['first']}–{extent['last']}"),
        (words("report.how_created"), words.moment(origin.created)),
        (words("report.how_versions"), f"{versions}, simulation {origin.code}"),
        (words("report.how_platform"), origin.machine),
    ]


def _parameters(comparison: Comparison, words: Words, changed_only: bool) -> list[dict[str, Any]]:
    rows = []
    for name, (default, about) in parameter_catalogue().items():
        values = [model.parameters[name] for model in comparison.models]
        if changed_only and all(value == default for value in values):
            continue
        rows.append(
            {
                "name": name,
                "of_models": [_plain(words, value) for value in values],
                "default": _plain(words, default),
                "range": f"{_plain(words, about.low)}–{_plain(words, about.high)} {about.unit}",
                "meaning": about.meaning,
                "source": about.source,
            }
        )
    return rows


def _plain(words: Words, value: float) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if words.language == "da" else text
