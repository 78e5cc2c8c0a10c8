"""Everything that changes during a run, and everything that is written down about it.

Shapes as in ``structure``; ``C`` is the number of cases that arise in the run (known beforehand,
because the outside world depends on the seed alone) and 4 the slots of a case: the holder and at
most three partners.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulation.structure import Flags, Floats, Ints, Structure
from simulation.vocabulary import N_PLACES, N_SIZES, N_SLOTS, N_STEPS, N_THEMES

N_SIDE_BY_SIDE = 8  # options and room to spare, so that a processor takes whole groups of them
WEEKS_OF_QUARTER = 13
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
    # Ties: a pair has a tie once it has met; see ``ties``. Tie 0 stands for none and stays empty
    tie_at: Ints  # (A, A) number of the pair's tie, symmetric, 0 for those who have not met
    tie_first: Ints  # (1 + A * (A - 1) / 2,) the one of the pair with the lower index
    tie_second: Ints  # (1 + A * (A - 1) / 2,)
    tie_trust: Floats  # (1 + A * (A - 1) / 2, 2) of the first in the second and back, 0..1
    tie_first_trust: Floats  # (1 + A * (A - 1) / 2, 2) what those in the posts began with
    tie_acquaintance: Floats  # (1 + A * (A - 1) / 2,) 0..1
    tie_count: Ints  # (1,) number of the next tie
    tie_start: Ints  # (3,) number of the first tie of each kind (TIE_*): they lie kind by kind
    may_know_at: Flags  # (A, O) false where nobody who works there has a tie with the person
    tie_in_post: Floats  # (1 + A * (A - 1) / 2,) scratch: 1 where both are in post, else 0
    tie_weight: Floats  # (1 + A * (A - 1) / 2,) scratch: acquaintance of a pair in post
    tie_weighed: Floats  # (1 + A * (A - 1) / 2,) scratch: its trust times that
    # Organisations and areas
    organisation_attention: Floats  # (O,) mean attention of its leaders, 0..1
    role_clarity: Floats  # (O, O) symmetric, 0..1
    # Relations: two organisations have one once they have shared a case. Relation 0 stands for none
    relation_at: Ints  # (O, O) number of the relation, upper triangle, 0 for none
    relation_steps: Floats  # (1 + O * (O - 1) / 2, 5) remembered shared cases per step, fading
    relation_first: Ints  # (O * (O - 1) / 2,) pairs: a holder and a partner in one case
    relation_second: Ints  # (O * (O - 1) / 2,)
    relation_count: Ints  # (1,)
    relation_place: Ints  # (1 + O * (O - 1) / 2,) step it stands on, -1 too few cases to tell
    organisation_methods: Ints  # (O, T) methods anchored there per theme
    acceptance: Floats  # (R,) residents' acceptance of the effort, 0..1
    say: Floats  # (R,) smoothed share of decisions that residents co-decided, 0..1
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
    # Matters on their way through bodies
    case_advice: Floats  # (C,) advice that travels with it, -1 against .. 1 for
    case_place: Ints  # (C,) highest place on the participation ladder at its stops so far, 0..4
    case_voice: Floats  # (C,) largest share of residents among those present at a stop, 0..1
    case_from: Ints  # (C,) body it came from, -1 at its first stop
    case_cover: Flags  # (C,) it has been seen whether someone seeks cover with it
    prepared: Flags  # (M,) membership: came to the latest pre-meeting
    meeting_hours: Floats  # (A,) meeting hours a week lately
    top_attention: Floats  # (O,) mean attention of leaders at political and strategic level, 0..1
    shock_on: Flags  # (S,) the outside event is under way
    hours_factor: Floats  # (O,) share of the hours that outside events leave
    attendance_floor: Floats  # (O,) chance to attend bodies of the plan that is forced, 0..1
    ladder: Floats  # (R,) smoothed place of residents in decisions, 0..4
    # Scratch
    race_who: Ints  # (O rounded up to eights,) organisations in a race
    race_weight: Floats  # (O rounded up to eights,) their weights
    race_uniform: Floats  # (O rounded up to eights,) their draws
    race_time: Floats  # (O rounded up to eights,) when each comes forward
    noise_uniform: Floats  # (2, 8) draws of holder and partner for the options, three unused
    noise: Floats  # (2, 8) noise in weighing each of them
    may_help: Ints  # (A,) who of the organisation asked could take part in the case
    attending: Ints  # (A,) members present at the meeting being held
    finished_now: Ints  # (C,) cases that ended this week
    finished_count: Ints  # (1,)
    meeting_prepared: Floats  # (1,) share of those at the meeting who met beforehand
    view_weight: Floats  # (A,) how far each at the meeting moves towards the mean view, 0..1
    theme_mean: Floats  # (T,) mean view of those in post
    theme_distance: Floats  # (T,) distances of their views from it, summed
    # People and work
    hours_wanted_own: Floats  # (A,) of the hours wanted, those for cases the person holds
    case_wanted: Floats  # (C, 4) scratch: hours each would like to give an open case this week
    given_to_own: Floats  # (A,) scratch: share of the hours wanted that own cases get this week
    given_to_others: Floats  # (A,) scratch: and that cases held by others get
    case_agreed: Ints  # (C, 4) how far holder and partner agreed to go before anything happened
    slot_hours: Floats  # (4,) scratch: hours given this week to the case being worked on
    hours_activity: Floats  # (A,) hours of activities run this week
    active_residents: Floats  # (R,) share of residents who take an active part
    defined: Floats  # (A,) -1 felt the plan imposed .. 1 defined it; 0 for who came later
    own_goals: Floats  # (A, T) goals a person makes up without direction, rows sum to 1
    pool: Floats  # (R,) hours left this year in the pool for joint innovation
    case_pool: Floats  # (C,) hours granted by the pool
    case_consent: Ints  # (C,) index CONSENT_*: whether a named resident has consented
    case_covered: Floats  # (C, 3) own skill relied on instead of asking the helping organisation
    method_known: Ints  # (A, T) case whose method a person knows, -1 none
    method_used: Ints  # (A, T) week it was last used
    method_knowers: Ints  # (C,) people in post who know the method that came of the case
    arrived_week: Ints  # (A,) week the present person came, -1 from the start
    # Tie by tie, what the one who left a post last had: the one with the lower index, the other
    tie_former_known: Flags  # (1 + A * (A - 1) / 2, 2) that one knew the other of the pair
    tie_former_acquaintance: Floats  # (1 + A * (A - 1) / 2, 2)
    tie_former_trust: Floats  # (1 + A * (A - 1) / 2, 2) trust of the one who left in the other
    tie_former_trusted: Floats  # (1 + A * (A - 1) / 2, 2) trust of the other in the one who left
    former_method: Ints  # (A, T) methods the one who left knew
    moved: Flags  # (A,) the one who left this post last has taken up another
    area_activity: Floats  # (R,) scratch: hours of activities in the area this week


class Record(NamedTuple):
    """What is observed. Never read by a rule or a phase other than observation."""

    weekly: Floats  # (weeks, number of weekly observables)
    flow: Floats  # (number of weekly observables,) this week's counts so far
    waits: Ints  # (4, MAX_WAIT + 1, 2) matters by size and weeks waited: decided, still undecided
    forum_waits: Floats  # (F, 4, 2) by size: matters that passed, weeks they waited there
    forum_hours: Floats  # (F,) hours of members at its meetings
    pair_steps: Ints  # (O, O, 5) finished cases by step, upper triangle
    level_steps: Ints  # (4, 5) finished cases by level of the highest person in it, and step
    first_week: Ints  # (5,) week the first relation stood on the step, -1 never
    trust_change: Floats  # (1,) mean change between organisations since people met, at the end
    area_ladder: Ints  # (R, 5) decisions about the area by the residents' place on the ladder
    theme_worth: Floats  # (5, 2) hours of the cases that arose, and value for residents, by theme
    area_worth: Floats  # (R, 2) the same by area
    relation_quarter: Ints  # (quarters, O, O) step of each relation, upper triangle; -1 none
    # (quarters, O * O, 5) people of organisations a < b, at a * O + b: trust weighted by
    # acquaintance, acquaintance, pairs of people, clear roles where a case was shared, 1 there
    relation_ties: Floats
    relation_seen: Flags  # (O, O) pairs with anything in the two above
    event: Ints  # (E, 6) week, kind, case, actor, other, forum; -1 where it does not apply
    event_value: Floats  # (E,)
    event_count: Ints  # (1,) events that happened; those beyond E are counted, not kept


def new_state(structure: Structure, cases: int) -> State:
    """An empty state for runs of ``structure`` with at most ``cases`` cases."""
    actors = len(structure.actor_key)
    organisations = len(structure.organisation_key)
    areas, fora = len(structure.area_key), len(structure.forum_key)
    ties = 1 + actors * (actors - 1) // 2
    relations = 1 + organisations * (organisations - 1) // 2
    sizes = {
        "A": actors, "O": organisations, "R": areas, "F": fora, "C": cases, "S": N_SLOTS,
        "T": N_THEMES, "K": N_STEPS, "P": ties, "Q": relations, "1": 1, "2": 2, "3": N_SLOTS - 1,
        "M": len(structure.forum_member), "E": len(structure.shock_key), "8": N_SIDE_BY_SIDE,
        "W": -(-organisations // N_SIDE_BY_SIDE) * N_SIDE_BY_SIDE,
    }  # fmt: skip
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name, (shape, kind) in STATE_SHAPES.items():
        arrays[name] = np.zeros(tuple(sizes[letter] for letter in shape), dtype=kind)
    return State(**arrays)


def new_record(
    structure: Structure, weeks: int, quarters: int, observables: int, events: int = 0
) -> Record:
    """An empty record of ``weeks`` weeks.

    ``quarters`` is of how many quarters the relations are kept, from the first on; ``events`` is
    how many events are kept.
    """
    organisations, fora = len(structure.organisation_key), len(structure.forum_key)
    areas = len(structure.area_key)
    return Record(
        weekly=np.zeros((weeks, observables)),
        flow=np.zeros(observables),
        waits=np.zeros((N_SIZES, MAX_WAIT + 1, 2), dtype=np.int64),
        forum_waits=np.zeros((fora, N_SIZES, 2)),
        forum_hours=np.zeros(fora),
        pair_steps=np.zeros((organisations, organisations, N_STEPS), dtype=np.int64),
        level_steps=np.zeros((4, N_STEPS), dtype=np.int64),
        first_week=np.zeros(N_STEPS, dtype=np.int64),
        trust_change=np.zeros(1),
        area_ladder=np.zeros((areas, N_PLACES), dtype=np.int64),
        theme_worth=np.zeros((N_THEMES, 2)),
        area_worth=np.zeros((areas, 2)),
        relation_quarter=np.full((quarters, organisations, organisations), -1, dtype=np.int64),
        relation_ties=np.zeros((quarters, organisations * organisations, 5)),
        relation_seen=np.zeros((organisations, organisations), dtype=np.bool_),
        event=np.zeros((events, 6), dtype=np.int64),
        event_value=np.zeros(events),
        event_count=np.zeros(1, dtype=np.int64),
    )


def _shapes() -> dict[str, tuple[str, type]]:
    """Shape letters and type of each field of State, in order."""
    kinds = {"i": np.int64, "j": np.int32, "y": np.int8, "f": np.float64, "b": np.bool_}
    table = """
        present A b, leaving_week A i, left_week A i, return_week A i, generation A i, goals AT
        f, ownership A f, knowledge A f, attention A f, expected_wait A f, load A f,
        hours_available A f, hours_left A f, hours_wanted A f, hours_spent A f, tie_at AA j,
        tie_first P j, tie_second P j, tie_trust P2 f, tie_first_trust P2 f, tie_acquaintance P f,
        tie_count 1 i, tie_start 3 i, may_know_at AO b, tie_in_post P f, tie_weight P f,
        tie_weighed P f,
        organisation_attention O f, role_clarity OO f, relation_at OO j,
        relation_steps QK f, relation_first Q i,
        relation_second Q i, relation_count 1 i, relation_place Q i, organisation_methods OT i,
        acceptance R f, say R f, cases_arisen 1 i, open_cases C i, open_count 1 i, case_week C i,
        case_index C i, case_area C i, case_key C i, case_theme C i, case_difficulty C f,
        case_size C i, case_hours C f, case_deadline C i, case_origin C i, case_helper C3 i,
        case_status C i, case_actor CS i, case_settled CS i, case_informed CS b, case_divided CS
        b, case_need CS f, case_apart CS f, case_joint CS f, case_start C i, case_due C i,
        case_judged C b, case_double C f, case_method C i, case_method_week C i, case_method_slot
        C i, case_conflict C2 i, case_route C2 i, case_asked C i, case_arrived C i, case_forum C
        i, case_next C i, living_methods C i, living_count 1 i, first_meeting F i, queue_head F i,
        queue_tail F i, queue_length F i, race_who W i, race_weight W f, race_uniform W f,
        race_time W f, noise_uniform 28 f, noise 28 f,
        may_help A i, attending A i,
        finished_now C i, finished_count 1 i,
        case_advice C f, case_place C i, case_voice C f, ladder R f,
        case_from C i, case_cover C b, prepared M b, meeting_hours A f, top_attention O f,
        meeting_prepared 1 f, view_weight A f, theme_mean T f, theme_distance T f,
        shock_on E b, hours_factor O f, attendance_floor O f,
        hours_wanted_own A f, case_wanted CS f, given_to_own A f, given_to_others A f,
        case_agreed CS i, slot_hours S f, hours_activity A f, active_residents R f, defined A f,
        own_goals AT f, pool R f,
        case_pool C f, case_consent C i, case_covered C3 f, method_known AT i, method_used AT i,
        method_knowers C i, arrived_week A i, tie_former_known P2 b, tie_former_acquaintance P2 f,
        tie_former_trust P2 f, tie_former_trusted P2 f, former_method AT i, moved A b,
        area_activity R f
    """
    rows = (row.split() for row in table.replace("\n", " ").split(","))
    return {name: (shape, kinds[kind]) for name, shape, kind in rows}


STATE_SHAPES = _shapes()

_FIXED = {"S": N_SLOTS, "T": N_THEMES, "K": N_STEPS, "2": 2, "3": N_SLOTS - 1, "8": N_SIDE_BY_SIDE}

# Length of the last axis of those arrays of Structure, State and Record where it is the same in
# every world; compiled code then has it as a constant.
LAST_AXIS: dict[str, int] = {
    "area_needs": N_THEMES,
    "area_size_share": N_SIZES,
    "organisation_goals": N_THEMES,
    "organisation_relevance": N_THEMES,
    "actor_skill": N_THEMES,
    "waits": 2,
    "forum_waits": 2,
    "pair_steps": N_STEPS,
    "level_steps": N_STEPS,
    "area_ladder": N_PLACES,
    "theme_worth": 2,
    "area_worth": 2,
    "relation_ties": 5,
    "event": 6,
} | {
    name: _FIXED[shape[-1]]
    for name, (shape, _) in STATE_SHAPES.items()
    if len(shape) > 1 and shape[-1] in _FIXED
}
