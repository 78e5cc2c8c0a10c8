"""What holds between each two organisations at the start."""

from scenarios.errors import Places, explain
from scenarios.schema import RelationValues, Scenario

REQUIRED = ("role_clarity", "formal_agreement", "trust", "acquaintance")
# What a scenario may leave out altogether: an agreement then holds as written, no data are shared.
OPTIONAL = {
    "names_resources": 1.0,
    "managers_took_part": 1.0,
    "shared_data": 0.0,
    "loyalty": 0.0,
    "failure_owned": 0.0,
}
FIELDS = (*REQUIRED, *OPTIONAL)
DEFAULT = "default"
WITHIN = "within"
RelationTable = dict[tuple[str, str], dict[str, float]]


def relations_of(scenario: Scenario, places: Places | None = None) -> RelationTable:
    """(organisation, organisation) to the value of each field, 0..1.

    An entry between two organisations beats one between an organisation and a camp, which beats
    one between two camps, which beats ``default``. ``within`` holds inside an organisation. Raises
    ``ScenarioError`` when two equally specific entries set the same value.
    """
    places = places or Places(f"scenario “{scenario.key}”", {})
    table: RelationTable = {}
    for one in scenario.organisations:
        for other in scenario.organisations:
            if one == other:
                values = _values(scenario.relations[WITHIN])
            else:
                values = _pair(scenario, one, other, places)
            table[one, other] = OPTIONAL | values
    return table


def _values(entry: RelationValues) -> dict[str, float]:
    values = {name: getattr(entry, name) for name in FIELDS}
    return {name: value for name, value in values.items() if value is not None}


def _pair(scenario: Scenario, one: str, other: str, places: Places) -> dict[str, float]:
    values = OPTIONAL | _values(scenario.relations[DEFAULT])
    set_by: dict[str, tuple[int, str]] = dict.fromkeys(FIELDS, (-1, DEFAULT))
    for name, entry in scenario.relations.items():
        rank = _rank(scenario, entry, one, other)
        for field, value in _values(entry).items() if rank >= 0 else ():
            former_rank, former = set_by[field]
            if rank == former_rank:
                raise explain(
                    f"{field} between “{one}” and “{other}” is also set by “relations.{former}”",
                    place=places.at("relations", name),
                    field=f"relations.{name}",
                    allowed="one entry between the same two",
                )
            if rank > former_rank:
                values[field], set_by[field] = value, (rank, name)
    return values


def _rank(scenario: Scenario, entry: RelationValues, one: str, other: str) -> int:
    """How specific the entry is about this pair: 2, 1 or 0 organisations named; -1 not about it."""
    if entry.between is None:
        return -1
    first, second = entry.between
    ranks = []
    for a, b in ((one, other), (other, one)):
        if first in (a, scenario.organisations[a].camp) and second in (
            b,
            scenario.organisations[b].camp,
        ):
            ranks.append((first == a) + (second == b))
    return max(ranks, default=-1)
