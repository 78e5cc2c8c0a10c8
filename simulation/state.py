"""Everything that changes during a run, and everything that is written down about it.

Shapes as in ``structure``; ``C`` is the number of cases that arise in the run (known beforehand,
because the outside world depends on the seed alone) and 4 the slots of a case: the holder and at
most three partners.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulation.structure import Flags, Floats, Ints, Structure
from simulation.vocabulary import N_SIZES, N_SLOTS, N_STEPS, N_THEMES

MAX_WAIT = 208  # longest decision wait that is told apart, weeks


class State(NamedTuple):
    """One run's present. Written only by the phases."""

    # People
    present: Flags  # (A,) false while the post is vacant
    left_week: Ints  # (A,) week in which the last one left, -1 never
    return_week: Ints  # (A,) week in which a vacant post is filled
    leaving_week: Ints  # (A,) week in which the present holder will leave
    generation: Ints  # (A,) how many have left this post
    goals: Floats  # (A, T) own view of what matters, rows sum to 1
    ownership: Floats  # (A,) 0..1
    knowledge: Floats  # (A,) knowledge of the plan's goals, 0..1
    attention: Floats  # (A,) a leader's attention to the plan, 0..1 (0 for others)
    expected_wait: Floats  # (A,) decision time expected, weeks
    load: Floats  # (A,) smoothed share of wanted hours that could not be given, 0..1
    hours_available: Floats  # (A,) hours this week
    hours_left: Floats  # (A,) hours not yet used; below 0 the next week starts in debt
    hours_wanted: Floats  # (A,) hours this week's open tasks ask for
    hours_spent: Floats  # (A,) hours given to cases this week
    # Ties: a pair has a tie once it has met; the list holds each tied pair once (i < j)
    known: Flags  # (A, A) symmetric
    trust: Floats  # (A, A) trust of row in column, 0..1; meaningful where known
    acquaintance: Floats  # (A, A) symmetric, 0..1
    tie_first: Ints  # (A * (A - 1) / 2,)
    tie_second: Ints  # (A * (A - 1) / 2,)
    tie_count: Ints  # (1,)
    # Organisations and areas
    organisation_attention: Floats  # (O,) mean attention of its leaders, 0..1
    role_clarity: Floats  # (O, O) symmetric, 0..1
    relation_steps: Floats  # (O, O, 5) remembered shared cases per step, fading; upper triangle
    relation_first: Ints  # (O * (O - 1) / 2,) pairs of organisations that ever shared a case
    relation_second: Ints  # (O * (O - 1) / 2,)
    relation_count: Ints  # (1,)
    relation_place: Ints  # (O, O) step the relation stands on, -1 too few cases to tell
    organisation_methods: Ints  # (O, T) methods known there per theme, alive or anchored
    acceptance: Floats  # (R,) residents' acceptance of the effort, 0..1
    say: Floats  # (R,) smoothed share of decisions that residents took part in, 0..1
    # Cases
    cases_arisen: Ints  # (1,)
    open_cases: Ints  # (C,) list of the open ones, in order of arrival
    open_count: Ints  # (1,)
    case_week: Ints  # (C,) week it arose
    case_index: Ints  # (C,) its number among the area's cases of that week
    case_area: Ints  # (C,)
    case_key: Ints  # (C,) stable id: depends on seed-free area, week and number
    case_theme: Ints  # (C,)
    case_difficulty: Floats  # (C,) complexity, 0..1
    case_size: Ints  # (C,) size of decision a shared solution needs, 0..3
    case_hours: Floats  # (C,) work in it, hours
    case_deadline: Ints  # (C,) week in which events overtake it if still undecided
    case_origin: Ints  # (C,) organisation where it shows up
    case_helper: Ints  # (C, 3) organisations whose contribution would help, -1 none
    case_status: Ints  # (C,) index in CASE_STATUSES
    case_actor: Ints  # (C, 4) holder and partners, -1 none
    case_settled: Ints  # (C, 4) how far holder and partner agreed to go (holder: the furthest)
    case_informed: Flags  # (C, 4) information passed between holder and partner
    case_divided: Flags  # (C, 4) holder and partner drew a boundary between their tasks
    case_need: Floats  # (C, 4) hours promised
    case_apart: Floats  # (C, 4) hours spent on one's own part
    case_joint: Floats  # (C, 4) hours spent on the shared task
    case_start: Ints  # (C,) week work began
    case_due: Ints  # (C,) promised week
    case_judged: Flags  # (C,) promises have been judged
    case_double: Floats  # (C,) hours done twice
    case_method: Ints  # (C,) METHOD_* of the method that came of it
    case_method_week: Ints  # (C,)
    case_method_slot: Ints  # (C,) partner with whom it was made
    case_conflict: Ints  # (C, 2) slot in conflict (0 none) and the week it began
    case_route: Ints  # (C, 2) next and end index in route_stop
    case_asked: Ints  # (C,) week the matter was sent on its way, -1 never
    case_arrived: Ints  # (C,) week it came to the present body
    case_forum: Ints  # (C,) body where it waits, -1 none
    case_next: Ints  # (C,) next in the body's queue, -1 last
    living_methods: Ints  # (C,) cases whose method is alive
    living_count: Ints  # (1,)
    # Bodies
    first_meeting: Ints  # (F,) week of the first meeting in this run
    queue_head: Ints  # (F,) first case in the queue, -1 empty
    queue_tail: Ints  # (F,)
    queue_length: Ints  # (F,)
    # Scratch
    helper_time: Floats  # (3,) when the helpers of the newest case came forward
    attending: Ints  # (A,) members present at the meeting being held
    finished_now: Ints  # (C,) cases that ended this week
    finished_count: Ints  # (1,)


