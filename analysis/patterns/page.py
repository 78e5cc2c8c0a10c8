"""Findings as a page in Markdown, for the documentation."""

from collections.abc import Mapping, Sequence

from analysis.language import Words
from analysis.patterns.naming import observed
from analysis.patterns.screen import MARKS, decimals_for
from experiments.patterns.settling import Finding, Reading

Verdicts = Mapping[str, Mapping[str, str]]


def page(findings: Sequence[Finding], without: Verdicts | None, words: Words) -> str:
    """What was expected and measured, pattern by pattern, and the matrix without mechanisms.

    Args:
        findings: at least one.
        without: as for ``show_matrix``, None to leave the matrix out.
        words: the language.
    """
    lines = [f"## {words('patterns.page_title')}", ""]
    fitted = [one for one in findings if one.pattern.fit]
    kept = [one for one in findings if not one.pattern.fit]
    if fitted:
        lines += [f"### {words('patterns.fitted_part')}", "", *_table(fitted, words), ""]
    if kept:
        # nothing is kept apart where nothing is used, as with patterns of one's own
        lines += [f"### {words('patterns.kept_part')}", ""] if fitted else []
        lines += [*_table(kept, words), ""]
    lines += [words("patterns.read"), "", words("patterns.caution"), ""]
    if without is not None:
        lines += [f"### {words('patterns.matrix_title')}", "", *_matrix(findings, without, words)]
        lines += ["", words("patterns.matrix_read"), ""]
    return "\n".join(lines)


def _table(findings: Sequence[Finding], words: Words) -> list[str]:
    names = ("expected", "estimate", "interval", "probability", "standardised")
    heads = [words("patterns.pattern"), *(words(f"patterns.{name}") for name in names)]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for finding in findings:
        title = finding.pattern.called(words.language)
        told = [title, words(f"patterns.{finding.verdict}"), f"n = {finding.runs}"]
        told += [words("patterns.direct")] if finding.pattern.label else []
        lines.append(_row([f"**{told[0]}**: {', '.join(told[1:])}", "", "", "", "", ""]))
        lines += [_row(["", *_cells(reading, words)]) for reading in finding.readings]
    return lines


def _cells(reading: Reading, words: Words) -> list[str]:
    requirement = reading.requirement
    decimals = decimals_for(requirement, reading)
    ends = [words.number(end, decimals) for end in (reading.low, reading.high)]
    chance = reading.probability
    about = observed(requirement.observable, words)
    return [
        f"{MARKS[reading.verdict]} `{requirement.text}` · {about}",
        words.number(reading.estimate, decimals, sign=requirement.is_difference),
        "—" if reading.low is None else " … ".join(ends),
        "—" if chance is None else f"{words.number(100.0 * chance, 0)} %",
        words.number(reading.standardised, 1, sign=True),
    ]


def _matrix(findings: Sequence[Finding], without: Verdicts, words: Words) -> list[str]:
    heads = [words("patterns.pattern"), *(name or words("patterns.all_on") for name in without)]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for finding in findings:
        name = finding.pattern.id
        lines.append(_row([name, *(MARKS[column[name]] for column in without.values())]))
    return lines


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
