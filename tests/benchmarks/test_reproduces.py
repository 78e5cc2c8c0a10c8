"""Two independent tellings of the week, one set of rules: the main observables must agree.

Limits are two-sided, from standard errors, with one chance in a hundred of a false alarm over all
observables of a test.
"""

from statistics import NormalDist

import numpy as np
import pytest

from benchmarks.comparing import MAIN, agreements, limit, worst
from benchmarks.plain_mesa import run_batch, summaries
from benchmarks.setting import WEEKS, world
from simulation import SUMMARY, run_many

SCENARIOS = ("central_professionel", "lokal_fagprofessionel", "lokal_semiprofessionel")
# Sized for the weakest change below: free riding shows with |z| = 14.6 at 600 plain runs of 60
# weeks, so about 5.3 is expected at 80.
SHORT_WEEKS, SHORT_PLAIN, SHORT_ENSEMBLE = 60, 80, 800


@pytest.fixture(scope="module")
def base():
    return world()


@pytest.fixture(scope="module")
def short_plain(base):
    return summaries(run_batch(base.structure, base.parameters, range(SHORT_PLAIN), SHORT_WEEKS))


def against(plain, base, runs, weeks, **changed):
    """Compare with ensemble runs, some of whose parameters the plain version was not told."""
    seeds = np.arange(1000, 1000 + runs)
    told = base.parameters._replace(**changed)
    return agreements(
        plain, run_many(base.structure, told, seeds, weeks, keep_weekly=False).summary
    )


def test_a_few_short_runs_agree(base, short_plain):
    compared = against(short_plain, base, SHORT_ENSEMBLE, SHORT_WEEKS)
    least = worst(compared)
    assert abs(least.z) < limit(len(compared)), least


@pytest.mark.parametrize(
    ("name", "value"),
    [("trust_gain", 0.12), ("hour_price", 0.02), ("attention_gain", 0.2), ("free_riding", 0.9)],
)
def test_one_strength_changed_on_one_side_is_noticed(base, short_plain, name, value):
    """The comparison above could have failed."""
    compared = against(short_plain, base, SHORT_ENSEMBLE, SHORT_WEEKS, **{name: value})
    assert abs(worst(compared).z) > limit(len(compared))


@pytest.mark.verify
@pytest.mark.parametrize("name", SCENARIOS)
def test_whole_plans_agree(name):
    here = world(name)
    plain = summaries(run_batch(here.structure, here.parameters, range(200), WEEKS))
    compared = against(plain, here, 2000, WEEKS)
    least = worst(compared)
    assert abs(least.z) < limit(len(compared) * len(SCENARIOS)), least


@pytest.mark.parametrize("compared", [1, len(MAIN), 66])
def test_the_limit_is_the_two_sided_bonferroni_quantile(compared):
    """Against another implementation of the normal quantile; 2.576 is the textbook one."""
    expected = NormalDist().inv_cdf(1.0 - 0.01 / 2.0 / compared)
    assert limit(compared) == pytest.approx(expected, abs=1e-9)
    assert limit(1) == pytest.approx(2.576, abs=5e-4)


def test_agreement_of_known_numbers():
    """Two runs each: means 2 and 5, variances 2 and 8, so the error is sqrt(2/2 + 8/2)."""
    columns = len(SUMMARY)
    plain, ensemble = np.zeros((2, columns)), np.zeros((2, columns))
    plain[:, 0], ensemble[:, 0] = (1.0, 3.0), (3.0, 7.0)
    (one,) = agreements(plain, ensemble, names=(SUMMARY[0],))
    assert (one.plain, one.ensemble, one.difference) == (2.0, 5.0, -3.0)
    assert one.standard_error == pytest.approx(np.sqrt(5.0))
    assert one.z == pytest.approx(-3.0 / np.sqrt(5.0))
