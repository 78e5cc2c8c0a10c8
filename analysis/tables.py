"""One row per run, as Parquet and CSV."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.comparison import Model
from experiments.jobs import Outcome
from simulation.observables import SUMMARY


def runs_table(models: Sequence[Model], outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """One row per run: letter and key of the model, seed, then every summary column.

    An observable that is not defined in a run is NaN (an empty cell in CSV).
    """
    parts = []
    for model, outcome in zip(models, outcomes, strict=True):
        part = pd.DataFrame(outcome.summary, columns=list(SUMMARY))
        part.insert(0, "seed", outcome.seeds)
        part.insert(0, "model", model.key)
        part.insert(0, "letter", model.letter)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def write_runs(table: pd.DataFrame, folder: Path) -> None:
    """Write ``runs.parquet`` and ``runs.csv`` (all digits, so both hold the same numbers)."""
    table.to_parquet(folder / "runs.parquet", index=False)
    table.to_csv(folder / "runs.csv", index=False)
