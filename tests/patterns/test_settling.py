"""From values to verdicts: intervals, limits, looks, and how often they err."""

import math

import numpy as np
import pytest

from experiments.measures import Summarised
from experiments.patterns.cells import Cell
from experiments.patterns.functions import (
    Combination,
    Function,
    LinearPart,
    Nearness,
    PointCorrelation,
    Quotient,
    RunCorrelation,
)
from experiments.patterns.requirements import Requirement
from experiments.patterns.settling import Runs, looks, pseudo_values, read
from tests.analysis.comparisons import outcome

DIFFERENCE = Combination((LinearPart(1.0, (1.0, -1.0), 0.0),))


def need(
    function: Function = DIFFERENCE,
    low: float = 0.0,
    high: float = math.inf,
    strict: bool = True,
    cells: int = 2,
    moments: bool = False,
) -> Requirement:
    measured = tuple(Cell(f"stage {k}", Summarised("value")) for k in range(cells))
    return Requirement(0, "a > b", "value", measured, function, low, high, strict, 0.0, "", moments)


def around(middles: list[float], runs: int = 60, spread: float = 1.0) -> np.ndarray:
    """Normal values whose mean is exactly as asked and whose spread is near ``spread``."""
    values = np.random.default_rng(5).normal(0.0, spread, (runs, len(middles)))
    shifted: np.ndarray = values - values.mean(axis=0) + middles
    return shifted


def test_scenarios_are_identical_only_if_all_of_every_run_is() -> None:
    runs, names = Runs([]), {"x": ("one",), "y": ("other",), "z": ("third",)}
    first, then = outcome("x", 0.0, runs=4), outcome("x", 0.5, runs=3)
    for part in (first, then):  # as two looks bring them
        changed = part.summary.copy()
        changed[-1, -1] = np.nextafter(changed[-1, -1], np.inf)
        runs.take([part, part._replace(key="y"), part._replace(key="z", summary=changed)])
    assert runs.identical(names, 7) == [("one", "other")]
    assert runs.identical(names, 3) == [("one", "other", "third")]  # the bit comes later
    assert runs.identical({"x": ("one", "again"), "z": ("third",)}, 7) == [("one", "again")]


def test_limits_inside_outside_and_across() -> None:
    level = 0.95
    assert read(need(low=1.0), around([3.0, 0.0]), level, last=False).verdict == "holds"
    assert read(need(low=5.0), around([3.0, 0.0]), level, last=False).verdict == "fails"
    assert read(need(low=3.0), around([3.0, 0.0]), level, last=True).verdict == "undecided"
    assert read(need(low=-1.0, high=1.0), around([0.0, 0.0]), level, True).verdict == "holds"
    assert read(need(low=-1.0, high=1.0), around([3.0, 0.0]), level, True).verdict == "fails"


def test_two_equal_scenarios_do_not_differ_and_need_no_more_runs_to_know() -> None:
    same = around([1.0])[:, [0, 0]]
    assert read(need(low=0.0), same, 0.95, last=False).verdict == "fails"
    assert read(need(low=0.0, strict=False), same, 0.95, last=False).verdict == "holds"


def test_skewed_values_wait_for_the_last_look_and_are_marked() -> None:
    values = around([0.0, 0.0])
    values[:, 0] = np.exp(3.0 * values[:, 0])
    waiting = read(need(low=-1e6), values, 0.95, last=False)
    assert (waiting.verdict, waiting.skewed) == ("undecided", True)
    settled = read(need(low=-1e6), values, 0.95, last=True)
    assert (settled.verdict, settled.skewed) == ("holds", True)


def test_runs_in_which_something_is_missing_are_left_out_and_counted() -> None:
    values = around([3.0, 0.0])
    values[:7, 1] = np.nan
    found = read(need(), values, 0.95, last=False)
    assert (found.runs, found.missing) == (53, 7)
    values[:] = np.nan
    nothing = read(need(), values, 0.95, last=True)
    assert (nothing.verdict, nothing.estimate) == ("undecided", None)


def test_the_jackknife_of_a_mean_is_the_mean_itself() -> None:
    values = around([2.0, 5.0])
    np.testing.assert_allclose(pseudo_values(need(), values), values[:, 0] - values[:, 1])
    as_if_not_linear = Combination((LinearPart(1.0, (1.0, -1.0), 10.0, size=True),))
    np.testing.assert_allclose(
        pseudo_values(need(as_if_not_linear), values), values[:, 0] - values[:, 1] + 10.0
    )


