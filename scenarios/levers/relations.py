"""Levers on what holds between organisations at the start: trust, agreements, maturity."""

from typing import Final

from scenarios.levers.lever import ALL, PAIR_SIGN, TurnAt, Turning, one_by_one
from scenarios.relations import DEFAULT, WITHIN
from scenarios.schema import RelationValues, Scenario

LEVER_RELATION = "haandtag_{}_{}"

# What maturity 0 and 1 mean; in between the values lie on the line between the two.
STRANGERS: Final = {"trust": 0.25, "acquaintance": 0.05, "role_clarity": 0.10}
PARTNERS: Final = {"trust": 0.75, "acquaintance": 0.60, "role_clarity": 0.80}
KNOWN_TO_STRANGERS: Final = 0.02
KNOWN_TO_PARTNERS: Final = 0.30


def set_between(field: str) -> TurnAt:
    """Set one field of the relations between organisations; inside them nothing changes."""

    def turn_at(scenario: Scenario, target: str, value: float) -> Scenario:
        if target == ALL:
            return _between_all(scenario, field, value)
        one, other = target.split(PAIR_SIGN)
        cleared = _cleared(scenario, field, one, other)
        entry = RelationValues.model_validate(
            {"between": [one, other], field: value, "source": "assumption"}
        )
        added = {}
        for a, b in _specific(scenario, one, other):
            existing = _entry_about(cleared, a, b)
            added[existing or LEVER_RELATION.format(a, b)] = (
                cleared[existing].model_copy(update={field: value})
                if existing
                else entry.model_copy(update={"between": (a, b)})
            )
        return scenario.model_copy(update={"relations": {**cleared, **added}})

    return turn_at


def _between_all(scenario: Scenario, field: str, value: float) -> Scenario:
    relations = {
        key: entry
        if key == WITHIN
        else entry.model_copy(update={field: value if key == DEFAULT else None})
        for key, entry in scenario.relations.items()
    }
    return scenario.model_copy(update={"relations": relations})


def _cleared(scenario: Scenario, field: str, one: str, other: str) -> dict[str, RelationValues]:
    """The relations, with the field left out where an entry speaks of a part of the pair."""
    relations = {}
    for key, entry in scenario.relations.items():
        sides = entry.between
        inside = sides is not None and any(
            _is_in(scenario, a, one) and _is_in(scenario, b, other) for a, b in (sides, sides[::-1])
        )
        relations[key] = entry.model_copy(update={field: None}) if inside else entry
    return relations


def _is_in(scenario: Scenario, side: str, other: str) -> bool:
    organisation = scenario.organisations.get(side)
    return side == other or (organisation is not None and organisation.camp == other)


def _specific(scenario: Scenario, one: str, other: str) -> list[tuple[str, str]]:
    """The pair as it is if two camps; else every pair of organisations that it speaks of."""
    if one not in scenario.organisations and other not in scenario.organisations:
        return [(one, other)]
    first, second = (
        [key for key in scenario.organisations if _is_in(scenario, key, side)]
        for side in (one, other)
    )
    return [(a, b) for a in first for b in second if a != b]


def _entry_about(relations: dict[str, RelationValues], one: str, other: str) -> str:
    for key, entry in relations.items():
        if entry.between is not None and set(entry.between) == {one, other}:
            return key
    return ""


def set_trust_within(scenario: Scenario, value: float) -> Scenario:
    """The same mean first trust between colleagues everywhere."""
    within = scenario.relations[WITHIN].model_copy(update={"trust": value})
    return scenario.model_copy(update={"relations": {**scenario.relations, WITHIN: within}})


def set_maturity(scenario: Scenario, value: float) -> Scenario:
    """Trust, acquaintance and role clarity between organisations, and how many know someone."""
    for field, lowest in STRANGERS.items():
        level = lowest + value * (PARTNERS[field] - lowest)
        scenario = _between_all(scenario, field, level)
    known = KNOWN_TO_STRANGERS + value * (KNOWN_TO_PARTNERS - KNOWN_TO_STRANGERS)
    parameters = {**scenario.parameters, "known_at_start": known}
    return scenario.model_copy(update={"parameters": parameters})


def set_backing(scenario: Scenario, value: float) -> Scenario:
    """How far agreements name staff hours and were made with the managers of those staff."""
    for field in ("names_resources", "managers_took_part"):
        scenario = _between_all(scenario, field, value)
    return scenario


TURNINGS: Final = {
    "initial_maturity": Turning(set_maturity),
    "initial_trust": one_by_one(set_between("trust")),
    "initial_trust_within": Turning(set_trust_within),
    "initial_role_clarity": one_by_one(set_between("role_clarity")),
    "formal_agreement": one_by_one(set_between("formal_agreement")),
    "agreement_backing": Turning(set_backing),
    "loyalty": one_by_one(set_between("loyalty")),
    "failure_owned": one_by_one(set_between("failure_owned")),
    "shared_data": one_by_one(set_between("shared_data")),
}
