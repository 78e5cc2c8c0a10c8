"""Small plans and what came of them, for the tests of the engine."""

from pathlib import Path

import pandas as pd

from experiments.plan import Condition, Plan
from experiments.results import read_results

TRUSTING = Condition("trusting@0", "laerebog", (("levers.initial_trust", "0.8"),), 0)
PLAIN = Condition("plain", "laerebog", (), -1)


def plan(
    runs: int = 6,
    conditions: tuple[Condition, ...] = (PLAIN, TRUSTING),
    *,
    weeks: int | None = 10,
    keep: bool = False,
    run_seconds: float = 60.0,
) -> Plan:
    return Plan(conditions, 11, runs, weeks, keep, keep, run_seconds)


def same_bits(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    for column in one.select_dtypes("number"):
        assert one[column].to_numpy().tobytes() == other[column].to_numpy().tobytes(), column


def assert_same_results(folder: Path, other: Path) -> None:
    same_bits(read_results(folder), read_results(other))
