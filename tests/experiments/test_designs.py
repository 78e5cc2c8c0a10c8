"""Designs: values follow their distributions, points cover the space, a file gives one design."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.designs import lay_out, size
from experiments.experiment_schema import Design, Entry
from experiments.factors import Factor, factor

UNCERTAIN = "parameters.trust_gain"
ENTRIES = {
    "uniform": Entry(low=0.1, high=0.4),
    "loguniform": Entry(low=0.01, high=0.4, distribution="loguniform"),
    "triangular": Entry(low=0.1, high=0.5, mode=0.2, distribution="triangular"),
    "normal": Entry(low=0.1, high=0.5, mean=0.2, deviation=0.1, distribution="normal"),
}
THEORY = {
    "uniform": stats.uniform(0.1, 0.3),
    "loguniform": stats.loguniform(0.01, 0.4),
    "triangular": stats.triang(0.25, 0.1, 0.4),
    "normal": stats.truncnorm(-1.0, 3.0, loc=0.2, scale=0.1),
}


def uncertain(entry: Entry, path: str = UNCERTAIN) -> Factor:
    return factor(path, "uncertainty", entry)


def three() -> tuple[Factor, ...]:
    return (
        factor("levers.chain_length", "lever", Entry()),
        factor("fora.x.format", "lever", Entry(values=("conventional", "dialogic"))),
        uncertain(ENTRIES["triangular"]),
    )


@pytest.mark.parametrize("name", ENTRIES)
def test_sampled_values_follow_their_distribution(name: str) -> None:
    points = lay_out(Design(kind="latin_hypercube", points=500), (uncertain(ENTRIES[name]),), 1)
    values = [float(dict(point)[UNCERTAIN]) for point in points.settings]
    # a Latin hypercube is closer to its distribution than independent draws, never further
    assert stats.kstest(values, THEORY[name].cdf).statistic < 1.0 / 250
    assert stats.kstest(values, stats.uniform(0.0, 0.5).cdf).statistic > 0.05


@given(st.floats(0.0, 1.0), st.sampled_from(sorted(ENTRIES)))
def test_a_value_never_leaves_its_range(place: float, name: str) -> None:
    one = uncertain(ENTRIES[name])
    assert one.low <= float(one.value(place)) <= one.high


@given(st.floats(0.0, 1.0))
def test_a_whole_number_is_whole_and_within(place: float) -> None:
    one = factor("levers.chain_length", "lever", Entry())
    assert one.value(place) in {"0", "1", "2", "3", "4"}


def test_whole_numbers_and_listed_values_come_equally_often() -> None:
    points = lay_out(Design(kind="latin_hypercube", points=100), three(), 3)
    chain = [dict(point)["levers.chain_length"] for point in points.settings]
    form = [dict(point)["fora.x.format"] for point in points.settings]
    assert {value: chain.count(value) for value in "01234"} == dict.fromkeys("01234", 20)
    assert form.count("dialogic") == 50


@given(st.sampled_from(sorted(ENTRIES)), st.floats(0.01, 0.99))
def test_a_place_gives_a_value_and_the_value_its_place(name: str, place: float) -> None:
    one = uncertain(ENTRIES[name])
    assert one.place(one.value(place)) == pytest.approx(place, abs=1e-4)


def test_a_latin_hypercube_has_one_point_in_every_slice() -> None:
    places = lay_out(Design(kind="latin_hypercube", points=20), three(), 1).places
    for column in places.T:
        assert sorted((column * 20).astype(int)) == list(range(20))


def test_a_full_factorial_is_every_combination_once() -> None:
    points = lay_out(Design(kind="full_factorial", levels=3), three(), 1)
    assert len(points.settings) == len(set(points.settings)) == 5 * 2 * 3
    assert {dict(point)[UNCERTAIN] for point in points.settings} == {"0.1", "0.3", "0.5"}


def test_morris_changes_one_factor_at_a_time() -> None:
    factors = three()
    places = lay_out(Design(kind="morris", points=6), factors, 1).places
    steps = np.diff(places.reshape(6, len(factors) + 1, len(factors)), axis=1)
    assert ((steps != 0.0).sum(axis=2) == 1).all()
    assert ((steps != 0.0).sum(axis=1) == 1).all()


def test_a_sobol_design_is_two_matrices_and_their_mixtures() -> None:
    factors = three()
    blocks = lay_out(Design(kind="sobol", points=4), factors, 1).places.reshape(4, 5, 3)
    for block in blocks:
        first, mixed, second = block[0], block[1:4], block[4]
        for column in range(3):
            expected = first.copy()
            expected[column] = second[column]
            assert np.array_equal(mixed[column], expected)


@pytest.mark.parametrize(
    "design",
    [
        Design(kind="latin_hypercube", points=7),
        Design(kind="sobol", points=8),
        Design(kind="morris", points=5),
        Design(kind="full_factorial"),
    ],
    ids=lambda design: design.kind,
)
def test_a_file_gives_one_design_of_the_size_foretold(design: Design) -> None:
    one, again, other = (lay_out(design, three(), seed) for seed in (0, 0, 1))
    assert one.settings == again.settings
    assert len(one.settings) == size(design, three())
    assert design.kind == "full_factorial" or one.settings != other.settings


def test_a_list_leaves_alone_what_it_does_not_name() -> None:
    design = Design(settings=({"levers.chain_length": 2}, {"fora.x.format": "dialogic"}))
    points = lay_out(design, three(), 1)
    assert points.settings == ((("levers.chain_length", "2"),), (("fora.x.format", "dialogic"),))
    assert points.places[0, 0] == pytest.approx(0.5)
    assert points.places[1, 1] == pytest.approx(0.75)
    assert np.isnan(points.places[0, 1:]).all()
