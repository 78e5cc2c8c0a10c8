"""A run that also notes why: what each side weighed, what bodies saw, which steps were read.

The notes are taken from the model's own functions while they run, by putting listeners around
them (see ``replacing``); there is no second copy of a rule, and the run is the same bit for bit.
"""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from simulation.extending import Added, Extension, Place
from simulation.parameters import Parameters
from simulation.phases import experience, settling
from simulation.replacing import Function, plain_python, rebuilt
from simulation.rules.choice import price_of_hours
from simulation.rules.decisions import chance_of_approval
from simulation.rules.goals import agreement_on_theme
from simulation.runs import Run, run_one
from simulation.structure import Structure
from simulation.ties import trust_matrix, trust_of
from simulation.vocabulary import NO_RELATION, NO_TIE, NOBODY, TOGETHER, TRY_NEW


class Weighing(NamedTuple):
    """What one of two people weighed when they settled how far to go in a case.

    The five options are those of ``vocabulary.NOT_AT_ALL`` to ``TRY_NEW``; worth is in the units
    of gain. ``waiting`` counts for the options that may need an approval.
    """

    case: int
    slot: int  # the partner's place in the case, 1..3
    actor: int
    other: int
    gain: tuple[float, ...]  # (5,) expected gain
    hours_price: tuple[float, ...]  # (5,) price of the hours; below 0 when it saves hours
    waiting: float  # price of waiting for an approval
    noise: tuple[float, ...]  # (5,) what the model does not explain
    chosen: int
    trust: float  # in the other, 0..1
    agreement: float  # on how much the theme matters, 0..1
    load: float  # of the one who weighs, 0..1
    expected_wait: float  # weeks the one who weighs expects a decision to take

    @property
    def worth(self) -> tuple[float, ...]:
        """(5,) what each option came to; the highest was chosen."""
        parts = zip(self.gain, self.hours_price, self.noise, strict=True)
        return tuple(
            gain - hours - (self.waiting if option >= TOGETHER else 0.0) + noise
            for option, (gain, hours, noise) in enumerate(parts)
        )


class BodyView(NamedTuple):
    """How a body stood to a matter it took up; ``event`` is the number of the next event."""

    event: int
    shared_goals: float  # of those present, 0..1
    trust_in_proposer: float  # 0..1


class StepRead(NamedTuple):
    """The step read of one pair in one case."""

    week: int
    case: int
    slot: int
    step: int


class PairWeek(NamedTuple):
    """Two organisations at the end of a week; trust is NaN while nobody knows anybody."""

    week: int
    trust_there: float  # mean trust of the first's people in the second's, where known
    trust_back: float
    role_clarity: float
    ties: int  # pairs of people who know each other
    place: int  # step the relation stands on, -1 too few cases to tell


class Trace(NamedTuple):
    """A run and why it went as it did. Cases, people and bodies are numbers, weeks from 0."""

    structure: Structure
    run: Run
    weighings: list[Weighing]
    views: list[BodyView]
    steps: list[StepRead]
    pair_weeks: list[PairWeek]


def trace(
    structure: Structure,
    parameters: Parameters,
    seed: int,
    weeks: int = 208,
    pair: tuple[int, int] | None = None,
    extension: Extension | None = None,
) -> Trace:
    """Run once and note why; the run is the same as any other with this seed.

    Args:
        structure: the organised world.
        parameters: strengths of the mechanisms.
        seed: the world to run in.
        weeks: length of the run, weeks.
        pair: two organisations to be watched every week.
        extension: rules and phases of a user's own.

    Raises:
        ValueError: ``weeks`` is below 1.
        ExtensionError: a rule or phase of the extension failed.
    """
    notebook = _Notebook()
    given = extension or Extension()
    replaced = dict(given.replaced) | _listeners(notebook, given.replaced)
    added = [*given.added, Added(notebook.begin_week, Place("before", "world"))]
    if pair is not None:
        added.append(Added(_watch(notebook, *pair), Place("after", "observation")))
    noting = Extension(given.name, replaced, tuple(added))
    run = run_one(structure, parameters, seed, weeks, extension=noting)
    return Trace(
        structure, run, notebook.weighings, notebook.views, notebook.steps, notebook.pair_weeks
    )


class _Notebook:
    """What has been heard so far."""

    def __init__(self) -> None:
        self.weighings: list[Weighing] = []
        self.views: list[BodyView] = []
        self.steps: list[StepRead] = []
        self.pair_weeks: list[PairWeek] = []
        self._record: Any = None

        def begin_week(
            structure: Any, parameters: Any, state: Any, record: Any, seed: int, week: int
        ) -> None:
            self._record = record

        self.begin_week = begin_week

    def events_so_far(self) -> int:
        return int(self._record.event_count[0])


