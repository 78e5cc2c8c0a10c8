"""A desk that sends every case straight on its route: the real world and meetings, nothing else.

The drivers leave out approaches and work, so that what a matter waits is due to bodies alone.
"""

from typing import NamedTuple

import numpy as np

from simulation.compilation import compiled
from simulation.handles import hold
from simulation.parameters import Parameters
from simulation.phases.meetings import meetings
from simulation.phases.world import world
from simulation.runs import prepare
from simulation.start import set_out
from simulation.state import Record, State
from simulation.structure import Structure
from simulation.vocabulary import DECIDING, NOTICED, OVERTAKEN, TOGETHER, WORKING
from simulation.writing import ask_for_decision
from tests.simulation.worlds import Body, Person, World

ALWAYS, NEVER = 1.0, 0.0
WAITING = -1  # no answer yet


@compiled
def _run_desk(structure, parameters, state, record, seed, weeks, tries, answered):
    """Send every case on its route; ``tries`` > 0 sets how many meetings each body has for it.

    ``answered`` gets the week of the answer. Cases that have one leave the table. With ``tries``
    events overtake a matter the week after a body's last meeting for it, so bodies must not meet
    every week.
    """
    set_out(structure, parameters, state, record, seed)
    for week in range(weeks):
        world(structure, parameters, state, record, seed, week)
        meetings(structure, parameters, state, record, seed, week)
        kept = 0
        for place in range(state.open_count[0]):
            case = state.open_cases[place]
            if state.case_status[case] == NOTICED:
                state.case_actor[case, 0] = 0
                state.case_settled[case, 0] = TOGETHER
                ask_for_decision(structure, state, record, week, case)
            if state.case_status[case] == DECIDING:
                if tries > 0 and state.case_arrived[case] == week:
                    forum = state.case_forum[case]
                    period, phase = structure.forum_period[forum], structure.forum_phase[forum]
                    first = week + period - (week - phase) % period
                    state.case_deadline[case] = first + (tries - 1) * period + 1
                state.open_cases[kept] = case
                kept += 1
            else:
                answered[case] = week
        state.open_count[0] = kept


class Outcome(NamedTuple):
    """What became of every case."""

    asked: np.ndarray  # week it was sent
    waited: np.ndarray  # weeks to the answer, -1 without one
    approved: np.ndarray  # decided, not refused
    overtaken: np.ndarray
    state: State
    record: Record


def chain(bodies: list[Body], case_rate: float, size: int = 1, people: int = 1) -> Structure:
    """One organisation whose first person sits on every body and asks all of them in order."""
    shares = tuple(1.0 if place == size else 0.0 for place in range(4))
    world_of_one = World(
        ["organisation"],
        [Person(f"person_{place}", 0) for place in range(people)],
        bodies,
        routes={(0, size): list(range(len(bodies)))},
        case_rate=case_rate,
        size_share=shares,
        urgency=1e12,
    )
    return world_of_one.build()


def bodies_that_pass_on(periods: list[int], phases: list[int] | None = None) -> list[Body]:
    """Bodies without a mandate: only the last one of the route decides."""
    phases = phases or [0] * len(periods)
    return [
        Body(f"body_{place}", [0], period=period, phase=phase, mandate=0.0)
        for place, (period, phase) in enumerate(zip(periods, phases, strict=True))
    ]


def certain(**changes: float) -> Parameters:
    """Everyone attends, everything is approved, half a meeting is talk.

    ``agreement_base`` is the chance of approval.
    """
    values = {
        "attendance_base": ALWAYS,
        "attendance_load_price": NEVER,
        "agreement_base": ALWAYS,
        "agreement_from_goals": NEVER,
        "agreement_from_trust": NEVER,
        "talk_across_table": 0.5,
        "detail_steering": 0.0,
        "delegation_confidence": 1.1,
        "attendance_meetings_price": NEVER,
        "linking_gain": NEVER,
    }
    return Parameters(**(values | changes))


def send_all(
    structure: Structure, parameters: Parameters, weeks: int, seed: int = 1, tries: int = 0
) -> Outcome:
    """Run the desk and gather what became of each case that had time for an answer."""
    state, record = prepare(structure, [seed], weeks)
    answered = np.full(len(state.case_week), WAITING)
    _run_desk(*hold(structure, parameters, state, record), seed, weeks, tries, answered)
    arisen = int(state.cases_arisen[0])
    asked, answered = state.case_asked[:arisen], answered[:arisen]
    status = state.case_status[:arisen]
    return Outcome(
        asked,
        np.where(answered == WAITING, WAITING, answered - asked),
        (status == WORKING) & (state.case_settled[:arisen, 0] == TOGETHER),  # a refusal ends that
        status == OVERTAKEN,
        state,
        record,
    )
