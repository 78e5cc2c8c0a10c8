"""Work, lent staff, methods and talk against cases worked by hand, through the real phases."""

import math

import numpy as np
import pytest

from simulation.observables import WEEKLY
from simulation.parameters import Parameters
from simulation.phases.daily import daily_life
from simulation.phases.data_sharing import use_in_matter, use_with_those_present
from simulation.phases.experience import experience
from simulation.phases.forgetting import forgetting
from simulation.phases.lending import live_with_lending
from simulation.phases.methods import (
    forget_method,
    learn_method,
    look_after_methods,
    try_for_method,
)
from simulation.phases.moves import let_newcomers_bring_ties, remember_person
from simulation.phases.together import come_together
from simulation.phases.work import work
from simulation.runs import run_one
from simulation.start import place_newcomer
from simulation.ties import (
    acquaintance_matrix,
    acquaintance_of,
    change_trust,
    put_tie,
    set_acquaintance,
    set_trust,
    trust_matrix,
    trust_of,
)
from simulation.vocabulary import (
    CONSENT_REFUSED,
    DIVIDE,
    METHOD_ALIVE,
    METHOD_ANCHORED,
    METHOD_LOST,
    N_THEMES,
    NOBODY,
    TELL,
    TOGETHER,
    TRY_NEW,
    WORKING,
)
from tests.simulation.test_exact_people import set_out_world
from tests.simulation.worlds import Person, World

pytestmark = pytest.mark.interpreted

EXACT = 1e-12


def two_people(parameters: Parameters, settled: int, **world):
    """A holder and a partner with ten hours each, and one case between them under way."""
    people = [Person("holder", 0), Person("partner", 1)]
    held, state = set_out_world(World(["one", "two"], people, case_rate=12.0, **world), parameters)
    add_case(state, 0, [0, 1], settled, [10.0, 10.0])
    state.hours_available[:] = state.hours_left[:] = 10.0
    return held, state


def add_case(state, case: int, actors: list[int], settled: int, needs: list[float]) -> None:
    """A case under way that is promised far ahead."""
    state.open_cases[state.open_count[0]] = case
    state.open_count[0] += 1
    state.case_status[case], state.case_start[case], state.case_due[case] = WORKING, -1, 99
    state.case_actor[case] = NOBODY
    state.case_helper[case] = NOBODY
    state.case_forum[case] = state.case_asked[case] = state.case_conflict[case, 1] = NOBODY
    state.case_settled[case] = 0
    for slot, (actor, need) in enumerate(zip(actors, needs, strict=True)):
        state.case_actor[case, slot] = actor
        state.case_settled[case, slot] = state.case_agreed[case, slot] = settled
        state.case_need[case, slot] = need
        if slot > 0:
            state.case_helper[case, slot - 1] = 1


# --- side by side ---


def test_hours_are_joint_only_in_weeks_when_both_sit_down() -> None:
    parameters = Parameters(
        common_time=1.0, ahead_of_others=1.0, free_riding=0.0, most_hours_a_week=8.0
    )
    held, state = two_people(parameters, TOGETHER)

    work(*held, 1, 0)  # both give 8 hours, the most in a week
    state.hours_left[:] = [10.0, 0.0]
    work(*held, 1, 1)  # the partner has no hours

    assert state.case_joint[0, :2].tolist() == [8.0, 8.0]
    assert state.case_apart[0, :2].tolist() == [2.0, 0.0]


def test_without_a_common_time_agreed_joint_work_is_done_apart() -> None:
    held, state = two_people(Parameters(common_time=0.0, free_riding=0.0), TOGETHER)

    work(*held, 1, 0)

    assert not state.case_joint.any()
    assert (state.case_apart[0, :2] > 0.0).all()


def test_on_a_shared_task_nobody_runs_far_ahead() -> None:
    held, state = two_people(Parameters(ahead_of_others=0.3), TOGETHER)
    state.hours_left[1] = 0.0

    work(*held, 1, 0)

    done = state.case_apart[0, 0] + state.case_joint[0, 0]
    assert done == pytest.approx(3.0, abs=EXACT)


@pytest.mark.parametrize("trust", [0.0, 1.0])
def test_divided_work_becomes_joint_when_both_dare(trust: float) -> None:
    held, state = two_people(Parameters(joint_overhead=0.2), DIVIDE)
    put_tie(held.structure, held.state, 0, 1)
    state.tie_trust[1] = trust
    state.case_apart[0, :2] = [4.0, 10.0]  # the partner is done

    come_together(*held, 1, 0, 0, 1, 1.0)

    assert state.case_settled[0, 1] == (TOGETHER if trust else DIVIDE)
    # Six hours are left: three each, and a fifth more for doing it together.
    expected = [4.0 + 3.0 * 1.2, 10.0 + 3.0 * 1.2] if trust else [10.0, 10.0]
    assert state.case_need[0, :2] == pytest.approx(expected, abs=EXACT)


