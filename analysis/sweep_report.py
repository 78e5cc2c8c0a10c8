"""The report of a sweep: one HTML file that asks for nothing from outside."""

from typing import Any, Final

from analysis import figures_compare, figures_sweep
from analysis.best import FIRST_STAGE, Selection
from analysis.cells import label_with_unit, mean_cell
from analysis.language import Words
from analysis.report import difference_row, template
from analysis.sweep_answers import answers, smallest_effect
from analysis.sweep_findings import Findings
from analysis.sweep_response import response_sections
from analysis.sweep_setup import Origin, design_rows, factor_rows, how_rows, plan_sentences
from analysis.sweep_warnings import sweep_warnings
from simulation.observables import OBSERVABLES

CANNOT: Final = ("1", "2", "3", "5", "6")  # of the comparison's; the fourth is about settings
FAILURES_SHOWN: Final = 20


def render(findings: Findings, origin: Origin, language: str) -> str:
    """The whole report as HTML text, in ``da`` or ``en``."""
    words = Words(language)
    experiment = findings.sweep.experiment
    varied = findings.sweep.points > 1
    several = len(findings.models) > 1
    sections = response_sections(findings, words) if varied else []
    return template("sweep.html.j2").render(
        say=words,
        language=language,
        title=getattr(experiment.title, language),
        question=getattr(experiment.question, language),
        models=findings.models,
        answers=answers(findings, words),
        cannot=[*(words(f"cannot.{n}") for n in CANNOT), *_cannot(words, varied)],
        warnings=sweep_warnings(findings, words),
        contents=_contents(words, [name for name, _ in sections], varied, several),
        plan=plan_sentences(findings, origin, words),
        design=design_rows(findings, words),
        levers=factor_rows(experiment, "lever", words),
        uncertainties=factor_rows(experiment, "uncertainty", words),
        staircase=figures_sweep.staircase(findings, words),
        means=_means(findings, words),
        effects=figures_compare.effects(findings, words) if several else None,
        differences_text=words(
            "report.differences_text",
            shown=len(findings.pairs) * len(findings.main),
            level=words.number(100.0 * findings.level, 2),
        ),
        differences=_differences(findings, words),
        best=_best(findings, words),
        interval=_interval(findings, words),
        best_text=words("findings.best_text", level=words.number(100.0 * findings.best_level, 1)),
        by_point=figures_sweep.by_point(findings, words) if varied and several else None,
        shares=_shares(findings, words),
        regrets=_regrets(findings, words),
        responses=sections,
        failures=_failures(findings, words),
        how=how_rows(findings, origin, words),
        sampled=findings.sampled,
        robust_figure=words("findings.robust_figure", observable=words.label(findings.headline)),
    )


def _interval(findings: Findings, words: Words) -> str:
    """Whether the intervals speak of these points or of the space; nothing for a single point."""
    if findings.sweep.points == 1:
        return ""
    return words(f"findings.interval_{'sampled' if findings.sampled else 'fixed'}")


def _cannot(words: Words, varied: bool) -> list[str]:
    lines = words.section("findings_cannot")
    return [text for name, text in lines.items() if varied or not name.startswith("design")]


def _contents(
    words: Words, responses: list[str], varied: bool, several: bool
) -> list[tuple[str, str]]:
    named = ["answer", "cannot", "design", "staircase", "means"]
    named += ["differences", "best"] if several else []
    named += ["robust"] if varied and several else []
    named += [*responses, "failures", "how"]
    return [(name, words(f"findings.{name}_title")) for name in named]


def _means(findings: Findings, words: Words) -> list[dict[str, Any]]:
    """Observables of interest first, then the catalogue's other main ones."""
    shown = {row.name: row for row in findings.main}
    shown |= {name: row for name, row in OBSERVABLES.items() if row.main and name not in shown}
    directions = {1: "direction_up", -1: "direction_down", 0: "direction_none"}
    total = findings.sweep.expected // len(findings.models)
    rows = []
    for row in shown.values():
        cells = []
        for model in findings.models:
            mean = findings.means[model.letter, row.name]
            missing = mean.missing and words("report.missing", defined=mean.runs, runs=total)
            cells.append({"text": mean_cell(words, row, mean), "missing": missing})
        rows.append(
            {
                "label": words.label(row),
                "definition": words.definition(row),
                "unit": words.unit(row),
                "cells": cells,
                "direction": words(f"report.{directions[row.direction]}"),
            }
        )
    return rows


