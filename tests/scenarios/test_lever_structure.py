"""What the larger levers make of a scenario: who sits where, who is there, where matters go."""

import pytest

import scenarios
from scenarios import Scenario, turned, with_settings
from scenarios.levers.changing import organisations_of, shared_bodies, with_role
from scenarios.routing import routes_of

MODEL = "lokal_fagprofessionel"
RESIDENT = "beboerdemokrat"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return scenarios.load(MODEL)


def turn(scenario: Scenario, **levers: object) -> Scenario:
    return turned(
        with_settings(scenario, {f"levers.{key}": value for key, value in levers.items()})
    )


def residents_in(scenario: Scenario) -> dict[str, int]:
    """How many elected residents sit in each body of the plan that matters pass."""
    passed = {stop for stops in routes_of(scenario).values() for stop in stops}
    return {
        key: sum(scenario.actors[one].role == RESIDENT for one in forum.members)
        for key, forum in scenario.fora.items()
        if forum.of_plan and key in passed
    }


def test_residents_sit_where_their_place_says(scenario: Scenario) -> None:
    assert sum(residents_in(turn(scenario, residents_place="none")).values()) == 0
    told = turn(scenario, residents_place="informed")
    heard = turn(scenario, residents_place="heard")
    assert told.fora["beboernes_forum_middelby"].right == "informed"
    assert heard.fora["beboernes_forum_middelby"].right == "advise"
    assert [key for key, count in residents_in(heard).items() if count] == [
        "beboernes_forum_middelby"
    ]
    assert "beboernes_forum_middelby" in routes_of(heard)["middelby", "skole", "large"]
    assert "beboernes_forum_middelby" not in routes_of(heard)["middelby", "skole", "small"]
    deciding = residents_in(turn(scenario, residents_place="co_deciding"))
    assert deciding["driftsgruppe"] > 0
    assert deciding["styregruppe"] > 0
    own = turn(scenario, residents_place="self_deciding")
    assert own.fora["beboernes_forum_middelby"].right == "decide"
    assert all(stops[0] == "beboernes_forum_middelby" for stops in routes_of(own).values())


@pytest.mark.parametrize("posts", [1, 3, 9])
def test_the_secretariat_has_as_many_posts_as_asked_for(scenario: Scenario, posts: int) -> None:
    final = turn(scenario, secretariat_size=posts)
    staff = [key for key, one in final.actors.items() if one.organisation == "sekretariat"]
    assert len(staff) == posts
    assert "projektleder" in staff
    assert set(final.fora["sekretariatsmoede"].members) == set(staff)


def test_the_coordinator_moves_with_the_home_body_and_what_the_department_knows(
    scenario: Scenario,
) -> None:
    neutral = turn(scenario, coordinator="neutral")
    sector = turn(scenario, coordinator="sector")
    none = turn(scenario, coordinator="none")
    assert neutral.actors["boligsocial_koordinator"].organisation == "borgmesterforvaltning"
    assert sector.actors["boligsocial_koordinator"].organisation == "boern_unge"
    assert "boligsocial_koordinator" in sector.fora["chefmoede_boern_unge"].members
    assert "boligsocial_koordinator" not in sector.fora["chefmoede_borgmester"].members
    skill = sector.person("boligsocial_koordinator").skill
    assert (
        skill["children_youth"] > neutral.person("boligsocial_koordinator").skill["children_youth"]
    )
    assert not with_role(none, "coordinator")
    assert (
        turn(scenarios.load("laerebog"), coordinator="neutral")
        .fora["samarbejdsmoede"]
        .members.count("boligsocial_koordinator")
    )


@pytest.mark.parametrize("count", [0, 1, 3])
def test_so_many_organisations_approve_at_home(scenario: Scenario, count: int) -> None:
    final = turn(scenario, home_approvals=count)
    for (_, organisation, size), stops in routes_of(final).items():
        at_home = [stop for stop in stops if not final.fora[stop].of_plan]
        if size == "small":
            assert not at_home
            continue
        assert len(at_home) <= count
        if count and organisation not in ("sekretariat",):
            assert at_home[0] == final.organisations[organisation].home_body
    assert any(
        sum(not final.fora[stop].of_plan for stop in stops) == count
        for stops in routes_of(final).values()
    )


