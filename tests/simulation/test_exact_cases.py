"""Decisions and waiting against exact results, through the real world and meetings phases.

The order of the week (world, meetings, approaches) decides half a week: a matter asked in week w
is taken at the earliest in week w + 1. At a body that meets every T weeks, a matter that arises at
a random moment therefore waits 1, 2, ... or T weeks, (T + 1) / 2 on average, where continuous time
has T / 2.
"""

import numpy as np
import pytest
from scipy import stats

from simulation.columns import DECIDED, OVERTAKEN_CASES, REFUSED
from simulation.summary import restricted_mean_wait
from simulation.vocabulary import ADVISE
from tests.simulation.limits import LIMIT, grouped_mean, mean_of_runs, share_error
from tests.simulation.queueing import WAITING, bodies_that_pass_on, certain, chain, send_all
from tests.simulation.worlds import Body

WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY = 1, 2, 4, 13


# --- how many are approved ---


@pytest.mark.parametrize(("n", "p"), [(1, 0.5), (2, 0.8), (4, 0.9), (7, 0.8), (10, 0.95)])
def test_n_approvals_without_retry_succeed_with_chance_p_to_the_n(n: int, p: float) -> None:
    structure = chain(bodies_that_pass_on([WEEKLY] * n), case_rate=30.0)

    outcome = send_all(structure, certain(agreement_base=p, refusal_share=1.0), weeks=400)

    answered = outcome.waited != WAITING
    share, true = outcome.approved[answered].mean(), p**n
    assert abs(share - true) < LIMIT * share_error(true, answered.sum())
    assert outcome.record.flow[DECIDED] == outcome.approved.sum()
    assert outcome.record.flow[REFUSED] == answered.sum() - outcome.approved.sum()


@pytest.mark.parametrize(("n", "p", "k"), [(1, 0.5, 2), (3, 0.6, 2), (5, 0.5, 3), (10, 0.7, 2)])
def test_n_approvals_with_k_tries_each_succeed_with_the_chance_of_bowen(
    n: int, p: float, k: int
) -> None:
    structure = chain(bodies_that_pass_on([FORTNIGHTLY] * n), case_rate=30.0)

    outcome = send_all(structure, certain(agreement_base=p, refusal_share=0.0), 400, tries=k)

    done = outcome.asked < 400 - 2 * FORTNIGHTLY * n * k  # early enough to have come to an end
    assert (outcome.waited[done] != WAITING).all()
    share, true = outcome.approved[done].mean(), (1.0 - (1.0 - p) ** k) ** n
    assert abs(share - true) < LIMIT * share_error(true, done.sum())
    assert outcome.record.flow[OVERTAKEN_CASES] == outcome.overtaken.sum()
    assert (outcome.approved[done] | outcome.overtaken[done]).all()


def test_a_chain_of_seventy_approvals_is_nearly_hopeless() -> None:
    # Pressman & Wildavsky's table; a secondary source misprints it.
    chance = 0.95**70

    assert chance == pytest.approx(0.0276, abs=5e-5)


@pytest.mark.verify
def test_seventy_approvals_are_as_hopeless_when_simulated() -> None:
    structure = chain(bodies_that_pass_on([WEEKLY] * 70), case_rate=30.0)

    outcome = send_all(structure, certain(agreement_base=0.95, refusal_share=1.0), weeks=600)

    done = outcome.asked < 600 - 70  # refusals come early: all must have had time for approval
    assert (outcome.waited[done] != WAITING).all()
    share, true = outcome.approved[done].mean(), 0.95**70
    assert abs(share - true) < LIMIT * share_error(true, done.sum())


@pytest.mark.verify
def test_seventy_approvals_with_a_second_try_mostly_succeed() -> None:
    structure = chain(bodies_that_pass_on([FORTNIGHTLY] * 70), case_rate=30.0)
    parameters = certain(agreement_base=0.95, refusal_share=0.0)

    outcome = send_all(structure, parameters, weeks=700, tries=2)

    done = outcome.asked < 700 - 2 * FORTNIGHTLY * 70
    share, true = outcome.approved[done].mean(), (1.0 - 0.05**2) ** 70
    assert (outcome.waited[done] != WAITING).all()
    assert true == pytest.approx(0.8393, abs=5e-5)
    assert abs(share - true) < LIMIT * share_error(true, done.sum())


