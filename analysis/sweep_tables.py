"""The findings of a sweep as tables of plain numbers: CSV, Excel, Markdown."""

from pathlib import Path
from typing import Any

import pandas as pd

from analysis.figures_sweep import factor_name
from analysis.language import Words
from analysis.sweep_findings import Findings
from simulation.observables import OBSERVABLES, Observable


def tables(findings: Findings, language: str) -> dict[str, pd.DataFrame]:
    """Name to table; those that the design does not allow are left out.

    Every number is in the observable's own unit (shares from 0 to 1) with all its digits.
    """
    words = Words(language)
    found = {
        "means": _means(findings, words),
        "differences": _differences(findings, words),
        "best": _best(findings, words),
        "robustness": _shares(findings, words),
        "regret": _regrets(findings, words),
        "main_effects": _responses(findings, "effects", words),
        "sobol": _responses(findings, "sobol", words),
        "morris": _responses(findings, "morris", words),
        "noise": _noise(findings),
        "design": _design(findings),
        "failures": findings.sweep.failures.dropna(axis=1, how="all"),
    }
    return {name: table for name, table in found.items() if len(table)}


def write_tables(found: dict[str, pd.DataFrame], folder: Path) -> list[str]:
    """Write each table as CSV, all of them as one workbook and one Markdown page; the names."""
    for name, table in found.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    with pd.ExcelWriter(folder / "tables.xlsx") as workbook:
        for name, table in found.items():
            table.to_excel(workbook, sheet_name=name, index=False)
    parts = [f"## {name}\n\n{table.to_markdown(index=False)}\n" for name, table in found.items()]
    (folder / "tables.md").write_text("\n".join(parts), encoding="utf-8")
    return [*(f"{name}.csv" for name in found), "tables.xlsx", "tables.md"]


def _about(words: Words, name: str) -> dict[str, Any]:
    row = OBSERVABLES[name]
    return {"observable": name, "label": words.label(row), "unit": _unit(words, row)}


def _unit(words: Words, row: Observable) -> str:
    """The unit as reports write it, but shares as they are here: from 0 to 1."""
    return words("unit.share") if row.unit == "share" else words.unit(row)


def _means(findings: Findings, words: Words) -> pd.DataFrame:
    key = {model.letter: model.key for model in findings.models}
    return pd.DataFrame(
        {"model": key[letter], **_about(words, name), "runs": mean.runs, "missing": mean.missing,
         "mean": mean.mean, "low": mean.low, "high": mean.high, "deviation": mean.deviation}
        for (letter, name), mean in findings.means.items()
    )  # fmt: skip


def _differences(findings: Findings, words: Words) -> pd.DataFrame:
    rows = []
    for first, second in findings.pairs:
        for row in findings.main:
            found = findings.differences[first.letter, second.letter, row.name]
            rows.append(
                {
                    "first": first.key,
                    "second": second.key,
                    **_about(words, row.name),
                    "runs": found.runs,
                    "missing": found.missing,
                    "difference": found.mean,
                    "low": found.low,
                    "high": found.high,
                    "level": found.level,
                    "smallest_effect": row.smallest_effect,
                    "verdict": words(f"verdict.{found.verdict}"),
                    "effect_d_av": found.effect,
                    "probability_first_better": found.probability_better,
                    "skewed": found.skewed,
                }
            )
    return pd.DataFrame(rows)


def _best(findings: Findings, words: Words) -> pd.DataFrame:
    rows = []
    for name, found in findings.best.items():
        chosen = findings.models[found.selection.chosen].key
        for model, one in zip(findings.models, found.with_best, strict=True):
            rows.append(
                {
                    **_about(words, name),
                    "model": model.key,
                    "minus_best_other": one.difference,
                    "low": one.low,
                    "high": one.high,
                    "level": findings.best_level,
                    "is_best": one.is_best,
                    "may_be_best": one.may_be_best,
                    "best_mean": chosen,
                    "seeds": found.selection.runs,
                    "seeds_needed": found.selection.needed if found.selection.known else None,
                    "smallest_effect": found.selection.smallest_effect,
                }
            )
    return pd.DataFrame(rows)


def _shares(findings: Findings, words: Words) -> pd.DataFrame:
    key = {model.letter: model.key for model in findings.models}
    return pd.DataFrame(
        {"first": key[first], "second": key[second], **_about(words, name), "points": one.points,
         "share_first_ahead": one.share, "low": one.low, "high": one.high, "surely": one.surely,
         "possibly": one.possibly}
        for (first, second, name), one in findings.shares.items()
    )  # fmt: skip


def _regrets(findings: Findings, words: Words) -> pd.DataFrame:
    return pd.DataFrame(
        {"model": model.key, **_about(words, name), "mean_regret": one.mean,
         "worst_regret": one.worst, "worst_point": one.worst_point, "best_in_share": one.best_in}
        for name, of_models in findings.regrets.items()
        for model, one in zip(findings.models, of_models, strict=True)
    )  # fmt: skip


def _responses(findings: Findings, kind: str, words: Words) -> pd.DataFrame:
    """One row an outcome and factor, with the fields of the index as columns."""
    factors = findings.sweep.experiment.factors
    return pd.DataFrame(
        {**_outcome(findings, key), "factor": factor.path,
         "name": factor_name(factor, words.language), "kind": factor.kind, **vars(one)}
        for key, response in findings.responses.items()
        for factor, one in zip(factors, getattr(response, kind), strict=False)
    )  # fmt: skip


def _outcome(findings: Findings, key: tuple[str, str]) -> dict[str, str]:
    """A model and its observable, or the difference that the question is about."""
    by_letter = {model.letter: model.key for model in findings.models}
    first, second = key
    if second in by_letter:
        return {
            "outcome": f"{by_letter[first]} - {by_letter[second]}",
            "observable": findings.headline.name,
        }
    return {"outcome": by_letter[first], "observable": second}


def _noise(findings: Findings) -> pd.DataFrame:
    return pd.DataFrame(
        {**_outcome(findings, key), "share_of_noise": response.noise.share,
         "replications": response.noise.replications, "explained_by_lines": response.explained}
        for key, response in findings.responses.items()
        if response.noise is not None
    )  # fmt: skip


def _design(findings: Findings) -> pd.DataFrame:
    points = findings.sweep.experiment.points.settings
    return pd.DataFrame({"point": number, **dict(point)} for number, point in enumerate(points))
