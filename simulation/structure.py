"""What a scenario fixes before a run: areas, organisations, people, bodies, routes.

Shapes: ``A`` actors, ``O`` organisations, ``F`` fora, ``R`` areas, ``T`` = 5 themes,
``M`` memberships in all fora together, ``P`` stops on all routes together, ``K`` measured pairs.
Lists of lists are stored end to end with a start index per owner (``..._start`` has one entry more
than owners).
Stable ids are 64-bit hashes of the ids written in the scenario, never of positions.
"""

import hashlib
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulation.vocabulary import TACTICAL

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Structure(NamedTuple):
    """One organised world, ready to run. Built by ``scenarios.build``; never changed by a run."""

    # Areas
    area_key: Ints  # (R,) stable id
    area_case_rate: Floats  # (R,) cases per week, 0..40
    area_needs: Floats  # (R, T) share of cases per theme, rows sum to 1
    area_size_share: Floats  # (R, 4) share of cases needing a decision of size none..large
    area_hours_mean: Floats  # (R,) mean work in a case, hours
    area_hours_spread: Floats  # (R,) half-width of work in a case as a share of the mean, 0..1
    area_urgency_weeks: Floats  # (R,) mean weeks until an undecided case is overtaken by events
    area_acceptance: Floats  # (R,) residents' acceptance of the effort at the start, 0..1
    # Organisations
    organisation_key: Ints  # (O,) stable id
    organisation_kind: Ints  # (O,) index in ORGANISATION_KINDS
    organisation_camp: Ints  # (O,) index in CAMPS
    organisation_goals: Floats  # (O, T) home goals, rows sum to 1
    organisation_relevance: Floats  # (O, T) how much its contribution helps per theme, 0..1
    organisation_desk: Floats  # (O,) how many cases first show up here, relative weight
    organisation_control: Floats  # (O,) 0 led by trust .. 1 tightly controlled by targets
    organisation_attention: Floats  # (O,) attention its core operations leave for the plan, 0..1
    organisation_in_area: Flags  # (O, R) takes part in this area
    share_an_area: Flags  # (O, O) two take part in one and the same area
    local_start: Ints  # (R + 1,) first of this area's organisations in ``local``
    local: Ints  # (number of true places in ``organisation_in_area``,) organisations by area
    role_clarity: Floats  # (O, O) clarity of boundaries at the start, 0..1, symmetric
    formal_agreement: Floats  # (O, O) how much of the relation is held in writing, 0..1, symmetric
    trust_start: Floats  # (O, O) mean first trust of a person of row in a person of column, 0..1
    acquaintance_start: Floats  # (O, O) acquaintance of those known across, at the start, symmetric
    member_start: Ints  # (O + 1,) first of this organisation's people in ``member``
    member: Ints  # (A,) actors grouped by organisation
    # Actors
    actor_key: Ints  # (A,) stable id of the post
    actor_organisation: Ints  # (A,)
    actor_role: Ints  # (A,) index in ROLES
    actor_level: Ints  # (A,) index in LEVELS
    actor_hours: Floats  # (A,) hours a week for this work, >= 0
    actor_mandate: Floats  # (A,) largest size of matter decided alone, 0..3
    actor_mandate_clarity: Floats  # (A,) chance that the person dares to use the mandate, 0..1
    actor_overlap: Floats  # (A,) how much own core tasks touch the plan's work, 0..1
    actor_skill: Floats  # (A, T) skill per theme, 0..1
    actor_leads: Flags  # (A,) a leader whose attention frees the organisation's staff
    actor_resident: Flags  # (A,) an elected resident
    actor_operates: Flags  # (A,) belongs to daily operations (can anchor a method)
    actor_coordinating: Floats  # (A,) share of hours kept for coordinating, 0..1
    actor_turnover: Floats  # (A,) chance to leave within a year, 0..1
    # Fora
    forum_key: Ints  # (F,) stable id
    forum_level: Ints  # (F,) index in LEVELS
    forum_period: Ints  # (F,) weeks between meetings, >= 1
    forum_phase: Ints  # (F,) week of the first meeting, 0..period-1; -1 drawn anew in each run
    forum_order: Ints  # (F,) fora in the order in which they meet within a week
    forum_capacity: Ints  # (F,) matters a meeting can handle
    forum_format: Ints  # (F,) index in FORMATS
    forum_hours: Floats  # (F,) length of a meeting, hours
    forum_preparation: Floats  # (F,) preparation per member and meeting, hours
    forum_right: Ints  # (F,) index in RIGHTS
    forum_mandate: Floats  # (F,) largest size of matter the body may decide, 0..3
    forum_mandate_clarity: Floats  # (F,) chance that the body uses its mandate, 0..1
    forum_of_plan: Flags  # (F,) deals with the plan (false: an internal body of one organisation)
    forum_start: Ints  # (F + 1,) first membership of each forum in ``forum_member``
    forum_member: Ints  # (M,) actors
    mediating_forum: Ints  # (4, O, O) per level the body that settles conflicts of two, or -1
    # Routes: for a matter of an area, from an organisation, of a size, the fora it passes in order
    route_start: Ints  # (R * O * 4 + 1,) first stop of ``(area * O + organisation) * 4 + size``
    route_stop: Ints  # (P,) fora
    # Bodies and what ties them together
    forum_premeeting: Ints  # (F,) weeks from the camps' pre-meeting to the meeting, 0 none
    forum_premeeting_hours: Floats  # (F,) hours of each member at the pre-meeting
    forum_has: Flags  # (F, A) is a member
    forum_covers: Flags  # (F, O) the organisation has a member there
    organisation_middle: Floats  # (O,) do its middle managers take part in bodies of the plan, 0..1
    shared_data: Floats  # (O, O) how far two organisations share data, 0..1; 0 on the diagonal
    organisation_data: Floats  # (O,) data it keeps: the most it shares with one other, 0..1
    # Outside events, S of them
    shock_key: Ints  # (S,) stable id
    shock_kind: Ints  # (S,) index in SHOCKS
    shock_week: Ints  # (S,) week it begins, -1 drawn
    shock_rate: Floats  # (S,) chance to begin within a year where no week is given, 0..1
    shock_weeks: Ints  # (S,) how long it lasts, weeks
    shock_size: Floats  # (S,) share it takes or moves, 0..1; for an acute wave factor on cases
    shock_area: Ints  # (S,) area of an acute wave, -1 all
    shock_hits: Flags  # (S, O) organisations it concerns
    # People and work
    area_framing: Floats  # (R,) how the plan is framed: -1 civilly .. 1 publicly, 0 mixed
    area_pool_hours: Floats  # (R,) pool for joint innovation, hours a year
    organisation_geography: Floats  # (O,) cases go by number to many hands 0 .. by place to few 1
    loyalty: Floats  # (O, O) how loyally people speak of each other, 0..1, symmetric
    failure_owned: Floats  # (O, O) how far failure is owned jointly by agreement, 0..1, symmetric
    actor_activity_hours: Floats  # (A,) hours a week of running activities for residents
    actor_defined_plan: Floats  # (A,) -1 felt the plan imposed .. 1 defined it with others
    actor_lent_to: Ints  # (A,) organisation that the person also works in, -1 none
    actor_lent_share: Floats  # (A,) share of the hours given there, 0 when lent to none
    actor_host_leads: Floats  # (A,) share of the person's leading that lies with the host, 0..1
    host_start: Ints  # (O + 1,) first of those lent to this organisation in ``guest``
    guest: Ints  # (G,) lent people grouped by host
    # What was measured, K pairs of people: takes the place of their start, -1 where not told
    trust_start_spread: Floats  # (O, O) standard deviation of first trust, -1 the parameter's
    measured_first: Ints  # (K,) actor
    measured_second: Ints  # (K,) another actor, of higher number
    measured_trust: Floats  # (K, 2) of the first in the second, of the second in the first, 0..1
    measured_acquaintance: Floats  # (K,) 0 they do not know each other .. 1


