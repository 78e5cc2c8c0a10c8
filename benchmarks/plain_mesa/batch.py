"""Many runs through Mesa's own ``batch_run``, and each run in one row."""

import inspect
from math import nan

import mesa
import numpy as np

from benchmarks.plain_mesa.model import PlainModel
from simulation.observables import N_STOCKS, SUMMARY, WEEKLY
from simulation.summary import LAST_WEEKS
from simulation.vocabulary import N_STEPS


def run_batch(structure, parameters, seeds, weeks=208):
    """Every week of every run, as ``mesa.batch_run`` gives them: a list of dicts.

    Mesa 3.5 takes the seeds as ``rng``, before that they are a parameter like any other.
    """
    seeds = [int(seed) for seed in seeds]
    arguments = {"structure": [structure], "parameters": [parameters], "weeks": [weeks]}
    options = {"rng": seeds}
    if "rng" not in inspect.signature(mesa.batch_run).parameters:
        arguments, options = arguments | options, {}
    return mesa.batch_run(
        PlainModel,
        arguments,
        number_processes=1,
        data_collection_period=1,
        max_steps=weeks,
        display_progress=False,
        **options,
    )


def summaries(rows):
    """One row a run, columns as in ``SUMMARY``, NaN where not defined: (runs, columns)."""
    by_run: dict[int, list] = {}
    for row in rows:
        by_run.setdefault(row["RunId"], []).append(row)
    return np.array([_summary(weeks) for weeks in by_run.values()])


def _summary(rows):
    """Stocks as means over the last year, flows as sums, and what is derived from them."""
    weekly = np.array([[row[name] for name in WEEKLY] for row in rows], dtype=float)
    values = dict(zip(WEEKLY[:N_STOCKS], weekly[-LAST_WEEKS:, :N_STOCKS].mean(axis=0), strict=True))
    values |= zip(WEEKLY[N_STOCKS:], weekly[:, N_STOCKS:].sum(axis=0), strict=True)
    values |= rows[-1]["known_at_end"]
    steps = [values[f"finished_{step}"] for step in range(N_STEPS)]
    finished, joint = sum(steps), steps[3] + steps[4]
    worked = values["hours_work"] + values["double_hours"]
    used = values["hours_meeting"] + values["hours_coordination"] + worked
    used += values["hours_activities"] + values["hours_upkeep"] + values["hours_torn"]
    values["share_alone"] = _ratio(steps[0], finished)
    values |= {f"share_{step}": _ratio(steps[step], finished) for step in range(1, N_STEPS)}
    values["share_joint"] = _ratio(joint, finished)
    values["conflicts_per_100"] = _ratio(100.0 * values["conflicts"], steps[2] + joint)
    values["value_per_hour"] = _ratio(values["value"], used)
    values["hours_per_week"] = used / len(rows)
    values["meeting_share"] = _ratio(values["hours_meeting"], used)
    values["double_share"] = _ratio(values["double_hours"], worked)
    _add_markers(values, weekly)
    return [values[name] for name in SUMMARY]


def _add_markers(values, weekly):
    """Five markers of good implementation."""
    values["marker_leaders"] = 0.5 * (values["leadership_attention"] + values["attention_felt"])
    values["marker_goals"] = 0.5 * (values["knowledge_of_goals"] + values["role_clarity"])
    follow_up = weekly[:, WEEKLY.index("follow_up_hours")]
    values["marker_follow_up"] = float((follow_up >= 1.0).mean())
    shared = sum(values[f"finished_{step}"] for step in (2, 3, 4))
    peaceful = 1.0 - min(1.0, _ratio(values["conflicts"], shared)) if shared > 0.0 else nan
    brought_up = values["decided"] + values["refused"] + values["overtaken"]
    answered = values["decided"] / brought_up if brought_up > 0.0 else 1.0
    values["marker_division"] = peaceful * answered
    values["marker_acceptance"] = 0.5 * (values["acceptance"] + values["ownership_staff"])


def _ratio(part, whole):
    return part / whole if whole > 0.0 else nan
