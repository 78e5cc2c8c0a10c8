"""Bodies, residents and conflicts in whole runs, against what can be said beforehand."""

import numpy as np
import pytest

from simulation.columns import DECIDED, DEFERRED_AGENDA, DELEGATED
from simulation.handles import hold
from simulation.parameters import Parameters
from simulation.phases.answers import pass_forum
from simulation.phases.approval import chance_in_body
from simulation.runs import Run, prepare, run_one
from simulation.summary import evenness
from simulation.vocabulary import (
    CO_DECIDING,
    CONFLICT,
    DECIDING,
    EVENT_CONFLICT_ESCALATED,
    EXECUTING,
    N_SIZES,
    NO_RELATION,
    NOBODY,
    SELF_DECIDING,
    STRATEGIC,
)
from simulation.writing import enter_queue
from tests.simulation.queueing import certain, chain, send_all
from tests.simulation.test_exact_people import set_out_world
from tests.simulation.worlds import Body, Person, World, ordinary_world

pytestmark = pytest.mark.interpreted

MONTHLY, QUARTERLY = 0, 1


def world_with_levels() -> World:
    world = ordinary_world(clarity=0.0, acquaintance=0.9, trust=0.9)
    world.bodies[MONTHLY].level, world.bodies[QUARTERLY].level = EXECUTING, STRATEGIC
    for body in world.bodies:
        body.period, body.capacity = 1, 1000
    return world


def run_with_conflicts(approval: float) -> Run:
    parameters = Parameters(
        conflict_chance=1.0, settling_chance=0.0, agreement_base=approval,
        agreement_from_goals=0.0, agreement_from_trust=0.0, refusal_share=0.0, patience=30.0,
    )  # fmt: skip
    return run_one(world_with_levels().build(), parameters, 1, 60)


def test_a_conflict_that_no_body_settles_rises_level_by_level_and_stays_at_the_top() -> None:
    run = run_with_conflicts(approval=0.0)
    events = run.record.event[: run.record.event_count[0]]
    risen = events[events[:, 1] == EVENT_CONFLICT_ESCALATED]
    cases = {case: risen[risen[:, 2] == case, 5].tolist() for case in set(risen[:, 2])}

    assert sum(len(bodies) == 2 for bodies in cases.values()) > 3
    assert all(bodies in ([MONTHLY], [MONTHLY, QUARTERLY]) for bodies in cases.values())
    assert run.summary["settled_by_body"] == 0


def test_a_conflict_is_settled_at_the_lowest_level_that_can() -> None:
    run = run_with_conflicts(approval=1.0)

    assert run.summary["settled_at_executing"] > 3
    assert run.summary["settled_at_executing"] == run.summary["settled_by_body"]
    assert run.summary["settled_at_strategic"] == 0


def test_advice_on_a_decision_says_nothing_about_a_later_conflict() -> None:
    structure = ordinary_world().build()
    state, record = prepare(structure, [1], 10)
    state.attending[0], state.case_actor[0, 0] = 0, 0
    state.case_advice[0] = 1.0
    chances = {}
    for status in (DECIDING, CONFLICT):
        state.case_status[0] = status
        held = hold(structure, Parameters(advice_weight=0.5), state, record)
        chances[status] = chance_in_body(*held[:3], MONTHLY, 1, 0, 0.0, 0.0, False)

    assert chances[DECIDING] == pytest.approx(chances[CONFLICT] + 0.5 * (1 - chances[CONFLICT]))


