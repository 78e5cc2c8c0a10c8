"""From a scenario to the arrays that a run works on."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from scenarios.levers import turned
from scenarios.relations import relations_of
from scenarios.routing import routes_of
from scenarios.schema import EVERYONE, LENT_LEADERS, Actor, Scenario, Text
from scenarios.surveying import measured
from simulation.ablation import structure_without
from simulation.randomness import stable_id
from simulation.rules.boundaries import agreement_in_force
from simulation.structure import (
    Flags,
    Floats,
    Ints,
    Structure,
    by_area,
    middle_managers_take_part,
    order_of_fora,
    seats,
)
from simulation.vocabulary import (
    ACUTE_WAVE,
    ADVISE,
    CAMPS,
    FORMATS,
    LEVELS,
    NOBODY,
    ORGANISATION_KINDS,
    RIGHTS,
    ROLES,
    SHOCKS,
    SIZES,
    THEMES,
)

RESIDENT_ROLE = "beboerdemokrat"
NOT_TOLD = -1.0


class Labels(NamedTuple):
    """Ids and names of areas, organisations, actors and fora in the order of the arrays."""

    areas: dict[str, Text]
    organisations: dict[str, Text]
    actors: dict[str, Text]
    fora: dict[str, Text]


def labels(scenario: Scenario) -> Labels:
    """Id to name for everyone and everything that :func:`build` numbers, levers included."""
    final = turned(scenario)
    return Labels(
        *(
            {key: entry.name for key, entry in getattr(final, name).items()}
            for name in Labels._fields
        )
    )


def build(scenario: Scenario) -> Structure:
    """The arrays of a scenario with its levers turned; see ``simulation.structure`` for shapes.

    Order is the order of the merged scenario. Raises ``ScenarioError`` if a lever cannot be turned.
    """
    final = turned(scenario)
    structure = Structure(
        **_areas(final), **_organisations(final), **_relations(final), **_actors(final),
        **_fora(final), **_routes(final), **_ties_of_bodies(final), **_events(final),
        **_pairs_measured(final),
    )  # fmt: skip
    return structure_without(structure, final.switched_off())


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _floats(values: Iterable[Any]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _flags(values: Iterable[Any]) -> Flags:
    return np.array(list(values), dtype=np.bool_)


def _shares(weights: dict[str, float], names: tuple[str, ...]) -> list[float]:
    total = sum(weights.values())
    return [weights.get(name, 0.0) / total for name in names]


def _levels(values: dict[str, float]) -> list[float]:
    return [values.get(theme, 0.0) for theme in THEMES]


def _starts(lists: Iterable[list[int]]) -> Ints:
    return np.cumsum([0, *(len(one) for one in lists)]).astype(np.int64)


def _joined(lists: Iterable[list[int]]) -> Ints:
    return _ints(item for one in lists for item in one)


def _areas(scenario: Scenario) -> dict[str, Any]:
    areas = scenario.areas.values()
    return {
        "area_key": _ints(stable_id(key) for key in scenario.areas),
        "area_case_rate": _floats(area.case_rate for area in areas),
        "area_needs": _floats(_shares(area.needs, THEMES) for area in areas),
        "area_size_share": _floats(_shares(area.size_share, SIZES) for area in areas),
        "area_hours_mean": _floats(area.hours_mean for area in areas),
        "area_hours_spread": _floats(area.hours_spread for area in areas),
        "area_urgency_weeks": _floats(area.urgency_weeks for area in areas),
        "area_acceptance": _floats(area.acceptance for area in areas),
        "area_framing": _floats(area.framing for area in areas),
        "area_pool_hours": _floats(area.innovation_pool_hours for area in areas),
    }


def _organisations(scenario: Scenario) -> dict[str, Any]:
    organisations = scenario.organisations.values()
    people = [
        [k for k, actor in enumerate(scenario.actors.values()) if actor.organisation == key]
        for key in scenario.organisations
    ]
    in_area = _flags(
        [EVERYONE in one.areas or area in one.areas for area in scenario.areas]
        for one in organisations
    )
    local_start, local = by_area(in_area)
    return {
        "organisation_key": _ints(stable_id(key) for key in scenario.organisations),
        "organisation_kind": _ints(ORGANISATION_KINDS.index(one.kind) for one in organisations),
        "organisation_camp": _ints(CAMPS.index(one.camp) for one in organisations),
        "organisation_goals": _floats(_shares(one.goals, THEMES) for one in organisations),
        "organisation_relevance": _floats(_levels(one.relevance) for one in organisations),
        "organisation_desk": _floats(one.desk for one in organisations),
        "organisation_control": _floats(one.control for one in organisations),
        "organisation_attention": _floats(one.attention for one in organisations),
        "organisation_in_area": in_area,
        "share_an_area": in_area @ in_area.T,
        "local_start": local_start,
        "local": local,
        "organisation_geography": _floats(one.geography for one in organisations),
        "member_start": _starts(people),
        "member": _joined(people),
    }


def _relations(scenario: Scenario) -> dict[str, Any]:
    table = relations_of(scenario)
    keys = list(scenario.organisations)
    told = measured(scenario)
    no_spread = np.full((len(keys), len(keys)), NOT_TOLD)

    def matrix(field: str) -> Floats:
        return _floats([table[one, other][field] for other in keys] for one in keys)

    data = matrix("shared_data") * (1.0 - np.eye(len(keys)))
    return {
        "role_clarity": matrix("role_clarity"),
        "formal_agreement": _agreements_in_force(matrix),
        "trust_start": _with(matrix("trust"), keys, told.organisation_trust),
        "trust_start_spread": _with(no_spread, keys, told.organisation_spread),
        "acquaintance_start": matrix("acquaintance"),
        "shared_data": data,
        "organisation_data": data.max(axis=1),
        "loyalty": matrix("loyalty"),
        "failure_owned": matrix("failure_owned"),
    }


def _with(matrix: Floats, keys: list[str], told: dict[tuple[str, str], float]) -> Floats:
    """The matrix with what was measured in place of what stood there."""
    place = {key: k for k, key in enumerate(keys)}
    for (one, other), value in told.items():
        matrix[place[one], place[other]] = value
    return matrix


def _pairs_measured(scenario: Scenario) -> dict[str, Any]:
    """Each pair of people that was measured once, in the order of the actors."""
    told = measured(scenario)
    keys = list(scenario.actors)
    place = {key: k for k, key in enumerate(keys)}
    pairs = sorted(
        {tuple(sorted((place[a], place[b]))) for a, b in (*told.trust, *told.acquaintance)}
    )
    named = [(keys[i], keys[j]) for i, j in pairs]
    trust = [told.trust.get(one, NOT_TOLD) for pair in named for one in (pair, (pair[1], pair[0]))]
    return {
        "measured_first": _ints(pair[0] for pair in pairs),
        "measured_second": _ints(pair[1] for pair in pairs),
        "measured_trust": _floats(trust).reshape(len(pairs), 2),
        "measured_acquaintance": _floats(told.acquaintance.get(one, NOT_TOLD) for one in named),
    }


def _agreements_in_force(matrix: Callable[[str], Floats]) -> Floats:
    """What is written, as far as it regulates in reality."""
    fields = ("formal_agreement", "names_resources", "managers_took_part")
    given = [matrix(field).ravel() for field in fields]
    force = _floats(agreement_in_force(*three) for three in zip(*given, strict=True))
    return force.reshape(matrix(fields[0]).shape)


def _actors(scenario: Scenario) -> dict[str, Any]:
    people = [scenario.person(key) for key in scenario.actors]
    place = {key: k for k, key in enumerate(scenario.organisations)}
    return {
        "actor_key": _ints(stable_id(key) for key in scenario.actors),
        "actor_organisation": _ints(place[one.organisation] for one in people),
        "actor_role": _ints(ROLES.index(one.role) for one in people),
        "actor_level": _ints(LEVELS.index(one.level) for one in people),
        "actor_hours": _floats(one.hours for one in people),
        "actor_mandate": _floats(one.mandate for one in people),
        "actor_mandate_clarity": _floats(one.mandate_clarity for one in people),
        "actor_overlap": _floats(one.overlap for one in people),
        "actor_skill": _floats(_levels(one.skill) for one in people),
        "actor_leads": _flags(one.leads for one in people),
        "actor_resident": _flags(one.role == RESIDENT_ROLE for one in people),
        "actor_operates": _flags(one.operates for one in people),
        "actor_coordinating": _floats(one.coordinating for one in people),
        "actor_turnover": _floats(one.turnover for one in people),
        "actor_activity_hours": _floats(one.activity_hours for one in people),
        "actor_defined_plan": _floats(
            2.0 * _defined_plan(scenario, actor) - 1.0 for actor in scenario.actors.values()
        ),
        **_lent(scenario),
    }


def _defined_plan(scenario: Scenario, actor: Actor) -> float:
    """What the actor says, else what its organisation says."""
    if actor.defined_plan is not None:
        return actor.defined_plan
    return scenario.organisations[actor.organisation].defined_plan


def _lent(scenario: Scenario) -> dict[str, Any]:
    """Who is lent where, and the lent grouped by the organisation they are lent to."""
    actors = list(scenario.actors.values())
    hosts = [
        [k for k, one in enumerate(actors) if one.lent_to == key] for key in scenario.organisations
    ]
    place = {key: k for k, key in enumerate(scenario.organisations)}
    lent = [one.lent_to is not None for one in actors]
    leads = [LENT_LEADERS.index(one.leader) / (len(LENT_LEADERS) - 1) for one in actors]
    return {
        "actor_lent_to": _ints(
            NOBODY if one.lent_to is None else place[one.lent_to] for one in actors
        ),
        "actor_lent_share": _floats(
            one.lent_share * is_lent for one, is_lent in zip(actors, lent, strict=True)
        ),
        "actor_host_leads": _floats(
            share * is_lent for share, is_lent in zip(leads, lent, strict=True)
        ),
        "host_start": _starts(hosts),
        "guest": _joined(hosts),
    }


def _fora(scenario: Scenario) -> dict[str, Any]:
    fora = scenario.fora.values()
    place = {key: k for k, key in enumerate(scenario.actors)}
    members = [[place[member] for member in forum.members] for forum in fora]
    return {
        "forum_key": _ints(stable_id(key) for key in scenario.fora),
        "forum_level": _ints(LEVELS.index(forum.level) for forum in fora),
        "forum_period": _ints(forum.period_weeks for forum in fora),
        "forum_phase": _ints(
            -1 if forum.phase_week is None else forum.phase_week for forum in fora
        ),
        "forum_order": order_of_fora(_ints(stable_id(key) for key in scenario.fora)),
        "forum_capacity": _ints(forum.capacity for forum in fora),
        "forum_format": _ints(FORMATS.index(forum.format) for forum in fora),
        "forum_hours": _floats(forum.hours for forum in fora),
        "forum_preparation": _floats(forum.preparation_hours for forum in fora),
        "forum_premeeting": _ints(forum.premeeting_weeks for forum in fora),
        "forum_premeeting_hours": _floats(forum.premeeting_hours for forum in fora),
        "forum_right": _ints(RIGHTS.index(forum.right) for forum in fora),
        "forum_mandate": _floats(forum.mandate for forum in fora),
        "forum_mandate_clarity": _floats(forum.mandate_clarity for forum in fora),
        "forum_of_plan": _flags(forum.of_plan for forum in fora),
        "forum_start": _starts(members),
        "forum_member": _joined(members),
        "mediating_forum": mediating_fora(scenario),
    }


def _ties_of_bodies(scenario: Scenario) -> dict[str, Any]:
    fora, actors = _fora(scenario), _actors(scenario)
    homes, organisations = actors["actor_organisation"], len(scenario.organisations)
    has, covers = seats(fora["forum_start"], fora["forum_member"], homes, organisations)
    middle = middle_managers_take_part(
        has,
        fora["forum_of_plan"],
        homes,
        actors["actor_level"],
        actors["actor_hours"],
        organisations,
    )
    return {"forum_has": has, "forum_covers": covers, "organisation_middle": middle}


def mediating_fora(scenario: Scenario) -> Ints:
    """(4, O, O) per level the plan's body with people from both and a say, or -1.

    The most frequent, then the first in the scenario; -1 on the diagonal.
    """
    place = {key: k for k, key in enumerate(scenario.organisations)}
    table = np.full((len(LEVELS), len(place), len(place)), NOBODY, dtype=np.int64)
    fora = list(scenario.fora.values())
    order = sorted(
        (k for k, one in enumerate(fora) if one.of_plan and RIGHTS.index(one.right) >= ADVISE),
        key=lambda k: (fora[k].period_weeks, k),
    )
    for k in reversed(order):
        present = [place[scenario.actors[member].organisation] for member in fora[k].members]
        table[LEVELS.index(fora[k].level)][np.ix_(present, present)] = k
    table[:, range(len(place)), range(len(place))] = NOBODY
    return table


def _events(scenario: Scenario) -> dict[str, Any]:
    events, areas = scenario.events.values(), list(scenario.areas)
    hits = np.zeros((len(events), len(scenario.organisations)), dtype=np.bool_)
    for row, event in enumerate(events):
        for column, (key, one) in enumerate(scenario.organisations.items()):
            hits[row, column] = not {key, one.camp, EVERYONE}.isdisjoint(event.concerns)
    return {
        "shock_key": _ints(stable_id(key) for key in scenario.events),
        "shock_kind": _ints(SHOCKS.index(event.kind) for event in events),
        "shock_week": _ints(NOBODY if event.week is None else event.week for event in events),
        "shock_rate": _floats(event.yearly_chance for event in events),
        "shock_weeks": _ints(event.weeks for event in events),
        "shock_size": _floats(
            event.factor if event.kind == SHOCKS[ACUTE_WAVE] else event.share for event in events
        ),
        "shock_area": _ints(
            NOBODY if event.area is None else areas.index(event.area) for event in events
        ),
        "shock_hits": hits,
    }


def _routes(scenario: Scenario) -> dict[str, Any]:
    place = {key: k for k, key in enumerate(scenario.fora)}
    routes = routes_of(scenario)
    stops = [
        [place[stop] for stop in routes.get((area, organisation, size), ())]
        for area in scenario.areas
        for organisation in scenario.organisations
        for size in SIZES
    ]
    return {"route_start": _starts(stops), "route_stop": _joined(stops)}
