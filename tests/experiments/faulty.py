"""The model with runs that raise, hang, or kill their process, as real ones might."""

import itertools
import os
import signal

import numpy as np
import numpy.typing as npt

from experiments.records import Records, run_seeds
from simulation.parameters import Parameters
from simulation.structure import Structure

RAISES, HANGS, KILLS = 13, 17, 23


def faulty(
    structure: Structure,
    parameters: Parameters,
    seeds: npt.NDArray[np.int64],
    weeks: int,
    trajectories: bool,
    case_logs: bool,
) -> Records:
    for seed in seeds:
        if seed == RAISES:
            raise ZeroDivisionError("thirteen")
        if seed == HANGS:
            sum(itertools.repeat(0))  # for ever, and never lets another thread have its turn
        if seed == KILLS:
            os.kill(os.getpid(), signal.SIGKILL)
    return run_seeds(structure, parameters, seeds, weeks, trajectories, case_logs)
