"""Single values changed from the command line."""

import pytest

import scenarios
from scenarios import ScenarioError, with_settings


@pytest.fixture(scope="module")
def central() -> scenarios.Scenario:
    return scenarios.load("central_professionel")


def test_values_are_set_by_path(central: scenarios.Scenario) -> None:
    changed = with_settings(
        central,
        {
            "fora.styregruppe.period_weeks": "4",
            "levers.chain_length": "2",
            "parameters.trust_gain": "1e-1",
            "areas.middelby.case_rate": "6",
            "fora.styregruppe.members.borgmester": "true",
            "fora.styregruppe.members.engbo_formand": "null",
            "routes.store_sager.via": "[home, styregruppe]",
            "roles.front_staff.hours": 11,
        },
    )
    assert changed.fora["styregruppe"].period_weeks == 4
    assert changed.levers == {"chain_length": 2}
    assert scenarios.parameters(changed).trust_gain == 0.1
    assert changed.areas["middelby"].case_rate == 6
    assert "borgmester" in changed.fora["styregruppe"].members
    assert "engbo_formand" not in changed.fora["styregruppe"].members
    assert changed.person("jobkonsulent_1").hours == 11
    assert central.fora["styregruppe"].period_weeks == 13


def test_setting_nothing_changes_nothing(central: scenarios.Scenario) -> None:
    assert with_settings(central, {}) == central


WRONG = {
    "fora.topstyregrupe.period_weeks=4": [
        "no entry of “fora” “topstyregrupe”",
        "“styregruppe”?",
    ],
    "fora.styregruppe.period_week=4": ["no field “period_week”", "“period_weeks”?"],
    "fora.styregruppe.period_weeks=0": ["0 is not allowed", "from 1 to 208"],
    "fora.styregruppe.period_weeks=ofte": ["“ofte” is not allowed", "from 1 to 208"],
    "foras.x=1": ["no field “foras”", "“fora”?"],
    "ugers=3": ["no field “ugers”"],
    "levers.chain=3": ["no lever “chain”", "chain_length"],
    "levers.chain_length=2.5": ["2.5 is not allowed", "a whole number"],
    "parameters.trust_gan=0.1": ["no parameter “trust_gan”", "“trust_gain”?"],
    "areas.middelby.case_rate.x=3": ["areas.middelby.case_rate.x"],
    "fora.styregruppe=null": ["no forum “styregruppe”"],
    "fora.styregruppe.members=[]": ["has no members"],
    "fora.styregruppe.mandate=1": ["unreachable decision"],
}


@pytest.mark.parametrize("setting", WRONG)
def test_a_wrong_setting_names_the_path_and_the_nearest(
    setting: str, central: scenarios.Scenario
) -> None:
    path, _, value = setting.partition("=")
    with pytest.raises(ScenarioError) as caught:
        with_settings(central, {path: value})
    assert all(part in str(caught.value) for part in WRONG[setting]), caught.value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("actors.jobkonsulent.lent_to", "plan"),
        ("actors.jobkonsulent.defined_plan", "1"),
        ("actors.projektleder.activity_hours", "1"),
        ("organisations.plan.geography", "0.5"),
        ("areas.lilleby.framing", "-1"),
        ("relations.default.loyalty", "0.5"),
    ],
)
def test_what_can_move_a_result_moves_the_content_hash(path: str, value: str) -> None:
    scenario = scenarios.load("laerebog")
    changed = scenarios.with_settings(scenario, {path: value})

    assert scenarios.content_hash(changed) != scenarios.content_hash(scenario)
