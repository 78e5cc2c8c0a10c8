"""The short answer to an experiment's question, in whole sentences."""

from typing import Final

from analysis.language import Words, is_plain_number
from analysis.report import SETTLED, TOLD_IN_ORDER
from analysis.sensitivity import MainEffect
from analysis.sweep import SweptModel
from analysis.sweep_findings import Findings
from experiments.experiment import Experiment
from experiments.stopping import Judgement
from simulation.observables import OBSERVABLES, Observable

MODELS_OF_A_PAIR: Final = 2  # for which comparisons with the best say nothing new


def answers(findings: Findings, words: Words) -> list[str]:
    """What can be said, most asked for first; mostly about the headline observable."""
    row = findings.headline
    if len(findings.models) < 2:
        return [words("findings.answer_one"), *_moves(findings, words, row)]
    asked = findings.asked
    told = [
        _difference(findings, words, row, *pair)
        for pair in (findings.pairs if asked is None else [asked])
    ]
    if asked is not None:
        told += _share(findings, words, row, *asked)
    if row.name in findings.best and len(findings.models) > MODELS_OF_A_PAIR:
        told += _best(findings, words, row)
    told += _moves(findings, words, row)
    if asked is not None:
        told += _turns(findings, words, row, *asked)
        told += _others(findings, words, row, *asked)
    return [*told, *_stopping(findings, words)]


def smallest_effect(words: Words, row: Observable) -> str:
    """The smallest effect of interest with its unit."""
    return words.value(row, row.smallest_effect) + _unit(words, row)


def _moves(findings: Findings, words: Words, row: Observable) -> list[str]:
    """Factors whose effect surely exceeds the smallest effect in at least one model."""
    of_models = {
        model.letter: findings.responses[model.letter, row.name].effects
        for model in findings.models
        if (model.letter, row.name) in findings.responses
    }
    if not of_models or not all(of_models.values()):
        return []
    named = []
    for place, one in enumerate(findings.sweep.experiment.factors):
        found = {letter: effects[place] for letter, effects in of_models.items()}
        if any(_beyond(effect, row.smallest_effect) for effect in found.values()):
            shown = ", ".join(
                f"{letter} {words.value(row, effect.mean, sign=True)}"
                for letter, effect in found.items()
            )
            name = getattr(one.name, words.language)
            named.append(f"{name} ({shown}{_unit(words, row)})")
    key = "answer_moves" if named else "answer_moves_nothing"
    return [
        words(
            f"findings.{key}",
            observable=words.label(row),
            smallest=smallest_effect(words, row),
            list="; ".join(named),
        )
    ]


def _turns(
    findings: Findings, words: Words, row: Observable, first: SweptModel, second: SweptModel
) -> list[str]:
    """Factors that surely change the difference by more than the smallest effect."""
    response = findings.responses.get((first.letter, second.letter))
    if response is None or not response.effects:
        return []
    factors = findings.sweep.experiment.factors
    named = [
        f"{getattr(one.name, words.language)} "
        f"({words.value(row, effect.mean, sign=True)}{_unit(words, row)})"
        for one, effect in zip(factors, response.effects, strict=True)
        if _beyond(effect, row.smallest_effect)
    ]
    key = "answer_turns" if named else "answer_turns_nothing"
    return [
        words(
            f"findings.{key}",
            first=first.letter,
            second=second.letter,
            smallest=smallest_effect(words, row),
            list="; ".join(named),
        )
    ]


def _beyond(effect: MainEffect, smallest: float) -> bool:
    return effect.low > smallest or effect.high < -smallest