# --- control ---


@pytest.mark.parametrize("control", [0.0, 0.5, 1.0])
def test_control_moves_hours_to_ones_own_cases_and_burns_none(control: float) -> None:
    # One person has ten hours, and is asked for eight on an own case and eight for another's.
    parameters = Parameters(free_riding=0.0, most_hours_a_week=8.0)
    held, state = two_people(parameters, DIVIDE, control=control)
    add_case(state, 1, [1, 0], DIVIDE, [10.0, 10.0])
    state.hours_left[:] = [10.0, 1000.0]

    work(*held, 1, 0)

    own, others = state.case_apart[0, 0], state.case_apart[1, 1]
    share = 10.0 / 16.0
    assert others == pytest.approx(8.0 * share * (1.0 - control * (1.0 - share)), abs=EXACT)
    assert own + others == pytest.approx(min(10.0, 8.0 + others), abs=EXACT)


# --- credit ---


def test_the_holder_is_credited_once_however_many_partners() -> None:
    people = [Person("holder", 0), *(Person(f"partner {k}", 1) for k in range(3))]
    held, state = set_out_world(World(["one", "two"], people, case_rate=0.0), Parameters())
    before = state.ownership[0]
    add_case(state, 0, [0, 1, 2, 3], DIVIDE, [10.0] * 4)
    state.case_apart[0] = 10.0
    state.finished_now[0], state.finished_count[0] = 0, 1
    state.case_difficulty[0] = 0.0

    experience(*held, 1, 0)

    share = 10.0 / 10.0 * Parameters().ownership_from_hours
    assert state.ownership[0] == pytest.approx(before + share * (1.0 - before), abs=EXACT)
    kept = held.record.flow[WEEKLY.index("promises_kept")]
    assert kept == 4  # one of the holder's, one of each partner's


# --- consent ---


def test_without_consent_telling_is_worth_general_knowledge_alone() -> None:
    parameters = Parameters(information_worth=0.2, general_knowledge=0.5, acceptance_matters=0.0)
    values = []
    for consent in (0, CONSENT_REFUSED):
        held, state = two_people(parameters, TELL)
        state.case_consent[0], state.case_hours[0] = consent, 10.0
        state.case_apart[0, 0] = 10.0
        state.finished_now[0], state.finished_count[0] = 0, 1
        experience(*held, 1, 0)
        values.append(held.record.flow[WEEKLY.index("value")])
    # quality = (1 + worth of telling) / (1 + one helper), times ten hours
    assert values == pytest.approx([10.0 * 1.2 / 2.0, 10.0 * 1.1 / 2.0], abs=EXACT)


# --- loyal talk ---


@pytest.mark.parametrize(("change", "passed"), [(-0.2, 0.25), (0.2, 1.0)])
def test_bad_news_is_passed_on_less_where_people_speak_loyally(change, passed) -> None:
    people = [Person("one", 0), Person("colleague", 0), Person("other", 1)]
    world = World(["home", "away"], people, case_rate=0.0, loyalty=0.75)
    held, _state = set_out_world(world, Parameters(trust_passed_on=0.5))
    for i, j in ((0, 2), (1, 2)):
        put_tie(held.structure, held.state, i, j)
        set_trust(held.state, i, j, 0.5)
    set_acquaintance(held.state, 1, 0, 0.8)

    change_trust(held.structure, held.parameters, held.state, 0, 2, 0.5 + change)

    assert trust_of(held.state, 1, 2) == pytest.approx(0.5 + 0.5 * passed * 0.8 * change, abs=EXACT)


# --- lent staff ---


def lent(share: float, host_leads: float = 0.0, parameters: Parameters | None = None):
    """Someone of the first organisation lent to the second; their goals share nothing."""
    people = [
        Person("lent", 0, lent_to=1, lent_share=share, host_leads=host_leads),
        Person("at home", 0),
        Person("at the host", 1),
    ]
    goals = np.zeros((2, N_THEMES))
    goals[0, 0] = goals[1, 1] = 1.0
    world = World(["home", "host"], people, case_rate=0.0, goals=goals)
    return set_out_world(world, parameters or Parameters())


def test_the_lent_are_known_where_they_work() -> None:
    _, state = lent(0.5, parameters=Parameters(known_at_start=0.0))

    acquaintance = acquaintance_matrix(state)
    assert acquaintance[0, 2] == pytest.approx(0.5 * 0.6, abs=EXACT)
    assert acquaintance[1, 2] == 0.0


