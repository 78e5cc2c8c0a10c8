"""Noting why a run went as it did: exactly what was chosen, and without changing a bit of it."""

import numpy as np
import pytest

from simulation import run_many, run_one
from simulation.extending import Extension
from simulation.replacing import plain_python
from simulation.rules.choice import logistic
from simulation.ties import trust_matrix
from simulation.tracing import Trace, trace
from simulation.vocabulary import (
    CONSENT_REFUSED,
    EVENT_ADVISED,
    EVENT_APPROVED,
    EVENT_CONFLICT_ESCALATED,
    EVENT_CONFLICT_SETTLED,
    EVENT_DEFERRED,
    EVENT_REFUSED,
    EVENT_SETTLED,
    NOBODY,
    TELL,
    TRY_NEW,
)
from tests.simulation.digest import WORLDS, lines_of

WEEKS = 60
SEED = 3


@pytest.fixture(scope="module", params=["lively", "plain"])
def world(request: pytest.FixtureRequest):
    return WORLDS[request.param]()


@pytest.fixture(scope="module")
def traced(world) -> Trace:
    return trace(*world, SEED, WEEKS, pair=(0, 2))


def test_noting_why_changes_no_bit(world, traced: Trace) -> None:
    plain = run_one(*world, SEED, WEEKS)
    assert lines_of(traced.run.state, traced.run.record) == lines_of(plain.state, plain.record)


def test_a_run_of_an_ensemble_can_be_repeated_alone_by_its_seed(world, traced: Trace) -> None:
    many = run_many(*world, [1, SEED, 8], WEEKS)
    np.testing.assert_array_equal(list(traced.run.summary.values()), many.summary[1])


def test_in_every_case_the_explained_choice_is_what_was_settled(traced: Trace) -> None:
    events = traced.run.record.event[: traced.run.record.event_count[0]]
    values = traced.run.record.event_value
    settled = [
        (int(event[2]), int(event[3]), int(event[4]), int(values[number]))
        for number, event in enumerate(events)
        if event[1] == EVENT_SETTLED
    ]
    sides = list(zip(traced.weighings[::2], traced.weighings[1::2], strict=True))
    refused = traced.run.state.case_consent == CONSENT_REFUSED  # then only general knowledge passes
    explained = [
        (
            holder.case,
            holder.actor,
            partner.actor,
            min(holder.chosen, partner.chosen, TELL if refused[holder.case] else TRY_NEW),
        )
        for holder, partner in sides
    ]
    assert explained == settled
    assert len(settled) > 50


def test_the_option_chosen_is_the_one_that_the_parts_make_best(traced: Trace) -> None:
    for weighing in traced.weighings:
        assert int(np.argmax(weighing.worth)) == weighing.chosen
    chosen = {weighing.chosen for weighing in traced.weighings}
    assert len(chosen) > 2
    assert any(weighing.waiting > 0.0 for weighing in traced.weighings)


def test_each_view_of_a_body_comes_just_before_its_answer(traced: Trace) -> None:
    kinds = traced.run.record.event[:, 1]
    answers = {
        EVENT_APPROVED,
        EVENT_DEFERRED,
        EVENT_REFUSED,
        EVENT_ADVISED,
        EVENT_CONFLICT_SETTLED,
        EVENT_CONFLICT_ESCALATED,
    }
    assert len(traced.views) > 0
    assert {int(kinds[view.event]) for view in traced.views} <= answers
    assert all(0.0 <= view.shared_goals <= 1.0 for view in traced.views)


def test_steps_read_are_those_that_relations_remember(traced: Trace) -> None:
    state = traced.run.state
    counted = np.zeros_like(traced.run.record.pair_steps)
    for read in traced.steps:
        one = int(state.case_origin[read.case])
        other = int(state.case_helper[read.case, read.slot - 1])
        counted[min(one, other), max(one, other), read.step] += 1
    np.testing.assert_array_equal(counted, traced.run.record.pair_steps)
    assert counted.sum() > 20


def test_a_relation_is_watched_every_week(traced: Trace) -> None:
    assert [watched.week for watched in traced.pair_weeks] == list(range(WEEKS))
    last, state = traced.pair_weeks[-1], traced.run.state
    home, total, count = traced.structure.actor_organisation, 0.0, 0
    trust = trust_matrix(state)
    for i in range(len(home)):
        for j in range(len(home)):
            both = state.present[i] and state.present[j] and state.tie_at[i, j]
            if both and home[i] == 0 and home[j] == 2:
                total, count = total + trust[i, j], count + 1
    assert last.ties == count > 0
    assert last.trust_there == pytest.approx(total / count)
    assert last.role_clarity == state.role_clarity[0, 2]
    assert last.place in range(NOBODY, 5)


def test_why_is_told_of_a_users_own_rules_too(world) -> None:
    def no_noise(uniform: float, scale: float) -> float:
        return 0.0

    extension = Extension("no noise", {logistic: no_noise})
    traced = trace(*world, SEED, 20, extension=extension)
    assert all(set(weighing.noise) == {0.0} for weighing in traced.weighings)
    same = trace(*world, SEED, 20, extension=Extension("same", {logistic: plain_python(logistic)}))
    plain = run_one(*world, SEED, 20)
    assert lines_of(same.run.state, same.run.record) == lines_of(plain.state, plain.record)
