"""From what a pattern wants observed to what is measured in the runs of one scenario."""

from itertools import combinations
from typing import Any, Final, NamedTuple

from experiments.measures import (
    FINISHED,
    HOURS,
    RATIOS,
    AmongPairs,
    AtBody,
    AtLevel,
    BetweenPairs,
    Decided,
    Growth,
    HoursAtBody,
    Measure,
    Ratio,
    RelationsOnStep,
    StillUndecided,
    Sum,
    Summarised,
    Weeks,
    total,
)
from experiments.patterns.schema import WEEK, Observed
from experiments.patterns.staging import Stage
from scenarios.errors import explain, unknown
from scenarios.levers import turned
from simulation.observables import FLOW, OBSERVABLES, STOCK, WEEKLY
from simulation.state import WEEKS_OF_QUARTER
from simulation.summary import LAST_WEEKS
from simulation.vocabulary import CAMPS, LEVELS, N_SIZES, SIZES

UNDECIDED: Final = "undecided"  # matters overtaken, or still waiting at the end of the run
PLACES: Final = {"relations_untold": 0, **{f"relations_{step}": step for step in range(1, 5)}}
# Columns of ``relation_ties``: what is summed over pairs, and what it is divided by.
TIES: Final = {"trust_between": (0, 1), "acquaintance_between": (1, 2), "role_clarity": (3, 4)}
WITH_STEPS: Final = (*FINISHED, *(name for name in RATIOS if name.startswith("share_")))
WITH_SIZE: Final = ("lead_time", "decided", UNDECIDED)
WITH_BODY: Final = ("decided", "lead_time", "hours_meeting")
FILTERS: Final = ("weeks", "level", "between", "size", "body")
DEPTH: Final = 8


class What(NamedTuple):
    """What is measured, and what is known about it."""

    measure: Measure
    by: float | None  # smallest effect of interest, None where the catalogue gives none
    direction: int
    unit: str
    label: str


def known_names() -> list[str]:
    """Every name an observable of a pattern may have."""
    return [*OBSERVABLES, UNDECIDED]


def observe(wanted: Observed, stage: Stage, defined: dict[str, Observed], depth: int = 0) -> What:
    """What ``wanted`` means in the scenario of ``stage``; ``defined`` are the pattern's own names.

    Raises ``ScenarioError`` without a place for a name or filter that is not allowed.
    """
    if depth > DEPTH:
        raise explain("the observables refer to each other in a circle")
    kinds = [kind for kind in ("name", "sum", "difference", "ratio") if getattr(wanted, kind)]
    if len(kinds) != 1:
        raise explain("one thing must be observed", allowed="one of name, sum, difference, ratio")
    if wanted.name in defined:
        what = observe(_with_filters(defined[wanted.name], wanted), stage, defined, depth + 1)
        own = what.by if wanted.by is None else wanted.by
        return what._replace(by=own, label=_label(wanted))
    if kinds != ["name"]:
        return _combined(wanted, kinds[0], stage, defined, depth)
    what = _named(wanted, stage)
    return what if wanted.by is None else what._replace(by=wanted.by)


def _with_filters(inner: Observed, outer: Observed) -> Observed:
    """``inner`` with the filters of ``outer`` that it does not have itself."""
    update: dict[str, Any] = {
        key: getattr(outer, key) for key in (*FILTERS, "growth") if not getattr(inner, key)
    }
    return inner.model_copy(update=update)


def _combined(
    wanted: Observed, kind: str, stage: Stage, defined: dict[str, Observed], depth: int
) -> What:
    if wanted.growth:
        raise explain("growth is of one observable", allowed="name")
    listed: tuple[Observed, ...] = getattr(wanted, kind)
    if kind != "sum" and len(listed) != 2:
        raise explain(f"a {kind} is of two observables, not {len(listed)}")
    parts = [observe(_with_filters(part, wanted), stage, defined, depth + 1) for part in listed]
    measures = [part.measure for part in parts]
    bys = [part.by for part in parts]
    by = None if kind == "ratio" or None in bys else max(one for one in bys if one is not None)
    directions = {part.direction for part in parts}
    signs = {"sum": " + ", "difference": " − ", "ratio": " / "}
    if kind == "ratio":
        measure: Measure = Ratio(measures[0], measures[1])
    else:
        measure = total(measures) if kind == "sum" else _less(measures[0], measures[1])
    return What(
        measure=measure,
        by=by if wanted.by is None else wanted.by,
        direction=directions.pop() if kind == "sum" and len(directions) == 1 else 0,
        unit=parts[0].unit if kind != "ratio" else "",
        label=signs[kind].join(part.label for part in parts),
    )