def test_the_size_of_an_effect_is_positive_whichever_its_sign() -> None:
    size = Combination((LinearPart(1.0, (1.0, -1.0), 0.0, size=True),))
    found = read(need(size, low=1.0), around([-3.0, 0.0]), 0.95, last=True)
    assert found.estimate == pytest.approx(3.0)
    assert found.verdict == "holds"


def test_a_ratio_agrees_with_fieller() -> None:
    """Fieller's theorem gives the exact interval for the ratio of two normal means."""
    values = around([4.0, 2.0], runs=400, spread=0.5)
    over = Quotient(
        Combination((LinearPart(1.0, (1.0, 0.0), 0.0),)),
        Combination((LinearPart(1.0, (0.0, 1.0), 0.0),)),
    )
    found = read(need(over, low=1.5, high=2.5), values, 0.95, last=False)
    a, b = values.mean(axis=0)
    (vaa, vab), (_, vbb) = np.cov(values.T) / len(values)
    t2 = 1.9659**2
    middle, below = a * b - t2 * vab, b * b - t2 * vbb
    root = math.sqrt(middle**2 - below * (a * a - t2 * vaa))
    assert found.low == pytest.approx((middle - root) / below, abs=0.003)
    assert found.high == pytest.approx((middle + root) / below, abs=0.003)
    assert found.verdict == "holds"


def test_a_correlation_across_runs_agrees_with_fishers_interval() -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(size=4000)
    values = np.stack([x, 0.6 * x + 0.8 * rng.normal(size=4000)], axis=1)
    across = need(RunCorrelation(), low=math.atanh(0.5), moments=True)
    found = read(across, values, 0.95, last=False)
    r = float(np.corrcoef(values.T)[0, 1])
    reach = 1.96 / math.sqrt(4000 - 3)
    assert found.estimate == pytest.approx(r, abs=0.002)
    assert found.low == pytest.approx(math.tanh(math.atanh(r) - reach), abs=0.004)
    assert found.high == pytest.approx(math.tanh(math.atanh(r) + reach), abs=0.004)


def test_a_correlation_over_points_is_that_of_their_means() -> None:
    middles = [0.0, 1.0, 2.0, 3.0, 0.0, 2.0, 1.0, 3.0]
    found = read(
        need(PointCorrelation(), low=math.atanh(0.5), cells=8),
        around(middles, runs=400, spread=0.1), 0.95, last=True,
    )  # fmt: skip
    assert found.estimate == pytest.approx(0.8, abs=0.01)
    assert found.verdict == "holds"


def test_nothing_varies_with_what_does_not_vary() -> None:
    values = np.ones((40, 2))
    found = read(need(RunCorrelation(), low=0.1, moments=True), values, 0.95, last=True)
    assert found.estimate == 0.0
    assert found.verdict == "fails"


@pytest.mark.parametrize(("middle", "verdict"), [(9.0, "holds"), (7.0, "fails")])
def test_near_is_a_quarter_of_the_way_from_the_better_to_the_worse(
    middle: float, verdict: str
) -> None:
    near = Nearness(sign=1.0, within=0.25, by=0.0)
    values = around([middle, 10.0, 2.0], spread=0.1)
    found = read(need(near, strict=False, cells=3), values, 0.95, last=True)
    assert found.verdict == verdict
    assert found.estimate == pytest.approx(middle - 8.0, abs=1e-6)


def test_looks_double_until_the_limit() -> None:
    assert looks(320) == [40, 80, 160, 320]
    assert looks(100) == [40, 80, 100]
    assert looks(30) == [30]


def first_verdict(values: np.ndarray, requirement: Requirement) -> str:
    """As settling does: the first look that settles counts."""
    planned = looks(320)
    level = 1.0 - 0.05 / len(planned)
    for count in planned:
        verdict = read(requirement, values[:count], level, last=count == planned[-1]).verdict
        if verdict != "undecided":
            return verdict
    return "undecided"


def test_looking_again_does_not_raise_the_risk() -> None:
    """The truth lies on the limit: either verdict is wrong, in 5 % of all cases at most.

    2,000 trials: a rate of 5 % would stay below 6.1 % but for one time in a hundred. Without the
    adjustment the same looks err in 10 % and more, which the test would notice.
    """
    rng = np.random.default_rng(11)
    trials = rng.normal(0.0, 1.0, (2000, 320, 2))
    wrong = sum(first_verdict(values, need(low=0.0)) != "undecided" for values in trials)
    assert wrong / 2000 < 0.061
    careless = 0
    for values in trials[:500]:
        reads = [read(need(low=0.0), values[:count], 0.95, last=True) for count in looks(320)]
        careless += any(one.verdict != "undecided" for one in reads)
    assert careless / 500 > 0.08
