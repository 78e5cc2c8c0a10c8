"""The Mesa face: the same simulation for people who know Mesa.

A ``CollaborationModel`` steps week by week; its agents are views on the state's arrays. It holds no
rule and no second copy of anything: a change made through an agent is a change of the array.

    model = CollaborationModel(structure, parameters, seed=1, names=labels.actors)
    model.step()
    leaders = model.agents_by_type[ForvaltningLeader]
    leaders.set("attention", 0.9)

Works with Mesa 3.3.1 (the last for Python 3.11) and 3.5.1. Batch work does not go through Mesa:
use ``run_many``, which gives the same numbers bit for bit.
"""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt
import pandas as pd

from simulation.handles import hold
from simulation.observables import N_SUMMARY, SUMMARY, WEEKLY
from simulation.parameters import Parameters
from simulation.runs import prepare
from simulation.schedule import WEEK
from simulation.start import set_out
from simulation.structure import Structure
from simulation.summary import close_books, summarise
from simulation.ties import (
    acquaintance_of,
    make_tie,
    set_acquaintance,
    set_trust,
    trust_of,
)
from simulation.vocabulary import LEVELS, NO_TIE, ROLES


class _Ties(MutableMapping["Person", float]):
    """A person's trust in, or acquaintance with, those they know; a view on their ties.

    Setting a value for someone not yet known lets the two know of each other first.
    """

    def __init__(
        self,
        person: "Person",
        name: str,
        read: Callable[[Any, int, int], float],
        write: Callable[[Any, int, int, float], None],
    ) -> None:
        self._person, self._name, self._read, self._write = person, name, read, write

    def __getitem__(self, other: "Person") -> float:
        if not self._person.knows(other):
            raise KeyError(f"{self._person.name} has not met {other.name}")
        return float(self._read(self._person.model.held.state, self._person.index, other.index))

    def __setitem__(self, other: "Person", value: float) -> None:
        if not 0.0 <= value <= 1.0:
            raise ValueError(f"{self._name} must be between 0 and 1, got {value}")
        if other is self._person:
            raise ValueError(f"{self._name} of {other.name} in themselves has no meaning")
        model, i, j = self._person.model, self._person.index, other.index
        held = model.held
        make_tie(held.structure, held.parameters, held.state, model.seed, i, j)
        self._write(held.state, i, j, value)

    def __delitem__(self, other: "Person") -> None:
        raise TypeError("people who have met cannot unmeet; set the value to 0 instead")

    def __iter__(self) -> Iterator["Person"]:
        known = self._person.model.state.tie_at[self._person.index]
        return (self._person.model.people[j] for j in np.flatnonzero(known))

    def __len__(self) -> int:
        return int(np.count_nonzero(self._person.model.state.tie_at[self._person.index]))


def _view(name: str, low: float, high: float, about: str) -> property:
    """A property that reads and writes one person's place in an array of the state."""

    def read(self: "Person") -> float:
        return float(getattr(self.model.state, name)[self.index])

    def write(self: "Person", value: float) -> None:
        if not low <= value <= high:
            raise ValueError(f"{name} must be between {low} and {high}, got {value}")
        getattr(self.model.state, name)[self.index] = value

    return property(read, write, doc=f"{about} Settable, {low} to {high}.")


class Person(mesa.Agent):
    """One post and whoever fills it."""

    model: "CollaborationModel"

    def __init__(self, model: "CollaborationModel", index: int, name: str) -> None:
        super().__init__(model)
        self.index = index
        self.name = name
        self.trust = _Ties(self, "trust", trust_of, set_trust)
        self.acquaintance = _Ties(self, "acquaintance", acquaintance_of, set_acquaintance)

    ownership = _view("ownership", 0.0, 1.0, "Ownership of the plan.")
    knowledge = _view("knowledge", 0.0, 1.0, "Knowledge of the plan's goals.")
    attention = _view("attention", 0.0, 1.0, "Attention to the plan; only a leader's is felt.")
    expected_wait = _view("expected_wait", 0.0, 1e6, "Decision time expected, weeks.")
    load = _view("load", 0.0, 1.0, "Smoothed share of wanted hours that could not be given.")

    @property
    def goals(self) -> npt.NDArray[np.float64]:
        """Own view of the five themes, a writable view; keep its sum at 1."""
        row: npt.NDArray[np.float64] = self.model.state.goals[self.index]
        return row

    @property
    def present(self) -> bool:
        """False while the post is vacant."""
        return bool(self.model.state.present[self.index])

    @property
    def organisation(self) -> int:
        """Index of the home organisation."""
        return int(self.model.structure.actor_organisation[self.index])

    @property
    def level(self) -> str:
        """``political``, ``strategic``, ``tactical`` or ``executing``."""
        return LEVELS[int(self.model.structure.actor_level[self.index])]

    @property
    def role(self) -> str:
        """One of ``vocabulary.ROLES``."""
        return ROLES[int(self.model.structure.actor_role[self.index])]

    def knows(self, other: "Person") -> bool:
        """True when the two have met."""
        return bool(self.model.state.tie_at[self.index, other.index] != NO_TIE)