def test_certain_approvals_all_succeed() -> None:
    outcome = send_all(chain(bodies_that_pass_on([WEEKLY] * 10), 30.0), certain(), weeks=50)

    assert outcome.approved[outcome.waited != WAITING].all()


# --- how long it takes ---


def test_a_weekly_body_answers_in_one_week() -> None:
    waited = answered_waits([WEEKLY], weeks=100)

    assert set(waited) == {1}


@pytest.mark.parametrize("period", [2, MONTHLY, QUARTERLY])
def test_a_matter_waits_each_of_one_to_t_weeks_equally_often(period: int) -> None:
    waited = answered_waits([period], weeks=period * 400)

    counts = np.bincount(waited, minlength=period + 1)[1:]
    assert waited.min() == 1
    assert waited.max() == period
    assert stats.chisquare(counts).pvalue > 2.0 * stats.norm.sf(LIMIT)


@pytest.mark.parametrize("period", [2, MONTHLY, QUARTERLY, 26])
@pytest.mark.parametrize("phase", [0, 1])
def test_mean_wait_at_a_body_is_half_of_t_and_one(period: int, phase: int) -> None:
    mean, error = mean_wait([period], weeks=period * 200, phases=[phase])

    assert abs(mean - (period + 1) / 2) < LIMIT * error


@pytest.mark.parametrize(("period", "p"), [(1, 0.5), (MONTHLY, 0.5), (MONTHLY, 0.25), (8, 0.8)])
def test_each_deferral_adds_a_whole_round(period: int, p: float) -> None:
    parameters = certain(agreement_base=p, refusal_share=0.0)
    mean, error = mean_wait([period], weeks=period * 400, parameters=parameters)

    assert abs(mean - ((period + 1) / 2 + period * (1 / p - 1))) < LIMIT * error


@pytest.mark.parametrize("periods", [[4, 5], [4, 13], [4, 5, 7], [1, 2, 3, 5]])
def test_a_chain_of_bodies_with_independent_calendars_sums(periods: list[int]) -> None:
    # Periods without a common divisor: the second body's calendar is independent of the first's.
    mean, error = mean_wait(periods, weeks=int(np.prod(periods)) * 60)

    assert abs(mean - sum((period + 1) / 2 for period in periods)) < LIMIT * error


@pytest.mark.parametrize("bodies", [2, 3, 5])
def test_bodies_that_meet_in_the_same_week_cost_a_whole_round_each(bodies: int) -> None:
    # What the first body sends on reaches the next the same week, after its meeting's start.
    mean, error = mean_wait([MONTHLY] * bodies, weeks=MONTHLY * 400)

    assert abs(mean - ((MONTHLY + 1) / 2 + (bodies - 1) * MONTHLY)) < LIMIT * error


@pytest.mark.parametrize("lag", [1, 2, 3])
def test_a_body_placed_just_after_another_costs_only_the_lag(lag: int) -> None:
    mean, error = mean_wait([MONTHLY, MONTHLY], weeks=MONTHLY * 400, phases=[0, lag])

    assert abs(mean - ((MONTHLY + 1) / 2 + lag)) < LIMIT * error


def test_aligned_calendars_of_unlike_rhythm_break_the_sum() -> None:
    # Monthly, then every second month in the same weeks: half of what is sent on comes in a week
    # in which the second body meets too (8 weeks more), half in the week between (4 weeks more).
    mean, error = mean_wait([MONTHLY, 2 * MONTHLY], weeks=MONTHLY * 800)

    assert abs(mean - (2.5 + 6.0)) < LIMIT * error
    assert abs(mean - (2.5 + 4.5)) > LIMIT * error


