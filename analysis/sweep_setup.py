"""How a sweep was set up: models, levers, uncertainties, design, plan and origin, as rows."""

from dataclasses import dataclass
from typing import Any

from analysis.figures_sweep import factor_name
from analysis.language import Words, scale_of
from analysis.sweep_answers import smallest_effect
from analysis.sweep_findings import Findings
from experiments.experiment import Experiment
from experiments.factors import Factor, Kind


@dataclass(frozen=True)
class Origin:
    """Where a sweep's numbers come from, for those who want to repeat or doubt it.

    Attributes:
        file: name of the experiment file, without folder.
        sha256: its hash.
        registered: when the plan was put on record, UTC, ISO 8601.
        first_result: when the first result was, None if that is not known.
        plans: how often a plan was put on record in this folder; 1 means it never changed.
        code: hash of the model's sources.
        versions: package to version.
        platform: operating system, processor and C library.
        folder: of the results, as the user named it.
        created: when the report was made.
    """

    file: str
    sha256: str
    registered: str
    first_result: str | None
    plans: int
    code: str
    versions: dict[str, str]
    platform: str
    folder: str
    created: str


def plan_sentences(findings: Findings, origin: Origin, words: Words) -> list[str]:
    """What was decided before the first result, and how that can be checked."""
    key = "plan_unknown"
    if origin.first_result is not None:
        key = "plan_before" if origin.registered <= origin.first_result else "plan_after"
    told = [
        words(
            f"findings.{key}",
            registered=words.moment(origin.registered),
            first=words.moment(origin.first_result or ""),
            file=origin.file,
        ),
        words("findings.plan_hash", hash=origin.sha256),
    ]
    if origin.plans > 1:
        told.append(words("findings.plan_changed", count=origin.plans))
    return told


def design_rows(findings: Findings, words: Words) -> list[tuple[str, str]]:
    """Name and text of everything about the design that is no lever or uncertainty."""
    sweep, experiment = findings.sweep, findings.sweep.experiment
    design = experiment.design
    count = len(experiment.points.settings)
    kind = words(
        f"findings.design_{design.kind}" if count else "findings.design_none",
        points=words.number(count, 0),
        base=words.number(design.points or 0, 0),
        levels=design.levels or 0,
        factors=len(experiment.factors),
    )
    return [
        (words("findings.design"), kind),
        (words("findings.replications"), _replications(findings, words)),
        (
            words("report.how_seeds"),
            words("findings.seeds", first=int(sweep.seeds[0]), last=int(sweep.seeds[-1])),
        ),
        (words("findings.runs"), words.number(len(sweep.runs), 0)),
        (
            words("findings.weeks"),
            words("findings.weeks_own") if experiment.weeks is None else str(experiment.weeks),
        ),
        (
            words("findings.observables"),
            "; ".join(
                f"{words.label(row)} ({smallest_effect(words, row)})" for row in findings.main
            ),
        ),
    ]


def _replications(findings: Findings, words: Words) -> str:
    experiment = findings.sweep.experiment
    until = experiment.until
    if until is None:
        return words("findings.replications_fixed", runs=words.number(experiment.replications, 0))
    by_key = {model.key: model.letter for model in findings.models}
    first, second = (by_key[key] for key in until.difference)
    row = next(row for row in findings.main if row.name == until.observable)
    return words(
        "findings.replications_until",
        runs=words.number(experiment.replications, 0),
        most=words.number(until.most, 0),
        first=first,
        second=second,
        observable=words.label(row),
        confidence=words.number(100.0 * until.confidence, 0),
        half=plain(until.half_width * scale_of(row), words),
        unit=words.unit(row, difference=True),
    )


def factor_rows(experiment: Experiment, kind: Kind, words: Words) -> list[dict[str, Any]]:
    """Levers or uncertainties, each with where it stands, what it may be, and its source."""
    return [
        {
            "name": factor_name(one, words.language),
            "meaning": getattr(one.meaning, words.language) if one.meaning else "",
            "path": one.path,
            "elsewhere": ", ".join(f"{model}: {path}" for model, path in one.paths.items()),
            "range": factor_range(one, words),
            "distribution": _distribution(one, words) if kind == "uncertainty" else "",
            "source": one.source,
        }
        for one in experiment.factors
        if one.kind == kind
    ]


def factor_range(one: Factor, words: Words) -> str:
    """``0–4 organer`` or the list of values."""
    if one.values:
        return ", ".join(one.values)
    return f"{plain(one.low, words)}–{plain(one.high, words)}"


def plain(value: float, words: Words) -> str:
    """A number with as many digits as it has, in the language's writing."""
    text = f"{value:g}"
    return text.replace(".", ",") if words.language == "da" else text


def _distribution(one: Factor, words: Words) -> str:
    if one.values:
        return words("findings.distribution_values")
    return words(
        f"findings.distribution_{one.distribution}",
        mode=plain(one.mode, words),
        mean=plain(one.mean, words),
        deviation=plain(one.deviation, words),
    )


def how_rows(findings: Findings, origin: Origin, words: Words) -> list[tuple[str, Any]]:
    """What is needed to make the same numbers again."""
    versions = ", ".join(f"{name} {version}" for name, version in origin.versions.items())
    hashes = ", ".join(f"{model.key} {model.hash[:16]}" for model in findings.models)
    return [
        (words("findings.how_run"), {"code": f"trappe sweep {origin.file} --out {origin.folder}"}),
        (words("findings.how_report"), {"code": f"trappe report {origin.folder}"}),
        (words("findings.how_tables"), {"code": f"trappe analyse {origin.folder}"}),
        (words("findings.how_file"), {"code": f"SHA-256 {origin.sha256}"}),
        (words("findings.how_models"), {"code": hashes}),
        (words("report.how_versions"), f"{versions}, simulation {origin.code}"),
        (words("report.how_platform"), origin.platform),
        (words("report.how_created"), words.moment(origin.created)),
    ]