class Councillor(Person):
    """A politician in the municipal council."""


class ForvaltningLeader(Person):
    """Head of a forvaltning."""


class MiddleManager(Person):
    """A manager between a forvaltning's head and its front line."""


class Consultant(Person):
    """A municipal consultant, who coordinates and analyses."""


class Coordinator(Person):
    """The municipal boligsocial koordinator."""


class FrontStaff(Person):
    """A municipal front-line employee."""


class StaffOfficer(Person):
    """An official of a staff unit."""


class HousingBoardMember(Person):
    """A member of a boligorganisation's board."""


class HousingDirector(Person):
    """A boligorganisation's director."""


class OperationsManager(Person):
    """A boligorganisation's operations manager."""


class Caretaker(Person):
    """A caretaker on the estate."""


class HousingCoordinator(Person):
    """A boligorganisation's boligsocial coordinator."""


class Projektleder(Person):
    """Leader of the helhedsplan."""


class BoligsocialMedarbejder(Person):
    """An employee of the helhedsplan who carries out activities with residents."""


class Sekretariatsleder(Person):
    """Leader of an områdesekretariat."""


class Beboerdemokrat(Person):
    """An elected resident."""


class PartnerLeader(Person):
    """Leader of a local institution."""


class PartnerStaff(Person):
    """Employee of a local institution."""


ROLE_TYPES: dict[str, type[Person]] = dict(
    zip(
        ROLES,
        (
            Councillor, ForvaltningLeader, MiddleManager, Consultant, Coordinator, FrontStaff,
            StaffOfficer, HousingBoardMember, HousingDirector, OperationsManager, Caretaker,
            HousingCoordinator, Projektleder, BoligsocialMedarbejder, Sekretariatsleder,
            Beboerdemokrat, PartnerLeader, PartnerStaff,
        ),
        strict=True,
    )
)  # fmt: skip


class CollaborationModel(mesa.Model):
    """One run of the simulation, stepped by Mesa.

    Args:
        structure: the organised world, from ``scenarios.build``.
        parameters: strengths of the mechanisms.
        seed: seed of the run; the same as for ``run_one`` and ``run_many``.
        weeks: length of the run, weeks.
        names: a name for each actor, in order; numbers if left out.
        events: how many events are kept.

    Raises:
        ValueError: if there are not as many names as actors, or ``weeks`` is below 1.
    """

    def __init__(
        self,
        structure: Structure,
        parameters: Parameters | None = None,
        seed: int = 1,
        weeks: int = 208,
        names: Sequence[str] | None = None,
        events: int = 200_000,
    ) -> None:
        super().__init__(rng=seed)
        self.structure = structure
        self.parameters = Parameters() if parameters is None else parameters
        self.seed, self.weeks, self.week = seed, weeks, 0
        actors = len(structure.actor_key)
        names = [f"person {i}" for i in range(actors)] if names is None else names
        if len(names) != actors:
            raise ValueError(f"{len(names)} names given for {actors} actors")
        self.state, self.record = prepare(structure, [seed], weeks, events)
        self.held = hold(structure, self.parameters, self.state, self.record)
        set_out(*self.held, seed)
        self.people = [
            ROLE_TYPES[ROLES[int(structure.actor_role[i])]](self, i, names[i])
            for i in range(actors)
        ]

    def step(self) -> None:
        """One week.

        Raises:
            RuntimeError: after the last week.
        """
        if self.week >= self.weeks:
            raise RuntimeError(f"the run is over: it was set up for {self.weeks} weeks")
        for phase in WEEK:
            phase(*self.held, self.seed, self.week)
        self.week += 1
        if self.week == self.weeks:
            close_books(self.held.state, self.held.record, self.weeks)
            self.running = False

    @property
    def weekly(self) -> pd.DataFrame:
        """The weeks so far, columns as in ``WEEKLY``."""
        table = pd.DataFrame(self.record.weekly[: self.week], columns=list(WEEKLY))
        table.index.name = "week"
        return table

    def summary(self) -> dict[str, float]:
        """The run in one row, as ``run_one`` gives it.

        Raises:
            RuntimeError: before the last week, because waiting matters are not yet counted.
        """
        if self.week < self.weeks:
            raise RuntimeError(f"week {self.week} of {self.weeks}: the run is not over yet")
        row = np.zeros(N_SUMMARY)
        summarise(self.held.record, self.weeks, row)
        return dict(zip(SUMMARY, row.tolist(), strict=True))
