"""What people learn, forget and come to trust against closed forms, through the real phases."""

import math

import numpy as np
import pytest

from simulation.handles import hold
from simulation.parameters import Parameters
from simulation.phases.experience import experience
from simulation.phases.forgetting import forgetting
from simulation.phases.meetings import meetings
from simulation.runs import prepare
from simulation.start import set_out
from simulation.ties import (
    acquaintance_matrix,
    acquaintance_of,
    put_tie,
    set_acquaintance,
    set_trust,
    trust_matrix,
    trust_of,
)
from simulation.vocabulary import DIVIDE, N_THEMES, NOBODY, WORKING
from tests.simulation.queueing import certain
from tests.simulation.worlds import Body, Person, World

pytestmark = pytest.mark.interpreted

EXACT = 1e-12
LEARNING = 1.0
HOURS = 2.0


def set_out_world(world: World, parameters: Parameters, structure=None):
    """Handles and state of a world on the morning of week 0."""
    structure = structure or world.build()
    state, record = prepare(structure, [1], weeks=1)
    held = hold(structure, parameters, state, record)
    set_out(*held, 1)
    return held, state


def some_views(people: int) -> np.ndarray:
    views = np.random.default_rng(1).random((people, N_THEMES))
    return views / views.sum(axis=1, keepdims=True)


def weights_of_body(people: int, members: list[int]) -> np.ndarray:
    """One meeting as a matrix: λ = learning · talk per pair · others; conventional format."""
    n = len(members)
    talk = 0.5 * HOURS / (n * (n - 1) / 2)
    weight = min(1.0, LEARNING * talk * (n - 1))
    matrix = np.eye(people)
    for i in members:
        matrix[i, i] -= weight
        for j in members:
            matrix[i, j] += weight / n
    return matrix


def world_of_bodies(*bodies: list[int]) -> World:
    people = max(max(body) for body in bodies) + 1
    return World(
        ["one", "two"],
        [Person(f"person {i}", i % 2) for i in range(people)],
        [Body(f"body {k}", body, period=1, hours=HOURS) for k, body in enumerate(bodies)],
    )


# --- goals ---

ONE_BODY = ([0, 1, 2, 3, 4],)
TWO_BODIES = ([0, 1, 2], [2, 3, 4, 5])


@pytest.mark.parametrize("bodies", [ONE_BODY, TWO_BODIES], ids=["one", "overlapping"])
@pytest.mark.parametrize("weeks", [1, 5, 40])
def test_goals_under_meetings_only_follow_degroot(bodies, weeks: int) -> None:
    world = world_of_bodies(*bodies)
    people = len(world.people)
    held, state = set_out_world(world, certain(goal_learning=LEARNING))
    state.goals[:] = start = some_views(people)
    step = _steps(people, bodies)

    for week in range(weeks):
        meetings(*held, 1, week)

    expected = np.linalg.matrix_power(step, weeks) @ start
    np.testing.assert_allclose(state.goals, expected, rtol=0, atol=EXACT)


def test_goals_under_meetings_only_end_in_consensus_on_the_mean() -> None:
    # W is doubly stochastic, so the consensus is the plain mean of the first views.
    held, state = set_out_world(world_of_bodies(*TWO_BODIES), certain(goal_learning=LEARNING))
    state.goals[:] = start = some_views(6)

    for week in range(600):
        meetings(*held, 1, week)

    consensus = np.tile(start.mean(axis=0), (6, 1))
    np.testing.assert_allclose(state.goals, consensus, rtol=0, atol=1e-9)