@pytest.mark.parametrize(("present", "attention"), [([0, 1], 0.8), ([0, 4, 8], 0.4), ([4], 0.1)])
def test_the_doors_of_an_internal_body_are_opened_by_the_leaders_of_those_in_it(
    present: list[int], attention: float
) -> None:
    """Not by those of whoever brings the matter, here organisation 3."""
    world = ordinary_world()
    world.bodies[MONTHLY].of_plan = False
    structure = world.build()
    state, record = prepare(structure, [1], 10)
    state.top_attention[:] = [0.8, 0.1, 0.3, 1.0]
    state.attending[: len(present)] = present
    state.case_actor[0, 0] = 12
    held = hold(structure, Parameters(doors_opened=0.5), state, record)
    chance = chance_in_body(*held[:3], MONTHLY, len(present), 0, 0.0, 0.0, False)

    base = Parameters().agreement_base
    assert chance == pytest.approx(base + 0.5 * attention * (1 - base))


@pytest.mark.parametrize(("limit", "waits"), [(0.0, 0), (1.1, 100)])
def test_what_is_delegated_needs_no_room_on_the_agenda(limit: float, waits: int) -> None:
    structure = chain([Body("body", [0], period=1, capacity=1)], case_rate=5.0)
    record = send_all(structure, certain(delegation_confidence=limit), weeks=100).record

    assert (record.flow[DEFERRED_AGENDA] > waits) == (waits > 0)
    assert (record.flow[DELEGATED] > 300) == (waits == 0)


def test_residents_who_are_most_of_the_deciding_body_decide_themselves() -> None:
    structure = chain([Body("body", [0], period=1)], case_rate=2.0)
    structure.actor_resident[0] = True
    record = send_all(structure, certain(), weeks=100).record

    assert record.flow[DECIDED] > 100
    assert record.area_ladder[0, SELF_DECIDING] == record.flow[DECIDED]


def test_residents_heard_at_an_earlier_stop_count_when_others_decide() -> None:
    two_people = World(["one"], [Person("resident", 0, resident=True), Person("leader", 0)])
    two_people.bodies = [Body("home", [0], period=1, mandate=0.0), Body("top", [1], period=1)]
    two_people.routes = {(0, 1): [0, 1]}
    two_people.size_share = (0.0, 1.0, 0.0, 0.0)
    two_people.urgency = 1e12
    record = send_all(two_people.build(), certain(), weeks=100).record

    assert record.flow[DECIDED] > 100
    assert record.area_ladder[0, CO_DECIDING] == record.flow[DECIDED]


@pytest.mark.parametrize(("status", "place"), [(CONFLICT, 0), (DECIDING, 2)])
def test_a_conflict_has_no_size_in_the_waits_of_a_body(status: int, place: int) -> None:
    held, state = set_out_world(ordinary_world(), certain())
    state.case_size[0], state.case_status[0] = 2, status
    enter_queue(held.state, held.record, 3, 0, 0)

    pass_forum(held.state, held.record, 8, 0, 0, NOBODY)

    expected = np.zeros((N_SIZES, 2))
    expected[place] = [1, 5]  # one matter, five weeks
    np.testing.assert_array_equal(held.record.forum_waits[0], expected)


def test_the_staircase_by_quarter_ends_where_relations_stand() -> None:
    run = run_one(ordinary_world().build(), Parameters(), 1, 26)
    pairs = np.triu_indices(4, 1)
    last = run.record.relation_quarter[1][pairs]

    assert run.record.relation_quarter.shape == (2, 4, 4)
    assert (last > 0).any()
    relations = run.state.relation_at[pairs]
    stands = np.where(relations == NO_RELATION, -1, run.state.relation_place[relations])
    np.testing.assert_array_equal(last, stands)


@pytest.mark.parametrize(
    ("worth", "even"),
    [
        ([[1.0, 5.0], [3.0, 15.0]], 1.0),  # value goes where the work is
        ([[1.0, 4.0], [1.0, 0.0]], 0.5),  # half of what there is gets nothing
        ([[1.0, 1.0], [3.0, 1.0]], 0.75),  # a quarter and three quarters, a half and a half
    ],
)
def test_evenness_by_hand(worth: list[list[float]], even: float) -> None:
    assert evenness(np.array(worth)) == pytest.approx(even)