def test_who_leads_the_lent_decides_whose_attention_frees_their_time() -> None:
    parameters = Parameters(lent_torn=0.0, attention_frees=0.4)
    hours = []
    for host_leads in (0.0, 0.5, 1.0):
        held, state = lent(0.5, host_leads, parameters)
        state.organisation_attention[:] = [0.0, 1.0]
        state.hours_available[:] = state.hours_left[:] = 6.0
        daily_life(held.structure, held.parameters, held.state, held.record, 1)
        hours.append(float(state.hours_left[0]))
    assert hours == pytest.approx([6.0, 8.0, 10.0], abs=EXACT)


@pytest.mark.parametrize(("share", "pull"), [(0.5, 1.0), (0.25, 0.75), (1.0, 0.0)])
def test_two_leaders_with_unlike_goals_pull_both_ways(share: float, pull: float) -> None:
    parameters = Parameters(
        lent_torn=0.3, lent_suspicion=0.5, lent_local_trust=0.0, lent_talk_hours=0.0,
        attention_frees=0.0,
    )  # fmt: skip
    held, state = lent(share, 0.0, parameters)
    state.hours_available[:] = state.hours_left[:] = 10.0
    before = trust_matrix(state)[1:, 0]

    daily_life(held.structure, held.parameters, held.state, held.record, 1)
    for _ in range(52):
        live_with_lending(held.structure, held.parameters, held.state, 1)

    assert state.hours_left[0] == pytest.approx(10.0 * (1.0 - 0.3 * pull), abs=EXACT)
    expected = before * math.exp(-0.5 * pull)
    np.testing.assert_allclose(trust_matrix(state)[1:, 0], expected, rtol=0, atol=1e-9)


def test_the_price_counts_coordinators_of_every_camp_and_what_the_lent_lose() -> None:
    goals = np.zeros((2, N_THEMES))
    goals[0, 0] = goals[1, 1] = 1.0
    people = [Person("coordinator", 0, coordinating=0.5), Person("lent", 0, lent_to=1)]
    people[1].lent_share = 0.5
    world = World(["kommune", "boligorganisation"], people, case_rate=0.0, goals=goals)
    parameters = Parameters(attention_frees=0.0, lent_torn=0.3)
    summary = run_one(world.build(), parameters, 1, weeks=10).summary

    week = people[0].hours
    assert summary["hours_coordination"] == pytest.approx(10 * 0.5 * week)
    assert summary["hours_torn"] == pytest.approx(10 * 0.3 * week)
    assert summary["hours_per_week"] == pytest.approx(0.8 * week)


def test_full_posting_wins_trust_where_one_is_and_loses_touch_at_home() -> None:
    parameters = Parameters(lent_local_trust=0.3, acquaintance_decay=0.5, lent_out_of_touch=1.0)
    held, _state = lent(1.0, 1.0, parameters)
    host_trust, known = trust_of(held.state, 2, 0), acquaintance_of(held.state, 0, 1)

    for week in range(52):
        forgetting(*held, 1, week)

    expected = 1.0 - (1.0 - host_trust) * math.exp(-0.3)
    assert trust_of(held.state, 2, 0) == pytest.approx(expected, abs=1e-9)
    assert acquaintance_of(held.state, 0, 1) == pytest.approx(known * math.exp(-1.0), abs=1e-9)


# --- methods and moves ---


def test_a_method_nobody_knows_any_more_is_lost() -> None:
    held, state = set_out_world(World(["one"], [Person("a", 0), Person("b", 0)]), Parameters())
    state.case_actor[0] = NOBODY
    state.case_method[0], state.living_methods[0], state.living_count[0] = METHOD_ALIVE, 0, 1
    for actor in (0, 1):
        learn_method(held.state, actor, 3, 0, 0)
    assert state.method_knowers[0] == 2

    forget_method(held.state, 0, 3)
    look_after_methods(*held, 1, 1)
    assert state.case_method[0] == METHOD_ALIVE
    forget_method(held.state, 1, 3)
    look_after_methods(*held, 1, 1)
    assert state.case_method[0] == METHOD_LOST
    assert state.living_count[0] == 0