@pytest.mark.parametrize("drift", [0.5, 2.0, 5.0])
def test_goals_under_meetings_and_control_settle_at_friedkin_johnsen(drift: float) -> None:
    # A week is x' = (I - S) W x + S x_home with S = diag((1 - k) c_i): stubbornness I - Λ = S.
    world = world_of_bodies(*TWO_BODIES)
    views = some_views(2)
    world.goals = views
    control = np.array([0.9, 0.2])
    structure = world.build()._replace(organisation_control=control)
    parameters = certain(goal_learning=0.3, goal_drift=drift, own_goals_drift=0.0)
    held, state = set_out_world(world, parameters, structure)
    home = views[structure.actor_organisation]
    stubborn = (1.0 - math.exp(-drift / 52.0)) * control[structure.actor_organisation]
    susceptible = np.diag(1.0 - stubborn)
    step = _steps(6, TWO_BODIES, learning=0.3)

    for week in range(4000):
        meetings(*held, 1, week)
        forgetting(*held, 1, week)

    fixed = np.linalg.solve(np.eye(6) - susceptible @ step, (np.eye(6) - susceptible) @ home)
    np.testing.assert_allclose(state.goals, fixed, rtol=0, atol=1e-9)
    assert np.abs(fixed - home).max() > 0.01


@pytest.mark.parametrize("attention", [0.0, 0.4, 1.0])
def test_views_without_meetings_settle_between_home_goals_and_goals_of_the_own(attention) -> None:
    # x' = x + s (h - x), x'' = x' + p (o - x'), so x* = ((1 - p) s h + p o) / (1 - (1 - s)(1 - p)).
    world = world_of_bodies([0, 1, 2, 3])
    world.control = control = 0.4
    held, state = set_out_world(world, Parameters(goal_drift=2.0, own_goals_drift=1.5))
    state.organisation_attention[:] = attention

    for week in range(4000):
        forgetting(*held, 1, week)

    s = (1.0 - math.exp(-2.0 / 52.0)) * control
    p = (1.0 - math.exp(-1.5 / 52.0)) * (1.0 - control) * (1.0 - attention)
    home, own = np.full_like(state.own_goals, 0.2), state.own_goals
    fixed = ((1.0 - p) * s * home + p * own) / (1.0 - (1.0 - s) * (1.0 - p))
    np.testing.assert_allclose(state.goals, fixed, rtol=0, atol=1e-9)
    assert (np.abs(fixed - home).max() > 0.01) == (attention < 1.0)


def _steps(people, bodies, learning=LEARNING):
    """All meetings of a week in order, as one matrix."""
    step = np.eye(people)
    for body in bodies:
        whole = weights_of_body(people, body)
        step = (np.eye(people) + learning / LEARNING * (whole - np.eye(people))) @ step
    return step


# --- acquaintance ---


@pytest.mark.parametrize("rate", [0.2, 0.5, 1.0, 2.3])
@pytest.mark.parametrize("weeks", [1, 52, 156])
def test_acquaintance_without_contact_fades_exponentially(rate: float, weeks: int) -> None:
    held, state = set_out_world(world_of_bodies([0, 1, 2, 3]), Parameters(acquaintance_decay=rate))
    start = acquaintance_matrix(state)
    assert start[0, 2] > 0.5  # colleagues

    for week in range(weeks):
        forgetting(*held, 1, week)

    expected = start * math.exp(-rate * weeks / 52.0)
    np.testing.assert_allclose(acquaintance_matrix(state), expected, rtol=1e-12, atol=0)


@pytest.mark.parametrize("count", [1, 6, 30])
def test_acquaintance_won_depends_on_hours_of_talk_alone(count: int) -> None:
    # a = 1 - (1 - a_0) exp(-h / H), whether the hours come in one meeting or in many.
    world = world_of_bodies([0, 1, 2, 3])
    world.bodies[0].hours = 24.0 / count
    held, _state = set_out_world(world, certain(acquaintance_hours=12.0))
    start = acquaintance_of(held.state, 0, 2)

    for week in range(count):
        meetings(*held, 1, week)

    talked = 0.5 * 24.0 / 6
    expected = 1.0 - (1.0 - start) * math.exp(-talked / 12.0)
    assert acquaintance_of(held.state, 0, 2) == pytest.approx(expected, abs=EXACT)


