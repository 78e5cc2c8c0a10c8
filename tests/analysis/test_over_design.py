"""Statistics over design points: differences, robustness, regret, effects, indices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze import morris as salib_morris

from analysis.over_points import compare_points, summarise_points
from analysis.paired import compare, summarise
from analysis.robustness import point_intervals, regrets, sample_rows, share_better
from analysis.sensitivity import main_effects, morris, noise, sobol
from experiments.designs import lay_out, problem
from experiments.experiment import Experiment

BASE = {"title": {"da": "P", "en": "T"}, "question": {"da": "H?", "en": "W?"}, "models": ["m"]}


def experiment(design: dict[str, object], *entries: dict[str, object]) -> Experiment:
    """An experiment with uncertainties x0, x1, ..., not tied to any model."""
    uncertainties = {f"x{number}": entry for number, entry in enumerate(entries)}
    return Experiment.model_validate({**BASE, "uncertainties": uncertainties, "design": design})


def values_at(one: Experiment) -> np.ndarray:
    """(P, F) the sampled values."""
    return np.array([[float(value) for _, value in point] for point in one.points.settings])


@given(st.integers(0, 10_000), st.integers(2, 12))
def test_with_one_point_it_is_the_plain_paired_comparison(seed: int, runs: int) -> None:
    first, second = np.random.default_rng(seed).normal(size=(2, runs))
    second[0] = np.nan
    plain = compare(first, second, 1, 0.1, 0.99)
    over = compare_points(first[None], second[None], 1, 0.1, 0.99)
    for field in ("runs", "missing", "verdict", "skewed", "level"):
        assert getattr(over, field) == getattr(plain, field)
    for field in ("mean", "low", "high", "effect", "probability_better"):
        assert getattr(over, field) == pytest.approx(getattr(plain, field))
    assert summarise_points(first[None]).low == pytest.approx(summarise(first).low)


def test_points_that_differ_do_not_widen_the_interval() -> None:
    generator = np.random.default_rng(1)
    luck = generator.normal(size=(1, 40))
    points = np.array([[0.0], [10.0], [-30.0]])
    first, second = points + luck, points + 0.2 * generator.normal(size=(3, 40))
    alone = compare(luck[0], second.mean(axis=0) - points.mean(), 1, 0.1, 0.95)
    over = compare_points(first, second, 1, 0.1, 0.95)
    assert (over.low, over.high) == pytest.approx((alone.low, alone.high))


def test_shares_have_wilsons_published_interval() -> None:
    # Newcombe (1998), Statistics in Medicine 17: 81 of 263 gives 0.2553 to 0.3662 (method 3)
    first = np.zeros((263, 2))
    first[:81] = 1.0
    share = share_better(first, np.zeros_like(first), 1, 0.5, sampled=True)
    assert share is not None
    assert share.share == pytest.approx(81 / 263)
    assert (share.low, share.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    chosen = share_better(first, np.zeros_like(first), 1, 0.5, sampled=False)
    assert chosen is not None
    assert chosen.low is None


def test_a_point_counts_surely_only_when_its_whole_interval_does() -> None:
    difference = np.array([[1.0, 1.0, 1.0], [-2.0, 1.0, 4.0], [-1.0, -1.0, -1.0]])
    share = share_better(difference, np.zeros_like(difference), 1, 0.5, sampled=True)
    assert share is not None
    assert share.share == pytest.approx(2 / 3)
    assert share.surely == pytest.approx(1 / 3)
    assert share.possibly == pytest.approx(2 / 3)
    turned = share_better(difference, np.zeros_like(difference), -1, 0.5, sampled=True)
    assert turned is not None
    assert turned.share == pytest.approx(1 / 3)
    single = point_intervals(np.array([[1.0], [np.nan]]))
    assert single.mean.tolist() == [1.0]
    assert single.high.tolist() == [np.inf]


def test_regret_by_hand() -> None:
    # Savage's table: what each act loses to the best act in each state of the world
    table = np.array([[[3.0], [0.0], [8.0]], [[5.0], [4.0], [4.0]]])
    found = regrets(table, 1)
    assert found is not None
    first, second = found
    assert (first.mean, first.worst, first.worst_point) == pytest.approx((2.0, 4.0, 1))
    assert (second.mean, second.worst, second.worst_point) == pytest.approx((4 / 3, 4.0, 2))
    assert (first.best_in, second.best_in) == pytest.approx((1 / 3, 2 / 3))
    less = regrets(-table, -1)
    assert less == found
    table[0, 1] = np.nan
    left_out = regrets(table, 1)
    assert left_out is not None
    assert left_out[0].worst == pytest.approx(2.0)
    assert regrets(table[:1], 1) is None


def test_only_base_points_of_a_sobol_design_stand_for_the_space() -> None:
    one = experiment({"kind": "sobol", "points": 8}, *[{"low": 0.0, "high": 1.0}] * 3)
    rows, sampled = sample_rows(one)
    assert sampled
    assert len(rows) == 16
    places = one.points.places[rows]
    assert len(np.unique(places)) == places.size  # no coordinate is used twice
    assert len(np.unique(one.points.places)) == places.size


def test_main_effects_of_a_plane_are_its_slopes() -> None:
    one = experiment(
        {"kind": "latin_hypercube", "points": 30},
        {"low": -1.0, "high": 1.0}, {"low": 0.0, "high": 10.0},
    )  # fmt: skip
    x = values_at(one)
    seeds = np.random.default_rng(2).normal(size=(1, 12))  # luck that all points share
    found = main_effects(3.0 * x[:, :1] - 0.5 * x[:, 1:] + seeds, one.points.positions, 0.95, True)
    assert found is not None
    effects, explained = found
    assert [effect.mean for effect in effects] == pytest.approx([6.0, -5.0], abs=1e-4)
    assert [effect.high - effect.low for effect in effects] == pytest.approx([0.0, 0.0], abs=1e-4)
    assert explained == pytest.approx(1.0)


def test_main_effects_are_not_told_where_factors_cannot_be_told_apart() -> None:
    places = np.array([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9], [0.2, 0.2]])
    assert main_effects(np.ones((4, 3)), places, 0.95, False) is None
    assert main_effects(np.ones((2, 3)), places[:2], 0.95, False) is None
    assert main_effects(np.ones((4, 3)), np.full((4, 2), np.nan), 0.95, False) is None


# Box, Hunter & Hunter, Statistics for Experimenters, the penicillin yields: four treatments in five
# blends. Their analysis of variance: treatments 70 on 3, blends 264 on 4, residual 226 on 12.
PENICILLIN = np.array(
    [[89, 84, 81, 87, 79], [88, 77, 87, 92, 81], [97, 92, 87, 89, 80], [94, 79, 85, 84, 88]],
    dtype=np.float64,
)


def test_the_share_of_noise_follows_from_the_published_analysis_of_variance() -> None:
    found = noise(PENICILLIN)
    assert found is not None
    residual, treatments = 226.0 / 12.0, 70.0 / 3.0
    assert found.share == pytest.approx(residual / treatments)
    assert found.replications == 5


def test_luck_that_all_points_share_is_no_noise() -> None:
    points = np.arange(6.0)[:, None]
    shared = noise(points + np.random.default_rng(1).normal(size=(1, 9)))
    assert shared is not None
    assert shared.share == pytest.approx(0.0, abs=1e-12)
    assert noise(points) is None


def ishigami(x: np.ndarray) -> np.ndarray:
    """Ishigami & Homma (1990) with a = 7, b = 0.1."""
    outcome: np.ndarray = (
        np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )
    return outcome


def test_sobol_indices_of_the_ishigami_function_are_the_published_ones() -> None:
    pi = float(np.pi)
    one = experiment({"kind": "sobol", "points": 2048}, *[{"low": -pi, "high": pi}] * 3)
    found = sobol(ishigami(values_at(one))[:, None], one)
    assert found is not None
    # Saltelli et al. (2008), Global Sensitivity Analysis, section 4.6
    assert [index.first for index in found] == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert [index.total for index in found] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    for index, first in zip(found, [0.3139, 0.4424, 0.0], strict=True):
        assert abs(index.first - first) < 2.0 * index.first_reach + 0.005


def test_morris_finds_slopes_and_interactions() -> None:
    one = experiment({"kind": "morris", "points": 40}, *[{"low": 0.0, "high": 1.0}] * 3)
    x = one.points.places
    found = morris((4.0 * x[:, 0] + 3.0 * x[:, 1] * x[:, 2])[:, None], one)
    assert found is not None
    assert (found[0].size, found[0].mean, found[0].spread) == pytest.approx((4.0, 4.0, 0.0))
    assert found[1].spread > 0.5
    assert found[1].size == pytest.approx(1.5, abs=0.4)  # 3 times the mean of the other


def test_morris_gives_the_numbers_of_salib() -> None:
    one = experiment({"kind": "morris", "points": 12}, *[{"low": 0.0, "high": 1.0}] * 3)
    x = one.points.places
    outcome = np.sin(3.0 * x[:, 0]) + x[:, 1] * x[:, 2] ** 2
    found = morris(outcome[:, None], one)
    expected = salib_morris.analyze(problem(one.factors), x, outcome, num_levels=4, seed=1)
    assert found is not None
    for field, name in (("size", "mu_star"), ("mean", "mu"), ("spread", "sigma")):
        assert [getattr(effect, field) for effect in found] == pytest.approx(
            list(expected[name]), rel=1e-4
        )
    reach = [effect.size_reach for effect in found]
    assert reach == pytest.approx(list(expected["mu_star_conf"]), rel=0.5)  # its own is a bootstrap


@pytest.mark.parametrize("kind", ["latin_hypercube", "morris"])
def test_the_effect_of_a_choice_between_two_is_their_difference(kind: str) -> None:
    one = experiment(
        {"kind": kind, "points": 40},
        {"values": ["a", "b"]}, {"low": 0, "high": 4, "whole": True}, {"low": 2.0, "high": 200.0,
        "distribution": "loguniform"},
    )  # fmt: skip
    settings = [dict(point) for point in one.points.settings]
    outcome = np.array([
        [5.0 * (point["x0"] == "b") + 0.5 * int(point["x1"]) + np.log10(float(point["x2"]))]
        for point in settings
    ])  # fmt: skip
    values = outcome + np.zeros((1, 3))
    if kind == "morris":
        of_morris = morris(values, one)
        assert of_morris is not None
        sizes = [effect.size for effect in of_morris]
    else:
        of_line = main_effects(values, one.points.positions, 0.95, True)
        assert of_line is not None
        sizes = [effect.mean for effect in of_line[0]]
    assert sizes == pytest.approx([5.0, 2.0, 2.0], rel=1e-4)


def test_indices_need_a_mean_at_every_point_and_something_that_varies() -> None:
    one = experiment({"kind": "sobol", "points": 4}, *[{"low": 0.0, "high": 1.0}] * 2)
    flat = np.ones((16, 2))
    assert sobol(flat, one) is None
    gap = np.random.default_rng(1).normal(size=(16, 2))
    assert sobol(gap, one) is not None
    gap[3] = np.nan
    assert sobol(gap, one) is None


@pytest.mark.verify
def test_intervals_of_main_effects_cover() -> None:
    one = experiment({"kind": "latin_hypercube", "points": 12}, *[{"low": 0.0, "high": 1.0}] * 2)
    x = lay_out(one.design, one.factors, 1).places
    truth, hits, trials = np.array([1.0, -2.0]), np.zeros(2), 2000
    for trial in range(trials):
        generator = np.random.default_rng(trial)
        luck = generator.normal(size=(1, 30)) + generator.normal(size=(12, 30)) * (1 + x[:, :1])
        found = main_effects((x @ truth)[:, None] + luck, x, 0.95, False)
        assert found is not None
        hits += [
            effect.low <= true <= effect.high for effect, true in zip(found[0], truth, strict=True)
        ]
    error = np.sqrt(0.95 * 0.05 / trials)
    assert hits / trials == pytest.approx(np.full(2, 0.95), abs=4 * error)


@pytest.mark.verify
def test_intervals_over_a_design_cover() -> None:
    hits, trials = 0, 2000
    points = np.linspace(-3.0, 3.0, 8)[:, None]
    for trial in range(trials):
        generator = np.random.default_rng(trial)
        shared = generator.normal(size=(1, 30))
        first = points + shared + generator.normal(size=(8, 30))
        second = 0.5 * points + 1.5 * shared + generator.normal(size=(8, 30))
        found = compare_points(first, second, 1, 0.1, 0.95)
        assert found.low is not None
        assert found.high is not None
        hits += found.low <= 0.0 <= found.high
    assert hits / trials == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / trials))


def crooked(x: np.ndarray) -> np.ndarray:
    """An outcome that no plane fits."""
    outcome: np.ndarray = np.where(x[:, 0] > 0.7, 3.0, 0.0) + 2.0 * x[:, 0] * x[:, 1]
    return outcome


def drawn_worlds(trial: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Random points and two models there, with luck that all points share and luck of their own."""
    generator = np.random.default_rng(trial)
    x = generator.random((40, 2))
    shared = generator.normal(size=(1, 30))
    first = crooked(x)[:, None] + 1.3 * shared + generator.normal(size=(40, 30))
    return x, first, shared + generator.normal(size=(40, 30))


@pytest.mark.verify
def test_intervals_of_a_sampled_design_cover_the_space() -> None:
    far = np.random.default_rng(0).random((400_000, 2))
    mean = crooked(far).mean()
    slopes = np.linalg.lstsq(np.column_stack([np.ones(len(far)), far]), crooked(far))[0][1:]
    hits, narrow, trials = np.zeros(3), np.zeros(3), 1000
    rows = np.arange(40)
    for trial in range(trials):
        x, first, second = drawn_worlds(trial)
        for sampled, counts in ((True, hits), (False, narrow)):
            over = compare_points(first, second, 1, 0.1, 0.95, rows if sampled else None)
            assert over.low is not None
            assert over.high is not None
            effects = main_effects(first - second, x, 0.95, sampled)
            assert effects is not None
            counts += [
                over.low <= mean <= over.high,
                *(
                    one.low <= true <= one.high
                    for one, true in zip(effects[0], slopes, strict=True)
                ),
            ]
    error = np.sqrt(0.95 * 0.05 / trials)
    assert (hits / trials > 0.95 - 4 * error).all()
    assert (narrow / trials < 0.9).all()  # over seeds alone they speak of the points only