@pytest.mark.parametrize(
    ("knows", "anchored_at", "new"),
    [(None, None, True), (0, None, False), (1, None, False), (None, 1, False)],
)
def test_a_joint_trial_counts_only_when_the_method_is_new_to_both(
    knows: int | None, anchored_at: int | None, new: bool
) -> None:
    held, state = two_people(Parameters(innovation_chance=1.0, distance_best=0.0), TRY_NEW)
    state.goals[1] = state.goals[0]
    theme = state.case_theme[0]
    if knows is not None:
        learn_method(held.state, knows, theme, 1, 0)
    if anchored_at is not None:
        state.organisation_methods[anchored_at, theme] = 1

    assert try_for_method(*held, 1, 5, 0, 1) == new
    assert (state.method_known[:, theme] == 0).tolist() == [new, new]


def test_data_are_in_use_between_those_who_share_them() -> None:
    names = ["one", "two", "three"]
    people = [Person(name, place) for place, name in enumerate(names)]
    structure = World(names, people, case_rate=12.0, control=0.5).build()
    structure.shared_data[0, 1] = structure.shared_data[1, 0] = 0.8
    structure.organisation_data[:2] = 0.8
    held, state = set_out_world(World(names, people), Parameters(), structure)
    state.top_attention[:], state.attending[:3] = 1.0, [0, 1, 2]
    add_case(state, 0, [0, 1], TOGETHER, [1.0, 1.0])
    add_case(state, 1, [0, 2], TOGETHER, [1.0, 1.0])
    state.case_origin[:2] = 0
    state.case_helper[1, 0] = 2

    assert use_in_matter(held.structure, held.state, 2, 0) == pytest.approx(0.8)  # the pair alone
    assert use_in_matter(held.structure, held.state, 3, 0) == pytest.approx(2 / 3 * 0.8)
    assert use_in_matter(held.structure, held.state, 3, 1) == pytest.approx(1 / 3 * 0.4)
    for actor, use in enumerate([0.4, 0.4, 0.0]):
        assert use_with_those_present(held.structure, held.state, 3, actor) == pytest.approx(use)


def test_what_is_anchored_is_forgotten_by_persons_though_no_other_method_lives() -> None:
    held, state = set_out_world(World(["one"], [Person("a", 0)]), Parameters(method_life=10.0))
    state.case_method[0] = METHOD_ANCHORED
    learn_method(held.state, 0, 3, 0, 5)
    assert state.living_count[0] == 0

    look_after_methods(*held, 1, 14)
    assert state.method_known[0, 3] == 0
    look_after_methods(*held, 1, 15)
    assert state.method_known[0, 3] == NOBODY


def test_a_newcomer_does_not_feel_the_meetings_of_who_was_there_before() -> None:
    held, state = set_out_world(World(["one"], [Person("a", 0)]), Parameters())
    state.meeting_hours[0] = 7.0
    place_newcomer(*held[:3], 1, 0, 20)
    assert state.meeting_hours[0] == 0.0


def test_ties_and_methods_follow_who_changes_employer() -> None:
    people = [Person("new post", 0), Person("old post", 1), Person("friend", 2)]
    world = World(["one", "two", "three"], people, case_rate=0.0)
    parameters = Parameters(move_chance=1.0, acquaintance_decay=0.5, known_at_start=0.0)
    held, state = set_out_world(world, parameters)
    put_tie(held.structure, held.state, 1, 2)
    set_acquaintance(held.state, 1, 2, 0.8)
    state.tie_trust[1] = [0.7, 0.9]
    state.case_method[0] = METHOD_ALIVE
    learn_method(held.state, 1, 2, 0, 0)
    remember_person(held.state, 1)
    state.left_week[1], state.arrived_week[0] = 10, 20

    let_newcomers_bring_ties(*held, 1, 20)

    brought = 0.8 * math.exp(-0.5 * 10 / 52)
    assert acquaintance_of(held.state, 0, 2) == pytest.approx(brought, abs=1e-9)
    assert (trust_of(held.state, 0, 2), trust_of(held.state, 2, 0)) == (0.7, 0.9)
    assert state.method_known[0, 2] == 0
    assert state.moved[1]


# --- activities and the pool ---


def test_activities_take_hours_first_and_a_new_year_fills_the_pool() -> None:
    people = [Person("runs activities", 0, activity_hours=4.0), Person("pressed", 0)]
    people[1].activity_hours = 4.0
    world = World(["one"], people, case_rate=0.0, pool=80.0)
    held, state = set_out_world(world, Parameters())
    state.hours_left[:] = [10.0, -1.0]
    state.pool[0] = 3.0

    daily_life(held.structure, held.parameters, held.state, held.record, 51)
    assert state.hours_left.tolist() == [6.0, -1.0]
    assert (state.hours_activity.tolist(), state.pool[0]) == ([4.0, 0.0], 3.0)

    daily_life(held.structure, held.parameters, held.state, held.record, 52)
    assert state.pool[0] == 80.0
