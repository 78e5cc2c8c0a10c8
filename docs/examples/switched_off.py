"""What is left of a difference when rules are switched off: the numbers of `docs/validation.md`.

python docs/examples/switched_off.py          # all of them, on 40 paired seeds: about a minute
python docs/examples/switched_off.py trust    # those whose name holds a word
"""

import sys
from typing import Any, NamedTuple

import numpy as np

import scenarios
from analysis.paired import mean_interval
from simulation import SUMMARY, run_many
from simulation.columns import TRUST_BETWEEN

SEEDS = np.arange(1, 41)
LOCAL, CENTRAL = "lokal_fagprofessionel", "central_professionel"

Settings = dict[str, Any]


def without(*parameters: str) -> Settings:
    """These parameters at 0."""
    return {f"parameters.{name}": 0.0 for name in parameters}


NO_PROMISES = without("trust_gain", "trust_loss")
NO_OPENNESS = without("openness_gain", "openness_loss")
STILL = {**NO_PROMISES, **NO_OPENNESS, **without("conflict_trust_loss", "cover_mistrust")}
NO_MOVES = {"switches.moves": False}
RELATIONS = scenarios.load(LOCAL).relations
NO_AGREEMENT = {f"relations.{one}.formal_agreement": 0.0 for one in RELATIONS}
ALL_ALIKE = {f"relations.{one}.trust": 0.478 for one in RELATIONS if one != "within"}


class Contrast(NamedTuple):
    """An observable in the second of two scenarios, less the same in the first."""

    name: str
    observable: str
    first: tuple[str, Settings]
    second: tuple[str, Settings]
    off: dict[str, Settings]


def lever(model: str, key: str, low: Any, high: Any) -> tuple[tuple[str, Settings], ...]:
    """One lever at two places, all else as in the model."""
    return tuple((model, {f"levers.{key}": value}) for value in (low, high))


TRUST_RULES = {
    "promises move no trust": NO_PROMISES,
    "openness moves no trust": NO_OPENNESS,
    "nothing moves trust": STILL,
}
TURNOVER_RULES = {
    **TRUST_RULES,
    "nobody changes employer": NO_MOVES,
    "nothing is held in writing": NO_AGREEMENT,
    "neither of the two": {**NO_MOVES, **NO_AGREEMENT},
    "neither, and nothing moves trust": {**NO_MOVES, **NO_AGREEMENT, **STILL},
    "nothing moves it, it counts little in picking": {**STILL, "parameters.trust_least": 1.0},
}
ATTENTIVE = {"levers.leadership_attention": 0.6}
TIGHT, FREE = ((LOCAL, {"levers.control": value, **ATTENTIVE}) for value in (0.9, 0.2))
CONTROL_RULES = {
    "control stifles nothing": without("control_stifles"),
    "control narrows nothing": without("control_narrows"),
    "neither": without("control_stifles", "control_narrows"),
}
NARROW = (LOCAL, {"levers.mandate": 1, "levers.mandate_clarity.driftsgruppe": 0.4})
WIDE = (LOCAL, {"levers.mandate": 3, "levers.mandate_clarity.driftsgruppe": 1.0})
IMPOSED, CREATED = (
    (
        "central_professionel+omraade_2",
        {"levers.co_creation.boligorganisation": value, "levers.co_creation.kommune": value},
    )
    for value in (0, 1)
)
DEFINING_RULES = {
    "nobody owns the more": without("defining_owns"),
    "nobody resists": without("defining_resists"),
}
WAITING_RULES = {"waiting has no price": without("wait_price")}
ONE_B, ONE_A, TEAM = ((f"{CENTRAL}+{one}", {}) for one in ("enmands_b", "enmands_a", "stort_team"))