class Record(NamedTuple):
    """What is observed. Never read by a rule or a phase other than observation."""

    weekly: Floats  # (weeks, number of weekly observables)
    flow: Floats  # (number of weekly observables,) this week's counts so far
    waits: Ints  # (4, MAX_WAIT + 1, 2) matters by size and weeks waited: decided, still undecided
    forum_waits: Floats  # (F, 3) matters passed, weeks they waited there, hours of members
    pair_steps: Ints  # (O, O, 5) finished cases by step, upper triangle
    level_steps: Ints  # (4, 5) finished cases by level of the highest person in it, and step
    first_week: Ints  # (5,) week the first relation stood on the step, -1 never
    event: Ints  # (E, 6) week, kind, case, actor, other, forum; -1 where it does not apply
    event_value: Floats  # (E,)
    event_count: Ints  # (1,) events that happened; those beyond E are counted, not kept


def new_state(structure: Structure, cases: int) -> State:
    """An empty state for runs of ``structure`` with at most ``cases`` cases."""
    actors = len(structure.actor_key)
    organisations = len(structure.organisation_key)
    areas, fora = len(structure.area_key), len(structure.forum_key)
    pairs = actors * (actors - 1) // 2
    relations = organisations * (organisations - 1) // 2
    sizes = {
        "A": actors, "O": organisations, "R": areas, "F": fora, "C": cases, "S": N_SLOTS,
        "T": N_THEMES, "K": N_STEPS, "P": pairs, "Q": relations, "1": 1, "2": 2, "3": N_SLOTS - 1,
    }  # fmt: skip
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, (shape, kind) in STATE_SHAPES.items():
        arrays[name] = np.zeros(tuple(sizes[letter] for letter in shape), dtype=kind)
    return State(**arrays)


def new_record(structure: Structure, weeks: int, observables: int, events: int = 0) -> Record:
    """An empty record of ``weeks`` weeks; ``events`` is how many events are kept."""
    organisations, fora = len(structure.organisation_key), len(structure.forum_key)
    return Record(
        weekly=np.zeros((weeks, observables)),
        flow=np.zeros(observables),
        waits=np.zeros((N_SIZES, MAX_WAIT + 1, 2), dtype=np.int64),
        forum_waits=np.zeros((fora, 3)),
        pair_steps=np.zeros((organisations, organisations, N_STEPS), dtype=np.int64),
        level_steps=np.zeros((4, N_STEPS), dtype=np.int64),
        first_week=np.zeros(N_STEPS, dtype=np.int64),
        event=np.zeros((events, 6), dtype=np.int64),
        event_value=np.zeros(events),
        event_count=np.zeros(1, dtype=np.int64),
    )


def _shapes() -> dict[str, tuple[str, type]]:
    """Shape letters and type of each field of State, in order."""
    kinds = {"i": np.int64, "f": np.float64, "b": np.bool_}
    table = """
        present A b, leaving_week A i, left_week A i, return_week A i, generation A i, goals AT
        f, ownership A f, knowledge A f, attention A f, expected_wait A f, load A f,
        hours_available A f, hours_left A f, hours_wanted A f, hours_spent A f, known AA b, trust
        AA f, acquaintance AA f, tie_first P i, tie_second P i, tie_count 1 i,
        organisation_attention O f, role_clarity OO f, relation_steps OOK f, relation_first Q i,
        relation_second Q i, relation_count 1 i, relation_place OO i, organisation_methods OT i,
        acceptance R f, say R f, cases_arisen 1 i, open_cases C i, open_count 1 i, case_week C i,
        case_index C i, case_area C i, case_key C i, case_theme C i, case_difficulty C f,
        case_size C i, case_hours C f, case_deadline C i, case_origin C i, case_helper C3 i,
        case_status C i, case_actor CS i, case_settled CS i, case_informed CS b, case_divided CS
        b, case_need CS f, case_apart CS f, case_joint CS f, case_start C i, case_due C i,
        case_judged C b, case_double C f, case_method C i, case_method_week C i, case_method_slot
        C i, case_conflict C2 i, case_route C2 i, case_asked C i, case_arrived C i, case_forum C
        i, case_next C i, living_methods C i, living_count 1 i, first_meeting F i, queue_head F i,
        queue_tail F i, queue_length F i, helper_time 3 f, attending A i,
        finished_now C i, finished_count 1 i
    """
    rows = (row.split() for row in table.replace("\n", " ").split(","))
    return {name: (shape, kinds[kind]) for name, shape, kind in rows}


STATE_SHAPES = _shapes()
