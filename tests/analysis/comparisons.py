"""Comparisons of invented numbers, for tests of what is shown (never of what the model does)."""

import numpy as np

from analysis.comparison import Comparison, Model, letters, make_comparison
from experiments.jobs import Outcome
from simulation.observables import OBSERVABLES, SUMMARY, WEEKLY
from simulation.parameters import Parameters

SMALLEST = np.array([OBSERVABLES[name].smallest_effect for name in SUMMARY])


def outcome(key: str, shift: float, runs: int = 40, weeks: int = 30) -> Outcome:
    """Runs whose every observable is ``shift`` smallest effects above the others'."""
    generator = np.random.Generator(np.random.PCG64(7))  # the same world for every model
    luck = generator.normal(size=(runs, len(SUMMARY)))
    own = 0.1 * np.random.Generator(np.random.PCG64(len(key))).normal(size=luck.shape)
    waits = np.zeros((runs, 4, 209, 2), dtype=np.uint16)
    waits[:, 1:, 3, 0] = 5
    waits[:, 1:, 9, 1] = 6
    quarters = -(-weeks // 13)
    return Outcome(
        key=key,
        weeks=weeks,
        seeds=np.arange(1, runs + 1),
        summary=SMALLEST * (20.0 + luck + own + shift),
        quarterly=np.full((runs, quarters, len(WEEKLY)), 0.5 + shift / 100.0, dtype=np.float32),
        waits=waits,
        forum_waits=np.full((runs, 2, 4, 2), [4.0, 10.0]),
        forum_hours=np.zeros((runs, 2)),
        pair_steps=np.zeros((2, 2, 5), dtype=np.int64),
        level_steps=np.zeros((4, 5), dtype=np.int64),
    )


def model(letter: str, key: str) -> Model:
    parameters = Parameters()._asdict()
    bodies = (("styregruppe", "Styregruppe", "Steering"), ("driftsgruppe", "Driftsgruppe", "Works"))
    return Model(
        letter, key, f"dansk {key}", f"English {key}", "0" * 64, parameters, 50, 300.0,
        bodies=bodies,
    )  # fmt: skip


def comparison(*shifts: float, outcomes: list[Outcome] | None = None) -> Comparison:
    """One model per shift, called a, bb, ccc, ..."""
    keys = ["abcdefgh"[place] * (place + 1) for place in range(len(shifts))]
    models = [model(letter, key) for letter, key in zip(letters(len(keys)), keys, strict=True)]
    runs = outcomes or [outcome(key, shift) for key, shift in zip(keys, shifts, strict=True)]
    return make_comparison(models, runs)
