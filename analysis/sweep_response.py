"""The sections on what the outcome depends on: main effects, Sobol indices, elementary effects."""

from typing import Any

from analysis.figures import Drawing
from analysis.figures_sweep import Dots, dots, effects, factor_name, outcomes
from analysis.language import Words, decimals_of, scale_of
from analysis.sweep_findings import Findings, Response

Cell = dict[str, str]  # text, and a note below it


def response_sections(findings: Findings, words: Words) -> list[tuple[str, dict[str, Any]]]:
    """Anchor and content of each section that the design allows."""
    found = []
    drawing = effects(findings, words)
    if drawing is not None:
        found.append(("effects", _section(findings, words, "effects", drawing, _effect_cell)))
    for kind, draw, cell in (
        ("sobol", _draw_sobol, _sobol_cell),
        ("morris", _draw_morris, _morris_cell),
    ):
        keys = [key for _, key in outcomes(findings, findings.headline, words)]
        if any(getattr(findings.responses[key], kind) for key in keys):
            drawing = draw(findings, words)
            found.append((kind, _section(findings, words, kind, drawing, cell)))
    return found


def _section(
    findings: Findings, words: Words, kind: str, drawing: Drawing, cell: Any
) -> dict[str, Any]:
    row = findings.headline
    factors = findings.sweep.experiment.factors
    shown = [
        (title, findings.responses[key])
        for title, key in outcomes(findings, row, words)
        if getattr(findings.responses[key], kind)
    ]
    decimals = decimals_of(row) + 1
    return {
        "title": words(f"findings.{kind}_title"),
        "text": words(
            f"findings.{kind}_text",
            observable=words.label(row),
            level=words.number(100.0 * findings.effect_level, 2),
        ),
        "caption": words(f"findings.{kind}_caption"),
        "drawing": drawing,
        "columns": [title for title, _ in shown],
        "rows": [
            {
                "name": factor_name(one, words.language),
                "kind": words(f"findings.{one.kind}"),
                "cells": [
                    cell(getattr(response, kind)[place], words, scale_of(row), decimals)
                    for _, response in shown
                ],
            }
            for place, one in enumerate(factors)
        ],
        "feet": [_foot(response, words) for _, response in shown],
    }


def _foot(response: Response, words: Words) -> str:
    parts = []
    if response.explained is not None:
        parts.append(words("findings.explained", share=words.number(100.0 * response.explained, 0)))
    if response.noise is not None:
        parts.append(words("findings.noise", share=words.number(100.0 * response.noise.share, 1)))
    return "; ".join(parts)


def _effect_cell(one: Any, words: Words, scale: float, decimals: int) -> Cell:
    mean, low, high = (
        words.number(end * scale, decimals, sign=True) for end in (one.mean, one.low, one.high)
    )
    return {"text": mean, "note": f"{low} … {high}"}


def _sobol_cell(one: Any, words: Words, _scale: float, _decimals: int) -> Cell:
    first, first_reach, total, total_reach = (
        words.number(value, 2) for value in (one.first, one.first_reach, one.total, one.total_reach)
    )
    return {
        "text": words("findings.sobol_cell", total=total, reach=total_reach),
        "note": words("findings.sobol_note", first=first, reach=first_reach),
    }


def _morris_cell(one: Any, words: Words, scale: float, decimals: int) -> Cell:
    size, reach, spread = (
        words.number(value * scale, decimals) for value in (one.size, one.size_reach, one.spread)
    )
    return {
        "text": words("findings.morris_cell", size=size, reach=reach),
        "note": words("findings.morris_note", spread=spread),
    }


def _draw_sobol(findings: Findings, words: Words) -> Drawing:
    panels = []
    for title, key in outcomes(findings, findings.headline, words):
        found = findings.responses[key].sobol
        if found:
            total = [one.total for one in found]
            reach = [one.total_reach for one in found]
            panels.append(_around(title, total, reach))
    return dots(panels, findings.sweep.experiment.factors, words("findings.sobol_axis"), 0.0, words,
                "sobol", words("findings.alt_sobol"))  # fmt: skip


def _draw_morris(findings: Findings, words: Words) -> Drawing:
    row = findings.headline
    scale = scale_of(row)
    panels = []
    for title, key in outcomes(findings, row, words):
        found = findings.responses[key].morris
        if found:
            size = [one.size * scale for one in found]
            panels.append(_around(title, size, [one.size_reach * scale for one in found]))
    axis = words("findings.morris_axis", observable=words.label(row),
                 unit=words.unit(row, difference=True))  # fmt: skip
    return dots(panels, findings.sweep.experiment.factors, axis, row.smallest_effect * scale, words,
                "morris", words("findings.alt_morris"))  # fmt: skip


def _around(title: str, middle: list[float], reach: list[float]) -> Dots:
    pairs = list(zip(middle, reach, strict=True))
    return Dots(title, middle, [m - r for m, r in pairs], [m + r for m, r in pairs])
