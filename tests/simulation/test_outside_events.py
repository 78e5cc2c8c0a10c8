"""Outside events: the same for every model, at their time, and with the consequences they name."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.parameters import Parameters
from simulation.runs import Run, run_one
from simulation.schedule import WEEK
from simulation.timing import is_on
from simulation.vocabulary import (
    ACUTE_WAVE,
    BUDGET_CUT,
    COUNCILLOR,
    ELECTION,
    EVENT_OUTSIDE,
    FUNDER_DEMAND,
    NEW_PERIOD,
    WEEKS_OF_PERIOD,
)
from tests.simulation.worlds import Body, Shock, World, ordinary_world

pytestmark = pytest.mark.interpreted

WEEKS = 60
ARISES = ("case_key", "case_theme", "case_size", "case_hours", "case_deadline", "case_origin")


def run_of(world: World, weeks: int = WEEKS) -> Run:
    return run_one(world.build(), Parameters(), 1, weeks)


def still(**changes) -> World:
    """Nobody leaves, so that what an event takes can be seen alone."""
    world = ordinary_world(**changes)
    for person in world.people:
        person.turnover = 0.0
    return world


def cases(run: Run, name: str) -> np.ndarray:
    values: np.ndarray = getattr(run.state, name)
    return values[: run.state.cases_arisen[0]]


def test_an_acute_wave_adds_cases_and_leaves_the_ordinary_ones_alone() -> None:
    wave = Shock("wave", ACUTE_WAVE, week=20, weeks=8, size=3.0)
    before, after = run_of(still()), run_of(still(shocks=[wave]))
    kept = np.isin(cases(after, "case_key"), cases(before, "case_key"))

    assert kept.sum() == len(cases(before, "case_key"))
    assert 10 < (~kept).sum() < 100  # three a week twice over for eight weeks are 48
    extra = cases(after, "case_week")[~kept]
    assert extra.min() >= 20
    assert extra.max() < 28
    for name in ARISES:
        np.testing.assert_array_equal(cases(after, name)[kept], cases(before, name), name)


def test_drawn_events_come_in_the_same_weeks_whatever_the_bodies() -> None:
    shocks = [Shock("wave", ACUTE_WAVE, rate=0.9, weeks=4, size=2.0), Shock("cut", rate=0.9)]
    one = ordinary_world(shocks=shocks)
    other = replace(one, bodies=[Body("weekly", list(range(16)), period=1)])
    other.routes = {key: [0] for key in one.routes}
    runs = [run_of(world, 104) for world in (one, other)]
    weeks = [
        run.record.event[: run.record.event_count[0]][
            run.record.event[: run.record.event_count[0], 1] == EVENT_OUTSIDE, 0
        ]
        for run in runs
    ]

    assert len(weeks[0]) > 0
    np.testing.assert_array_equal(weeks[0], weeks[1])
    np.testing.assert_array_equal(cases(runs[0], "case_key"), cases(runs[1], "case_key"))


def test_a_budget_cut_takes_its_share_of_hours_while_it_lasts() -> None:
    cut = Shock("cut", BUDGET_CUT, week=10, weeks=5, size=0.3, hits=[1])
    world = still(shocks=[cut])
    structure = world.build()
    hours = []

    def look(structure, parameters, state, record, seed, week):
        hours.append(state.hours_factor.copy())

    run_one(structure, Parameters(), 1, 20, phases=[*WEEK, look])
    factors = np.array(hours)

    assert (factors[10:15, 1] == 0.7).all()
    assert (np.delete(factors, np.s_[10:15], axis=0) == 1.0).all()
    assert (factors[:, 0] == 1.0).all()


def test_a_budget_cut_takes_its_share_of_the_hours_of_all_of_the_organisation() -> None:
    """Leaders, staff, and those lent to another workplace, who are still paid from home."""
    cut = Shock("cut", BUDGET_CUT, week=10, weeks=5, size=0.3, hits=[1])
    world = still(shocks=[cut])
    world.people[6].lent_to, world.people[6].lent_share = 2, 0.5
    world.people[7].lent_to, world.people[7].lent_share = 2, 1.0
    hours = []

    def look(structure, parameters, state, record, seed, week):
        hours.append(state.hours_available.copy())

    parameters = Parameters(attention_frees=0.0, lent_torn=0.0)
    run_one(world.build(), parameters, 1, 20, phases=[*WEEK, look])
    told = np.array(hours)

    assert told[0].tolist() == [10.0] * 16
    assert told[12].tolist() == [10.0] * 4 + [7.0] * 4 + [10.0] * 8
    assert told[19].tolist() == [10.0] * 16


def test_an_election_replaces_councillors_and_no_one_else() -> None:
    world = still(shocks=[Shock("election", ELECTION, week=30, weeks=1, size=1.0)])
    world.people[0].role = COUNCILLOR
    generation = run_of(world).state.generation

    assert generation[0] == 1
    assert generation[1:].sum() == 0


def test_staff_of_the_plan_leave_before_its_period_ends() -> None:
    world = still(shocks=[Shock("period", NEW_PERIOD, week=50, weeks=1, size=0.99)])
    generation = run_of(world).state.generation

    assert generation[8:12].sum() > 0  # the plan's own
    assert generation[:8].sum() + generation[12:].sum() == 0


def test_a_funders_demand_brings_people_to_the_table_at_a_price() -> None:
    demand = Shock("demand", FUNDER_DEMAND, week=0, weeks=WEEKS, size=1.0)
    before, after = run_of(still()), run_of(still(shocks=[demand]))

    assert after.summary["meetings_failed"] == 0 < before.summary["meetings_failed"]
    assert after.summary["hours_meeting"] > before.summary["hours_meeting"]
    assert after.weekly["ownership_staff"][0] < before.weekly["ownership_staff"][0]


def test_elections_come_once_in_every_period_of_208_weeks() -> None:
    weeks = [week for week in range(1000) if is_on(ELECTION, -1, 0.0, 1, 99, 5, week)]

    assert len(weeks) >= 4
    assert set(np.diff(weeks)) == {WEEKS_OF_PERIOD}
