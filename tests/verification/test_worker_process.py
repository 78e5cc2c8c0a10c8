"""A run in a worker process is the same bit for bit as one in this process."""

import numpy as np

import scenarios
from experiments import Job, run_ensemble
from simulation import run_many

RUNS, WEEKS = 8, 60


def test_runs_in_worker_processes_are_the_same_bit_for_bit() -> None:
    scenario = scenarios.load("laerebog")
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)

    here = run_many(structure, parameters, range(1, RUNS + 1), WEEKS)
    (there,) = run_ensemble([Job("one", structure, parameters, 1, RUNS, WEEKS)], workers=3)

    np.testing.assert_array_equal(there.summary, here.summary)
    np.testing.assert_array_equal(there.waits, here.waits)
    assert not np.array_equal(there.summary[0], there.summary[1])
