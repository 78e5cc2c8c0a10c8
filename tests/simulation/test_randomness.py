"""Draws: the same number compiled and interpreted, uniform, open-ended, and independent."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from simulation import vocabulary
from simulation.randomness import (
    MASK,
    _draw_compiled,
    _to_unit_python,
    draw,
    draw_python,
    stable_id,
)

pytestmark = pytest.mark.interpreted

LOWEST, HIGHEST = -(2**63), 2**63 - 1
WHOLE = st.integers(LOWEST, HIGHEST)
LAST_PURPOSE = max(n for name, n in vars(vocabulary).items() if name.startswith("DRAW_"))
PURPOSES = st.integers(0, LAST_PURPOSE)

COUNT = 40_000
LIMIT = 4.0  # standard errors a statistic may lie from what it should be
RARE = 2.0 * stats.norm.sf(LIMIT)  # the same limit as a probability

if not hasattr(_draw_compiled, "py_func"):
    _draw_compiled = draw_python  # without compilation there is one variant only


def draws_over(name: str, count: int = COUNT) -> np.ndarray:
    """Draws that differ in one part of the key only."""
    parts = {"seed": 1, "purpose": 3, "week": 5, "who": stable_id("who"), "whom": stable_id("whom")}
    start = parts[name]
    values = np.empty(count)
    for step in range(count):
        parts[name] = start + step
        values[step] = _draw_compiled(*parts.values())
    return values


PARTS = ("seed", "purpose", "week", "who", "whom")
STREAMS = {name: draws_over(name) for name in PARTS}
PAIRS = list(itertools.combinations(PARTS, 2))


@given(seed=WHOLE, purpose=PURPOSES, week=WHOLE, who=WHOLE, whom=WHOLE)
@example(seed=0, purpose=0, week=0, who=0, whom=0)
@example(seed=LOWEST, purpose=0, week=LOWEST, who=LOWEST, whom=LOWEST)
@example(seed=HIGHEST, purpose=LAST_PURPOSE, week=HIGHEST, who=HIGHEST, whom=HIGHEST)
@example(seed=-1, purpose=1, week=-1, who=-1, whom=-1)
def test_compiled_and_interpreted_draws_agree_bit_for_bit(
    seed: int, purpose: int, week: int, who: int, whom: int
) -> None:
    compiled = _draw_compiled(seed, purpose, week, who, whom)

    assert compiled.hex() == draw_python(seed, purpose, week, who, whom).hex()


@given(seed=WHOLE, purpose=PURPOSES, week=WHOLE, who=WHOLE, whom=WHOLE)
def test_draws_lie_in_the_open_unit_interval(
    seed: int, purpose: int, week: int, who: int, whom: int
) -> None:
    assert 0.0 < draw(seed, purpose, week, who, whom) < 1.0


@pytest.mark.parametrize("hashed", [0, MASK], ids=["lowest", "highest"])
def test_the_lowest_and_highest_hash_still_give_a_finite_logarithm(hashed: int) -> None:
    uniform = _to_unit_python(hashed)

    assert 0.0 < uniform < 1.0
    assert math.isfinite(math.log(uniform / (1.0 - uniform)))


@pytest.mark.parametrize("part", PARTS)
def test_draws_are_uniform_along_every_part_of_the_key(part: str) -> None:
    assert stats.kstest(STREAMS[part], "uniform").pvalue > RARE


@pytest.mark.parametrize("part", PARTS)
def test_draws_have_mean_one_half(part: str) -> None:
    standard_error = math.sqrt(1 / 12 / COUNT)

    assert abs(STREAMS[part].mean() - 0.5) < LIMIT * standard_error


@pytest.mark.parametrize("part", PARTS)
def test_draws_have_variance_one_twelfth(part: str) -> None:
    squares = (STREAMS[part] - 0.5) ** 2
    standard_error = math.sqrt((1 / 80 - 1 / 144) / COUNT)

    assert abs(squares.mean() - 1 / 12) < LIMIT * standard_error


@pytest.mark.parametrize("part", PARTS)
def test_lowest_bits_are_as_random_as_highest(part: str) -> None:
    low = (STREAMS[part] * 2.0**40) % 1.0

    assert stats.kstest(low, "uniform").pvalue > RARE


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lag", [1, 2, 7, 52])
def test_draws_of_neighbouring_keys_are_uncorrelated(part: str, lag: int) -> None:
    stream = STREAMS[part]

    assert abs(_correlation(stream[:-lag], stream[lag:])) < LIMIT / math.sqrt(COUNT - lag)


@pytest.mark.parametrize("part", PARTS)
def test_pairs_of_neighbouring_keys_fill_the_square_evenly(part: str) -> None:
    stream = STREAMS[part]

    assert _evenness_of_pairs(stream[:-1:2], stream[1::2]) > RARE


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_parts_of_the_key_are_independent(one: str, other: str) -> None:
    assert abs(_correlation(STREAMS[one][1:], STREAMS[other][1:])) < LIMIT / math.sqrt(COUNT - 1)
    assert _evenness_of_pairs(STREAMS[one][1:], STREAMS[other][1:]) > RARE


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_swapping_two_parts_of_the_key_gives_another_draw(one: str, other: str) -> None:
    key = dict(zip(PARTS, (11, 12, 13, 14, 15), strict=True))
    swapped = {**key, one: key[other], other: key[one]}

    assert draw(*key.values()) != draw(*swapped.values())


def test_no_two_of_many_plain_keys_give_the_same_draw() -> None:
    keys = itertools.product(range(4), range(30), range(8), range(6), range(6))
    values = [draw(*key) for key in keys]

    assert len(set(values)) == len(values)


def test_stable_ids_depend_on_the_name_alone() -> None:
    assert stable_id("projektleder") == stable_id("projektleder")
    assert stable_id("") == int.from_bytes(bytes.fromhex("e4a6a0577479b2b4"), "big", signed=True)


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def _evenness_of_pairs(one: np.ndarray, other: np.ndarray, cells: int = 16) -> float:
    """Chance of a table of pairs at least as uneven as this one (chi-square)."""
    table = np.histogram2d(one, other, bins=cells, range=[[0, 1], [0, 1]])[0]
    return float(stats.chisquare(table.ravel()).pvalue)
