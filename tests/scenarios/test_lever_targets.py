"""Levers turned on single ones: a level, a body, a camp, an organisation, a pair."""

import pytest

import scenarios
from scenarios import ScenarioError, turned, with_settings
from scenarios.relations import relations_of

MODEL = "lokal_fagprofessionel"


@pytest.fixture(scope="module")
def scenario() -> scenarios.Scenario:
    return scenarios.load(MODEL)


def test_a_level_and_a_body_beat_all(scenario: scenarios.Scenario) -> None:
    final = turned(
        with_settings(
            scenario,
            {
                "levers.forum_rhythm": "2",
                "levers.forum_rhythm.executing": "3",
                "levers.forum_rhythm.driftsgruppe": "0.5",
            },
        )
    )
    weeks = {
        key: final.fora[key].period_weeks / scenario.fora[key].period_weeks
        for key in ("styregruppe", "sekretariatsmoede", "driftsgruppe")
    }
    # a factor for a single one comes on top of the one for all
    assert weeks == {"styregruppe": 2.0, "sekretariatsmoede": 6.0, "driftsgruppe": 3.0}
    assert final.fora["personalemoede_skole"] == scenario.fora["personalemoede_skole"]


def test_an_organisation_beats_its_camp_and_the_order_in_the_file(
    scenario: scenarios.Scenario,
) -> None:
    settings = {"levers.control": {"skole": 0.9, "kommune": 0.2, "boern_unge": 0.3, "all": 0.6}}
    control = {
        key: one.control
        for key, one in turned(with_settings(scenario, settings)).organisations.items()
    }
    assert (control["boern_unge"], control["social_sundhed"]) == (0.3, 0.2)
    assert (control["skole"], control["engbo"]) == (0.9, 0.6)
    assert control["afdeling_engparken"] == scenario.organisations["afdeling_engparken"].control


def test_a_pair_of_camps_a_pair_of_organisations_and_all(scenario: scenarios.Scenario) -> None:
    settings = {
        "levers.initial_trust": "0.3",
        "levers.initial_trust.kommune/boligorganisation": "0.5",
        "levers.initial_trust.engbo/boern_unge": "0.9",
        "levers.initial_trust.skole/kommune": "0.7",
    }
    table = relations_of(turned(with_settings(scenario, settings)))
    assert table["boern_unge", "engbo"]["trust"] == table["engbo", "boern_unge"]["trust"] == 0.9
    assert table["midtbo", "boern_unge"]["trust"] == 0.5
    assert table["skole", "social_sundhed"]["trust"] == 0.7
    assert table["skole", "klub"]["trust"] == 0.3
    before = relations_of(scenario)
    for pair, values in table.items():
        assert values | {"trust": 0} == before[pair] | {"trust": 0}


def test_a_value_for_all_may_come_before_or_after_single_ones(
    scenario: scenarios.Scenario,
) -> None:
    first = with_settings(scenario, {"levers.control": 0.6, "levers.control.kommune": 0.2})
    both = with_settings(scenario, {"levers.control": {"all": 0.6, "kommune": 0.2}})
    assert first.levers == both.levers


def test_a_single_one_leaves_the_rest_as_the_scenario_says(scenario: scenarios.Scenario) -> None:
    final = turned(with_settings(scenario, {"levers.control.engbo": "0.9"}))
    changed = [
        key
        for key in final.organisations
        if final.organisations[key] != scenario.organisations[key]
    ]
    assert changed == ["engbo"]


WRONG = {
    "levers.control.komune=0.3": ["levers.control.komune", "Did you mean “kommune”?"],
    "levers.forum_rhythm.strategisk=2": ["levers.forum_rhythm", "Did you mean “strategic”?"],
    "levers.initial_trust.kommune=0.5": ["“kommune” is not a pair", "written a/b"],
    "levers.initial_trust.kommune/bolig=0.5": ["no organisation or camp “bolig”"],
    "levers.control.kommune=3": ["levers.control.kommune: 3 is not allowed", "from 0 to 1"],
    "levers.chain_length.kommune=1": ["one value for the whole scenario", "from 0 to 4"],
    "levers.forum_right.bestyrelse=advise": ["stands last on a route", "bestyrelse"],
    "levers.meeting_format=dialog": ["“dialog” is not allowed", "Did you mean “dialogic”?"],
    "levers.residents_place=5": ["5 is not allowed", "Did you mean “self_deciding”?"],
    "levers.control=[1, 2]": ["levers.control", "a number, the name of a choice"],
    "levers.control.kommune.more=0.3": ["levers.control"],
    "levers.turnover=nan": ["“nan” is not allowed"],
}


@pytest.mark.parametrize("setting", WRONG)
def test_what_cannot_be_turned_is_told_with_what_can(
    setting: str, scenario: scenarios.Scenario
) -> None:
    path, _, value = setting.partition("=")
    with pytest.raises(ScenarioError) as caught:
        with_settings(scenario, {path: value})
    for part in WRONG[setting]:
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)
