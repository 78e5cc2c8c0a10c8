"""Properties of every run, over worlds and parameters that hypothesis thinks up."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.parameters import Parameters, parameter_catalogue
from simulation.runs import run_one
from simulation.structure import Structure
from simulation.ties import trust_matrix
from simulation.vocabulary import CAMP_HELHEDSPLAN, INFORMAL, NOBODY
from tests.simulation.digest import WORLDS, lines_of
from tests.simulation.invariants import watched_run
from tests.simulation.some_worlds import (
    differences,
    first_ones,
    renumber_back,
    renumbered,
    some_parameters,
    some_worlds,
)
from tests.simulation.worlds import Person, World, ordinary_world

pytestmark = pytest.mark.interpreted

WEEKS = 26
SEEDS = st.integers(0, 2**31)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
few = settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
many = settings(max_examples=1000, deadline=None, suppress_health_check=SLOW)

# Summed in another order the last bits differ; anything beyond that is a difference.
ROUNDING = 1e-9
HELHEDSPLAN = CAMP_HELHEDSPLAN  # organisations of these worlds are numbered as the camps


# --- what always holds ---


@few
@given(world=some_worlds(), parameters=some_parameters(), seed=SEEDS)
def test_invariants_hold_in_every_world(world: World, parameters: Parameters, seed: int) -> None:
    assert watched_run(world.build(), parameters, seed, WEEKS)[1] == []


@pytest.mark.verify
@many
@given(world=some_worlds(), parameters=some_parameters(), seed=SEEDS)
def test_invariants_hold_in_many_worlds(world: World, parameters: Parameters, seed: int) -> None:
    assert watched_run(world.build(), parameters, seed, 2 * WEEKS)[1] == []


@pytest.mark.parametrize("name", sorted(WORLDS))
@pytest.mark.parametrize("seed", [1, 2])
def test_invariants_hold_over_two_years(name: str, seed: int) -> None:
    structure, parameters = WORLDS[name]()

    assert watched_run(structure, parameters, seed, weeks=104)[1] == []


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("parameter", sorted(parameter_catalogue()))
def test_every_parameter_may_stand_at_the_end_of_its_range(parameter: str, end: str) -> None:
    about = parameter_catalogue()[parameter][1]
    parameters = Parameters(**{parameter: getattr(about, end)})
    run = run_one(WORLDS["lively"]()[0], parameters, 1, WEEKS)

    assert np.isfinite(run.weekly.to_numpy()).all()
    assert all(np.isfinite(values).all() for values in run.state)


@pytest.mark.parametrize("end", ["low", "high"])
def test_all_parameters_may_stand_at_the_end_of_their_range_at_once(end: str) -> None:
    values = {name: getattr(about, end) for name, (_, about) in parameter_catalogue().items()}

    assert watched_run(WORLDS["lively"]()[0], Parameters(**values), 1, 104)[1] == []


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_a_part_may_be_next_to_nothing(name: str) -> None:
    # The smallest number there is: dividing by such a part of a case would overflow.
    structure, parameters = WORLDS[name]()
    smallest = parameters._replace(partner_share=5e-324)

    assert watched_run(structure, smallest, 1, WEEKS)[1] == []


# --- seeds ---


@few
@given(world=some_worlds(), seed=SEEDS)
def test_the_same_seed_gives_the_same_run(world: World, seed: int) -> None:
    one, other = (run_one(world.build(), Parameters(), seed, WEEKS) for _ in range(2))

    assert lines_of(one.state, one.record) == lines_of(other.state, other.record)


@few
@given(seed=SEEDS)
def test_another_seed_gives_another_run(seed: int) -> None:
    structure = ordinary_world().build()
    one, other = (run_one(structure, Parameters(), s, WEEKS) for s in (seed, seed + 1))

    assert not np.array_equal(one.weekly["trust_between"], other.weekly["trust_between"])
    assert not np.array_equal(one.weekly["cases_arisen"], other.weekly["cases_arisen"])


# --- an actor who does nothing ---


def without_departures(world: World) -> World:
    return replace(world, people=[replace(person, turnover=0.0) for person in world.people])


def end_without(structure: Structure, seed: int, people: int, organisations: int) -> dict:
    run = run_one(structure, Parameters(), seed, WEEKS)
    return first_ones(run.state, people, organisations)


def with_idle_person(world: World, organisation: int) -> World:
    idle = Person("idle", organisation, hours=0.0, turnover=0.5)
    return replace(world, people=[*world.people, idle])


@few
@given(world=some_worlds(), seed=SEEDS, data=st.data())
def test_an_idle_actor_in_an_organisation_changes_no_one_else(world, seed, data) -> None:
    home = data.draw(st.integers(0, len(world.organisations) - 1))
    counts = len(world.people), len(world.organisations)
    with_idle = with_idle_person(world, home).build()

    assert (
        differences(
            end_without(world.build(), seed, *counts), end_without(with_idle, seed, *counts)
        )
        == []
    )


@few
@given(world=some_worlds(), seed=SEEDS, data=st.data())
def test_an_idle_actor_who_is_lent_changes_no_one_else(world, seed, data) -> None:
    home = data.draw(st.integers(0, len(world.organisations) - 1))
    host = data.draw(st.integers(0, len(world.organisations) - 1))
    counts = len(world.people), len(world.organisations)
    idle = Person("idle", home, hours=0.0, turnover=0.5, lent_share=data.draw(st.floats(0.0, 1.0)))
    idle.lent_to = host if host != home else NOBODY
    with_idle = replace(world, people=[*world.people, idle]).build()

    assert (
        differences(
            end_without(world.build(), seed, *counts), end_without(with_idle, seed, *counts)
        )
        == []
    )


def test_an_idle_actor_in_the_helhedsplan_changes_no_one_else() -> None:
    world = ordinary_world()
    with_idle = with_idle_person(world, HELHEDSPLAN).build()

    assert differences(end_without(world.build(), 1, 16, 4), end_without(with_idle, 1, 16, 4)) == []


@few
@given(world=some_worlds(), seed=SEEDS)
def test_an_idle_actor_in_an_organisation_of_its_own_changes_no_one_else(world, seed) -> None:
    counts = len(world.people), len(world.organisations)
    routes = world.routes | {(counts[1], size): [0] for size in (1, 2, 3)}
    larger = replace(world, organisations=[*world.organisations, "idle"], routes=routes)
    structure = with_idle_person(larger, counts[1]).build()
    structure.organisation_desk[-1] = 0.0
    structure.organisation_relevance[-1] = 0.0
    structure.shared_data[-1] = structure.shared_data[:, -1] = 0.0  # who shares data feeds them
    structure.organisation_data[:] = structure.shared_data.max(axis=1)

    assert (
        differences(
            end_without(world.build(), seed, *counts), end_without(structure, seed, *counts)
        )
        == []
    )


# --- numbers and names ---


@few
@given(world=some_worlds().map(without_departures), seed=SEEDS, data=st.data())
def test_renumbering_people_and_organisations_changes_nothing(world, seed, data) -> None:
    people = data.draw(st.permutations(range(len(world.people))))
    organisations = data.draw(st.permutations(range(len(world.organisations))))
    other = renumbered(world, people, organisations)
    one = run_one(world.build(), Parameters(), seed, WEEKS)
    two = run_one(other.build(), Parameters(), seed, WEEKS)
    same = list(range(len(people))), list(range(len(organisations)))

    before = renumber_back(one.state, *same)
    assert differences(before, renumber_back(two.state, people, organisations), ROUNDING) == []
    np.testing.assert_allclose(one.weekly, two.weekly, rtol=0, atol=ROUNDING)


@few
@given(world=some_worlds(), seed=SEEDS, data=st.data())
def test_the_order_of_a_bodys_members_changes_nothing(world, seed, data) -> None:
    bodies = [
        replace(body, members=data.draw(st.permutations(body.members))) for body in world.bodies
    ]
    one = run_one(world.build(), Parameters(), seed, WEEKS)
    two = run_one(replace(world, bodies=bodies).build(), Parameters(), seed, WEEKS)

    np.testing.assert_allclose(
        trust_matrix(one.state), trust_matrix(two.state), rtol=0, atol=ROUNDING
    )
    np.testing.assert_allclose(one.weekly, two.weekly, rtol=0, atol=ROUNDING)


def test_renumbering_people_who_leave_in_the_same_week_changes_nothing() -> None:
    world = ordinary_world(formal=0.5)
    for person in world.people:
        person.turnover = 0.8
    same, turned = list(range(16)), list(range(16))[::-1]
    one = run_one(world.build(), Parameters(), 5, weeks=52)
    two = run_one(renumbered(world, turned, [0, 1, 2, 3]).build(), Parameters(), 5, weeks=52)

    before = renumber_back(one.state, same, [0, 1, 2, 3])
    assert differences(before, renumber_back(two.state, turned, [0, 1, 2, 3]), ROUNDING) == []


def test_the_order_of_members_changes_nothing_where_people_are_open_with_each_other() -> None:
    trust = []
    for members in ([0, 1, 5, 9, 12], [12, 9, 5, 1, 0]):
        world = ordinary_world()
        body = replace(world.bodies[0], members=members, format=INFORMAL, hours=8.0)
        structure = replace(world, bodies=[body, world.bodies[1]]).build()
        run = run_one(structure, Parameters(openness_per_hour=1.0), 1, weeks=104)
        trust.append(trust_matrix(run.state))

    np.testing.assert_allclose(*trust, rtol=0, atol=ROUNDING)


def test_the_order_in_which_bodies_are_listed_changes_nothing() -> None:
    world = ordinary_world()
    turned = replace(
        world,
        bodies=world.bodies[::-1],
        routes={key: [1 - stop for stop in stops] for key, stops in world.routes.items()},
    )
    first = world.build()
    second = turned.build()
    mediating = first.mediating_forum.copy()
    mediating[mediating >= 0] = 1  # the same body, which now is listed last
    second = second._replace(mediating_forum=mediating)
    one, two = (run_one(structure, Parameters(), 1, weeks=104) for structure in (first, second))

    np.testing.assert_allclose(
        trust_matrix(one.state), trust_matrix(two.state), rtol=0, atol=ROUNDING
    )


def test_swapping_the_names_of_two_alike_people_swaps_their_histories() -> None:
    world = ordinary_world()
    alike = replace(world.people[2], name=world.people[3].name)
    other_people = [*world.people]
    other_people[2], other_people[3] = alike, replace(world.people[3], name=world.people[2].name)
    one = run_one(world.build(), Parameters(), 1, WEEKS)
    two = run_one(replace(world, people=other_people).build(), Parameters(), 1, WEEKS)
    swapped = [0, 1, 3, 2, *range(4, 16)]

    np.testing.assert_allclose(
        trust_matrix(one.state),
        trust_matrix(two.state)[np.ix_(swapped, swapped)],
        rtol=0,
        atol=ROUNDING,
    )
    np.testing.assert_array_equal(one.state.case_status, two.state.case_status)


def test_another_name_gives_other_draws() -> None:
    world = ordinary_world()
    people = [replace(world.people[0], name="somebody else"), *world.people[1:]]
    one = run_one(world.build(), Parameters(), 1, WEEKS)
    two = run_one(replace(world, people=people).build(), Parameters(), 1, WEEKS)

    assert not np.array_equal(trust_matrix(one.state), trust_matrix(two.state))
