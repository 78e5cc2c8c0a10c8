"""Findings on a terminal of 80 columns or more."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.language import Words, listed
from analysis.patterns.naming import observed
from experiments.patterns.requirements import Requirement
from experiments.patterns.settling import Finding, Reading

MARKS: Final = {
    "holds": "●", "fails": "○", "undecided": "?", "reproduced": "●", "not_reproduced": "○",
    "impossible": "✕",
}  # fmt: skip
STYLES: Final = {"reproduced": "bold green", "not_reproduced": "bold red", "undecided": "bold"}
Verdicts = Mapping[str, Mapping[str, str]]  # column, pattern id: verdict, or "impossible"


def show_findings(findings: Sequence[Finding], words: Words, console: Console) -> None:
    """Print each pattern with what was expected and measured, and a summary."""
    for finding in findings:
        _show_one(finding, words, console)
    console.print(Text(words("patterns.read")))
    console.print(Text(words("patterns.caution")))
    console.print()
    show_summary(findings, words, console)


def show_summary(findings: Sequence[Finding], words: Words, console: Console) -> None:
    """How many came out how; those used for the fit and those kept apart, where both exist."""
    console.print(
        Text(
            words(
                "patterns.summary",
                reproduced=_count(findings, "reproduced"),
                failed=_count(findings, "not_reproduced"),
                undecided=_count(findings, "undecided"),
                total=len(findings),
            ),
            style="bold",
        )
    )
    fitted = [one for one in findings if one.pattern.fit]
    kept = [one for one in findings if not one.pattern.fit]
    if fitted and kept:
        console.print(
            Text(
                words(
                    "patterns.summary_fit",
                    reproduced=_count(fitted, "reproduced"),
                    total=len(fitted),
                    reproduced_kept=_count(kept, "reproduced"),
                    total_kept=len(kept),
                )
            )
        )


def _count(findings: Sequence[Finding], verdict: str) -> int:
    return sum(one.verdict == verdict for one in findings)


def _show_one(finding: Finding, words: Words, console: Console) -> None:
    pattern = finding.pattern
    heading = words(
        "patterns.heading",
        title=pattern.called(words.language),
        id=pattern.id,
        verdict=words(f"patterns.{finding.verdict}"),
        runs=finding.runs,
    )
    console.print(Text(f"{MARKS[finding.verdict]} {heading}", style=STYLES[finding.verdict]))
    told = [words("patterns.direct")] if pattern.label else []
    told += [words("patterns.fit")] if pattern.fit else []
    source = words("patterns.source", source=pattern.source)
    console.print(Text("  " + " · ".join([source, *told]), style="dim"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", width=1)
    table.add_column(words("patterns.expected"), ratio=1, overflow="fold")
    for name in ("estimate", "interval", "probability", "standardised"):
        table.add_column(words(f"patterns.{name}"), justify="right", no_wrap=True)
    for reading in finding.readings:
        table.add_row(*_cells(reading, words))
    console.print(table)
    for sentence in _warnings(finding, words):
        console.print(Text(f"  ! {sentence}"))


def _cells(reading: Reading, words: Words) -> list[str | Text]:
    requirement = reading.requirement
    expected = Text(requirement.text)
    expected.append(f"\n{observed(requirement.observable, words)}", style="dim")
    if requirement.unit and requirement.unit not in ("share",):
        unit = words.section("units").get(requirement.unit, requirement.unit)
        expected.append(f" ({unit})", style="dim")
    decimals = decimals_for(requirement, reading)
    interval = "—"
    if reading.low is not None and reading.high is not None:
        ends = [words.number(end, decimals) for end in (reading.low, reading.high)]
        interval = " … ".join(ends)
    chance = "—" if reading.probability is None else words.number(100 * reading.probability, 0)
    return [
        MARKS[reading.verdict],
        expected,
        words.number(reading.estimate, decimals, sign=requirement.is_difference),
        interval,
        chance if chance == "—" else f"{chance} %",
        words.number(reading.standardised, 1, sign=True),
    ]


def decimals_for(requirement: Requirement, reading: Reading) -> int:
    """One digit beyond the smallest effect, or beyond the interval's width where there is none."""
    width = (reading.high or 0.0) - (reading.low or 0.0)
    scale = requirement.by or width
    return min(6, max(0, 1 - math.floor(math.log10(scale)))) if scale > 0.0 else 3


def _warnings(finding: Finding, words: Words) -> list[str]:
    missing = max((one.missing for one in finding.readings), default=0)
    told = [words("warning.identical", list=listed(group, words)) for group in finding.identical]
    if missing:
        told.append(words("patterns.missing", missing=missing, runs=finding.runs))
    if any(one.skewed for one in finding.readings):
        told.append(words("patterns.skewed"))
    return told


def show_matrix(
    findings: Sequence[Finding], verdicts: Verdicts, words: Words, console: Console
) -> None:
    """Patterns in rows, one mechanism less in each column."""
    columns = list(verdicts)
    console.print(Text(words("patterns.matrix_title"), style="bold"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(words("patterns.pattern"), overflow="fold")
    for number in range(len(columns)):
        table.add_column(str(number), justify="center", width=2)
    for finding in findings:
        marks = [MARKS[verdicts[name][finding.pattern.id]] for name in columns]
        table.add_row(finding.pattern.id, *marks)
    console.print(table)
    names = [words("patterns.all_on"), *columns[1:]]
    listed = "  ".join(f"{number} {name}" for number, name in enumerate(names))
    console.print(Text(f"{words('patterns.mechanisms')} {listed}"))
    console.print(Text(words("patterns.matrix_read")))


def show_sets(
    findings: Sequence[Finding], verdicts: Verdicts, words: Words, console: Console
) -> None:
    """Patterns in rows, a parameter set in each column; those kept out of the fit apart."""
    console.print(Text(words("patterns.sets_title", sets=len(verdicts)), style="bold"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column(words("patterns.pattern"), overflow="fold")
    for name in verdicts:
        table.add_column(name, justify="center")
    table.add_column(words("patterns.share"), justify="right")
    for fit, part in ((True, "patterns.fitted_part"), (False, "patterns.kept_part")):
        chosen = [one for one in findings if one.pattern.fit == fit]
        if chosen:
            table.add_row(Text(words(part), style="italic"))
        for finding in chosen:
            outcomes = [column[finding.pattern.id] for column in verdicts.values()]
            share = sum(one == "reproduced" for one in outcomes) / len(outcomes)
            marks = [MARKS[one] for one in outcomes]
            table.add_row(finding.pattern.id, *marks, f"{words.number(100 * share, 0)} %")
    console.print(table)
    console.print(Text(words("patterns.sets_read")))
