"""Adaptive replication: never under 30, no more than needed, a cap, and honest intervals."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.experiment import load_experiment
from experiments.stopping import FEWEST, by_seed, half_width_of, judge
from tests.experiments.sweeps import SMALL, run_here, write

# Student (1908): ten differences in hours of sleep, mean 1.58, 95 % interval 0.7001 to 2.4599
SLEEP = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])


def normal(runs: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, 1.0, runs)


def test_the_half_width_is_students() -> None:
    assert half_width_of(SLEEP, 0.95) == pytest.approx((2.4598858 - 0.7001142) / 2, abs=1e-6)
    assert half_width_of(SLEEP[:1], 0.95) is None


def test_fewer_than_thirty_runs_are_never_enough() -> None:
    judgement = judge(np.zeros(29), 100.0, 0.95, 29, 1000)
    assert judgement.reason == "more"
    assert judgement.runs_next >= FEWEST
    assert judge(np.zeros(30), 100.0, 0.95, 30, 1000).reason == "narrow"


def test_undefined_pairs_do_not_count_towards_the_thirty() -> None:
    values = np.where(np.arange(40) < 20, np.nan, 0.0)
    assert judge(values, 1.0, 0.95, 40, 1000).reason == "more"


def test_it_asks_for_what_the_spread_needs_at_most_doubling() -> None:
    values = normal(40)
    half = half_width_of(values, 0.95)
    assert half is not None
    assert judge(values, half / 1.2, 0.95, 40, 1000).runs_next == int(np.ceil(40 * 1.44))
    assert judge(values, half / 10.0, 0.95, 40, 1000).runs_next == 80
    assert judge(values, half / 1.01, 0.95, 40, 1000).runs_next == 50


def test_it_stops_at_the_cap_and_says_so() -> None:
    assert judge(normal(100), 1e-6, 0.95, 100, 100).reason == "cap"
    assert judge(normal(90), 1e-6, 0.95, 90, 100).runs_next == 100


def test_a_skewed_difference_is_told() -> None:
    values = np.r_[np.zeros(39), 100.0]
    assert judge(values, 1e6, 0.95, 40, 100).skewed
    assert not judge(normal(40), 1e6, 0.95, 40, 100).skewed


def test_the_mean_of_a_seed_does_not_hang_on_which_points_it_lacks() -> None:
    whole = np.array([[1.0, 2.0, 3.0], [11.0, 12.0, 13.0]])
    assert by_seed(whole) == pytest.approx([6.0, 7.0, 8.0])
    gap = whole.copy()
    gap[1, 1] = np.nan  # its point's mean stays 12, its seed's deviation is that of the other point
    assert by_seed(gap) == pytest.approx([6.0, 7.0, 8.0])
    assert np.isnan(by_seed(np.array([[1.0, np.nan]]))[1])


@given(st.integers(2, 6), st.integers(2, 6), st.integers(0, 1000))
def test_without_gaps_the_mean_of_a_seed_is_the_plain_mean(
    points: int, seeds: int, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(size=(points, seeds))
    assert by_seed(values) == pytest.approx(values.mean(axis=0))


def test_an_experiment_grows_until_its_named_difference_is_known(tmp_path: Path) -> None:
    write(tmp_path, "{extends: [laerebog], key: andet, levers: {initial_trust: 0.9}}", "andet.yaml")
    text = SMALL.replace("[laerebog]", "[laerebog, andet.yaml]").replace(
        "replications: 3", "replications: 30"
    )
    rule = (
        "until: {difference: [andet, laerebog], observable: trust_between, half_width: %s, "
        "most: %s}"
    )
    experiment = load_experiment(write(tmp_path, text + rule % (0.001, 45)))
    results = run_here(experiment.plan())
    judgement = experiment.judgement(results)
    following = experiment.next_plan(results)
    assert judgement is not None
    assert following is not None
    assert following.runs == judgement.runs_next > 30
    assert following._replace(runs=30) == experiment.plan()
    capped = experiment.judgement(run_here(following._replace(runs=45)))
    assert capped is not None
    assert capped.reason == "cap"
    assert experiment.next_plan(run_here(following._replace(runs=45))) is None
    # the same difference, by hand
    sides = [
        results[results["condition"] == key].sort_values("seed")["trust_between"].to_numpy()
        for key in ("andet", "laerebog")
    ]
    assert judgement.half_width == pytest.approx(half_width_of(sides[0] - sides[1], 0.95))
    wide = load_experiment(write(tmp_path, text + rule % (10.0, 45)))
    assert wide.next_plan(results) is None
    narrow = wide.judgement(results)
    assert narrow is not None
    assert narrow.reason == "narrow"


def covered(draw, truth: float, half_width: float, trials: int = 2000) -> float:  # type: ignore[no-untyped-def]
    """Share of sequences whose last interval covers the truth."""
    hits = 0
    for trial in range(trials):
        generator = np.random.default_rng(trial)
        values = draw(generator, FEWEST)
        while (judgement := judge(values, half_width, 0.95, len(values), 2000)).reason == "more":
            values = np.r_[values, draw(generator, judgement.runs_next - len(values))]
        assert judgement.half_width is not None
        hits += abs(values.mean() - truth) <= judgement.half_width
    return hits / trials


@pytest.mark.verify
def test_the_rule_keeps_its_coverage() -> None:
    error = np.sqrt(0.95 * 0.05 / 2000)
    normal_coverage = covered(lambda g, n: g.normal(0.0, 1.0, n), 0.0, 0.25)
    assert 0.93 - 3 * error < normal_coverage < 0.95 + 3 * error
    skewed_coverage = covered(lambda g, n: g.exponential(1.0, n), 1.0, 0.25)
    assert 0.89 < skewed_coverage < normal_coverage + 3 * error


@pytest.mark.verify
def test_the_coverage_test_can_fail() -> None:
    # stopping on a tenth of the runs would cover far less
    hits = 0
    for trial in range(2000):
        generator = np.random.default_rng(trial)
        values = generator.exponential(1.0, 3)
        half = half_width_of(values, 0.95)
        assert half is not None
        while half > 0.25 and len(values) < 2000:
            values = np.r_[values, generator.exponential(1.0, 1)]
            half = half_width_of(values, 0.95)
            assert half is not None
        hits += abs(values.mean() - 1.0) <= half
    assert hits / 2000 < 0.89