def world_hash(structure: Structure) -> str:
    """16 digits that tell two worlds outside apart: areas with their cases, and outside events."""
    digest = hashlib.blake2b(digest_size=8)
    for name in Structure._fields:
        if name.startswith(("area_", "shock_")) and name != "shock_hits":
            digest.update(np.ascontiguousarray(getattr(structure, name)).tobytes())
    return digest.hexdigest()


def by_area(organisation_in_area: Flags) -> tuple[Ints, Ints]:
    """The organisations that take part in each area, end to end, and where each area's begin."""
    areas, organisations = np.nonzero(organisation_in_area.T)
    starts = np.searchsorted(areas, np.arange(organisation_in_area.shape[1] + 1))
    return starts.astype(np.int64), organisations.astype(np.int64)


def seats(
    forum_start: Ints, forum_member: Ints, actor_organisation: Ints, organisations: int
) -> tuple[Flags, Flags]:
    """Who is a member of which body, (F, A), and which organisations have a seat there, (F, O)."""
    fora = len(forum_start) - 1
    people = np.zeros((fora, len(actor_organisation)), dtype=np.bool_)
    homes = np.zeros((fora, organisations), dtype=np.bool_)
    for forum in range(fora):
        members = forum_member[forum_start[forum] : forum_start[forum + 1]]
        people[forum, members] = True
        homes[forum, actor_organisation[members]] = True
    return people, homes


def middle_managers_take_part(
    forum_has: Flags,
    forum_of_plan: Flags,
    actor_organisation: Ints,
    actor_level: Ints,
    actor_hours: Floats,
    organisations: int,
) -> Floats:
    """1 where someone on the tactical level sits in a body of the plan, or there is no such level.

    Where top leaders sit right above the staff, they are the nearest leaders.
    """
    in_plan = forum_has[forum_of_plan].any(axis=0)
    middle = np.ones(organisations)
    for organisation in range(organisations):
        tactical = (actor_organisation == organisation) & (actor_level == TACTICAL)
        tactical &= actor_hours > 0.0  # who has no hours for this work manages nobody in it
        if tactical.any() and not (tactical & in_plan).any():
            middle[organisation] = 0.0
    return middle


def order_of_fora(forum_key: Ints) -> Ints:
    """The order in which fora meet within a week: by stable id, however they are listed."""
    return np.argsort(forum_key, kind="stable").astype(np.int64)
