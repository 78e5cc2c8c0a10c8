"""How each lever changes a scenario. Values are checked before they come here."""

from scenarios.errors import ScenarioError
from scenarios.relations import DEFAULT, WITHIN
from scenarios.routing import deciding_stop, routes_of, with_routes
from scenarios.schema import Forum, Scenario, Text


class LeverError(Exception):
    """Why a lever cannot be turned in this scenario, and what can be done."""

    def __init__(self, problem: str, allowed: str) -> None:
        super().__init__(problem, allowed)
        self.problem, self.allowed = problem, allowed


EXTRA_BODY = "ekstra_led_{}"
EXTRA_PERIOD = 4  # with a calendar of its own, drawn in each run: (4 + 1) / 2 weeks on average
SEATS = 2  # the same people whatever the number of bodies, so that one more changes no other
EXTRA_SIZES = ("medium", "large")
STAFF_OFFICER = "staff_officer"


def lengthen_chain(scenario: Scenario, value: float) -> Scenario:
    """Put bodies of staff officers, two in each and no one in two, before the decision."""
    count = int(value)
    if count == 0:
        return scenario
    bodies = _extra_bodies(scenario, count)
    fora = {**scenario.fora, **bodies}
    routes = routes_of(scenario)
    for (area, organisation, size), stops in routes.items():
        if size in EXTRA_SIZES:
            place = deciding_stop(fora, stops, size)
            routes[area, organisation, size] = (*stops[:place], *bodies, *stops[place:])
    return scenario.model_copy(update={"fora": fora, "routes": with_routes(scenario, routes)})


def _extra_bodies(scenario: Scenario, count: int) -> dict[str, Forum]:
    busy = {member for forum in scenario.fora.values() for member in forum.members}
    officers = [
        key
        for key, actor in scenario.actors.items()
        if actor.role == STAFF_OFFICER and key not in busy
    ]
    if len(officers) < SEATS * count:
        raise LeverError(
            f"{count} extra bodies need {SEATS * count} staff officers who sit in no other body, "
            f"and there are {len(officers)}",
            f"0 to {len(officers) // SEATS} in this scenario",
        )
    return {
        EXTRA_BODY.format(k + 1): Forum(
            source="assumption",
            name=Text(da=f"Ekstra led {k + 1}", en=f"Extra body {k + 1}"),
            level="tactical",
            period_weeks=EXTRA_PERIOD,
            capacity=30,
            hours=1.5,
            preparation_hours=0.5,
            right="consent",
            members=tuple(officers[SEATS * k : SEATS * (k + 1)]),
        )
        for k in range(count)
    }


def set_near_mandate(scenario: Scenario, value: float) -> Scenario:
    """Let the body nearest the work decide up to this size; at 0 it may only advise."""
    near = scenario.near_body
    if near is None:
        raise LeverError(
            "the scenario does not say which body is nearest the work",
            "this lever on a scenario with `near_body`",
        )
    right = "advise" if value <= 0 else "decide"
    update = {"mandate": max(0.0, value), "right": right}
    bodies = {
        key: scenario.fora[key].model_copy(update=update)
        for key in (near, *scenario.near_body_copies)
    }
    changed = scenario.model_copy(update={"fora": {**scenario.fora, **bodies}})
    try:
        routes_of(changed)
    except ScenarioError as error:
        raise LeverError(
            str(error), "a mandate that leaves every matter someone to decide it"
        ) from error
    return changed


def set_first_trust(scenario: Scenario, value: float) -> Scenario:
    """The same mean first trust between all organisations; inside them nothing changes."""
    relations = {
        key: entry
        if key == WITHIN
        else entry.model_copy(update={"trust": value if key == DEFAULT else None})
        for key, entry in scenario.relations.items()
    }
    return scenario.model_copy(update={"relations": relations})
