"""Which bodies a matter passes, for every area, organisation and size."""

from collections.abc import Mapping

from scenarios.errors import Places, explain
from scenarios.schema import EVERYONE, HOME, Forum, Route, Scenario
from simulation.vocabulary import DECIDE, RIGHTS, SIZES

Routes = dict[tuple[str, str, str], tuple[str, ...]]


def routes_of(scenario: Scenario, places: Places | None = None) -> Routes:
    """(area, organisation, size) to the fora passed in order, where there is something to decide.

    An organisation has routes in the areas it takes part in. A route that names the organisation
    beats one that names its camp, which beats ``*``; among these one that names the area beats one
    for all areas. Raises ``ScenarioError`` when two equally specific routes claim the same matters,
    when none does, or when the last body may not decide.
    """
    places = places or Places(f"scenario “{scenario.key}”", {})
    routes: Routes = {}
    for area in scenario.areas:
        claims = _claims(scenario, area)
        for organisation in organisations_in(scenario, area):
            for size in SIZES[1:]:
                name = _route_for(scenario, claims, area, organisation, size, places)
                stops = _stops(scenario, organisation, scenario.routes[name])
                _check_reachable(scenario, name, organisation, size, stops, places)
                routes[area, organisation, size] = stops
    return routes


def organisations_in(scenario: Scenario, area: str) -> list[str]:
    """The organisations that take part in the area, in the order of the scenario."""
    return [
        key
        for key, one in scenario.organisations.items()
        if EVERYONE in one.areas or area in one.areas
    ]


def way_of(routes: Routes, organisation: str, size: str) -> tuple[str, ...]:
    """The way in the first area that the organisation takes part in; empty if in none."""
    return next((stops for (_, *key), stops in routes.items() if key == [organisation, size]), ())


def seen_from_first_area(scenario: Scenario) -> Scenario:
    """The scenario without the organisations and bodies that belong to further areas alone.

    Areas that share all bodies are seen together.
    """
    area = next(iter(scenario.areas))
    if all(forum.area is None for forum in scenario.fora.values()):
        return scenario
    inside = organisations_in(scenario, area)
    return scenario.model_copy(
        update={
            "organisations": {key: scenario.organisations[key] for key in inside},
            "fora": {
                key: forum
                for key, forum in scenario.fora.items()
                if forum.area is None or forum.area == area
            },
        }
    )


def may_decide(forum: Forum, size: str) -> bool:
    """Whether the body has the right and the mandate to decide a matter of this size."""
    return forum.right == RIGHTS[DECIDE] and forum.mandate >= SIZES.index(size)


def deciding_stop(fora: Mapping[str, Forum], stops: tuple[str, ...], size: str) -> int:
    """Position of the first body on the route that may decide."""
    return next(k for k, stop in enumerate(stops) if may_decide(fora[stop], size))


def mean_wait(fora: Mapping[str, Forum], stops: tuple[str, ...], size: str) -> float:
    """Weeks from asking to an answer by arithmetic: (T + 1) / 2 at each body that is reached,
    plus the weeks between its pre-meetings and its meeting.

    Holds when every body approves at once, agendas have room and calendars are independent; a
    body that may decide but does not dare (mandate clarity) passes the matter on.
    """
    reached, weeks = 1.0, 0.0
    for stop in stops:
        weeks += reached * ((fora[stop].period_weeks + 1) / 2 + fora[stop].premeeting_weeks)
        if may_decide(fora[stop], size):
            reached *= 1.0 - fora[stop].mandate_clarity
    return weeks


def with_routes(scenario: Scenario, routes: Routes) -> dict[str, Route]:
    """Routes written out one by one, as data for a changed scenario."""
    return {
        f"{area}_{organisation}_{size}": Route.model_validate({
            "areas": [area], "from": [organisation], "size": [size], "via": stops,
            "source": "assumption",
        })
        for (area, organisation, size), stops in routes.items()
    }  # fmt: skip


Claims = dict[tuple[str, str, bool], list[str]]


def _claims(scenario: Scenario, area: str) -> Claims:
    """Origin, size and whether the area is named, to the routes that claim such matters."""
    claims: Claims = {}
    for name, route in scenario.routes.items():
        if area not in route.areas and EVERYONE not in route.areas:
            continue
        for origin in route.origins:
            for size in route.size:
                claims.setdefault((origin, size, area in route.areas), []).append(name)
    return claims


def _route_for(
    scenario: Scenario, claims: Claims, area: str, organisation: str, size: str, places: Places
) -> str:
    camp = scenario.organisations[organisation].camp
    for origin in (organisation, camp, EVERYONE):
        for named in (True, False):
            found = claims.get((origin, size, named), [])
            if len(found) > 1:
                raise explain(
                    f"matters of size “{size}” from “{origin}” are also claimed by "
                    f"“routes.{found[0]}”; only one route may",
                    place=places.at("routes", found[1]),
                    field=f"routes.{found[1]}",
                )
            if found:
                return found[0]
    where = f" in “{area}”" if len(scenario.areas) > 1 else ""
    raise explain(
        f"unreachable decision: no route says where a matter of size “{size}” from "
        f"“{organisation}”{where} goes",
        place=places.at("routes"),
        field="routes",
        allowed=f"a route from “{organisation}”, from “{camp}” or from “*”",
    )


def _stops(scenario: Scenario, organisation: str, route: Route) -> tuple[str, ...]:
    """The route with `home` filled in and no body twice (the first time counts)."""
    home = scenario.organisations[organisation].home_body
    stops = [home if stop == HOME else stop for stop in route.via]
    return tuple(dict.fromkeys(stop for stop in stops if stop is not None))


def _check_reachable(
    scenario: Scenario,
    name: str,
    organisation: str,
    size: str,
    stops: tuple[str, ...],
    places: Places,
) -> None:
    if stops and may_decide(scenario.fora[stops[-1]], size):
        return
    end = f"ends at “{stops[-1]}”, which may not decide it" if stops else "passes no body"
    why = ""
    if stops:
        last = scenario.fora[stops[-1]]
        why = f" (its right is “{last.right}”, its mandate {last.mandate:g})"
    raise explain(
        f"unreachable decision: the route of a matter of size “{size}” from “{organisation}” "
        f"{end}{why}",
        place=places.at("routes", name, "via"),
        field=f"routes.{name}.via",
        allowed=f"a last body with right “decide” and mandate {SIZES.index(size)} or more",
    )
