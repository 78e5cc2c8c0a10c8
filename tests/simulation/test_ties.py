"""Ties lie kind by kind, and one that was unmade stays so when others are moved."""

import numpy as np

import scenarios
from simulation.handles import hold
from simulation.runs import prepare
from simulation.start import set_out
from simulation.ties import close_ranks, kind_of_tie, know_each_other, put_tie, unmake_tie
from simulation.vocabulary import TIE_ACROSS, TIE_PARTNERS


def test_an_unmade_tie_stays_unmade_when_a_tie_of_an_earlier_kind_is_made() -> None:
    scenario = scenarios.load("lokal_fagprofessionel")
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    state, record = prepare(structure, [1], 4)
    held = hold(structure, parameters, state, record)
    set_out(*held, 1)
    people = len(structure.actor_key)
    pairs = [(i, j) for i in range(people) for j in range(i + 1, people)]
    kinds = {pair: kind_of_tie(held.structure, *pair) for pair in pairs}
    known = {pair for pair in pairs if know_each_other(held.state, *pair)}
    parted = (int(state.tie_first[state.tie_start[TIE_PARTNERS]]),
              int(state.tie_second[state.tie_start[TIE_PARTNERS]]))  # fmt: skip
    strangers = next(p for p in pairs if kinds[p] == TIE_ACROSS and p not in known)

    unmake_tie(held.state, *parted)
    put_tie(held.structure, held.state, *strangers)
    assert not know_each_other(held.state, *parted)
    close_ranks(held.state)

    after = {pair for pair in pairs if know_each_other(held.state, *pair)}
    assert after == known - {parted} | {strangers}
    numbers = range(1, int(state.tie_count[0]))
    listed = [(int(state.tie_first[n]), int(state.tie_second[n])) for n in numbers]
    assert set(listed) == after
    assert np.all(np.diff([kinds[pair] for pair in listed]) >= 0)
