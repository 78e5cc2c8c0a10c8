"""Follow one case from notice to end, and one relation between two organisations, through a run.

Everything is read from a :class:`simulation.tracing.Trace`: its events, the state it ended in, and
what was noted while it ran. What is told of a case and of a relation is in ``lives``.
"""

from itertools import pairwise
from typing import Final

from analysis.lives import (
    OPTIONS,
    Carrier,
    CaseLife,
    CaseRow,
    Happening,
    Option,
    Partner,
    RelationLife,
    SharedCase,
    Side,
    Stay,
)
from analysis.story import Names
from simulation.tracing import BodyView, Trace, Weighing
from simulation.vocabulary import (
    CASE_STATUSES,
    EVENTS,
    N_SLOTS,
    NOBODY,
    SIZES,
    TELL,
    THEMES,
)

CHOICES: Final = ("interesting", "waited", "highest", "conflict")
ANSWERS: Final = frozenset({"approved", "refused", "decided", "sent_on"})
LEAVES: Final = ANSWERS | {"overtaken", "conflict_settled", "case_finished", "case_given_up"}
COMMON: Final = frozenset(
    {"case_arose", "case_taken_up", "partner_found", "settled", "case_finished", "no_partner"}
)


class NoSuchCaseError(ValueError):
    """There is no such case in the run; the message says which there are."""


