"""Levers on what comes from outside: cuts, elections, acute waves, plan periods, demands."""

from typing import Any, Final

from scenarios.levers.changing import organisations_at, with_role
from scenarios.levers.lever import LeverError, Turning
from scenarios.schema import OutsideEvent, Scenario, Text

EVENT: Final = "haandtag_{}"
LONGEST: Final = 207  # weeks
LATEST: Final = 2079  # week
WAVE_WEEKS: Final = 26
DEMAND_WEEKS: Final = 104
ELECTION_WEEKS: Final = 4


def cut_budget(scenario: Scenario, value: float) -> Scenario:
    """From a quarter into the run the kommune's people have so much less time for this work."""
    if value <= 0:
        return scenario
    if not organisations_at(scenario, "kommune"):
        raise LeverError(
            "there is no kommune whose budget could be cut", "levers.budget_cut.ORGANISATION"
        )
    return cut_budget_of(scenario, "kommune", value)


def cut_budget_of(scenario: Scenario, target: str, value: float) -> Scenario:
    """The same for one organisation or camp."""
    if value <= 0:
        return scenario
    return _with_event(
        scenario,
        f"budget_cut_{target}",
        ("Nedskæring", "Budget cut"),
        kind="budget_cut",
        week=_quarter(scenario),
        weeks=LONGEST,
        share=value,
        concerns=(target,),
    )


def hold_election(scenario: Scenario, value: float) -> Scenario:
    """An election every four years, its week drawn from the seed."""
    if value <= 0:
        return scenario
    if not with_role(scenario, "councillor"):
        raise LeverError("nobody in this scenario is elected to the council", "0")
    return _with_event(
        scenario,
        "election",
        ("Kommunalvalg", "Municipal election"),
        kind="election",
        weeks=ELECTION_WEEKS,
        share=value,
    )


def send_wave(scenario: Scenario, value: float) -> Scenario:
    """A half year with so many times the ordinary number of cases, three quarters into the run."""
    if value <= 1:
        return scenario
    return _with_event(
        scenario,
        "acute_wave",
        ("Akut bølge", "Acute wave"),
        kind="acute_wave",
        week=_last_quarter(scenario),
        weeks=WAVE_WEEKS,
        factor=value,
    )


def end_period(scenario: Scenario, value: float) -> Scenario:
    """A new plan period begins three quarters into the run; the staff are insecure before it."""
    if value <= 0:
        return scenario
    return _with_event(
        scenario,
        "new_period",
        ("Ny planperiode", "New plan period"),
        kind="new_period",
        week=_last_quarter(scenario),
        weeks=4,
        share=value,
    )


def make_demand(scenario: Scenario, value: float) -> Scenario:
    """From three quarters into the run the funder demands that people come."""
    if value <= 0:
        return scenario
    return _with_event(
        scenario,
        "funder_demand",
        ("Krav fra Landsbyggefonden", "Demand of the funder"),
        kind="funder_demand",
        week=_last_quarter(scenario),
        weeks=DEMAND_WEEKS,
        share=value,
    )


def _quarter(scenario: Scenario) -> int:
    return min(LATEST, scenario.weeks // 4)


def _last_quarter(scenario: Scenario) -> int:
    """The last year of a plan of four: what passes is seen in the year that stocks are read."""
    return min(LATEST, 3 * scenario.weeks // 4)


def _with_event(scenario: Scenario, key: str, name: tuple[str, str], **values: Any) -> Scenario:
    event = OutsideEvent(source="assumption", name=Text(da=name[0], en=name[1]), **values)
    return scenario.model_copy(update={"events": {**scenario.events, EVENT.format(key): event}})


TURNINGS: Final = {
    "budget_cut": Turning(cut_budget, cut_budget_of),
    "election": Turning(hold_election),
    "acute_wave": Turning(send_wave),
    "new_plan_period": Turning(end_period),
    "funder_demand": Turning(make_demand),
}
