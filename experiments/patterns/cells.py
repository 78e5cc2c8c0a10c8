"""What an expectation needs measured: each thing once, and how expressions refer to it."""

from collections.abc import Callable
from typing import NamedTuple

from experiments.measures import Measure
from experiments.patterns.expressions import Side
from experiments.patterns.functions import Combination, LinearPart
from experiments.patterns.observing import What
from experiments.patterns.schema import Observed
from experiments.patterns.staging import Stage

Term = tuple[float, Stage, Observed]  # a weight, and what is observed where


class Cell(NamedTuple):
    """One measure in the runs of one scenario."""

    stage: str  # key of the stage
    measure: Measure


class Cells:
    """Collects what is measured; the same thing in the same scenario is one cell."""

    def __init__(self, what: Callable[[Observed, Stage], What]) -> None:
        self.cells: list[Cell] = []
        self.whats: list[What] = []
        self._what = what

    def add(self, stage: Stage, wanted: Observed) -> None:
        """One more cell, even if it is there already."""
        what = self._what(wanted, stage)
        self.cells.append(Cell(stage.key, what.measure))
        self.whats.append(what)

    def weights(self, terms: list[Term]) -> tuple[float, ...]:
        """Weights over the cells so far, those that ``terms`` bring included."""
        sums: dict[int, float] = {}
        for weight, stage, wanted in terms:
            cell = Cell(stage.key, self._what(wanted, stage).measure)
            if cell not in self.cells:
                self.add(stage, wanted)
            place = self.cells.index(cell)
            sums[place] = sums.get(place, 0.0) + weight
        return tuple(sums.get(k, 0.0) for k in range(len(self.cells)))

    def function(self, parts: list[LinearPart]) -> Combination:
        """The sum of parts, each with a weight for every cell."""
        count = len(self.cells)
        full = []
        for part in parts:
            missing = (0.0,) * (count - len(part.weights))
            weights = (*part.weights, *missing)
            full.append(LinearPart(part.factor, weights, part.constant, part.size))
        return Combination(tuple(full))


class Lookup:
    """Reads the names of an expression as terms, each as ``look`` says."""

    def __init__(self, look: Callable[[str], list[Term]]) -> None:
        self._look = look

    def parts(self, side: Side, sign: float, table: Cells) -> list[LinearPart]:
        """``sign`` times the expression, with what it needs added to ``table``."""
        parts = []
        for factor, linear in side:
            terms = [
                (weight * inner, stage, wanted)
                for name, weight in linear.weights
                for inner, stage, wanted in self._look(name)
            ]
            weights = table.weights(terms)
            parts.append(LinearPart(sign * factor, weights, linear.constant, linear.size))
        return parts