def _differences(findings: Findings, words: Words) -> list[dict[str, Any]]:
    total = findings.sweep.expected // len(findings.models)
    return [
        {
            "title": f"{first.letter} − {second.letter}: "
            f"{first.name(words.language)} / {second.name(words.language)}",
            "rows": [
                difference_row(
                    words,
                    row,
                    findings.differences[first.letter, second.letter, row.name],
                    total,
                    findings.weeks,
                )
                for row in findings.main
            ],
        }
        for first, second in findings.pairs
    ]


def _best(findings: Findings, words: Words) -> list[dict[str, Any]]:
    rows = []
    for row in findings.main:
        if row.name not in findings.best:
            continue
        found = findings.best[row.name]
        cells = []
        for one in found.with_best:
            ends = [words.value(row, end, sign=True) for end in (one.low, one.high)]
            mark = "best" if one.is_best else "may_be_best" if one.may_be_best else "not_best"
            cells.append({"text": " … ".join(ends), "mark": words(f"findings.{mark}"),
                          "settled": one.is_best})  # fmt: skip
        chosen = findings.models[found.selection.chosen]
        key = _promise(found.selection)
        rows.append(
            {
                "label": label_with_unit(words, row, difference=True),
                "cells": cells,
                "choice": chosen.letter,
                "promise": words(
                    f"findings.{key}",
                    needed=words.number(found.selection.needed, 0),
                    runs=words.number(found.selection.runs, 0),
                    first=FIRST_STAGE,
                ),
            }
        )
    return rows


def _promise(selection: Selection) -> str:
    """What can be said of the number of seeds; what is needed is never below the first stage."""
    if not selection.known:
        return "choice_unknown"
    if not selection.kept:
        return "choice_open"
    return "choice_least" if selection.needed == selection.first_stage else "choice_kept"


def _shares(findings: Findings, words: Words) -> list[dict[str, Any]]:
    """One table a pair: shares of points each way round."""
    tables = []
    for first, second in findings.pairs if findings.shares else []:
        rows = []
        for row in findings.main:
            one = findings.shares.get((first.letter, second.letter, row.name))
            other = findings.shares.get((second.letter, first.letter, row.name))
            if one is None or other is None:
                continue
            rows.append(
                {
                    "label": words.label(row),
                    "smallest": smallest_effect(words, row),
                    "first": share_cell(words, one.share, one.low, one.high),
                    "within": words.number(100.0 * (1.0 - one.share - other.share), 0),
                    "second": share_cell(words, other.share, other.low, other.high),
                    "surely": f"{words.number(100.0 * one.surely, 0)} / "
                    f"{words.number(100.0 * other.surely, 0)}",
                }
            )
        tables.append({"first": first, "second": second, "rows": rows})
    return tables


def share_cell(words: Words, share: float, low: float | None, high: float | None) -> str:
    """``45 (31–60)``, per cent; without the interval where there is none."""
    text = words.number(100.0 * share, 0)
    if low is None or high is None:
        return text
    return f"{text} ({words.number(100.0 * low, 0)}–{words.number(100.0 * high, 0)})"


def _regrets(findings: Findings, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "label": label_with_unit(words, row, difference=True),
            "cells": [
                {
                    "text": words(
                        "findings.regret_cell",
                        mean=words.value(row, regret.mean),
                        worst=words.value(row, regret.worst),
                    ),
                    "note": words(
                        "findings.regret_note",
                        best_in=words.number(100.0 * regret.best_in, 0),
                        point=regret.worst_point,
                    ),
                }
                for regret in findings.regrets[row.name]
            ],
        }
        for row in findings.main
        if row.name in findings.regrets
    ]


def _failures(findings: Findings, words: Words) -> dict[str, Any]:
    failures = findings.sweep.failures
    shown = [
        {
            "condition": one.condition,
            "seed": one.seed,
            "reason": getattr(one, "reason", "") or "—",
        }
        for one in failures.head(FAILURES_SHOWN).itertuples()
    ]
    key = "failures_some" if len(failures) else "failures_none"
    return {
        "text": words(
            f"findings.{key}",
            count=words.number(len(failures), 0),
            finished=words.number(len(findings.sweep.runs), 0),
            expected=words.number(findings.sweep.expected, 0),
            shown=len(shown),
        ),
        "rows": shown,
    }
