"""The table of mechanisms, and what the model does without each."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml

import scenarios
from simulation import SUMMARY, run_many

TABLE = Path(__file__).with_suffix(".yaml")
MODEL = "lokal_fagprofessionel"
SIGNS = {"rises": 1, "falls": -1}
SIDES = ("worsens", "improves")
ALL_SIDES = (*SIDES, "also_worsens", "also_improves")


class Mechanism(NamedTuple):
    """A row: observable and sign of its change when off, None where there is nothing to see."""

    name: str
    model: str
    settings: dict[str, object]
    worsens: tuple[str, int] | None
    improves: tuple[str, int] | None
    not_seen: tuple[str, ...]
    also_worsens: tuple[str, int] | None = None
    also_improves: tuple[str, int] | None = None


def mechanisms() -> dict[str, Mechanism]:
    """All rows of the table by mechanism, in its order."""
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    found = {row["mechanism"]: _read(row) for row in rows}
    assert len(found) == len(rows), "a mechanism stands twice in the table"
    return found


def _read(row: dict[str, object]) -> Mechanism:
    sides = [_side(row[side]) for side in SIDES]
    model, settings = row.get("model", MODEL), row.get("settings", {})
    also = [_side(row.get(side)) for side in ALL_SIDES[2:]]
    not_seen = tuple(row.get("not_seen", ()))
    return Mechanism(row["mechanism"], model, settings, *sides, not_seen, *also)


def _side(entry: dict[str, str] | None) -> tuple[str, int] | None:
    if entry is None:
        return None
    ((observable, moves),) = entry.items()
    return observable, SIGNS[moves]


def changes_when_off(row: Mechanism, seeds: np.ndarray) -> dict[str, float]:
    """For each side there is: mean paired change as expected, in its standard errors."""
    there = scenarios.with_settings(scenarios.load(row.model), row.settings)
    off = scenarios.with_settings(there, {f"switches.{row.name}": False})
    on, without = (
        run_many(scenarios.build(one), scenarios.parameters(one), seeds, keep_weekly=False).summary
        for one in (there, off)
    )
    found = {}
    for side in ALL_SIDES:
        expected = getattr(row, side)
        if expected is not None:
            observable, sign = expected
            change = sign * (without - on)[:, SUMMARY.index(observable)]
            error = change.std(ddof=1) / np.sqrt(len(change))
            found[side] = float(change.mean() / error) if error > 0.0 else 0.0
    return found