@pytest.mark.parametrize("count", [1, 5])
def test_as_many_boligorganisationer_as_asked_for_share_the_same_desk(
    scenario: Scenario, count: int
) -> None:
    def housing(some: Scenario) -> list[str]:
        return [key for key, one in some.organisations.items() if one.kind == "boligorganisation"]

    final = turn(scenario, housing_organisations=count)
    assert len(housing(final)) == count
    desks = [
        sum(some.organisations[key].desk for key in housing(some)) for some in (scenario, final)
    ]
    assert desks[0] == pytest.approx(desks[1])
    for key in housing(final):
        assert any(one.organisation == key for one in final.actors.values())
        assert final.organisations[key].home_body in final.fora


@pytest.mark.parametrize("model", [MODEL, "omraade_4"])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_every_area_has_its_own_people_and_its_own_way_to_a_decision(
    model: str, count: int
) -> None:
    scenario = scenarios.load(model)
    final = turn(scenario, areas=count)
    assert len(final.areas) == count
    near = [final.near_body, *final.near_body_copies]
    assert len(set(near)) == len(near) == count
    for area in final.areas:
        local = [key for key, one in final.organisations.items() if area in one.areas or count == 1]
        assert any(final.organisations[key].camp == "residents" for key in local)
        routes = {origin: stops for origin, stops in routes_of(final).items() if origin[0] == area}
        assert routes
        for stops in routes.values():
            assert {final.fora[stop].area for stop in stops} <= {None, area}


def test_fora_stand_on_one_level_or_tied_on_three(scenario: Scenario) -> None:
    one = turn(scenario, fora_levels="strategic_only")
    three = turn(scenario, fora_levels="all_levels")
    assert {forum.level for forum in shared_bodies(one).values()} == {"strategic"}
    assert {"strategic", "tactical", "executing"} <= {
        forum.level for forum in shared_bodies(three).values()
    }
    seats = [
        set(forum.members) for forum in shared_bodies(three).values() if forum.right != "informed"
    ]
    assert "projektleder" in set.intersection(*seats)


def test_nobody_links_levels_when_no_one_may(scenario: Scenario) -> None:
    final = turn(scenario, linking_persons=0)
    for key in final.actors:
        levels = {forum.level for forum in shared_bodies(final).values() if key in forum.members}
        assert len(levels) <= 1


def test_coffee_groups_are_mixed_and_cost_an_hour(scenario: Scenario) -> None:
    final = turn(scenario, informal_meetings=26)
    groups = [forum for key, forum in final.fora.items() if key.startswith("uformelt_moede")]
    assert len(groups) > 2
    for group in groups:
        assert group.format == "informal"
        assert (group.period_weeks, group.hours) == (2, 1.0)
        assert len(organisations_of(final, group)) > 3


def test_each_department_lends_one_person_for_the_hours_asked_for(scenario: Scenario) -> None:
    final = turn(scenario, lent_hours=6)
    lent = [key for key, one in final.actors.items() if one.lent_to is not None]
    homes = [final.actors[key].organisation for key in lent]
    assert len(set(homes)) == len(homes) == 5
    for key in lent:
        assert final.actors[key].lent_to == "sekretariat"
        assert final.person(key).hours * final.actors[key].lent_share == pytest.approx(6.0)


def test_skills_are_moved_and_not_added(scenario: Scenario) -> None:
    mixed, alike = (turn(scenario, staff_mix=mix) for mix in ("mixed", "one_sided"))
    for key, one in scenario.actors.items():
        if one.organisation == "sekretariat":
            sums = [sum(some.person(key).skill.values()) for some in (scenario, mixed, alike)]
            assert sums == pytest.approx([sums[0]] * 3)
    strongest = {
        max(skill, key=skill.get)
        for key in mixed.actors
        if mixed.actors[key].organisation == "sekretariat"
        for skill in [mixed.person(key).skill]
    }
    assert len(strongest) == 5
