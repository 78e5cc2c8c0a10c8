"""The language of expectations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.patterns.expressions import (
    ExpressionError,
    Linear,
    Side,
    parse_chain,
    parse_ratio,
    parse_side,
)


def plain(side: Side) -> Linear:
    assert len(side) == 1
    assert side[0][0] == 1.0
    return side[0][1]


def test_a_chain_is_its_consecutive_comparisons() -> None:
    first, second, third = parse_chain("a > b >= c ~ d")
    assert [one.relation for one in (first, second, third)] == [">", ">=", "~"]
    assert plain(second.left).weights == (("b", 1.0),)
    assert plain(third.right).weights == (("d", 1.0),)
    assert first.text == "a > b"


def test_smaller_is_turned_round() -> None:
    (one,) = parse_chain("a < 0.5")
    assert one.relation == ">"
    assert plain(one.left) == Linear((), 0.5)
    assert plain(one.right).weights == (("a", 1.0),)
    assert one.text == "a < 0.5"


def test_differences_of_differences_keep_their_signs() -> None:
    (one,) = parse_chain("(a1 - a0) > 2 * (b1 - b0) + 1")
    assert dict(plain(one.left).weights) == {"a1": 1.0, "a0": -1.0}
    assert dict(plain(one.right).weights) == {"b1": 2.0, "b0": -2.0}
    assert plain(one.right).constant == 1.0


def test_the_size_of_an_effect_stands_apart() -> None:
    side = parse_side("c + 0.5 * |a - b|")
    assert [(factor, linear.size) for factor, linear in side] == [(1.0, False), (0.5, True)]
    assert dict(side[1][1].weights) == {"a": 1.0, "b": -1.0}


def test_a_ratio_has_two_sides() -> None:
    above, below = parse_ratio("a - b / c")
    assert dict(plain(above).weights) == {"a": 1.0, "b": -1.0}
    assert dict(plain(below).weights) == {"c": 1.0}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a", "compares nothing"),
        ("a >", "a name or a number is needed, nothing is there"),
        ("a > b c", "“c” is not expected"),
        ("a > (b", "“)” is needed"),
        ("a > b ?", "cannot be read from “?”"),
        ("a => b", "cannot be read from “=> b”"),
        ("|a - |b|| > c", "may not stand inside"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(ExpressionError) as problem:
        parse_chain(text)
    assert told in str(problem.value)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 99), min_size=1))
def test_weights_come_back(weights: dict[str, int]) -> None:
    text = " - ".join(f"{weight} * {name}" for name, weight in weights.items())
    found = dict(plain(parse_side(text)).weights)
    signs = dict(zip(weights, [1.0] + [-1.0] * len(weights), strict=False))
    assert found == {name: signs[name] * weight for name, weight in weights.items()}
