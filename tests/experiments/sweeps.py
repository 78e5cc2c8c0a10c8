"""Small experiments, and their runs."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from experiments.plan import Plan
from experiments.results import read_results
from experiments.sweep import run_plan

SMALL = """
title: {da: Prøve, en: Trial}
question: {da: Hvad virker?, en: What works?}
models: [laerebog]
weeks: 6
replications: 3
"""


def write(folder: Path, text: str, name: str = "forsoeg.yaml") -> Path:
    """An experiment file with this content."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def run_here(plan: Plan) -> pd.DataFrame:
    """The results of a plan, run in this process."""
    with TemporaryDirectory() as folder:
        run_plan(plan, Path(folder), workers=1)
        return read_results(Path(folder))
