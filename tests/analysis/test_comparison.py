"""From runs to what is said about them."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.cells import warnings
from analysis.comparison import curve, letters, make_comparison, shares_over_time
from analysis.language import Words
from simulation.observables import OBSERVABLES, SUMMARY, WEEKLY
from tests.analysis.comparisons import comparison, model, outcome


def test_every_pair_and_every_observable_is_compared() -> None:
    result = comparison(0.0, 5.0, 10.0)
    assert [(a.letter, b.letter) for a, b in result.pairs] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert len(result.differences) == 3 * len(SUMMARY)
    main = sum(row.main for row in OBSERVABLES.values())
    assert result.level_main == pytest.approx(1 - 0.05 / (3 * main))
    assert result.level_all == pytest.approx(1 - 0.05 / (3 * len(SUMMARY)))


def test_verdicts_follow_each_observables_direction() -> None:
    result = comparison(5.0, 0.0)
    for name, row in OBSERVABLES.items():
        expected = {1: "better", -1: "worse", 0: "more"}[row.direction]
        assert result.differences["A", "B", name].verdict == expected, name
    equal = comparison(0.05, 0.0)
    assert {one.verdict for one in equal.differences.values()} == {"equal"}


def test_swapping_two_models_swaps_their_results_exactly() -> None:
    one, other = outcome("a", 0.0), outcome("bb", 1.0)
    there = comparison(0, 0, outcomes=[one, other])
    back = comparison(0, 0, outcomes=[other, one])
    for name in SUMMARY:
        assert there.means["A", name] == back.means["B", name]
        assert there.differences["A", "B", name].mean == -back.differences["A", "B", name].mean


def test_models_that_give_the_same_runs_are_told() -> None:
    one = outcome("a", 0.0)
    summary = one.summary.copy()
    summary[3, 2] = np.nan
    same = [one._replace(summary=summary), outcome("bb", 1.0), one._replace(summary=summary.copy())]
    result = comparison(0, 0, 0, outcomes=same)
    assert result.identical == [("A", "C")]
    assert warnings(Words("da"), result)[0].startswith("A og C gav nøjagtig det samme i alle")
    assert warnings(Words("en"), result)[0].startswith("A and C gave exactly the same in all")
    summary[3, 3] = np.nextafter(summary[3, 3], np.inf)  # one bit in one run
    assert comparison(0, 0, 0, outcomes=same).identical == []


def test_models_on_other_seeds_are_refused() -> None:
    other = outcome("bb", 0.0)
    shifted = other._replace(seeds=other.seeds + 1)
    with pytest.raises(ValueError, match="same seeds"):
        make_comparison([model("A", "a"), model("B", "bb")], [outcome("a", 0.0), shifted])


def test_shares_are_sums_divided_not_shares_averaged() -> None:
    runs = outcome("a", 0.0, runs=2, weeks=13)
    quarterly = np.zeros((2, 1, len(WEEKLY)), dtype=np.float32)
    alone, joint = WEEKLY.index("finished_0"), WEEKLY.index("finished_3")
    quarterly[0, 0, alone] = 9.0  # nine cases, all alone
    quarterly[1, 0, joint] = 1.0  # one case, joint
    shares = shares_over_time(runs._replace(quarterly=quarterly), ["finished_0", "finished_3"])
    assert shares[0] == pytest.approx([0.9, 0.1])
    nothing = shares_over_time(runs._replace(quarterly=0 * quarterly), ["finished_0"])
    assert np.isnan(nothing).all()


def test_a_curve_leaves_out_runs_that_do_not_define_it() -> None:
    values = np.array([[1.0, np.nan], [3.0, np.nan], [np.nan, np.nan]], dtype=np.float32)
    result = curve(values, 26)
    assert result.mean[0] == 2.0
    assert np.isnan(result.mean[1])
    assert list(result.weeks) == [6.5, 19.5]


def test_letters() -> None:
    assert letters(2) == ["A", "B"]
    assert letters(28)[-2:] == ["AA", "AB"]


def test_what_a_reader_must_be_told_is_told() -> None:
    words = Words("en")
    many = comparison(0, 0, outcomes=[outcome("a", 0, runs=400), outcome("bb", 1, runs=400)])
    assert warnings(words, many) == []
    few = comparison(0, 0, outcomes=[outcome("a", 0, runs=9), outcome("bb", 0, runs=9)])
    assert any("Only 9 runs" in sentence for sentence in warnings(words, few))
    moved = [replace(one, world=str(place)) for place, one in enumerate(many.models)]
    apart = replace(many, models=tuple(moved))
    assert any("not meet the same world" in sentence for sentence in warnings(words, apart))
    gaps = outcome("a", 0.0)
    gaps.summary[:7, SUMMARY.index("acceptance")] = np.nan
    missing = comparison(0, 0, outcomes=[gaps, outcome("bb", 0.0)])
    assert any("A: 33/40, B: 40/40" in sentence for sentence in warnings(words, missing))