def _less(first: Measure, second: Measure) -> Sum:
    return Sum(((1.0, first), (-1.0, second)))


def _label(wanted: Observed) -> str:
    """``share_joint [executing]``: a short name in the words of the file."""
    told = [wanted.level, wanted.size, wanted.body, "–".join(wanted.between)]
    if wanted.weeks is not None:
        words = isinstance(wanted.weeks, str)
        told.append(wanted.weeks if words else f"weeks {wanted.weeks[0]}–{wanted.weeks[1]}")
    if wanted.growth:
        told.append(f"growth per {wanted.growth}")
    inside = ", ".join(text for text in told if text)
    return f"{wanted.name} [{inside}]" if inside else str(wanted.name)


def _named(wanted: Observed, stage: Stage) -> What:
    name = str(wanted.name)
    if name not in known_names():
        raise unknown("observable", name, known_names())
    row = OBSERVABLES.get(name)
    by = (row or OBSERVABLES["decided"]).smallest_over(stage.weeks)
    direction, unit = (row.direction, row.unit) if row else (-1, "matters")
    if wanted.growth:
        return What(_growth(wanted, stage), None, direction, unit, _label(wanted))
    used = [key for key in ("level", "between", "size", "body") if getattr(wanted, key)]
    if len(used) > 1 and used != ["size", "body"]:
        raise explain(
            f"{' and '.join(used)} are given at once",
            allowed="one of level, between, size, body; or size and body",
        )
    if used:
        measure = _FILTERED[used[-1]](wanted, stage)
        by_quarter = used == ["between"] and (name in PLACES or name in TIES)
        if wanted.weeks not in (None, "whole run") and not by_quarter:
            raise explain(f"{used[0]} is known for the whole run only", allowed="no weeks")
        return What(measure, by, direction, unit, _label(wanted))
    if name == UNDECIDED:
        return What(StillUndecided((1, 2, 3)), by, direction, unit, _label(wanted))
    if wanted.weeks is None:
        return What(Summarised(name), by, direction, unit, _label(wanted))
    first, last = window_of(wanted.weeks, stage.weeks)
    if row is not None and row.kind == FLOW:
        by *= (last - first + 1) / stage.weeks
    return What(_in_weeks(name, first, last, stage), by, direction, unit, _label(wanted))


def window_of(given: Any, weeks: int) -> tuple[int, int]:
    """First and last week, from 1. Raises ``ScenarioError`` when they lie outside the run."""
    words = {
        "whole run": (1, weeks),
        "last year": (max(1, weeks - LAST_WEEKS + 1), weeks),
        "first year": (1, min(LAST_WEEKS, weeks)),
    }
    first, last = words[given] if isinstance(given, str) else given
    if not 1 <= first <= last <= weeks:
        raise explain(
            f"weeks {first} to {last} are not in the run", allowed=f"1 to {weeks}, in order"
        )
    return first, last


def _in_weeks(name: str, first: int, last: int, stage: Stage) -> Measure:
    if name in WEEKLY:
        return Weeks(name, first, last, total=OBSERVABLES[name].kind == FLOW)
    if name in RATIOS:
        above, below, factor = RATIOS[name]
        sums = [total([Weeks(part, first, last, total=True) for part in side])
                for side in (above, below)]  # fmt: skip
        return Ratio(sums[0], sums[1], factor)
    if name == "hours_per_week":
        share = 1.0 / (last - first + 1)
        return Sum(tuple((share, Weeks(part, first, last, total=True)) for part in HOURS))
    if (first, last) == (1, stage.weeks):
        return Summarised(name)
    raise explain(f"{name} is known for the whole run only", allowed="no weeks")


def _growth(wanted: Observed, stage: Stage) -> Measure:
    name, per = str(wanted.name), str(wanted.growth)
    stocks = [row.name for row in OBSERVABLES.values() if row.kind == STOCK]
    flows = [row.name for row in OBSERVABLES.values() if row.kind == FLOW]
    if name not in stocks:
        raise unknown("stock", name, stocks, field="growth")
    if per != WEEK and per not in flows:
        raise unknown("flow", per, [WEEK, *flows], field="growth")
    if any(getattr(wanted, key) for key in ("level", "between", "size", "body")):
        raise explain("growth is of a whole stock", allowed="weeks beside it, and no other filter")
    first, last = window_of(wanted.weeks or "whole run", stage.weeks)
    if first == last:
        raise explain("growth needs at least two weeks")
    return Growth(name, first, last, None if per == WEEK else per)


