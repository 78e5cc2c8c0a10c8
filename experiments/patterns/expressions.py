"""The small language of expectations: ``A > B >= 0.5 * C ~ D``, ``|a1 - a0| > |b1 - b0|``."""

import re
from typing import Final, NamedTuple

RELATIONS: Final = (">=", "<=", ">", "<", "~")
_TOKEN: Final = re.compile(r"\s*(>=|<=|[><~+\-*/()|]|\d+(?:\.\d*)?|\.\d+|[a-zæøåA-ZÆØÅ_][\w@.]*)")
NAME: Final = re.compile(r"[a-zæøåA-ZÆØÅ_][\w@.]*")


class ExpressionError(ValueError):
    """An expression that cannot be read; the message says where."""


class Linear(NamedTuple):
    """A weighted sum of names and a number; ``size`` True: its absolute value."""

    weights: tuple[tuple[str, float], ...]
    constant: float
    size: bool = False


Side = tuple[tuple[float, Linear], ...]  # a weighted sum of linear expressions


class Comparison(NamedTuple):
    """``left relation right``; relation is ``>``, ``>=`` or ``~`` (smaller is turned round)."""

    left: Side
    relation: str
    right: Side
    text: str


def parse_chain(text: str) -> list[Comparison]:
    """``A > B >= C`` as its consecutive comparisons. Raises ``ExpressionError``."""
    tokens = _tokens(text)
    places = [k for k, token in enumerate(tokens) if token in RELATIONS]
    if not places:
        raise ExpressionError(
            f"“{text}” compares nothing; allowed: {' '.join(RELATIONS)} in between"
        )
    starts, ends = [0, *(place + 1 for place in places)], [*places, len(tokens)]
    pieces = [tokens[start:end] for start, end in zip(starts, ends, strict=True)]
    sides = [_side(piece, text) for piece in pieces]
    return [
        _facing_up(sides[k], tokens[place], sides[k + 1], pieces[k], pieces[k + 1])
        for k, place in enumerate(places)
    ]


def parse_side(text: str) -> Side:
    """A single expression such as ``A - B``. Raises ``ExpressionError``."""
    return _side(_tokens(text), text)


def parse_ratio(text: str) -> tuple[Side, Side]:
    """``A / B``. Raises ``ExpressionError``."""
    above, slash, below = text.partition("/")
    if not slash:
        raise ExpressionError(f"“{text}” is no ratio; allowed: A / B")
    return parse_side(above), parse_side(below)


def names_in(side: Side) -> list[str]:
    """Every name in an expression, in order."""
    return [name for _, linear in side for name, _ in linear.weights]


def _facing_up(
    left: Side, relation: str, right: Side, left_tokens: list[str], right_tokens: list[str]
) -> Comparison:
    text = f"{' '.join(left_tokens)} {relation} {' '.join(right_tokens)}"
    if relation.startswith("<"):
        return Comparison(right, relation.replace("<", ">"), left, text)
    return Comparison(left, relation, right, text)


def _tokens(text: str) -> list[str]:
    tokens, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            raise ExpressionError(
                f"“{text}” cannot be read from “{text[place:].strip()}”; allowed: names, numbers, "
                "+ - * ( ) | and > >= < <= ~"
            )
        tokens.append(found.group(1))
        place = found.end()
    return tokens


class _Reader:
    """Recursive descent over tokens; everything is kept linear."""

    def __init__(self, tokens: list[str], text: str) -> None:
        self.tokens, self.text, self.place = tokens, text, 0

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.peek()
        if not token or (expected and token != expected):
            wanted = f"“{expected}”" if expected else "a name or a number"
            given = f"“{token}”" if token else "nothing"
            raise ExpressionError(f"in “{self.text}”: {wanted} is needed, {given} is there")
        self.place += 1
        return token

    def sum(self) -> list[tuple[float, Linear]]:
        parts = [] if self.peek() in ("+", "-") else self.product(1.0)
        while self.peek() in ("+", "-"):
            parts += self.product(1.0 if self.take() == "+" else -1.0)
        return parts

    def product(self, sign: float) -> list[tuple[float, Linear]]:
        if self.peek()[:1].isdigit() or self.peek().startswith("."):
            number = float(self.take())
            if self.peek() != "*":
                return [(sign, Linear((), number))]
            self.take("*")
            return self.product(sign * number)
        return self.atom(sign)

    def atom(self, sign: float) -> list[tuple[float, Linear]]:
        if self.peek() == "(":
            self.take()
            inside = self.sum()
            self.take(")")
            return [(sign * weight, linear) for weight, linear in inside]
        if self.peek() == "|":
            self.take()
            inside = self.sum()
            self.take("|")
            return [(sign, _flat(inside)._replace(size=True))]
        name = self.take()
        if not NAME.fullmatch(name):
            raise ExpressionError(
                f"in “{self.text}”: a name or a number is needed, “{name}” is there"
            )
        return [(sign, Linear(((name, 1.0),), 0.0))]


def _flat(parts: list[tuple[float, Linear]]) -> Linear:
    weights: dict[str, float] = {}
    constant = 0.0
    for factor, linear in parts:
        if linear.size:
            raise ExpressionError("| | may not stand inside | |")
        constant += factor * linear.constant
        for name, weight in linear.weights:
            weights[name] = weights.get(name, 0.0) + factor * weight
    return Linear(tuple(weights.items()), constant)


def _side(tokens: list[str], text: str) -> Side:
    reader = _Reader(tokens, text)
    parts = reader.sum()
    if reader.peek():
        raise ExpressionError(f"in “{text}”: “{reader.peek()}” is not expected there")
    plain = _flat([part for part in parts if not part[1].size])
    sizes = [part for part in parts if part[1].size]
    return ((1.0, plain), *sizes)
