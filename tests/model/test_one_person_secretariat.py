"""A secretariat of one person, who carries out alone (B) or coordinates (A)."""

import numpy as np

import scenarios
from simulation import SUMMARY, run_many

SEEDS = np.arange(1, 41)


def one_person(activity_hours: float, coordinating: float) -> np.ndarray:
    """The teaching model with nobody but the leader in the secretariat."""
    settings = {
        "actors.boligsocial_medarbejder_1.hours": "0",
        "actors.boligsocial_medarbejder_1.activity_hours": "0",
        "actors.boligsocial_medarbejder_2.hours": "0",
        "actors.boligsocial_medarbejder_2.activity_hours": "0",
        "actors.projektleder.activity_hours": str(activity_hours),
        "actors.projektleder.coordinating": str(coordinating),
    }
    scenario = scenarios.with_settings(scenarios.load("laerebog"), settings)
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    return run_many(structure, parameters, SEEDS, keep_weekly=False).summary


def test_who_carries_out_alone_reaches_residents_and_loses_the_whole() -> None:
    coordinates, carries_out = one_person(2.0, 0.7), one_person(22.0, 0.7)
    for name, sign in (("follow_up_hours", -1), ("knowledge_of_goals", -1), ("activity_value", 1)):
        place = SUMMARY.index(name)
        difference = sign * (carries_out[:, place] - coordinates[:, place])
        standard_error = difference.std(ddof=1) / np.sqrt(len(SEEDS))
        assert difference.mean() > 4.0 * standard_error, name
