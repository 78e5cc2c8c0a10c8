"""Small pattern files, and runs whose numbers are made up."""

from pathlib import Path

import numpy as np

from experiments.patterns.reading import Written, read_patterns
from simulation.observables import N_SUMMARY, N_WEEKLY, SUMMARY, WEEKLY
from simulation.runs import Ensemble

HEAD = """
title: En prøve
source: nobody
common: {model: laerebog}
scenarios:
  short: {levers: {chain_length: 0}}
  long: {levers: {chain_length: 1}}
"""


def written(folder: Path, text: str, head: str = HEAD) -> Written:
    file = folder / "sample.yaml"
    file.write_text(head + text, encoding="utf-8")
    return read_patterns([file])[0]


def made_up(weekly: dict[str, list[float]], runs: int = 2, weeks: int = 4) -> Ensemble:
    """An ensemble of three organisations and two bodies; weekly columns the same in every run."""
    ensemble = Ensemble(
        seeds=np.arange(1, runs + 1),
        summary=np.zeros((runs, N_SUMMARY)),
        weekly=np.zeros((runs, weeks, N_WEEKLY), dtype=np.float32),
        waits=np.zeros((runs, 4, 209, 2), dtype=np.int32),
        forum_waits=np.zeros((runs, 2, 4, 2)),
        forum_hours=np.zeros((runs, 2)),
        pair_steps=np.zeros((runs, 3, 3, 5), dtype=np.int32),
        level_steps=np.zeros((runs, 4, 5), dtype=np.int32),
        relation_quarter=np.full((runs, 3, 3, 3), -1, dtype=np.int8),
        area_ladder=np.zeros((runs, 1, 5), dtype=np.int32),
        relation_ties=np.zeros((runs, 3, 3, 3, 5), dtype=np.float32),
    )
    for name, values in weekly.items():
        ensemble.weekly[:, :, WEEKLY.index(name)] = values
        ensemble.summary[:, SUMMARY.index(name)] = sum(values)
    return ensemble