def _others(
    findings: Findings, words: Words, row: Observable, first: SweptModel, second: SweptModel
) -> list[str]:
    """The other observables, a sentence for each verdict that some of them got."""
    by_verdict: dict[str, list[str]] = {}
    for other in findings.main:
        if other.name != row.name:
            found = findings.differences[first.letter, second.letter, other.name]
            text = words.label(other)
            if found.verdict in SETTLED:
                text += f" ({words.value(other, found.mean, sign=True)}{_unit(words, other)})"
            by_verdict.setdefault(found.verdict, []).append(text)
    return [
        words(
            "findings.answer_others",
            first=first.letter,
            second=second.letter,
            list=words(f"short.{verdict}", list=", ".join(by_verdict[verdict])),
        )
        for verdict in TOLD_IN_ORDER
        if verdict in by_verdict
    ]


def _named(words: Words, model: SweptModel) -> str:
    return f"{model.letter} ({model.name(words.language)})"


def _difference(
    findings: Findings, words: Words, row: Observable, first: SweptModel, second: SweptModel
) -> str:
    found = findings.differences[first.letter, second.letter, row.name]
    if found.low is None:
        return words("findings.answer_undefined", observable=words.label(row))
    return words(
        f"findings.answer_{found.verdict}",
        first=_named(words, first),
        second=_named(words, second),
        observable=words.label(row),
        mean=words.value(row, found.mean, sign=True),
        low=words.value(row, found.low, sign=True),
        high=words.value(row, found.high, sign=True),
        unit=_unit(words, row),
        smallest=words.value(row, row.smallest_effect),
    )


def _unit(words: Words, row: Observable) -> str:
    """With a space before it; nothing for a plain number."""
    return "" if is_plain_number(row) else f" {words.unit(row, difference=True)}"


def _share(
    findings: Findings, words: Words, row: Observable, first: SweptModel, second: SweptModel
) -> list[str]:
    one = findings.shares.get((first.letter, second.letter, row.name))
    other = findings.shares.get((second.letter, first.letter, row.name))
    if one is None or other is None:
        return []
    numbers = {
        "points": words.number(one.points, 0),
        "first": _named(words, first),
        "second": _named(words, second),
        "share": words.number(100.0 * one.share, 0),
        "other": words.number(100.0 * other.share, 0),
        "within": words.number(100.0 * (1.0 - one.share - other.share), 0),
        "smallest": smallest_effect(words, row),
    }
    if one.low is None or one.high is None:
        return [words("findings.answer_share_grid", **numbers)]
    low, high = (words.number(100.0 * end, 0) for end in (one.low, one.high))
    key = "answer_share" if row.direction else "answer_share_more"
    return [words(f"findings.{key}", **numbers, low=low, high=high)]


def _best(findings: Findings, words: Words, row: Observable) -> list[str]:
    found = findings.best[row.name]
    candidates = [
        _named(words, model)
        for model, one in zip(findings.models, found.with_best, strict=True)
        if one.may_be_best
    ]
    key = "answer_best" if len(candidates) == 1 else "answer_candidates"
    told = [words(f"findings.{key}", observable=words.label(row), models=", ".join(candidates))]
    lead = next((one for one in found.with_best if one.is_best), None)
    if lead is not None and max(abs(lead.low), abs(lead.high)) <= row.smallest_effect:
        told.append(
            words(
                "findings.answer_small_lead",
                smallest=smallest_effect(words, row),
            )
        )
    return told


def _stopping(findings: Findings, words: Words) -> list[str]:
    until, judgement = findings.sweep.experiment.until, findings.judgement
    if until is None or judgement is None:
        return []
    return [how_it_stopped(findings.sweep.experiment, judgement, words)]


def how_it_stopped(experiment: Experiment, judgement: Judgement, words: Words) -> str:
    """Where the rule of adaptive replication stands, in one sentence; only with `until`."""
    until = experiment.until
    assert until is not None
    row = OBSERVABLES[until.observable]
    reason: str = judgement.reason
    if reason == "narrow" and judgement.runs <= experiment.replications:
        reason = "at_first"
    return words(
        f"findings.stopped_{reason}",
        runs=words.number(judgement.runs, 0),
        half=words.value(row, judgement.half_width) + _unit(words, row),
        wanted=words.value(row, until.half_width) + _unit(words, row),
        most=words.number(until.most, 0),
    )
