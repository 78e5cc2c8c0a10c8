"""Switches: each mechanism can be taken out, with its benefit and its price, by changing data.

No phase knows of this: a mechanism is off when the numbers it works through are neutral. With all
of them off, organisation models that share area and people must give the same cases, step by step;
only how many meetings are held, and who has met there, may differ, by arithmetic
(``NULL_MODEL_MAY_DIFFER``).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from simulation.parameters import Parameters
from simulation.structure import Structure
from simulation.vocabulary import ADVISE, DECIDE, INFORMED, N_SIZES, NOBODY

NEUTRAL: Final = 0.5

# Parameters that are set to a fixed number when a mechanism is off.
PARAMETERS_OFF: Final[Mapping[str, Mapping[str, float]]] = {
    "trust": {
        "trust_gain": 0.0, "trust_loss": 0.0, "openness_gain": 0.0, "openness_loss": 0.0,
        "trust_passed_on": 0.0, "trust_spread": 0.0, "conflict_trust_loss": 0.0,
        "agreement_from_trust": 0.0, "cover_mistrust": 0.0, "lent_suspicion": 0.0,
        "lent_local_trust": 0.0,
    },
    "acquaintance": {"acquaintance_matters": 0.0},
    "goals": {"goal_learning": 0.0, "goal_drift": 0.0, "goal_spread": 0.0},
    "role_clarity": {
        "conflict_chance": 0.0, "clarity_gain": 0.0, "clarity_decay": 0.0,
        "agreement_rigidity": 0.0,
    },
    "mandate": {},
    "decision_chain": {"wait_price": 0.0},
    "meetings": {},
    "leaders_attention": {
        "attention_gain": 0.0, "attention_from_results": 0.0, "attention_decay": 0.0,
        "attention_frees": 0.0, "attendance_from_attention": 0.0, "doors_opened": 0.0,
        "attention_reach": 1.0,
    },
    "control": {"control_narrows": 0.0, "free_riding": 0.0},
    "task_overlap": {},
    "ownership": {
        "ownership_from_say": 0.0, "ownership_from_hours": 0.0, "ownership_decay": 0.0,
        "refusal_hurts": 0.0, "acceptance_from_say": 0.0, "acceptance_from_results": 0.0,
        "acceptance_lost_unheard": 0.0, "acceptance_decay": 0.0, "resident_agenda_price": 0.0,
        "attendance_from_ownership": 0.0,
    },
    "programme_leadership": {"leading_absorbed": 0.0},
    "anchoring": {"anchoring_chance": 0.0, "method_life": 208.0, "method_bonus": 0.0},
    "outside_events": {},
    "many_meetings": {"attendance_meetings_price": 0.0},
    "pre_meetings": {"premeeting_gain": 0.0},
    "linking_persons": {"linking_gain": 0.0, "linking_hours": 0.0},
    "seeking_cover": {"cover_mistrust": 0.0},
    "goodwill": {"goodwill_needed": 0.0},
    "shared_data": {"data_turns": 0.0, "data_hours": 0.0},
    "advice": {"advice_weight": 0.0},
    "detail_steering": {"detail_steering": 0.0, "delegation_confidence": 1.1},
    # People and work
    "side_by_side": {
        "common_time": 1.0, "sitting_hours": 0.0, "ahead_of_others": 1.0,
        "together_after_conflict": 0.0, "together_when_late": 0.0,
    },
    "activities": {
        "active_from_tasks": 0.0, "active_from_activities": 0.0, "active_lifts": 0.0,
        "acceptance_from_activities": 0.0,
    },
    "lent_staff": {},
    "loyal_talk": {},
    "failure_owned": {},
    "defining_plan": {},
    "framing": {},
    "direction": {"own_goals_drift": 0.0, "direction_for_new": 0.0},
    "in_house": {"in_house_suffices": 0.0},
    "split_gains": {"gains_elsewhere": 0.0},
    "geography": {},
    "consent": {"named_resident": 0.0},
    "innovation_pool": {},
    "passing_on": {"method_passed_on": 0.0},
    "moves": {"move_chance": 0.0},
}  # fmt: skip

SHOCK_FIELDS: Final = tuple(name for name in Structure._fields if name.startswith("shock_"))
MECHANISMS: Final = tuple(PARAMETERS_OFF)

NULL_MODEL_MAY_DIFFER: Final = (
    "meetings_held",
    "meetings_failed",
    "acquaintance_between",
    "ties_between",
)


def _without_route_detours(structure: Structure) -> dict[str, Any]:
    """Every route goes straight to the body that decides: the first that may, or else the last."""
    may_decide = np.where(structure.forum_right == DECIDE, structure.forum_mandate, -1)
    start, stops = [0], []
    for route in range(len(structure.route_start) - 1):
        first, end = int(structure.route_start[route]), int(structure.route_start[route + 1])
        on_the_way = structure.route_stop[first:end]
        able = on_the_way[may_decide[on_the_way] >= route % N_SIZES]
        stops += [int(stop) for stop in (*able, *on_the_way[-1:])][:1]
        start.append(len(stops))
    return {
        "route_start": np.array(start, dtype=np.int64),
        "route_stop": np.array(stops, dtype=np.int64),
    }


def _same_goals(structure: Structure) -> dict[str, Any]:
    mean = structure.organisation_goals.mean(axis=0)
    return {"organisation_goals": np.tile(mean, (len(structure.organisation_key), 1))}


def _structure_off(structure: Structure, mechanism: str) -> dict[str, Any]:
    """Arrays of the structure that are neutral when a mechanism is off."""
    full, zero = np.full_like, np.zeros_like
    if mechanism == "trust":
        told = structure.measured_trust
        return {
            "trust_start": full(structure.trust_start, NEUTRAL),
            "trust_start_spread": full(structure.trust_start_spread, -1.0),
            "measured_trust": np.where(told < 0.0, told, NEUTRAL),
        }
    if mechanism == "goals":
        return _same_goals(structure)
    if mechanism == "role_clarity":
        return {
            "role_clarity": full(structure.role_clarity, NEUTRAL),
            "formal_agreement": zero(structure.formal_agreement),
        }
    if mechanism == "mandate":
        return {
            "actor_mandate": full(structure.actor_mandate, N_SIZES - 1.0),
            "actor_mandate_clarity": full(structure.actor_mandate_clarity, 1.0),
            "forum_mandate_clarity": full(structure.forum_mandate_clarity, 1.0),
        }
    if mechanism == "decision_chain":
        return _without_route_detours(structure)
    if mechanism == "meetings":
        return {
            "forum_hours": zero(structure.forum_hours),
            "forum_premeeting_hours": zero(structure.forum_premeeting_hours),
            "forum_preparation": zero(structure.forum_preparation),
        }
    if mechanism == "leaders_attention":
        return {"organisation_attention": full(structure.organisation_attention, NEUTRAL)}
    if mechanism == "control":
        return {"organisation_control": full(structure.organisation_control, NEUTRAL)}
    if mechanism == "task_overlap":
        return {"actor_overlap": full(structure.actor_overlap, NEUTRAL)}
    if mechanism == "programme_leadership":
        return {"actor_coordinating": zero(structure.actor_coordinating)}
    if mechanism == "pre_meetings":
        return {
            "forum_premeeting": zero(structure.forum_premeeting),
            "forum_premeeting_hours": zero(structure.forum_premeeting_hours),
        }
    if mechanism == "advice":
        right = structure.forum_right
        return {"forum_right": np.where(right == ADVISE, INFORMED, right)}
    if mechanism == "shared_data":
        return {
            "shared_data": zero(structure.shared_data),
            "organisation_data": zero(structure.organisation_data),
        }
    if mechanism == "outside_events":
        none = {name: getattr(structure, name)[:0] for name in SHOCK_FIELDS}
        return {"actor_turnover": zero(structure.actor_turnover), **none}
    return _people_and_work_off(structure, mechanism)


# Arrays of the structure that are all zero when a mechanism is off.
ZERO_WHEN_OFF: Final[Mapping[str, tuple[str, ...]]] = {
    "activities": ("actor_activity_hours",),
    "loyal_talk": ("loyalty",),
    "failure_owned": ("failure_owned",),
    "defining_plan": ("actor_defined_plan",),
    "framing": ("area_framing",),
    "geography": ("organisation_geography",),
    "innovation_pool": ("area_pool_hours",),
    "lent_staff": ("actor_lent_share", "actor_host_leads", "host_start"),
}


def _people_and_work_off(structure: Structure, mechanism: str) -> dict[str, Any]:
    arrays = {name: getattr(structure, name) for name in ZERO_WHEN_OFF.get(mechanism, ())}
    off: dict[str, Any] = {name: np.zeros_like(array) for name, array in arrays.items()}
    if mechanism == "lent_staff":
        off["actor_lent_to"] = np.full_like(structure.actor_lent_to, NOBODY)
        off["guest"] = structure.guest[:0].copy()
    return off


def structure_without(structure: Structure, mechanisms: Iterable[str]) -> Structure:
    """The organised world as it is when some mechanisms are off.

    Raises:
        ValueError: for a name that is not in ``MECHANISMS``.
    """
    for mechanism in _known(mechanisms):
        structure = structure._replace(**_structure_off(structure, mechanism))
    return structure


def parameters_without(parameters: Parameters, mechanisms: Iterable[str]) -> Parameters:
    """The parameters as they are when some mechanisms are off.

    Raises:
        ValueError: for a name that is not in ``MECHANISMS``.
    """
    for mechanism in _known(mechanisms):
        parameters = parameters._replace(**PARAMETERS_OFF[mechanism])
    return parameters


def _known(mechanisms: Iterable[str]) -> tuple[str, ...]:
    names = tuple(mechanisms)
    for name in names:
        if name not in PARAMETERS_OFF:
            allowed = ", ".join(MECHANISMS)
            raise ValueError(f"no mechanism {name!r} to switch off; there are {allowed}")
    return names