def test_mean_wait_is_the_area_under_kaplan_and_meiers_curve() -> None:
    # Two decided after 2 weeks, one still undecided after 3, one decided after 4: the share still
    # undecided is 1 for 2 weeks, 1/2 for 2 weeks (the lost one does not lower it), then 0.
    waits = np.zeros((4, 209, 2), dtype=np.int64)
    waits[1, 2, 0], waits[1, 3, 1], waits[2, 4, 0] = 2, 1, 1

    assert restricted_mean_wait(waits, 1, 3) == pytest.approx(2 * 1.0 + 2 * 0.5)
    assert restricted_mean_wait(waits, 2, 2) == pytest.approx(4.0)
    assert np.isnan(restricted_mean_wait(waits, 3, 3))


@pytest.mark.parametrize(("period", "weeks_before"), [(MONTHLY, 1), (MONTHLY, 3), (QUARTERLY, 2)])
def test_pre_meetings_just_before_the_meeting_add_their_lead(
    period: int, weeks_before: int
) -> None:
    # A matter must be in the week before the pre-meeting: it waits k + 1, ..., k + T weeks.
    bodies = [Body("body", [0], period=period, premeeting=weeks_before)]
    outcome = send_all(chain(bodies, case_rate=2.0), certain(), weeks=period * 400)
    counted = outcome.asked < period * 390

    assert outcome.waited[counted].min() == weeks_before + 1
    assert outcome.waited[counted].max() == weeks_before + period
    mean, error = grouped_mean(outcome.waited[counted], outcome.asked[counted])
    assert abs(mean - ((period + 1) / 2 + weeks_before)) < LIMIT * error


@pytest.mark.parametrize(("weeks_before", "added"), [(0, 1), (1, 5), (2, 5)])
def test_a_pre_meeting_costs_a_body_placed_just_after_another_a_whole_round(
    weeks_before: int, added: int
) -> None:
    # The second body meets a week after the first. With a pre-meeting before that, what the first
    # sends on comes too late for it and waits for the next meeting: 1 week becomes 1 + 4.
    bodies = bodies_that_pass_on([MONTHLY, MONTHLY], [0, 1])
    bodies[1].premeeting = weeks_before
    outcome = send_all(chain(bodies, case_rate=2.0), certain(), weeks=MONTHLY * 400)
    counted = outcome.asked < MONTHLY * 390

    mean, error = grouped_mean(outcome.waited[counted], outcome.asked[counted])
    assert abs(mean - ((MONTHLY + 1) / 2 + added)) < LIMIT * error


@pytest.mark.parametrize(("people", "approval"), [(1, 0.5), (2, 0.75)])
def test_mandate_from_home_spares_deferrals(people: int, approval: float) -> None:
    # Two who meet beforehand: approval 1/2 becomes 1/2 + g / 2, and each deferral adds T. One
    # alone has nobody to meet and is not prepared.
    parameters = certain(agreement_base=0.5, refusal_share=0.0, premeeting_gain=0.5)
    bodies = [Body("body", list(range(people)), period=MONTHLY, premeeting=1)]
    structure = chain(bodies, case_rate=2.0, people=people)
    outcome = send_all(structure, parameters, weeks=MONTHLY * 800)
    counted = outcome.asked < MONTHLY * 700

    mean, error = grouped_mean(outcome.waited[counted], outcome.asked[counted])
    assert abs(mean - (2.5 + 1 + MONTHLY * (1 / approval - 1))) < LIMIT * error


def test_advice_is_given_once_and_moves_the_approval_that_follows() -> None:
    # Advice is for or against with chance 1/2; then 1/2 + w a / 2 or 1/2 + w a / 2 downwards.
    parameters = certain(agreement_base=0.5, refusal_share=1.0, advice_weight=0.8)
    bodies = bodies_that_pass_on([WEEKLY, WEEKLY])
    bodies[0].right = ADVISE
    outcome = send_all(chain(bodies, case_rate=30.0), parameters, weeks=400)
    answered = outcome.waited != WAITING

    assert set(outcome.waited[answered]) == {2}
    advised_for = outcome.state.case_advice[: len(answered)][answered] > 0
    for favourable, true in ((True, 0.5 + 0.4 * 0.5), (False, 0.5 * 0.6)):
        group = outcome.approved[answered][advised_for == favourable]
        assert abs(group.mean() - true) < LIMIT * share_error(true, len(group))