def _listeners(
    notebook: _Notebook, replaced: Mapping[Function, Function]
) -> dict[Function, Function]:
    """Functions of the model with a listener around each."""

    def on_view(given: dict[str, Any], result: Any) -> None:
        goals, trust, *_ = given.values()
        notebook.views.append(BodyView(notebook.events_so_far(), float(goals), float(trust)))

    def on_step(given: dict[str, Any], result: Any) -> None:
        place = (int(given["week"]), int(given["case"]), int(given["slot"]))
        notebook.steps.append(StepRead(*place, int(result)))

    views = {chance_of_approval: _heard(chance_of_approval, replaced, on_view)}
    return {
        settling._choose: _choosing(notebook, replaced),
        experience._read_step: _heard(experience._read_step, replaced, on_step),
        **views,
    }


def _heard(
    function: Function,
    replaced: Mapping[Function, Function],
    hear: Callable[[dict[str, Any], Any], None],
) -> Function:
    """``function`` that tells ``hear`` what it was given, by name, and what it gave."""
    names = list(inspect.signature(plain_python(function)).parameters)
    inner = rebuilt(function, replaced)

    def call(*arguments: Any) -> Any:
        result = inner(*arguments)
        hear(dict(zip(names, arguments, strict=True)), result)
        return result

    return call


def _choosing(notebook: _Notebook, replaced: Mapping[Function, Function]) -> Function:
    """The choice of one side, with everything it weighs written down as it is weighed."""
    heard: dict[str, list[Any]] = {}

    def listen(function: Function, inside: Mapping[Function, Function]) -> Function:
        name = plain_python(function).__name__

        def hear(given: dict[str, Any], result: Any) -> None:
            heard.setdefault(name, []).append(result)

        return _heard(function, inside, hear)

    deeper: dict[Function, Function] = {
        **replaced,
        agreement_on_theme: listen(agreement_on_theme, replaced),
    }
    parts = (settling._gains, settling._waiting, price_of_hours)
    inside = {**deeper, **{part: listen(part, deeper) for part in parts}}

    def write_down(given: dict[str, Any], chosen: Any) -> None:
        state, slot = given["state"], int(given["slot"])
        both = state.case_actor[int(given["case"])]
        me, other = int(both[0]), int(both[slot])
        if not given["holds"]:
            me, other = other, me
        notebook.weighings.append(
            Weighing(
                case=int(given["case"]),
                slot=slot,
                actor=me,
                other=other,
                gain=_numbers(heard["_gains"][0]),
                hours_price=_numbers(heard["price_of_hours"]),
                waiting=float(heard["_waiting"][0]),
                noise=_numbers(state.noise[0 if given["holds"] else 1][: TRY_NEW + 1]),
                chosen=int(chosen),
                trust=float(trust_of(state, me, other)),
                agreement=float(heard["agreement_on_theme"][0]),
                load=float(state.load[me]),
                expected_wait=float(state.expected_wait[me]),
            )
        )
        heard.clear()

    return _heard(settling._choose, inside, write_down)


def _place_of_relation(state: Any, one: int, other: int) -> int:
    relation = state.relation_at[one, other]
    return NOBODY if relation == NO_RELATION else int(state.relation_place[relation])


def _numbers(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _watch(notebook: _Notebook, one: int, other: int) -> Function:
    """A phase that notes how two organisations stand at the end of each week."""

    def watch(
        structure: Any, parameters: Any, state: Any, record: Any, seed: int, week: int
    ) -> None:
        home = np.asarray(structure.actor_organisation)
        here = np.flatnonzero((home == one) & state.present)
        there = np.flatnonzero((home == other) & state.present)
        known = state.tie_at[np.ix_(here, there)] != NO_TIE
        count, trust = int(known.sum()), trust_matrix(state)
        forth = trust[np.ix_(here, there)][known]
        back = trust[np.ix_(there, here)].T[known]
        notebook.pair_weeks.append(
            PairWeek(
                week=int(week),
                trust_there=float(forth.mean()) if count else float("nan"),
                trust_back=float(back.mean()) if count else float("nan"),
                role_clarity=float(state.role_clarity[one, other]),
                ties=count,
                place=_place_of_relation(state, min(one, other), max(one, other)),
            )
        )

    return watch
