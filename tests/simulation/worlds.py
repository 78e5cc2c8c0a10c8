"""Small worlds written straight as arrays, for tests that work a case out by hand."""

from dataclasses import dataclass, field

import numpy as np

from simulation.randomness import stable_id
from simulation.structure import Structure, middle_managers_take_part, order_of_fora, seats
from simulation.vocabulary import BUDGET_CUT, DECIDE, N_SIZES, N_THEMES


@dataclass
class Person:
    """One actor; the defaults are an ordinary front-line employee."""

    name: str
    organisation: int
    hours: float = 10.0
    level: int = 3
    role: int = 5
    mandate: float = 0.0
    mandate_clarity: float = 1.0
    overlap: float = 0.5
    skill: tuple[float, ...] = (0.5,) * N_THEMES
    leads: bool = False
    resident: bool = False
    operates: bool = False
    coordinating: float = 0.0
    turnover: float = 0.0
    activity_hours: float = 0.0
    defined_plan: float = 0.0
    lent_to: int = -1
    lent_share: float = 0.0
    host_leads: float = 0.0


@dataclass
class Body:
    """One forum; the defaults are a monthly body that may decide anything."""

    name: str
    members: list[int]
    period: int = 4
    phase: int = 0
    capacity: int = 1000
    format: int = 0
    hours: float = 2.0
    preparation: float = 0.0
    right: int = DECIDE
    mandate: float = 3.0
    clarity: float = 1.0
    of_plan: bool = True
    level: int = 2
    premeeting: int = 0
    premeeting_hours: float = 1.0


@dataclass
class Shock:
    """One outside event; the defaults are a budget cut that concerns everyone."""

    name: str
    kind: int = BUDGET_CUT
    week: int = -1
    rate: float = 0.0
    weeks: int = 26
    size: float = 0.2
    area: int = -1
    hits: list[int] | None = None


