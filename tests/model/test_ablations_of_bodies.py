"""Each mechanism of bodies and decisions has a benefit and a price: named beforehand, as data."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import scenarios
from simulation import OBSERVABLES, SUMMARY, run_many

ROWS = yaml.safe_load(Path(__file__).with_name("ablations_b.yaml").read_text(encoding="utf-8"))
SEEDS = np.arange(1, 41)
LIMIT = 3.0  # standard errors


def change_when_off(row: dict[str, Any]) -> dict[str, float]:
    """Observable to the mean paired change of switching off, in standard errors."""
    scenario = scenarios.with_settings(scenarios.load(row["model"]), row["settings"])
    off = scenarios.with_settings(scenario, {f"switches.{row['mechanism']}": False})
    on, without = (
        run_many(scenarios.build(one), scenarios.parameters(one), SEEDS, keep_weekly=False).summary
        for one in (scenario, off)
    )
    found = {}
    for name in (row["worsens"], row["improves"]):
        if name is not None:
            change = (without - on)[:, SUMMARY.index(name)]
            found[name] = change.mean() / (change.std(ddof=1) / np.sqrt(len(change)))
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["mechanism"] for row in ROWS])
def test_switching_off_worsens_one_thing_and_improves_another(row: dict[str, Any]) -> None:
    found = change_when_off(row)

    assert found
    for name, wanted in ((row["worsens"], -1), (row["improves"], 1)):
        if name is not None:
            assert wanted * OBSERVABLES[name].direction * found[name] > LIMIT, (name, found[name])
