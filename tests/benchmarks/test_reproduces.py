"""Two independent tellings of the week, one set of rules: the main observables must agree.

Limits are two-sided, from standard errors, with one chance in a hundred of a false alarm over all
observables of a test.
"""

import numpy as np
import pytest

from benchmarks.comparing import MAIN, agreements, limit, worst
from benchmarks.plain_mesa import run_batch, summaries
from benchmarks.setting import WEEKS, world
from simulation import SUMMARY, run_many

SCENARIOS = ("central_professionel", "lokal_fagprofessionel", "lokal_semiprofessionel")
SHORT_WEEKS = 60


def compare(base, plain_runs, ensemble_runs, weeks, changed=None):
    """The ensemble may run with some parameters ``changed``, which the plain version is not told."""
    plain = run_batch(base.structure, base.parameters, range(plain_runs), weeks)
    told = base.parameters._replace(**(changed or {}))
    seeds = np.arange(1000, 1000 + ensemble_runs)
    ensemble = run_many(base.structure, told, seeds, weeks, keep_weekly=False)
    return agreements(summaries(plain), ensemble.summary)


def test_a_few_short_runs_agree():
    compared = compare(world(), 30, 300, SHORT_WEEKS)
    least = worst(compared)
    assert abs(least.z) < limit(len(compared)), least


@pytest.mark.parametrize(
    "changed",
    [{"trust_gain": 0.12}, {"hour_price": 0.02}, {"attention_gain": 0.2}, {"free_riding": 0.9}],
    ids=lambda changed: next(iter(changed)),
)
def test_one_rule_told_otherwise_is_noticed(changed):
    """The comparison above could have failed: one strength changed on one side is seen."""
    compared = compare(world(), 30, 300, SHORT_WEEKS, changed)
    assert abs(worst(compared).z) > limit(len(compared))


@pytest.mark.verify
@pytest.mark.parametrize("name", SCENARIOS)
def test_whole_plans_agree(name):
    compared = compare(world(name), 200, 2000, WEEKS)
    least = worst(compared)
    assert abs(least.z) < limit(len(compared) * len(SCENARIOS)), least


def test_the_limit_is_the_two_sided_bonferroni_quantile():
    assert limit(1) == pytest.approx(2.5758, abs=1e-4)
    assert limit(22) == pytest.approx(3.5051, abs=1e-3)
    assert len(MAIN) >= 20


def test_agreement_of_known_numbers():
    """Two runs each: means 2 and 5, variances 2 and 8, so the error is sqrt(2/2 + 8/2)."""
    columns = len(SUMMARY)
    plain, ensemble = np.zeros((2, columns)), np.zeros((2, columns))
    plain[:, 0], ensemble[:, 0] = (1.0, 3.0), (3.0, 7.0)
    (one,) = agreements(plain, ensemble, names=(SUMMARY[0],))
    assert (one.plain, one.ensemble, one.difference) == (2.0, 5.0, -3.0)
    assert one.standard_error == pytest.approx(np.sqrt(5.0))
    assert one.z == pytest.approx(-3.0 / np.sqrt(5.0))
