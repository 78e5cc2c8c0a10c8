"""Designs, runners and storage: running a model many times and keeping what came of it."""

from experiments.jobs import ExperimentError, Job, Outcome, Progress
from experiments.runner import available_cores, run_ensemble
from experiments.storage import (
    OutputError,
    check_place,
    finished_folder,
    told_plainly,
    write_whole,
)

__all__ = [
    "ExperimentError",
    "Job",
    "Outcome",
    "OutputError",
    "Progress",
    "available_cores",
    "check_place",
    "finished_folder",
    "run_ensemble",
    "told_plainly",
    "write_whole",
]
