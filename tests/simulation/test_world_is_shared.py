"""The world outside is the same for everyone: same seed, same cases and departures."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.parameters import Parameters
from simulation.runs import Run, run_one
from simulation.vocabulary import EVENT_PERSON_ARRIVED, EVENT_PERSON_LEFT
from tests.simulation.worlds import Body, World, ordinary_world

pytestmark = pytest.mark.interpreted

WEEKS = 104
ARISES = (
    "case_week",
    "case_index",
    "case_area",
    "case_key",
    "case_theme",
    "case_difficulty",
    "case_size",
    "case_hours",
    "case_deadline",
    "case_origin",
    "case_helper",
)


def base() -> World:
    world = ordinary_world(formal=0.4)
    for person in world.people:
        person.turnover = 0.5
    return world


def other_bodies() -> World:
    bodies = [Body("weekly", list(range(16)), period=1, format=2, hours=4.0)]
    routes = {(k, size): [0] for k in range(4) for size in (1, 2, 3)}
    return replace(base(), bodies=bodies, routes=routes)


def other_routes() -> World:
    world = base()
    return replace(world, routes={key: [1, 0] for key in world.routes})


def other_mandates() -> World:
    world = base()
    for person in world.people:
        person.mandate, person.mandate_clarity = 3.0, 0.9
    for body in world.bodies:
        body.mandate, body.clarity = 0.0, 0.2
    return world


def other_ties() -> World:
    return replace(base(), trust=0.9, acquaintance=0.9, clarity=0.9, formal=1.0, control=1.0)


OTHERS = [other_bodies, other_routes, other_mandates, other_ties]


def run_of(world: World, seed: int = 1) -> Run:
    return run_one(world.build(), Parameters(), seed, WEEKS)


def comings_and_goings(run: Run) -> np.ndarray:
    events = run.record.event[: run.record.event_count[0]]
    return events[np.isin(events[:, 1], (EVENT_PERSON_LEFT, EVENT_PERSON_ARRIVED))]


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_cases_arise_in_every_organisation_model(other, seed: int) -> None:
    one, two = run_of(base(), seed), run_of(other(), seed)

    assert one.state.cases_arisen[0] > 200
    for name in ARISES:
        np.testing.assert_array_equal(getattr(one.state, name), getattr(two.state, name), name)


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_people_leave_in_the_same_weeks(other, seed: int) -> None:
    one, two = run_of(base(), seed), run_of(other(), seed)

    assert one.state.generation.sum() > 5
    np.testing.assert_array_equal(comings_and_goings(one), comings_and_goings(two))


@pytest.mark.parametrize("other", [other_bodies, other_routes, other_mandates, other_ties])
def test_what_comes_of_it_differs(other) -> None:
    # Otherwise the worlds would not be different enough for the tests above to mean anything.
    one, two = run_of(base()), run_of(other())

    assert not np.array_equal(one.state.case_status, two.state.case_status)


def test_a_person_leaves_at_the_same_time_in_a_smaller_organisation() -> None:
    world = base()
    smaller = replace(
        world,
        people=[person for person in world.people if person.name != "person_0_3"],
        bodies=[replace(body, members=[0]) for body in world.bodies],
    )
    kept = [place for place, person in enumerate(world.people) if person.name != "person_0_3"]
    one, two = run_of(world), run_of(smaller)

    np.testing.assert_array_equal(one.state.generation[kept], two.state.generation)


def test_another_seed_brings_another_world() -> None:
    one, two = run_of(base(), seed=1), run_of(base(), seed=2)
    both = min(one.state.cases_arisen[0], two.state.cases_arisen[0])

    assert not np.array_equal(one.state.case_hours[:both], two.state.case_hours[:both])
    assert not np.array_equal(one.state.generation, two.state.generation)


def test_a_longer_run_begins_as_a_shorter_one() -> None:
    structure = base().build()
    short, long = (run_one(structure, Parameters(), 1, weeks) for weeks in (26, 104))

    np.testing.assert_array_equal(short.weekly, long.weekly.iloc[:26])
