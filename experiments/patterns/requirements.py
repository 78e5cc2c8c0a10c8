"""What a pattern expects, clause by clause, as functions of runs and the limits they must keep."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from experiments.patterns.cells import Cell, Cells, Lookup, Term
from experiments.patterns.expressions import (
    Comparison,
    ExpressionError,
    Side,
    names_in,
    parse_chain,
    parse_ratio,
    parse_side,
)
from experiments.patterns.functions import (
    Combination,
    Function,
    LinearPart,
    Nearness,
    PointCorrelation,
    Quotient,
    RunCorrelation,
)
from experiments.patterns.observing import What, known_names, observe
from experiments.patterns.schema import FALLING, RISING, Clause, Observed, Pattern
from experiments.patterns.staging import Stage, Stages
from scenarios.errors import Places, ScenarioError, explain, nearest, unknown
from simulation.vocabulary import LEVELS, SIZES

FEWEST_POINTS: Final = 3
Path = tuple[str, ...]


@dataclass(frozen=True)
class Requirement:
    """``low < function(means) < high``, with the words and the scale to tell it by.

    Attributes:
        clause: which clause of the pattern, from 0.
        text: what must hold, in the words of the file.
        observable: what it is about.
        cells: what is measured; a column each.
        function: of the cells' means.
        low, high: limits, infinite where there is none.
        strict: a value exactly on a limit does not hold.
        by: the smallest effect of interest that was used, 0 for plain limits.
        unit: of the function's value; empty for ratios and correlations.
        moments: the function takes products of the two cells as well (see RunCorrelation).
    """

    clause: int
    text: str
    observable: str
    cells: tuple[Cell, ...]
    function: Function
    low: float
    high: float
    strict: bool
    by: float
    unit: str
    moments: bool = False

    @property
    def is_correlation(self) -> bool:
        """Whether the function's value is Fisher's z."""
        return isinstance(self.function, RunCorrelation | PointCorrelation)

    @property
    def is_difference(self) -> bool:
        """Whether it compares values, so that a standardised effect has a meaning."""
        return len(self.cells) > 1 and isinstance(self.function, Combination)


def requirements_of(pattern: Pattern, stages: Stages, places: Places) -> list[Requirement]:
    """Everything that must hold. Raises ``ScenarioError`` with the place of what is wrong."""
    found: list[Requirement] = []
    for number, clause in enumerate(pattern.expect):
        path = ("expect", str(number))
        try:
            found += _Compiler(pattern, stages, number, clause).compile()
        except ExpressionError as problem:
            raise explain(str(problem), place=places.at(*path), field=".".join(path)) from None
        except ScenarioError as error:
            raise explain(str(error), place=places.at(*path), field=".".join(path)) from None
    return found


class _Compiler:
    """Turns one clause into requirements."""

    def __init__(self, pattern: Pattern, stages: Stages, number: int, clause: Clause) -> None:
        self.pattern, self.stages, self.number, self.clause = pattern, stages, number, clause

    def compile(self) -> list[Requirement]:
        clause = self.clause
        if clause.order in (RISING, FALLING):
            return self.along(1.0 if clause.order == RISING else -1.0)
        if clause.order or clause.interaction:
            text = str(clause.order or clause.interaction)
            return self.chain(text, self.named_values(text))
        if clause.profile:
            return self.chain(clause.profile, self.by_level())
        if clause.level:
            return [self.bounded_level()]
        if clause.ratio:
            return [self.bounded_ratio()]
        if clause.near_better:
            return [self.near()]
        return [self.correlated()]

    # --- names ---

    def stage(self, name: str) -> Stage:
        if name in self.stages.single:
            return self.stages.single[name]
        if name in self.stages.named:
            names = self.stages.named[name]
            raise explain(
                f"scenario {name} is varied and stands for {len(names)} scenarios",
                allowed=f"one of them, as {names[0]}, or `order: rising`",
            )
        raise unknown("scenario", name, self.stages.named)

    def what(self, wanted: Observed, stage: Stage) -> What:
        if wanted.weeks is None and self.clause.weeks is not None:
            wanted = wanted.model_copy(update={"weeks": self.clause.weeks})
        return observe(wanted, stage, self.pattern.observables)

    def where(self) -> Side:
        """The scenario expression of the clause, or the only scenario there is.

        Several scenarios stand for their mean.
        """
        given = self.clause.scenario
        if not given and len(self.stages.single) == 1:
            given = tuple(self.stages.single)
        if not given:
            raise explain("`scenario` is missing", allowed=", ".join(self.stages.named))
        sides = [part for one in given for part in parse_side(one)]
        return tuple((factor / len(given), linear) for factor, linear in sides)

    def named_values(self, text: str) -> Lookup:
        """Names in an expression are scenarios, observables, or scenario.observable."""
        clause = self.clause
        names = {name for one in parse_chain(text) for name in names_in(one.left + one.right)}
        dotted = bool(names) and all("." in name for name in names)
        if clause.observable is not None:
            return Lookup(lambda name: [(1.0, self.stage(name), self.observable())])
        if dotted:
            return Lookup(self.dotted)
        if names and names <= set(self.stages.single) | set(self.stages.named):
            raise explain("`observable` is missing", allowed=_some(known_names()))
        place = self.where()
        return Lookup(lambda name: self.at(place, self.observable_called(name)))

    def by_level(self) -> Lookup:
        place, wanted = self.where(), self.observable()

        def look(name: str) -> list[Term]:
            if name in LEVELS:
                return self.at(place, wanted.model_copy(update={"level": name}))
            if name in SIZES[1:]:
                return self.at(place, wanted.model_copy(update={"size": name}))
            raise unknown("level or size", name, [*LEVELS, *SIZES[1:]])

        return Lookup(look)

    def observable(self) -> Observed:
        if self.clause.observable is None:
            raise explain("`observable` is missing", allowed=_some(known_names()))
        return self.clause.observable

    def observable_called(self, name: str) -> Observed:
        known = [*self.pattern.observables, *known_names()]
        if name not in known:
            close = nearest(name, [*self.stages.named, *known])
            raise explain(
                f"there is no observable “{name}”", suggestion=close,
                allowed="a name of the catalogue or one under `observables`; give `observable` "
                "to compare scenarios",
            )  # fmt: skip
        return Observed(name=name)

    def dotted(self, name: str) -> list[Term]:
        scenario, _, observable = name.partition(".")
        return [(1.0, self.stage(scenario), self.observable_called(observable))]

    def at(self, place: Side, wanted: Observed) -> list[Term]:
        """``wanted`` in every scenario of an expression such as ``A - B``."""
        terms = []
        for factor, linear in place:
            if linear.size or linear.constant:
                raise explain("`scenario` takes names with + and - only")
            terms += [
                (factor * weight, self.stage(name), wanted) for name, weight in linear.weights
            ]
        return terms

    # --- kinds ---

    def chain(self, text: str, lookup: Lookup) -> list[Requirement]:
        """A requirement for each consecutive comparison."""
        return [self.comparison(one, lookup) for one in parse_chain(text)]

    def comparison(self, one: Comparison, lookup: Lookup) -> Requirement:
        table = Cells(self.what)
        parts = lookup.parts(one.left, 1.0, table) + lookup.parts(one.right, -1.0, table)
        if not table.cells:
            raise explain(f"“{one.text}” names nothing that is observed")
        plain = any(not names_in(side) for side in (one.left, one.right))
        by = self.smallest(table, 0.0 if plain else None, one.text)
        low, high = {">": (by, math.inf), ">=": (-by, math.inf), "~": (-by, by)}[one.relation]
        if plain and one.relation == ">=":
            low = 0.0
        return self.requirement(
            one.text, table, table.function(parts), low, high, one.relation == ">", by
        )

    def along(self, sign: float) -> list[Requirement]:
        """Clearly from the first to the last of a varied scenario, and never clearly against."""
        names = self.listed()
        if len(names) < 2:
            raise explain("a varied scenario, or several scenarios, are needed here")
        found = [self.step(names[-1], names[0], sign, ">")]
        return found + [self.step(later, one, sign, ">=") for one, later in pairwise(names)]

    def step(self, later: str, one: str, sign: float, relation: str) -> Requirement:
        """From one scenario to a later one it rises (``sign`` 1) or falls (-1)."""
        wanted, table = self.observable(), Cells(self.what)
        lookup = Lookup(lambda name: [(1.0, self.stage(name), wanted)])
        parts = lookup.parts(parse_side(later), sign, table)
        parts += lookup.parts(parse_side(one), -sign, table)
        text = f"{later} {relation} {one}" if sign > 0 else f"{one} {relation} {later}"
        by = self.smallest(table, None, text)
        low = by if relation == ">" else -by
        function = table.function(parts)
        return self.requirement(text, table, function, low, math.inf, relation == ">", by)

    def listed(self) -> list[str]:
        """The scenarios of the clause, varied ones as all they stand for; default every one."""
        given = self.clause.scenario or tuple(self.stages.named)
        names: list[str] = []
        for name in given:
            if name not in self.stages.named and name not in self.stages.single:
                raise unknown("scenario", name, self.stages.named)
            names += self.stages.named.get(name, (name,))
        return names

    def bounded_level(self) -> Requirement:
        bounds = self.clause.level
        assert bounds is not None
        table, place = Cells(self.what), self.where()
        weights = table.weights(self.at(place, self.observable()))
        part = LinearPart(1.0, weights, 0.0)
        low, high = self.limits(bounds.at_least, bounds.at_most)
        return self.requirement(
            f"{', '.join(self.clause.scenario or self.stages.named)} {_range(low, high)}",
            table, table.function([part]), low, high, False, 0.0,
        )  # fmt: skip

    def bounded_ratio(self) -> Requirement:
        text = str(self.clause.ratio)
        above, below = parse_ratio(text)
        table = Cells(self.what)
        if self.clause.observable is not None:
            wanted = self.observable()
            lookup = Lookup(lambda name: [(1.0, self.stage(name), wanted)])
        else:
            place = self.where()
            lookup = Lookup(lambda name: self.at(place, self.observable_called(name)))
        first, second = lookup.parts(above, 1.0, table), lookup.parts(below, 1.0, table)
        low, high = self.limits(self.clause.at_least, self.clause.at_most)
        function = Quotient(table.function(first), table.function(second))
        return self.requirement(
            f"{text} {_range(low, high)}", table, function, low, high, False, 0.0, unit=""
        )

    def near(self) -> Requirement:
        near = self.clause.near_better
        assert near is not None
        if len(near.of) < 2:
            raise explain(
                "nearness needs two or more to be near the better of", field="near_better.of"
            )
        table, wanted = Cells(self.what), self.observable()
        for name in (near.scenario, *near.of):
            table.weights([(1.0, self.stage(name), wanted)])
        what = table.whats[0]
        sign = {"more": 1.0, "less": -1.0}.get(near.better or "", float(what.direction))
        if sign == 0.0:
            raise explain(
                f"{what.label} has no direction", field="near_better",
                allowed="`better: more` or `better: less`",
            )  # fmt: skip
        text = f"{near.scenario} near the better of {', '.join(near.of)}"
        by = self.smallest(table, None, text)
        if len(table.cells) < 1 + len(near.of):
            raise explain("the scenarios must differ", field="near_better")
        function = Nearness(sign, near.within, by)
        return self.requirement(text, table, function, 0.0, math.inf, False, by)

    def correlated(self) -> Requirement:
        pair = self.clause.correlation
        assert pair is not None
        names, table = self.listed(), Cells(self.what)
        low, high = self.limits(self.clause.at_least, self.clause.at_most)
        if not all(-1.0 <= one <= 1.0 for one in (low, high) if math.isfinite(one)):
            raise explain("a correlation lies between -1 and 1", allowed="-1 to 1")
        if len(names) not in (1, *range(FEWEST_POINTS, 10_000)):
            raise explain(
                f"{len(names)} scenarios are too few", allowed="one, or at least three points"
            )
        for wanted in (pair.of, pair.with_):
            for name in names:
                table.add(self.stage(name), wanted)
        across = "runs" if len(names) == 1 else f"{len(names)} scenarios"
        labels = f"{table.whats[0].label} with {table.whats[-1].label}"
        return Requirement(
            self.number, f"across {across} {_range(low, high)}", labels, tuple(table.cells),
            RunCorrelation() if len(names) == 1 else PointCorrelation(),
            _z(low), _z(high), False, 0.0, "", moments=len(names) == 1,
        )  # fmt: skip

    # --- together ---

    def limits(self, at_least: float | None, at_most: float | None) -> tuple[float, float]:
        if at_least is None and at_most is None:
            raise explain("no limit is given", allowed="at_least, at_most, or both")
        low = -math.inf if at_least is None else at_least
        high = math.inf if at_most is None else at_most
        if low > high:
            raise explain("`at_least` is above `at_most`")
        return low, high

    def smallest(self, table: Cells, fallback: float | None, text: str) -> float:
        """The clause's own smallest effect, else the fallback, else the observables'."""
        if self.clause.by is not None:
            return self.clause.by
        if fallback is not None:
            return fallback
        known = [what.by for what in table.whats]
        if any(one is None for one in known):
            raise explain(
                f"the catalogue has no smallest effect for “{text}”", field="by",
                allowed="a number in the unit of what is compared",
            )  # fmt: skip
        return max(one for one in known if one is not None)

    def requirement(
        self, text: str, table: Cells, function: Function, low: float, high: float,
        strict: bool, by: float, unit: str | None = None,
    ) -> Requirement:  # fmt: skip
        labels = " / ".join(dict.fromkeys(what.label for what in table.whats))
        unit = table.whats[0].unit if unit is None else unit
        cells = tuple(table.cells)
        return Requirement(self.number, text, labels, cells, function, low, high, strict, by, unit)


def _range(low: float, high: float) -> str:
    if math.isinf(high):
        return f"≥ {low:g}"
    if math.isinf(low):
        return f"≤ {high:g}"
    return f"in {low:g}–{high:g}"


def _z(r: float) -> float:
    return math.atanh(r) if -1.0 < r < 1.0 else math.copysign(math.inf, r)


def _some(names: list[str]) -> str:
    return ", ".join(names[:8]) + f" and {len(names) - 8} more"
