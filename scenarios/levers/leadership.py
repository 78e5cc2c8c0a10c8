"""Levers on how organisations are led: control or trust, and attention to the plan."""

from typing import Final

from scenarios.levers.changing import each_organisation, organisations_at
from scenarios.levers.lever import ALL, one_by_one
from scenarios.schema import Scenario

ELECTED = ("council", "afdelingsbestyrelse")  # led by nobody, so neither controlled nor trusted


def set_control(scenario: Scenario, target: str, value: float) -> Scenario:
    """How tightly organisations control those they employ."""
    return each_organisation(scenario, _led(scenario, target), control=value)


def set_attention(scenario: Scenario, target: str, value: float) -> Scenario:
    """How much attention core operations leave leaders for the plan."""
    return each_organisation(scenario, _led(scenario, target), attention=value)


def _led(scenario: Scenario, target: str) -> list[str]:
    return [
        key
        for key in organisations_at(scenario, target)
        if target != ALL or scenario.organisations[key].kind not in ELECTED
    ]


TURNINGS: Final = {
    "control": one_by_one(set_control),
    "leadership_attention": one_by_one(set_attention),
}
