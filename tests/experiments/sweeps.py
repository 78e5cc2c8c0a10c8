"""Small experiments run here and now, without the engine."""

from pathlib import Path

import numpy as np
import pandas as pd

import scenarios
import simulation
from experiments.plan import Plan
from simulation.observables import SUMMARY

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
    """What `read_results` gives for a plan all of whose runs have finished."""
    seeds = np.arange(plan.first_seed, plan.first_seed + plan.runs)
    parts = []
    for condition in plan.conditions:
        scenario = scenarios.load(condition.model)
        scenario = scenarios.with_settings(scenario, dict(condition.settings))
        structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
        many = simulation.run_many(structure, parameters, seeds, weeks=plan.weeks or scenario.weeks)
        part = pd.DataFrame(many.summary, columns=list(SUMMARY))
        named = {"condition": condition.name, "model": condition.model, "point": condition.point}
        for column, value in {**named, "seed": seeds, "status": "done"}.items():
            part.insert(0, column, value)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)