@dataclass
class World:
    """A handful of organisations with people and bodies; everything else plain."""

    organisations: list[str]
    people: list[Person]
    bodies: list[Body] = field(default_factory=list)
    camps: list[int] | None = None
    routes: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    case_rate: float = 3.0
    size_share: tuple[float, ...] = (0.4, 0.3, 0.2, 0.1)
    trust: float = 0.5
    acquaintance: float = 0.3
    clarity: float = 0.3
    formal: float = 0.0
    control: float = 0.5
    urgency: float = 1000.0
    goals: np.ndarray | None = None
    data: float = 0.0
    shocks: list[Shock] = field(default_factory=list)
    framing: float = 0.0
    pool: float = 0.0
    geography: float = 0.0
    loyalty: float = 0.0
    failure_owned: float = 0.0
    # (i, j, trust of i in j, trust of j in i, acquaintance), -1 where not told
    measured: list[tuple[int, int, float, float, float]] = field(default_factory=list)

    def _shocks(self, organisations):
        def column(name, kind):
            return np.array([getattr(shock, name) for shock in self.shocks], dtype=kind)

        hits = np.zeros((len(self.shocks), organisations), dtype=np.bool_)
        for row, shock in enumerate(self.shocks):
            hits[row, slice(None) if shock.hits is None else shock.hits] = True
        return {
            "shock_key": np.array([stable_id(shock.name) for shock in self.shocks], dtype=np.int64),
            "shock_kind": column("kind", np.int64),
            "shock_week": column("week", np.int64),
            "shock_rate": column("rate", np.float64),
            "shock_weeks": column("weeks", np.int64),
            "shock_size": column("size", np.float64),
            "shock_area": column("area", np.int64),
            "shock_hits": hits,
        }

    def _mediating(self, organisations):
        """The first body of each level, whoever sits there."""
        table = np.full((4, organisations, organisations), -1, dtype=np.int64)
        for place in reversed(range(len(self.bodies))):
            table[self.bodies[place].level] = place
        return table

    def build(self) -> Structure:
        """The arrays."""
        o, a = len(self.organisations), len(self.people)
        people, bodies = self.people, self.bodies
        by_home = [[i for i, p in enumerate(people) if p.organisation == k] for k in range(o)]
        guests = [[i for i, p in enumerate(people) if p.lent_to == k] for k in range(o)]
        members = [list(b.members) for b in bodies]
        route_start, route_stop = [0], []
        for k in range(o):
            for size in range(N_SIZES):
                route_stop += self.routes.get((k, size), [])
                route_start.append(len(route_stop))
        goals = np.full((o, N_THEMES), 1 / N_THEMES) if self.goals is None else self.goals

        def column(values, kind=np.float64):
            return np.array(list(values), dtype=kind)

        def starts(lists):
            return np.cumsum([0, *map(len, lists)]).astype(np.int64)

        def pair(value):
            return np.full((o, o), value, dtype=np.float64)

        data = pair(self.data) * (1.0 - np.eye(o))
        homes = column((p.organisation for p in people), np.int64)
        seated = column((i for body in members for i in body), np.int64)
        has, covers = seats(starts(members), seated, homes, o)
        middle = middle_managers_take_part(
            has,
            column((b.of_plan for b in bodies), np.bool_),
            homes,
            column((p.level for p in people), np.int64),
            column(p.hours for p in people),
            o,
        )
        return Structure(
            area_key=column([stable_id("area")], np.int64),
            area_case_rate=column([self.case_rate]),
            area_needs=np.full((1, N_THEMES), 1 / N_THEMES),
            area_size_share=np.array([self.size_share], dtype=np.float64),
            area_hours_mean=column([20.0]),
            area_hours_spread=column([0.5]),
            area_urgency_weeks=column([self.urgency]),
            area_acceptance=column([0.5]),
            organisation_key=column((stable_id(n) for n in self.organisations), np.int64),
            organisation_kind=np.ones(o, dtype=np.int64),
            organisation_camp=column(self.camps or range(o), np.int64),
            organisation_goals=goals,
            organisation_relevance=np.full((o, N_THEMES), 0.7),
            organisation_desk=np.ones(o),
            organisation_control=np.full(o, self.control),
            organisation_attention=np.full(o, 0.5),
            organisation_in_area=np.ones((o, 1), dtype=np.bool_),
            share_an_area=np.ones((o, o), dtype=np.bool_),
            local_start=column([0, o], np.int64),
            local=column(range(o), np.int64),
            role_clarity=pair(self.clarity),
            formal_agreement=pair(self.formal),
            trust_start=pair(self.trust),
            acquaintance_start=pair(self.acquaintance),
            member_start=starts(by_home),
            member=column((i for home in by_home for i in home), np.int64),
            actor_key=column((stable_id(p.name) for p in people), np.int64),
            actor_organisation=column((p.organisation for p in people), np.int64),
            actor_role=column((p.role for p in people), np.int64),
            actor_level=column((p.level for p in people), np.int64),
            actor_hours=column(p.hours for p in people),
            actor_mandate=column(p.mandate for p in people),
            actor_mandate_clarity=column(p.mandate_clarity for p in people),
            actor_overlap=column(p.overlap for p in people),
            actor_skill=np.array([p.skill for p in people], dtype=np.float64).reshape(a, N_THEMES),
            actor_leads=column((p.leads for p in people), np.bool_),
            actor_resident=column((p.resident for p in people), np.bool_),
            actor_operates=column((p.operates for p in people), np.bool_),
            actor_coordinating=column(p.coordinating for p in people),
            actor_turnover=column(p.turnover for p in people),
            forum_key=column((stable_id(b.name) for b in bodies), np.int64),
            forum_level=column((b.level for b in bodies), np.int64),
            forum_period=column((b.period for b in bodies), np.int64),
            forum_phase=column((b.phase for b in bodies), np.int64),
            forum_order=order_of_fora(column((stable_id(b.name) for b in bodies), np.int64)),
            forum_capacity=column((b.capacity for b in bodies), np.int64),
            forum_format=column((b.format for b in bodies), np.int64),
            forum_hours=column(b.hours for b in bodies),
            forum_preparation=column(b.preparation for b in bodies),
            forum_right=column((b.right for b in bodies), np.int64),
            forum_mandate=column(b.mandate for b in bodies),
            forum_mandate_clarity=column(b.clarity for b in bodies),
            forum_of_plan=column((b.of_plan for b in bodies), np.bool_),
            forum_start=starts(members),
            forum_member=seated,
            mediating_forum=self._mediating(o),
            forum_premeeting=column((b.premeeting for b in bodies), np.int64),
            forum_premeeting_hours=column(b.premeeting_hours for b in bodies),
            forum_has=has,
            forum_covers=covers,
            organisation_middle=middle,
            shared_data=data,
            organisation_data=data.max(axis=1),
            **self._shocks(o),
            route_start=np.array(route_start, dtype=np.int64),
            route_stop=np.array(route_stop, dtype=np.int64),
            area_framing=column([self.framing]),
            area_pool_hours=column([self.pool]),
            organisation_geography=np.full(o, self.geography),
            loyalty=pair(self.loyalty),
            failure_owned=pair(self.failure_owned),
            actor_activity_hours=column(p.activity_hours for p in people),
            actor_defined_plan=column(p.defined_plan for p in people),
            actor_lent_to=column((p.lent_to for p in people), np.int64),
            actor_lent_share=column(p.lent_share for p in people),
            actor_host_leads=column(p.host_leads for p in people),
            host_start=starts(guests),
            guest=column((i for home in guests for i in home), np.int64),
            trust_start_spread=pair(-1.0),
            measured_first=column((i for i, *_ in self.measured), np.int64),
            measured_second=column((j for _, j, *_ in self.measured), np.int64),
            measured_trust=column(
                trust for _, _, there, back, _ in self.measured for trust in (there, back)
            ).reshape(len(self.measured), 2),
            measured_acquaintance=column(level for *_, level in self.measured),
        )


def ordinary_world(**changes) -> World:
    """Four organisations of four people each, a monthly body and a quarterly one above it."""
    people = [
        Person(
            f"person_{k}_{n}", k, leads=n == 0, operates=n == 1, turnover=0.2, level=1 + min(n, 2)
        )
        for k in range(4)
        for n in range(4)
    ]
    people[8].coordinating = 0.5
    people[12].resident = True
    bodies = [
        Body("monthly", [0, 1, 5, 9, 12], mandate=1.0, capacity=4),
        Body("quarterly", [0, 4, 8], period=13, capacity=4),
    ]
    routes = {(k, size): [0] if size == 1 else [0, 1] for k in range(4) for size in (1, 2, 3)}
    world = World(
        ["kommune", "boligorganisation", "helhedsplan", "beboere"], people, bodies, None, routes
    )
    for name, value in changes.items():
        setattr(world, name, value)
    return world
