"""One table and a verdict from what was run."""

from collections.abc import Iterable, Sequence
from typing import Any

from tests.model.mechanisms import Mechanism
from tests.verification.claims import Claim, Result

MARKS = {True: "●", False: "○"}
VERDICTS = {"reproduced": "●", "not_reproduced": "○", "undecided": "?"}


def claim_rows(results: Sequence[tuple[Claim, Result]]) -> list[str]:
    """A table of claims."""
    lines = ["| | exact case or property | source | tests |", "| --- | --- | --- | ---: |"]
    for claim, result in results:
        told = str(result.ran) if result.holds else f"{result.failed} failed of {result.ran}"
        lines.append(f"| {MARKS[result.holds]} | {claim.text} | {claim.source} | {told} |")
    return lines


def mechanism_rows(rows: Iterable[Mechanism], passed: dict[str, bool]) -> list[str]:
    """A table of mechanisms: what switching each off worsens and improves."""
    lines = ["| | switched off | gets worse | gets better |", "| --- | --- | --- | --- |"]
    for row in rows:
        sides = [_sides(row, side) for side in ("worsens", "improves")]
        mark = MARKS[passed.get(row.name, False)]
        lines.append(f"| {mark} | `{row.name}` | {sides[0]} | {sides[1]} |")
    return lines


def _sides(row: Mechanism, side: str) -> str:
    """The first expectation, and the one that was named where it was not seen."""
    told = [_side(row, one) for one in (side, f"also_{side}")]
    return "; ".join(one for one in told if one) or "—"


def _side(row: Mechanism, side: str) -> str:
    expected = getattr(row, side)
    if expected is None:
        return ""
    observable, sign = expected
    told = f"`{observable}` {'rises' if sign > 0 else 'falls'}"
    return f"{told} (expected, not seen)" if side in row.not_seen else told


def pattern_rows(document: dict[str, Any]) -> list[str]:
    """A table of patterns, with every expectation below its pattern."""
    lines = ["| | finding | estimate | interval | runs |", "| --- | --- | ---: | ---: | ---: |"]
    for one in document["patterns"]:
        notes = [one["source"]] + (["direct"] if one["direct"] else [])
        verdict = one["verdict"].replace("_", " ")
        lines.append(
            f"| {VERDICTS[one['verdict']]} | **{one['title']['en']}** ({'; '.join(notes)}): "
            f"{verdict} | | | {one['runs']} |"
        )
        for part in one["requirements"]:
            mark = {"holds": "●", "fails": "○"}.get(part["verdict"], "?")
            lines.append(
                f"| | {mark} `{part['text']}` · {part['observable']} | {_number(part['estimate'])} "
                f"| {_number(part['low'])} … {_number(part['high'])} | |"
            )
    return lines


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.3g}"


def count(document: dict[str, Any]) -> str:
    """How many patterns came out how, in words."""
    verdicts = [one["verdict"] for one in document["patterns"]]
    undecided = verdicts.count("undecided")
    told = f"{verdicts.count('reproduced')} of {len(verdicts)} reproduced"
    return f"{told}, {undecided} undecided" if undecided else told


def verdict(
    results: Sequence[tuple[Claim, Result]],
    other_tests: Result,
    orderings: dict[str, Any] | None,
    findings: dict[str, Any] | None,
) -> tuple[bool, str]:
    """Whether all that must hold does, and one line that says so.

    An ordering or a finding that the model does not show is told and is no fault.
    """
    broken = [claim.text for claim, result in results if not result.holds]
    whole = not broken and other_tests.holds and orderings is not None and findings is not None
    told = [f"{len(results) - len(broken)} of {len(results)} exact cases and properties hold"]
    failed, ran = other_tests.failed, other_tests.ran
    told.append(f"{ran - failed} of {ran} other statistical and fault-injection tests pass")
    for name, document in (("orderings", orderings), ("patterns", findings)):
        told.append(f"{name}: {count(document) if document else 'could not be run'}")
    return whole, f"{'VERIFIED' if whole else 'NOT VERIFIED'}: {'; '.join(told)}."
