"""Ties lie kind by kind, one that was unmade stays so, and trust is held against its beginning."""

import numpy as np
import pytest

import scenarios
from simulation import SUMMARY, WEEKLY, run_many
from simulation.ablation import parameters_without, structure_without
from simulation.handles import hold
from simulation.runs import prepare
from simulation.start import set_out
from simulation.state import STATE_SHAPES
from simulation.summary import close_books
from simulation.ties import (
    both_ways,
    close_ranks,
    kind_of_tie,
    know_each_other,
    put_tie,
    set_trust,
    trust_of,
    unmake_tie,
)
from simulation.vocabulary import TIE_ACROSS, TIE_PARTNERS
from tests.simulation.test_exact_people import certain, set_out_world
from tests.simulation.worlds import ordinary_world

STILL = (
    "trust_gain", "trust_loss", "openness_gain", "openness_loss", "conflict_trust_loss",
    "cover_mistrust",
)  # fmt: skip


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
    again = next(p for p in pairs if kinds[p] == TIE_ACROSS and p in known)
    unmake_tie(held.state, *again)
    put_tie(held.structure, held.state, *again)  # listed twice until the ranks are closed
    close_ranks(held.state)

    after = {pair for pair in pairs if know_each_other(held.state, *pair)}
    assert after == known - {parted} | {strangers}
    numbers = range(1, int(state.tie_count[0]))
    listed = [(int(state.tie_first[n]), int(state.tie_second[n])) for n in numbers]
    assert sorted(listed) == sorted(after)
    assert [int(state.tie_at[pair]) for pair in listed] == list(numbers)
    assert np.all(np.diff([kinds[pair] for pair in listed]) >= 0)


def test_trust_won_is_exactly_none_where_no_rule_moves_trust() -> None:
    """The mean of trust moves all the same, with who knows whom; hence this second measure."""
    scenario = scenarios.load("lokal_fagprofessionel")
    structure = scenarios.build(scenario)
    still = scenarios.parameters(scenario)._replace(**dict.fromkeys(STILL, 0.0))
    runs = run_many(structure, still, [1, 2, 3], 208)

    assert runs.summary[:, SUMMARY.index("trust_change")].tolist() == [0.0] * 3
    means = runs.weekly[:, :, SUMMARY.index("trust_between")]
    assert (abs(means[:, -1] - means[:, 0]) > 0.003).all()


@pytest.mark.parametrize("model", ["lokal_fagprofessionel", "tvaerorganisatorisk_team"])
def test_without_the_mechanism_of_trust_it_stands_still_at_a_half(model: str) -> None:
    """Also where people are lent out, and where they seek cover."""
    scenario = scenarios.load(model)
    structure = structure_without(scenarios.build(scenario), ["trust"])
    parameters = parameters_without(scenarios.parameters(scenario), ["trust"])
    runs = run_many(structure, parameters, [1, 2], 208)

    for name in ("trust_within", "trust_between"):
        means = runs.weekly[:, :, WEEKLY.index(name)]
        assert np.unique(means[~np.isnan(means)]).tolist() == [0.5], name


def test_trust_won_is_taken_over_pairs_in_post_from_different_organisations() -> None:
    held, state = set_out_world(ordinary_world(), certain())
    people = range(len(state.present))
    home = held.structure.actor_organisation
    strangers = [(i, j) for i in people for j in people if i < j and home[i] != home[j]]
    pairs = [pair for pair in strangers if know_each_other(held.state, *pair)]
    i, j = pairs[0]
    absent = next(k for pair in pairs for k in pair if k not in (i, j))
    colleague = next(k for k in people if k != i and home[k] == home[i])
    for one, other, more in ((i, j, 0.1), (j, i, -0.04), (i, colleague, 0.3)):
        set_trust(held.state, one, other, trust_of(held.state, one, other) + more)

    close_books(held.state, held.record, 1)
    assert held.record.trust_change[0] == pytest.approx(0.5 * (0.1 - 0.04) / len(pairs))
    state.present[absent] = False
    left = [pair for pair in pairs if absent not in pair]
    close_books(held.state, held.record, 1)
    assert held.record.trust_change[0] == pytest.approx(0.5 * (0.1 - 0.04) / len(left))


def test_a_tie_that_is_moved_keeps_all_it_holds() -> None:
    held, state = set_out_world(ordinary_world(), certain())
    people = range(len(state.present))
    pairs = [(i, j) for i in people for j in people if i < j]
    kinds = {pair: kind_of_tie(held.structure, *pair) for pair in pairs}
    strangers = next(
        p for p in pairs if kinds[p] == TIE_ACROSS and not know_each_other(held.state, *p)
    )
    kept = [name for name, (shape, _) in STATE_SHAPES.items() if shape == "P2"]
    values = np.random.default_rng(1)
    for name in kept:
        array = getattr(state, name)
        array[1 : state.tie_count[0]] = values.random(array[1 : state.tie_count[0]].shape) > 0.5
    before = {name: both_ways(state, getattr(state, name)) for name in kept}

    put_tie(held.structure, held.state, *strangers)
    assert state.tie_count[0] > state.tie_start[TIE_PARTNERS] > 1
    for name in kept:
        after = both_ways(state, getattr(state, name))
        after[strangers] = after[strangers[::-1]] = 0.0
        np.testing.assert_array_equal(after, before[name], err_msg=name)
