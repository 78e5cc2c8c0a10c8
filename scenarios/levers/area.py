"""Levers on the area itself: how many cases, and what they are like."""

from collections.abc import Mapping
from typing import Any, Final

from scenarios.levers.lever import Turning
from scenarios.schema import Area, Scenario
from simulation.vocabulary import SIZES

RESIDENTS_PER_WEEKLY_CASE = 800.0  # 5 cases a week in an area of 4,000 residents
LARGEST_RATE = 40.0


def set_cases(scenario: Scenario, value: float) -> Scenario:
    """So many cases a week in all areas together, shared as the scenario shares them."""
    total = sum(area.case_rate for area in scenario.areas.values())
    share = {
        key: area.case_rate / total if total > 0.0 else 1.0 / len(scenario.areas)
        for key, area in scenario.areas.items()
    }
    return _each_area(
        scenario,
        {key: {"case_rate": min(LARGEST_RATE, value * share[key])} for key in scenario.areas},
    )


def set_residents(scenario: Scenario, value: float) -> Scenario:
    """So many residents in the plan areas; cases come in proportion."""
    return set_cases(scenario, value / RESIDENTS_PER_WEEKLY_CASE)


def set_case_size(scenario: Scenario, value: float) -> Scenario:
    """Give medium and large matters more or less weight among the cases."""
    changed = {}
    for key, area in scenario.areas.items():
        weights = {
            size: min(1000.0, weight * (value if size in SIZES[2:] else 1.0))
            for size, weight in area.size_share.items()
        }
        changed[key] = {"size_share": weights if sum(weights.values()) > 0 else area.size_share}
    return _each_area(scenario, changed)


def set_urgency(scenario: Scenario, value: float) -> Scenario:
    """How long an undecided matter keeps before events overtake it."""
    return _each_area(
        scenario,
        {
            key: {"urgency_weeks": min(1000.0, area.urgency_weeks * value)}
            for key, area in scenario.areas.items()
        },
    )


def set_case_hours(scenario: Scenario, value: float) -> Scenario:
    """How much work there is in a case."""
    return _each_area(
        scenario,
        {
            key: {"hours_mean": min(400.0, area.hours_mean * value)}
            for key, area in scenario.areas.items()
        },
    )


def _each_area(scenario: Scenario, values: Mapping[str, Mapping[str, Any]]) -> Scenario:
    areas: dict[str, Area] = {
        key: area.model_copy(update=values[key]) for key, area in scenario.areas.items()
    }
    return scenario.model_copy(update={"areas": areas})


TURNINGS: Final = {
    "residents": Turning(set_residents),
    "cases_per_week": Turning(set_cases),
    "case_size": Turning(set_case_size),
    "urgency": Turning(set_urgency),
    "case_hours": Turning(set_case_hours),
}