def _at_level(wanted: Observed, stage: Stage) -> Measure:
    level = LEVELS.index(str(wanted.level))
    return _of_steps(str(wanted.name), "level", lambda step: AtLevel(level, step))


def _between(wanted: Observed, stage: Stage) -> Measure:
    pairs, name = _pairs(wanted.between, stage), str(wanted.name)
    if name in PLACES:
        return RelationsOnStep(pairs, PLACES[name], _quarters(wanted, stage))
    if name in TIES:
        return BetweenPairs(pairs, *TIES[name], _quarters(wanted, stage))
    also = (*PLACES, *TIES)
    return _of_steps(name, "between", lambda step: AmongPairs(pairs, step), also)


def _quarters(wanted: Observed, stage: Stage) -> tuple[int, int]:
    """The quarters that end in the weeks, by default in the last year: first, one after last."""
    first, last = window_of(wanted.weeks or "last year", stage.weeks)
    start = (first + WEEKS_OF_QUARTER - 1) // WEEKS_OF_QUARTER - 1
    end = last // WEEKS_OF_QUARTER
    if start >= end:
        raise explain(
            f"no quarter ends in weeks {first} to {last}",
            allowed=f"weeks with a multiple of {WEEKS_OF_QUARTER} among them",
        )
    return start, end


def _of_steps(name: str, filtered: str, at: Any, also: tuple[str, ...] = ()) -> Measure:
    """``name`` put together from finished cases by step, each as ``at`` measures it."""
    if name not in WITH_STEPS:
        raise unknown(f"observable by {filtered}", name, [*WITH_STEPS, *also])
    if name in FINISHED:
        measure: Measure = at(FINISHED.index(name))
        return measure
    above, below, factor = RATIOS[name]
    sums = [total([at(FINISHED.index(part)) for part in side]) for side in (above, below)]
    return Ratio(sums[0], sums[1], factor)


def _of_size(wanted: Observed, stage: Stage) -> Measure:
    size, name = str(wanted.size), str(wanted.name)
    if name not in WITH_SIZE:
        raise unknown("observable by size", name, WITH_SIZE)
    place = (SIZES.index(size),)
    if name == "lead_time":
        return Summarised(f"lead_time_{size}")
    return Decided(place) if name == "decided" else StillUndecided(place)


def _of_body(wanted: Observed, stage: Stage) -> Measure:
    bodies, name = list(turned(stage.scenario).fora), str(wanted.name)
    if name not in WITH_BODY:
        raise unknown("observable by body", name, WITH_BODY)
    if wanted.body not in bodies:
        raise unknown(f"body in scenario {stage.name}", str(wanted.body), bodies)
    forum = bodies.index(wanted.body)
    if name == "hours_meeting":
        if wanted.size is not None:
            raise explain("the hours of a body have no size", allowed="body alone")
        return HoursAtBody(forum)
    sizes = tuple(range(N_SIZES)) if wanted.size is None else (SIZES.index(wanted.size),)
    passed = AtBody(forum, 0, sizes)
    return Ratio(AtBody(forum, 1, sizes), passed) if name == "lead_time" else passed


_FILTERED: Final = {
    "level": _at_level, "between": _between, "size": _of_size, "body": _of_body
}  # fmt: skip


def _pairs(names: tuple[str, ...], stage: Stage) -> tuple[tuple[int, int], ...]:
    """Pairs of organisations from two of the named; of one name alone, between it and the rest."""
    organisations = turned(stage.scenario).organisations
    keys, every = list(organisations), set(range(len(organisations)))
    groups: list[set[int]] = []
    for name in names:
        members = {k for k in every if keys[k] == name or organisations[keys[k]].camp == name}
        if name not in keys and name not in CAMPS:
            raise unknown(f"organisation or camp in scenario {stage.name}", name, [*keys, *CAMPS])
        groups.append(members)
    if len(groups) == 1:
        groups.append(every - groups[0])
    pairs = {
        (min(a, b), max(a, b))
        for one, other in combinations(groups, 2)
        for a in one for b in other if a != b
    }  # fmt: skip
    if not pairs:
        raise explain(f"there is no pair of organisations between {' and '.join(names)}")
    return tuple(sorted(pairs))