# --- room on the agenda ---


@pytest.mark.parametrize(("capacity", "continuous"), [(6, 7.4), (5, 9.7), (4, 68.0)])
def test_the_exact_wait_of_a_full_agenda_is_the_published_one_and_half_a_week(
    capacity: int, continuous: float
) -> None:
    exact = exact_wait_of_agenda(QUARTERLY, 0.3, capacity)

    assert exact - 0.5 == pytest.approx(continuous, rel=0.01)


@pytest.mark.parametrize("capacity", [6, 5])
def test_agenda_capacity_makes_matters_wait(capacity: int) -> None:
    waits = [wait_at_agenda(capacity, weeks=60_000, seed=seed) for seed in range(1, 9)]

    mean, error = mean_of_runs(waits)
    assert abs(mean - exact_wait_of_agenda(QUARTERLY, 0.3, capacity)) < LIMIT * error
    assert error < 0.5


@pytest.mark.verify
@pytest.mark.parametrize("capacity", [6, 5, 4])
def test_agenda_capacity_makes_matters_wait_in_the_long_run(capacity: int) -> None:
    waits = [wait_at_agenda(capacity, weeks=800_000, seed=seed) for seed in range(1, 25)]

    mean, error = mean_of_runs(waits)
    exact = exact_wait_of_agenda(QUARTERLY, 0.3, capacity)
    assert abs(mean - exact) < LIMIT * error
    assert error < 0.05 * exact


# --- how it is worked out ---


def answered_waits(periods, weeks, phases=None, parameters=None):
    return answered(periods, weeks, phases, parameters)[0]


def answered(periods, weeks, phases=None, parameters=None):
    """Waits and weeks of asking of the matters asked in whole rounds of all calendars.

    Matters asked so late that some have no answer yet are left out, the quick ones as well.
    """
    structure = chain(bodies_that_pass_on(periods, phases), case_rate=2.0)
    room = 40 * sum(periods)
    outcome = send_all(structure, parameters or certain(), weeks + room)
    counted = outcome.asked < weeks
    assert (outcome.waited[counted] != WAITING).all()
    return outcome.waited[counted], outcome.asked[counted]


def mean_wait(periods, weeks, phases=None, parameters=None):
    return grouped_mean(*answered(periods, weeks, phases, parameters))


def wait_at_agenda(capacity: int, weeks: int, seed: int) -> float:
    """Mean wait in a run, its first tenth and last twentieth left out."""
    bodies = [Body("body", [0], period=QUARTERLY, capacity=capacity)]
    outcome = send_all(chain(bodies, case_rate=0.3), certain(), weeks, seed=seed)
    counted = (outcome.asked >= weeks // 10) & (outcome.asked < weeks - weeks // 20)
    assert (outcome.waited[counted] != WAITING).all()
    return float(outcome.waited[counted].mean())


def exact_wait_of_agenda(period: int, rate: float, capacity: int, most: int = 2000) -> float:
    """(T + 1) / 2 + T E[Q] / E[A], where Q is what a meeting leaves over.

    Q' = max(0, Q + A - c) with A Poisson of mean T · rate (Lindley). Whatever is left over waits
    one more round of T weeks, so by Little's law a matter waits T E[Q] / E[A] beyond its first
    meeting. The stationary law is found for queues up to ``most``.
    """
    arrivals = stats.poisson.pmf(np.arange(most + 1), period * rate)
    law = np.zeros(most + 1)
    law[0] = 1.0
    for _ in range(20_000):
        summed = np.convolve(law, arrivals[:60])[: most + 1 + capacity]
        new = np.zeros(most + 1)
        shifted = summed[capacity : capacity + most + 1]
        new[: len(shifted)] = shifted
        new[0] += summed[:capacity].sum()
        if np.abs(new - law).sum() < 1e-13:
            break
        law = new
    left_over = (np.arange(most + 1) * law).sum()
    return (period + 1) / 2 + period * left_over / (period * rate)