# --- trust ---


def keep_and_break(parameters, rounds, kept_of_holder, kept_of_partner, ownership=0.0):
    """Trust of two people in each other after rounds of promises, through ``experience``.

    ``kept_of_...`` tells for each round whether the promise is kept.
    """
    world = World(["one", "two"], [Person("holder", 0), Person("partner", 1)], trust=0.5)
    world.case_rate = 0.0
    held, state = set_out_world(world, parameters)
    put_tie(held.structure, held.state, 0, 1)
    state.tie_trust[1] = 0.5
    state.ownership[:] = ownership
    state.open_cases[0], state.open_count[0] = 0, 1
    state.case_status[0], state.case_forum[0] = WORKING, NOBODY
    state.case_actor[0] = [0, 1, NOBODY, NOBODY]
    state.case_settled[0] = [DIVIDE, DIVIDE, 0, 0]
    state.case_need[0] = [10.0, 10.0, 0.0, 0.0]
    for week in range(rounds):
        state.case_due[0], state.case_judged[0] = week, False
        state.case_apart[0, 0] = 10.0 * kept_of_holder(week)
        state.case_apart[0, 1] = 10.0 * kept_of_partner(week)
        experience(*held, 1, week)
    return trust_of(held.state, 0, 1), trust_of(held.state, 1, 0)


def always(week: int) -> bool:
    return True


def never(week: int) -> bool:
    return False


def every_other(week: int) -> bool:
    return week % 2 == 0


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0, 5.0])
@pytest.mark.parametrize("rounds", [1, 10, 100])
def test_trust_under_constant_experience_has_its_closed_form(ratio: float, rounds: int) -> None:
    gain, loss = 0.06, 0.06 * ratio
    parameters = Parameters(trust_gain=gain, trust_loss=loss)

    in_partner, in_holder = keep_and_break(parameters, rounds, always, never)

    assert in_holder == pytest.approx(1.0 - 0.5 * (1.0 - gain) ** rounds, abs=EXACT)
    assert in_partner == pytest.approx(0.5 * (1.0 - loss) ** rounds, abs=EXACT)


def test_trust_under_mixed_experience_settles_at_its_fixed_point() -> None:
    # After a broken promise t = (1 - l)(t + g (1 - t)), so t* = (1 - l) g / (1 - (1 - l)(1 - g)).
    gain, loss = 0.06, 0.15
    parameters = Parameters(trust_gain=gain, trust_loss=loss)

    in_partner, _ = keep_and_break(parameters, 2000, always, every_other)

    fixed = (1.0 - loss) * gain / (1.0 - (1.0 - loss) * (1.0 - gain))
    assert in_partner == pytest.approx(fixed, abs=EXACT)


@pytest.mark.parametrize("ownership", [0.0, 0.5, 1.0])
def test_shared_failure_openly_owned_costs_less_trust(ownership: float) -> None:
    parameters = Parameters(trust_loss=0.2, shared_failure_forgiven=0.6)

    in_partner, in_holder = keep_and_break(parameters, 10, never, never, ownership)

    loss = 0.2 * (1.0 - 0.6 * ownership**2)
    assert in_partner == pytest.approx(0.5 * (1.0 - loss) ** 10, abs=EXACT)
    assert in_holder == pytest.approx(in_partner, abs=EXACT)


def test_nothing_is_written_for_two_who_have_not_met() -> None:
    world = World(["one", "two"], [Person("a", 0), Person("b", 1)], case_rate=0.0)
    held, state = set_out_world(world, Parameters(known_at_start=0.0))

    set_trust(held.state, 0, 1, 0.9)
    set_acquaintance(held.state, 0, 1, 0.9)

    assert not trust_matrix(state).any()
    assert trust_of(held.state, 0, 1) == acquaintance_of(held.state, 0, 1) == 0.0
