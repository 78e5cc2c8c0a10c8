"""What each lever changes, and what it leaves alone."""

import numpy as np
import pytest

import scenarios
from scenarios import turned, with_settings
from scenarios.routing import mean_wait, routes_of

MODELS = ("central_professionel", "lokal_fagprofessionel", "lokal_semiprofessionel")


@pytest.fixture(params=MODELS)
def scenario(request: pytest.FixtureRequest) -> scenarios.Scenario:
    return scenarios.load(request.param)


def test_chain_adds_bodies_of_people_who_share_no_other_body(scenario: scenarios.Scenario) -> None:
    before, after = turned(scenario), turned(with_settings(scenario, {"levers.chain_length": 4}))
    added = after.fora.keys() - before.fora.keys()
    assert len(added) == 4
    members = [member for key in added for member in after.fora[key].members]
    elsewhere = {member for forum in before.fora.values() for member in forum.members}
    assert len(members) == len(set(members))
    assert not elsewhere & set(members)
    assert after.actors == before.actors
    assert {key: after.fora[key] for key in before.fora} == before.fora


def test_officers_who_already_sit_somewhere_are_left_out() -> None:
    scenario = scenarios.load("central_professionel")
    seat = {"fora.styregruppe.members.stab_1": True, "levers.chain_length": 1}
    final = turned(with_settings(scenario, seat))
    assert final.fora["ekstra_led_1"].members == ("stab_2", "stab_3")


def test_chain_stands_right_before_the_decision_on_medium_and_large_alone(
    scenario: scenarios.Scenario,
) -> None:
    before = routes_of(scenario)
    final = turned(with_settings(scenario, {"levers.chain_length": 3}))
    for (area, organisation, size), stops in routes_of(final).items():
        extra = [k for k, stop in enumerate(stops) if stop.startswith("ekstra_led")]
        assert (
            tuple(stop for stop in stops if not stop.startswith("ekstra_led"))
            == before[area, organisation, size]
        )
        if size == "small":
            assert not extra
        else:
            deciding = next(
                k
                for k, stop in enumerate(stops)
                if final.fora[stop].right == "decide"
                and final.fora[stop].mandate >= {"medium": 2, "large": 3}[size]
            )
            assert extra == [deciding - 3, deciding - 2, deciding - 1]


def test_each_extra_body_adds_two_and_a_half_weeks_of_waiting(scenario: scenarios.Scenario) -> None:
    waits = []
    for count in range(5):
        final = turned(with_settings(scenario, {"levers.chain_length": count}))
        waits.append(mean_wait(final.fora, routes_of(final)["middelby", "skole", "large"], "large"))
    assert np.diff(waits) == pytest.approx([2.5] * 4)


def test_one_more_body_leaves_the_bodies_before_it_alone(scenario: scenarios.Scenario) -> None:
    two = turned(with_settings(scenario, {"levers.chain_length": 2}))
    three = turned(with_settings(scenario, {"levers.chain_length": 3}))
    assert {key: three.fora[key] for key in two.fora} == two.fora


def test_a_wider_mandate_near_the_work_shortens_the_wait(scenario: scenarios.Scenario) -> None:
    waits = []
    for mandate in range(4):
        final = turned(with_settings(scenario, {"levers.mandate": mandate}))
        near = final.fora[final.near_body or ""]
        assert near.right == ("advise" if mandate == 0 else "decide")
        waits.append(mean_wait(final.fora, routes_of(final)["middelby", "skole", "large"], "large"))
    assert waits[3] < waits[2]
    assert waits[:3] == pytest.approx([waits[0]] * 3)


def test_mandate_is_turned_before_the_chain_is_placed() -> None:
    scenario = scenarios.load("central_professionel")
    final = turned(with_settings(scenario, {"levers.mandate": 3, "levers.chain_length": 1}))
    stops = routes_of(final)["middelby", "sekretariat", "large"]
    assert stops == ("ekstra_led_1", "sekretariatsmoede", "styregruppe")


def test_first_trust_is_the_same_between_all_and_untouched_inside(
    scenario: scenarios.Scenario,
) -> None:
    before = scenarios.build(scenario)
    after = scenarios.build(with_settings(scenario, {"levers.initial_trust": 0.8}))
    between = ~np.eye(len(before.organisation_key), dtype=bool)
    assert np.all(after.trust_start[between] == 0.8)
    assert np.all(after.trust_start[~between] == before.trust_start[~between])
    assert np.all(after.acquaintance_start == before.acquaintance_start)
