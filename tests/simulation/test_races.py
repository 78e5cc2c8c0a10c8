"""Who comes first in a race, told by plain arithmetic: every place, group and tie of two."""

import math

import numpy as np
import pytest

import scenarios
from simulation.handles import hold
from simulation.phases.races import enter_race, first_of, let_them_race
from simulation.randomness import draw
from simulation.runs import prepare, run_one
from simulation.vocabulary import DRAW_CASE_HELPERS, DRAW_CASE_ORIGIN, NOBODY


def a_state():
    scenario = scenarios.load("odense_by")  # so many organisations that a race has many groups
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    state, record = prepare(structure, [1], 1)
    return hold(structure, parameters, state, record).state, state


@pytest.mark.parametrize("runners", [1, 7, 8, 9, 16, 17, 24])
def test_the_earliest_is_found_in_every_place(runners: int) -> None:
    held, state = a_state()
    for winner in range(runners):
        uniforms = np.linspace(0.2, 0.4, runners)
        uniforms[winner] = 0.9
        entered = 0
        for place in range(runners):
            entered = enter_race(held, entered, 100 + place, 0.5, uniforms[place])
        let_them_race(held, entered)
        assert entered == runners
        assert state.race_who[first_of(held, entered)] == 100 + winner


def test_who_has_no_weight_takes_no_part_and_leaves_no_gap() -> None:
    held, state = a_state()
    entered = 0
    for who, weight in ((7, 0.0), (3, 0.2), (9, 0.0), (5, 0.2), (8, 0.0)):
        entered = enter_race(held, entered, who, weight, 0.99 if who == 5 else 0.5)
    let_them_race(held, entered)
    assert entered == 2
    assert state.race_who[first_of(held, entered)] == 5
    let_them_race(held, 0)
    assert first_of(held, 0) == NOBODY


def test_where_a_case_shows_up_and_who_could_help_is_who_comes_first() -> None:
    scenario = scenarios.load("lokal_fagprofessionel")
    structure = scenarios.build(scenario)
    seed, state = 4, run_one(structure, scenarios.parameters(scenario), 4, 20).state

    def in_order(case: int, purpose: int, weights: np.ndarray) -> list[int]:
        times = {
            int(who): -math.log(draw(seed, purpose, 0, int(state.case_key[case]), key))
            / weights[who]
            for who in structure.local
            if weights[who] > 0.0
            for key in [int(structure.organisation_key[who])]
        }
        return sorted(times, key=times.__getitem__)

    assert state.cases_arisen[0] > 60
    for case in range(int(state.cases_arisen[0])):
        relevance = structure.organisation_relevance[:, state.case_theme[case]].copy()
        exposed = relevance * structure.organisation_desk
        assert state.case_origin[case] == in_order(case, DRAW_CASE_ORIGIN, exposed)[0]
        relevance[state.case_origin[case]] = 0.0
        helpers = [int(who) for who in state.case_helper[case] if who != NOBODY]
        assert helpers == in_order(case, DRAW_CASE_HELPERS, relevance)[: len(helpers)]
