"""What a reader must be told about the very numbers of a sweep."""

from typing import Final

from analysis.language import Words, few_runs
from analysis.robustness import sample_rows
from analysis.sweep_findings import Findings
from experiments.experiment import Experiment
from experiments.stopping import FEWEST

MUCH_NOISE = 0.1
TO_SPARE: Final = 5  # points beyond what the lines use up, below which their fit is not known
PER_FACTOR: Final = 10  # points of a sample for each factor: Loeppky, Sacks & Welch (2009)
FEWEST_PATHS: Final = 4  # trajectories of Morris (1991), from which a spread can be told
FEWEST_BASE: Final = 64  # base points of a Sobol design, below which its bootstrap says little


def sweep_warnings(findings: Findings, words: Words) -> list[str]:
    """Everything worth a caution, in whole sentences."""
    sweep = findings.sweep
    told = few_points(sweep.experiment, words)
    if len(sweep.seeds) < FEWEST:
        told.append(words(few_runs(len(sweep.seeds)), runs=len(sweep.seeds)))
    unfinished = sweep.expected - len(sweep.runs) - len(sweep.failures)
    if unfinished > 0:
        told.append(words("findings.warn_unfinished", count=words.number(unfinished, 0),
                          expected=words.number(sweep.expected, 0)))  # fmt: skip
    if len(sweep.failures):
        told.append(words("findings.warn_failures", count=words.number(len(sweep.failures), 0)))
    told += _skewed(findings, words)
    told += _missing(findings, words)
    told += _noise(findings, words)
    told += _without_index(findings, words)
    judgement = findings.judgement
    if judgement is not None and judgement.skewed:
        told.append(words("findings.warn_skewed_rule", runs=words.number(judgement.runs, 0)))
    if judgement is not None and judgement.reason == "cap":
        told.append(words("findings.warn_cap", runs=words.number(judgement.runs, 0)))
    return told


def few_points(experiment: Experiment, words: Words) -> list[str]:
    """That the design has too few points to tell what its factors do; nothing where it has enough.

    Known before anything is run.
    """
    factors, design = len(experiment.factors), experiment.design
    if not factors:
        return []
    numbers = {"factors": factors, "least": factors + 2, "good": PER_FACTOR * factors}
    if design.kind == "morris":
        few = (design.points or 0) < FEWEST_PATHS
        said = {"paths": design.points, "least": FEWEST_PATHS, "good": PER_FACTOR}
        return [words("findings.warn_few_paths", **said)] if few else []
    if design.kind == "sobol" and (design.points or 0) < FEWEST_BASE:
        return [words("findings.warn_few_base", base=design.points, least=FEWEST_BASE)]
    rows, sampled = sample_rows(experiment)
    spare = len(rows) - (factors + 1)
    if spare < 1:
        return [words("findings.warn_too_few_points", points=len(rows), **numbers)]
    if sampled and spare < TO_SPARE:
        return [words("findings.warn_few_points", points=len(rows), **numbers)]
    return []


def _skewed(findings: Findings, words: Words) -> list[str]:
    shown = [
        (findings.differences[first.letter, second.letter, row.name], row)
        for first, second in findings.pairs
        for row in findings.main
    ]
    skewed = [row for found, row in shown if found.skewed and found.verdict != "undefined"]
    if not skewed or len(findings.sweep.seeds) < FEWEST:
        return []
    names = "; ".join(dict.fromkeys(words.label(row) for row in skewed))
    return [words("warning.skewed_many", count=len(skewed), shown=len(shown), observables=names)]


def _missing(findings: Findings, words: Words) -> list[str]:
    total = findings.sweep.expected // len(findings.models)
    told = []
    for row in findings.main:
        means = [findings.means[model.letter, row.name] for model in findings.models]
        if any(mean.missing for mean in means):
            counts = ", ".join(
                f"{model.letter}: {words.number(mean.runs, 0)}/{words.number(total, 0)}"
                for model, mean in zip(findings.models, means, strict=True)
            )
            told.append(words("findings.warn_missing", observable=words.label(row), counts=counts))
    return told


def _noise(findings: Findings, words: Words) -> list[str]:
    shares = [
        response.noise.share
        for response in findings.responses.values()
        if response.noise is not None and (response.sobol or response.morris)
    ]
    if not shares or max(shares) <= MUCH_NOISE:
        return []
    return [words("findings.warn_noise", share=words.number(100.0 * max(shares), 0))]


def _without_index(findings: Findings, words: Words) -> list[str]:
    """Models whose headline has no Sobol or Morris index though the design asks for one."""
    row = findings.headline
    kind = findings.sweep.experiment.design.kind
    without = [
        model.letter
        for model in findings.models
        if kind in ("sobol", "morris")
        and not getattr(findings.responses[model.letter, row.name], kind)
    ]
    if not without:
        return []
    return [words("findings.warn_no_index", observable=words.label(row), models=", ".join(without))]