CONTRASTS = (
    Contrast("trust, turnover 0.05 to 0.5", "trust_between",
             *lever(LOCAL, "turnover", 0.05, 0.5), TURNOVER_RULES),
    Contrast("trust, fora on one level to three", "trust_between",
             *lever(CENTRAL, "fora_levels", "strategic_only", "all_levels"), TRUST_RULES),
    Contrast("trust, conventional to informal", "trust_between",
             *lever(LOCAL, "meeting_format", "conventional", "informal"), TRUST_RULES),
    Contrast("trust, conventional to dialogic", "trust_between",
             *lever(LOCAL, "meeting_format", "conventional", "dialogic"), TRUST_RULES),
    Contrast("promises broken, conventional to informal", "promises_broken",
             *lever(LOCAL, "meeting_format", "conventional", "informal"), {}),
    Contrast("promises broken, conventional to dialogic", "promises_broken",
             *lever(LOCAL, "meeting_format", "conventional", "dialogic"), {}),
    Contrast("trust, coffee 0 to 26", "trust_between",
             *lever(LOCAL, "informal_meetings", 0, 26), TRUST_RULES),
    Contrast("promises broken, coffee 0 to 26", "promises_broken",
             *lever(LOCAL, "informal_meetings", 0, 26), {}),
    Contrast("promises kept, coffee 0 to 26", "promises_kept",
             *lever(LOCAL, "informal_meetings", 0, 26), {}),
    Contrast("03 lead time", "lead_time", *lever(CENTRAL, "chain_length", 0, 3), WAITING_RULES),
    Contrast("03 needing approval", "needing_approval",
             *lever(CENTRAL, "chain_length", 0, 3), WAITING_RULES),
    Contrast("04 lead time", "lead_time", NARROW, WIDE, WAITING_RULES),
    Contrast("04 joint work", "share_joint", NARROW, WIDE, WAITING_RULES),
    Contrast("05 attention", "leadership_attention",
             ("lokal_semiprofessionel", {}), (CENTRAL, {}),
             {"no attention won in meetings": without("attention_gain")}),
    Contrast("05 acceptance", "acceptance", (CENTRAL, {}), ("lokal_semiprofessionel", {}),
             {"no acceptance by say": without("acceptance_from_say", "acceptance_lost_unheard")}),
    Contrast("06 follow-up, B to team", "follow_up_hours", ONE_B, TEAM, {}),
    Contrast("06 coordination, B to team", "hours_coordination", ONE_B, TEAM, {}),
    Contrast("06 follow-up, B to A", "follow_up_hours", ONE_B, ONE_A, {}),
    Contrast("06 new methods, A to team", "innovations", ONE_A, TEAM, {}),
    Contrast("08 new methods", "innovations", TIGHT, FREE, CONTROL_RULES),
    Contrast("08 joint work", "share_joint", TIGHT, FREE, CONTROL_RULES),
    Contrast("11 deferrals", "deferred_disagreement",
             *((CENTRAL, {"levers.shared_data": one, **ATTENTIVE}) for one in (0, 1)),
             {"data turn nothing": without("data_turns")}),
    Contrast("12 ownership", "ownership_staff", IMPOSED, CREATED, DEFINING_RULES),
    Contrast("12 strategic work", "strategic_work", IMPOSED, CREATED, DEFINING_RULES),
)  # fmt: skip


LEVELS = {
    "as the model is": {},
    "promises move no trust": NO_PROMISES,
    "nothing moves trust": STILL,
    "nothing moves trust, nobody changes employer": {**STILL, **NO_MOVES},
    "nothing moves trust, pairs begin alike": {**STILL, **ALL_ALIKE},
}


def values(side: tuple[str, Settings], off: Settings, observable: str) -> np.ndarray:
    """One number a seed."""
    model, settings = side
    scenario = scenarios.with_settings(scenarios.load(model), {**settings, **off})
    built, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    summary = run_many(built, parameters, SEEDS, keep_weekly=False).summary
    return summary[:, SUMMARY.index(observable)]


def tell(contrast: Contrast) -> None:
    """Print the difference with all rules on, and with some of them off."""
    print(f"{contrast.name} ({contrast.observable})")
    for name, off in {"as the model is": {}, **contrast.off}.items():
        first, second = (
            values(side, off, contrast.observable) for side in (contrast.first, contrast.second)
        )
        low, high = mean_interval(second - first, 0.99)
        print(f"  {name:47} {(second - first).mean():+12.5f}   {low:+.5f} … {high:+.5f}", end="")
        print(f"   from {first.mean():.5g} to {second.mean():.5g}")


def tell_levels() -> None:
    """Print trust between organisations in the first, 52nd and 208th week."""
    for name, off in LEVELS.items():
        for turnover in (0.05, 0.5):
            settings = {"levers.turnover": turnover, **off}
            scenario = scenarios.with_settings(scenarios.load(LOCAL), settings)
            parameters = scenarios.parameters(scenario)
            weekly = run_many(scenarios.build(scenario), parameters, SEEDS).weekly
            first, year, last = weekly[:, [0, 51, 207], TRUST_BETWEEN].mean(axis=0)
            print(f"  {name:47} turnover {turnover}: {first:.4f}, {year:.4f}, {last:.4f}")


if __name__ == "__main__":
    if sys.argv[1:] in ([], ["trust"]):
        tell_levels()
    for one in CONTRASTS:
        if all(word in one.name for word in sys.argv[1:]):
            tell(one)