class Follower:
    """Reads lives out of one run; made once for a trace, asked as often as wanted."""

    def __init__(self, trace: Trace, names: Names) -> None:
        """``names`` in the order of the numbers of ``trace``."""
        self.trace, self.names = trace, names
        record = trace.run.record
        kept = min(int(record.event_count[0]), len(record.event_value))
        self._events = record.event[:kept].tolist()
        self._values = record.event_value[:kept].tolist()
        self._of_case: dict[int, list[int]] = {}
        self._of_forum: dict[int, list[int]] = {}
        for number, (_, kind, case, _, _, forum) in enumerate(self._events):
            self._of_case.setdefault(case, []).append(number)
            if EVENTS[kind] in ("meeting_held", "meeting_failed"):
                self._of_forum.setdefault(forum, []).append(number)
        self._of_case.pop(NOBODY, None)
        self._steps = {(read.case, read.slot): read for read in trace.steps}
        self._views = {self._answer_to(view): view for view in trace.views}
        self._sides: dict[tuple[int, int], list[Weighing]] = {}
        for one in trace.weighings:
            self._sides.setdefault((one.case, one.slot), []).append(one)

    # --- cases ---

    def rows(self) -> list[CaseRow]:
        """Every case of the run in one line each, in the order in which they arose."""
        return [self._row(case) for case in sorted(self._of_case)]

    def choose(self, rule: str) -> int:
        """The number of the case that a rule of CHOICES picks; ties go to the earliest.

        ``interesting``: the one in which the most different things happened, then the one that
        took longest. ``waited``: the longest with bodies. ``highest``: the highest step.
        ``conflict``: of those with a conflict the one that took longest.

        Raises:
            NoSuchCaseError: no case fits.
        """
        rows = self.rows()
        keys = {
            "interesting": lambda row: (len(set(row.kinds) - COMMON), _length(row)),
            "waited": lambda row: row.weeks_waited,
            "highest": lambda row: row.step,
            "conflict": _length,
        }
        if rule == "conflict":
            rows = [row for row in rows if "conflict_began" in row.kinds]
        if not rows:
            raise NoSuchCaseError(f"no case of this run fits “{rule}”")
        return max(rows, key=keys[rule]).number

    def case(self, number: int) -> CaseLife:
        """The life of case ``number``, from 1.

        Raises:
            NoSuchCaseError: the run has no such case.
        """
        case, state = number - 1, self.trace.run.state
        if case not in self._of_case:
            there = f"1 to {len(self._of_case)}" if self._of_case else "none"
            raise NoSuchCaseError(f"this run has no case {number}; its cases are {there}")
        row = self._row(case)
        helpers = [int(organisation) for organisation in state.case_helper[case]]
        slots = [slot for slot in range(1, N_SLOTS) if int(state.case_actor[case, slot]) != NOBODY]
        return CaseLife(
            number=number,
            theme=row.theme,
            difficulty=float(state.case_difficulty[case]),
            size=row.size,
            hours=float(state.case_hours[case]),
            origin=row.origin,
            helpers=tuple(self._organisation(helper) for helper in helpers if helper != NOBODY),
            first_week=row.first_week,
            last_week=row.last_week,
            deadline_week=int(state.case_deadline[case]) + 1,
            status=row.status,
            holder=self._person(int(state.case_actor[case, 0])),
            holder_promised=float(state.case_need[case, 0]),
            holder_given=self._given(case, 0),
            partners=tuple(self._partner(case, slot) for slot in slots),
            not_reached=tuple(
                self._organisation(int(self._values[event]))
                for event in self._of_case[case]
                if self._kind(event) == "no_partner"
            ),
            stays=tuple(self._stays(case)),
            step=row.step,
            double_hours=float(state.case_double[case]),
            happenings=tuple(self._happening(event) for event in self._of_case[case]),
        )

    def _row(self, case: int) -> CaseRow:
        state, events = self.trace.run.state, self._of_case[case]
        kinds = tuple(self._kind(event) for event in events)
        steps = [
            int(self._values[event]) for event in events if self._kind(event) == "case_finished"
        ]
        return CaseRow(
            number=case + 1,
            first_week=self._week(events[0]),
            last_week=self._week(events[-1]),
            theme=THEMES[int(state.case_theme[case])],
            size=SIZES[int(state.case_size[case])],
            origin=self._organisation(int(state.case_origin[case])),
            status=CASE_STATUSES[int(state.case_status[case])],
            step=steps[-1] if steps else -1,
            weeks_waited=sum(stay.last_week - stay.first_week for stay in self._stays(case)),
            kinds=kinds,
        )

    def _partner(self, case: int, slot: int) -> Partner:
        state = self.trace.run.state
        partner = int(state.case_actor[case, slot])
        sides = [self._side(side) for side in self._sides.get((case, slot), [])[-2:]]
        read = self._steps.get((case, slot))
        return Partner(
            person=self._person(partner),
            organisation=self._organisation(int(state.case_helper[case, slot - 1])),
            settled=self._settled(case, slot),
            step=read.step if read else -1,
            holder_side=sides[0] if sides else None,
            partner_side=sides[1] if sides else None,
            promised=float(state.case_need[case, slot]),
            given=self._given(case, slot),
            together=min(float(state.case_joint[case, own]) for own in (0, slot)),
        )

    def _settled(self, case: int, slot: int) -> str:
        """What the two agreed, before any body had its say."""
        return OPTIONS[int(self.trace.run.state.case_agreed[case, slot])]

    def _side(self, weighed: Weighing) -> Side:
        options = tuple(
            Option(
                name=name,
                gain=weighed.gain[place],
                hours=weighed.hours_price[place],
                waiting=weighed.waiting if name in ("together", "try_new") else 0.0,
                noise=weighed.noise[place],
                worth=weighed.worth[place],
            )
            for place, name in enumerate(OPTIONS)
        )
        return Side(
            person=self._person(weighed.actor),
            organisation=self._home(weighed.actor),
            options=options,
            chosen=OPTIONS[weighed.chosen],
            trust=weighed.trust,
            agreement=weighed.agreement,
            load=weighed.load,
            expected_wait=weighed.expected_wait,
        )

    def _stays(self, case: int) -> list[Stay]:
        """Each time the matter came to a body, until it left it or the run ended."""
        events = self._of_case[case]
        arrivals = [event for event in events if self._kind(event) == "sent_to_body"]
        bounds = [*arrivals, len(self._events)]
        return [self._stay(case, first, after) for first, after in pairwise(bounds)]

    def _stay(self, case: int, arrival: int, after: int) -> Stay:
        forum, first = self._events[arrival][5], self._week(arrival)
        during = [event for event in self._of_case[case] if arrival < event < after]
        end = next((event for event in during if self._kind(event) in LEAVES), None)
        last = self._week(end) if end is not None else len(self.trace.run.weekly)
        deferred = [
            event
            for event in during
            if self._kind(event) == "deferred" and (end is None or event < end)
        ]
        meetings = [
            event for event in self._of_forum.get(forum, []) if first < self._week(event) <= last
        ]
        held = sum(self._kind(event) == "meeting_held" for event in meetings)
        outcome = self._kind(end) if end is not None else "waiting"
        mediated = outcome == "conflict_settled" and self._events[end or 0][3] == NOBODY
        seen = self._last_view(during)
        return Stay(
            forum=self._body(forum),
            first_week=first,
            last_week=last,
            outcome=outcome,
            meetings_held=held,
            meetings_failed=len(meetings) - held,
            deferred=len(deferred),
            not_reached=max(0, held - len(deferred) - int(outcome in ANSWERS or mediated)),
            shared_goals=seen.shared_goals if seen else None,
            trust=seen.trust_in_proposer if seen else None,
        )

    def _last_view(self, events: list[int]) -> BodyView | None:
        views = [self._views[event] for event in events if event in self._views]
        return views[-1] if views else None

    def _answer_to(self, view: BodyView) -> int:
        """The number of the event in which a body answered: the first about a matter."""
        event = view.event
        while event + 1 < len(self._events) and self._events[event][2] == NOBODY:
            event += 1
        return event

    def _given(self, case: int, slot: int) -> float:
        state = self.trace.run.state
        return float(state.case_apart[case, slot] + state.case_joint[case, slot])

    # --- relations ---

    def relation(self, one: int, other: int) -> RelationLife:
        """What passed between organisations ``one`` and ``other``.

        The trace must have watched this pair for its weeks to be told.
        """
        state = self.trace.run.state
        cases, carried = [], dict[int, int]()
        happenings: list[int] = []
        for case in sorted(self._of_case):
            for slot in range(1, N_SLOTS):
                people = [int(state.case_actor[case, own]) for own in (0, slot)]
                acting = {int(state.case_origin[case]), int(state.case_helper[case, slot - 1])}
                if NOBODY in people or acting != {one, other}:
                    continue
                shared = self._shared(case, slot, people)
                if OPTIONS.index(shared.settled) < TELL:
                    continue
                cases.append(shared)
                for person in people:
                    carried[person] = carried.get(person, 0) + 1
                happenings += self._between(case, people)
        return RelationLife(
            one=self._organisation(one),
            other=self._organisation(other),
            cases=tuple(cases),
            weeks=tuple(week._replace(week=week.week + 1) for week in self.trace.pair_weeks),
            happenings=tuple(self._happening(event) for event in sorted(happenings)),
            events=tuple(sorted(happenings)),
            carriers=tuple(self._carriers(carried, len(cases))),
        )

    def _shared(self, case: int, slot: int, people: list[int]) -> SharedCase:
        read = self._steps.get((case, slot))
        events = self._of_case[case]
        settled_in = next(
            (event for event in events
             if self._kind(event) == "settled" and self._events[event][4] == people[1]),
            events[0],
        )  # fmt: skip
        return SharedCase(
            number=case + 1,
            week=self._week(settled_in),
            holder=self._person(people[0]),
            partner=self._person(people[1]),
            settled=self._settled(case, slot),
            step=read.step if read else -1,
            step_week=read.week + 1 if read else None,
        )

    def _between(self, case: int, people: list[int]) -> list[int]:
        """Events of a case in which both people are named, beyond what every case has."""
        return [
            event
            for event in self._of_case[case]
            if {self._events[event][3], self._events[event][4]} == set(people)
            and self._kind(event) not in COMMON
        ]

    def _carriers(self, carried: dict[int, int], cases: int) -> list[Carrier]:
        left: dict[int, list[int]] = {}
        for number, (_, kind, _, actor, _, _) in enumerate(self._events):
            if EVENTS[kind] == "person_left":
                left.setdefault(actor, []).append(self._week(number))
        ranked = sorted(carried.items(), key=lambda item: (-item[1], item[0]))
        return [
            Carrier(
                person=self._person(person),
                organisation=self._home(person),
                cases=count,
                share=count / cases,
                left_weeks=tuple(left.get(person, [])),
            )
            for person, count in ranked
        ]

    # --- names and numbers ---

    def _kind(self, event: int) -> str:
        return EVENTS[self._events[event][1]]

    def _week(self, event: int) -> int:
        return int(self._events[event][0]) + 1

    def _happening(self, event: int) -> Happening:
        _, kind, _, actor, other, forum = self._events[event]
        return Happening(
            week=self._week(event),
            kind=EVENTS[kind],
            actor=self._person(actor),
            other=self._person(other),
            forum=self._body(forum),
            value=self._values[event],
        )

    def _person(self, number: int) -> str:
        return self.names.actors[number] if number != NOBODY else ""

    def _organisation(self, number: int) -> str:
        return self.names.organisations[number] if number != NOBODY else ""

    def _body(self, number: int) -> str:
        return self.names.fora[number] if number != NOBODY else ""

    def _home(self, person: int) -> str:
        return self._organisation(int(self.trace.structure.actor_organisation[person]))


def _length(row: CaseRow) -> int:
    return row.last_week - row.first_week
