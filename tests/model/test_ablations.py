"""What each mechanism gives and what it costs, named beforehand, by switching it off.

A mechanism has its price as well as its benefit: without it one observable gets worse and another
gets better. Where a mechanism is neutral in the base scenario, ``settings`` put it to use first.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pytest

import scenarios
from simulation import OBSERVABLES, SUMMARY, run_many
from simulation.ablation import MECHANISMS
from tests.model.test_null_model import MOVES

MODEL = "lokal_fagprofessionel"
SEEDS = np.arange(1, 61)
BASE = scenarios.load(MODEL)
STANDARD_ERRORS = 3.0


class Change(NamedTuple):
    """An observable, and the sign of its change when the mechanism is switched off."""

    observable: str
    sign: int


class Mechanism(NamedTuple):
    """What gets worse and what gets better without the mechanism."""

    worsens: Change
    improves: Change
    settings: Mapping[str, str] = MappingProxyType({})


def of_all_organisations(field: str, value: str) -> dict[str, str]:
    return {f"organisations.{key}.{field}": value for key in BASE.organisations}


def three_lent_to_the_plan() -> dict[str, str]:
    (plan,) = (key for key, one in BASE.organisations.items() if one.camp == "helhedsplan")
    front = [key for key, actor in BASE.actors.items() if actor.role == "front_staff"]
    return {f"actors.{key}.lent_to": plan for key in front[:3]}


PEOPLE_AND_WORK = {
    # Working in step makes for work side by side, and makes people wait for each other.
    "side_by_side": Mechanism(Change("share_joint", -1), Change("promises_broken", -1)),
    # Activities reach residents, and take the time of those who lead the whole.
    "activities": Mechanism(Change("value", -1), Change("follow_up_hours", +1)),
    # The lent bring people of two workplaces together, and are torn between them.
    "lent_staff": Mechanism(
        Change("ties_between", -1), Change("hours_torn", -1), three_lent_to_the_plan()
    ),
    # Bad news spreads less, and what is not spoken of is not settled.
    "loyal_talk": Mechanism(
        Change("trust_between", -1), Change("settled_by_people", +1),
        {"relations.default.loyalty": "1"},
    ),
    # Failure costs less trust, and owning it takes hours.
    "failure_owned": Mechanism(
        Change("trust_between", -1), Change("hours_coordination", -1),
        {"relations.default.failure_owned": "1"},
    ),
    # Who defined the plan owns it, and has spent hours on it.
    "defining_plan": Mechanism(
        Change("ownership_staff", -1), Change("hours_coordination", -1),
        of_all_organisations("defined_plan", "1"),
    ),
    # A civil framing mobilises residents, and parts plan and kommune.
    "framing": Mechanism(
        Change("acceptance", -1), Change("share_joint", +1), {"areas.middelby.framing": "-1"}
    ),
    # Without direction the free invent less together, which also leaves them less pressed.
    "direction": Mechanism(Change("overload", +1), Change("innovations", +1)),
    # A team that does it alone spares talk, and others who know nothing do it twice.
    "in_house": Mechanism(Change("hours_coordination", +1), Change("double_hours", -1)),
    # Gains that fall elsewhere hold people back from shared work, and from its hours.
    "split_gains": Mechanism(Change("hours_coordination", +1), Change("share_joint", +1)),
    # Few hands need nobody to introduce them, and are pressed. That they know people better on
    # average was expected as well and is not so: they know fewer.
    "geography": Mechanism(
        Change("introductions", +1), Change("given_up", -1),
        of_all_organisations("geography", "1") | {"parameters.geography_concentrates": "6"},
    ),
    # Being asked wins acceptance; where the answer is no, work is done twice.
    "consent": Mechanism(Change("acceptance", -1), Change("double_hours", -1)),
    # The pool makes for shared attempts, and takes applications.
    "innovation_pool": Mechanism(
        Change("shared_attempts", -1), Change("hours_coordination", -1),
        {"areas.middelby.innovation_pool_hours": "400"},
    ),
    # More people know a method; passing it on, and keeping up what is anchored, take hours.
    "passing_on": Mechanism(
        Change("value", -1), Change("hours_upkeep", -1),
        {"parameters.gain_try_new": "5", "parameters.method_passed_on": "0.3"},
    ),
    # Who moves is known already, so that there is more to talk about and less time.
    "moves": Mechanism(Change("ties_between", -1), Change("hours_coordination", -1)),
}  # fmt: skip

TABLE = PEOPLE_AND_WORK


def column(scenario: scenarios.Scenario, observable: str, seeds: np.ndarray) -> np.ndarray:
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    summary = run_many(structure, parameters, seeds, keep_weekly=False).summary
    return summary[:, SUMMARY.index(observable)]


@pytest.mark.parametrize("mechanism", sorted(TABLE))
def test_without_a_mechanism_one_thing_gets_worse_and_another_better(mechanism: str) -> None:
    entry = TABLE[mechanism]
    there = scenarios.with_settings(BASE, entry.settings)
    away = scenarios.with_settings(there, {f"switches.{mechanism}": "false"})
    for change in (entry.worsens, entry.improves):
        name = change.observable
        difference = change.sign * (column(away, name, SEEDS) - column(there, name, SEEDS))
        standard_error = difference.std(ddof=1) / np.sqrt(len(SEEDS))
        assert difference.mean() > STANDARD_ERRORS * standard_error, (name, difference.mean())


@pytest.mark.parametrize("mechanism", sorted(TABLE))
def test_worse_and_better_are_what_the_catalogue_says(mechanism: str) -> None:
    """Observables of which neither more nor less is better may stand for either."""
    entry = TABLE[mechanism]
    assert OBSERVABLES[entry.worsens.observable].direction in (0, -entry.worsens.sign)
    assert OBSERVABLES[entry.improves.observable].direction in (0, entry.improves.sign)


def test_every_mechanism_is_put_to_the_test() -> None:
    assert set(MECHANISMS) == set(TABLE) | set(MOVES)
