"""What comes several times: ids, names, references, routes and places of copies."""

from pathlib import Path
from typing import Any, get_args

import pytest

import scenarios
from scenarios import ScenarioError
from scenarios.repeating import REFERENCES, REPEATABLE
from scenarios.routing import routes_of
from scenarios.schema import (
    Actor,
    Area,
    Forum,
    Id,
    Ids,
    Members,
    Organisation,
    RelationValues,
    Route,
)
from tests.scenarios.files import write

# The teaching scenario with a second area that has a plan of its own and shares everyone else.
TWO_AREAS = """
extends: laerebog
local: [lilleby, plan, samarbejdsmoede]
repeat:
  omraader:
    copies:
      nyby: {name: {da: Nyby, en: Newtown}, words: {Helhedsplanen: Nybyplanen}}
"""


@pytest.fixture
def two(tmp_path: Path) -> scenarios.Scenario:
    return scenarios.load(write(tmp_path, TWO_AREAS))


def _refers(annotation: Any) -> bool:
    """Whether a field of this type holds ids of other entries."""
    return any(one in (annotation, *get_args(annotation)) for one in (Id, Ids, Members))


@pytest.mark.parametrize("model", [Area, Organisation, Actor, Forum, Route, RelationValues])
def test_every_field_that_holds_ids_is_rewritten_in_copies(model: Any) -> None:
    fields = {
        about.alias or name
        for name, about in model.model_fields.items()
        if _refers(model.__annotations__.get(name))
    }
    assert fields <= REFERENCES.keys()
    assert set(REFERENCES.values()) <= set(REPEATABLE)


def test_the_check_of_fields_sees_the_ids_of_each_model() -> None:
    seen = {
        about.alias or name
        for model in (Area, Organisation, Actor, Forum, Route, RelationValues)
        for name, about in model.model_fields.items()
        if _refers(model.__annotations__.get(name))
    }
    assert {"organisation", "members", "via", "between", "home_body"} <= seen


def test_a_second_area_has_its_own_plan_people_and_body(two: scenarios.Scenario) -> None:
    one = scenarios.load("laerebog")
    assert list(two.areas) == ["lilleby", "nyby"]
    assert two.areas["nyby"].case_rate == one.areas["lilleby"].case_rate
    assert two.organisations["plan"].areas == ("lilleby",)
    assert two.organisations["plan_nyby"].areas == ("nyby",)
    assert two.organisations["forvaltning"].areas == ("*",)
    assert two.actors["projektleder_nyby"].organisation == "plan_nyby"
    assert two.fora["samarbejdsmoede_nyby"].members == (
        "chef", "konsulent", "direktoer", "driftschef", "projektleder_nyby",
        "boligsocial_medarbejder_1_nyby",
    )  # fmt: skip
    assert len(two.actors) == len(one.actors) + 3


def test_names_of_copies_use_their_own_words_or_the_name_of_the_copy(
    two: scenarios.Scenario,
) -> None:
    assert two.organisations["plan_nyby"].name.da == "Nybyplanen"
    assert two.organisations["plan_nyby"].name.en == "The helhedsplan, Newtown"
    assert two.actors["projektleder_nyby"].name.da == "Projektleder, Nyby"


def test_a_matter_is_decided_in_its_own_area(two: scenarios.Scenario) -> None:
    routes = routes_of(two)
    assert routes["lilleby", "forvaltning", "small"] == ("samarbejdsmoede",)
    assert routes["nyby", "forvaltning", "small"] == ("samarbejdsmoede_nyby",)
    assert routes["nyby", "plan_nyby", "large"] == ("samarbejdsmoede_nyby",)
    assert ("nyby", "plan", "large") not in routes
    structure = scenarios.build(two)
    organisation, fora = list(two.organisations).index("forvaltning"), list(two.fora)
    for area, body in enumerate(("samarbejdsmoede", "samarbejdsmoede_nyby")):
        route = (area * len(two.organisations) + organisation) * 4 + 1
        assert structure.route_stop[structure.route_start[route]] == fora.index(body)


def test_the_lever_on_the_mandate_turns_the_nearest_body_of_every_area(
    two: scenarios.Scenario,
) -> None:
    large = {f"fora.{key}.capacity": 9 for key in two.fora}  # both still decide all
    changed = scenarios.turned(scenarios.with_settings(two, {**large, "levers.mandate": 3}))
    assert [changed.fora[key].mandate for key in ("samarbejdsmoede", "samarbejdsmoede_nyby")] == [
        3, 3,
    ]  # fmt: skip
    assert two.near_body_copies == ("samarbejdsmoede_nyby",)
    with pytest.raises(ScenarioError, match="unreachable decision"):
        scenarios.turned(scenarios.with_settings(two, {"levers.mandate": 1}))


def test_a_file_may_say_otherwise_about_one_copy(tmp_path: Path) -> None:
    text = (
        TWO_AREAS + "areas: {nyby: {case_rate: 0.5}}\nactors: {projektleder_nyby: {hours: 20.0}}\n"
    )
    scenario = scenarios.load(write(tmp_path, text))
    assert scenario.areas["nyby"].case_rate == 0.5
    assert scenario.areas["lilleby"].case_rate == 2.0
    assert scenario.person("projektleder_nyby").hours == 20.0
    assert scenario.person("projektleder").hours == 30.0


def test_an_error_in_a_copy_is_blamed_on_the_line_of_the_original(tmp_path: Path) -> None:
    text = TWO_AREAS + "fora:\n  samarbejdsmoede_nyby: {capacity: 0}\n"
    file = write(tmp_path, text)
    with pytest.raises(ScenarioError, match=r"line 9: fora\.samarbejdsmoede_nyby\.capacity: 0"):
        scenarios.load(file)
    wrong = TWO_AREAS + "organisations:\n  plan: {control: 3.0}\n"
    with pytest.raises(ScenarioError, match=r"line 9: organisations\.plan\.control"):
        scenarios.load(write(tmp_path, wrong))


def test_people_of_an_organisation_that_is_shared_come_again_without_it(tmp_path: Path) -> None:
    text = TWO_AREAS.replace("    copies:", "    shared: [plan]\n    copies:")
    scenario = scenarios.load(write(tmp_path, text))
    assert "plan_nyby" not in scenario.organisations
    assert scenario.organisations["plan"].areas == ("*",)
    assert scenario.actors["projektleder_nyby"].organisation == "plan"


def test_copies_sit_in_a_body_that_stays_one(tmp_path: Path) -> None:
    text = TWO_AREAS.replace("    copies:", "    joins: [samarbejdsmoede]\n    copies:")
    scenario = scenarios.load(write(tmp_path, text))
    assert list(scenario.fora) == ["samarbejdsmoede"]
    assert {"projektleder", "projektleder_nyby"} <= set(scenario.fora["samarbejdsmoede"].members)


def test_an_organisation_comes_again_with_its_own_body_and_ways() -> None:
    scenario = scenarios.load("koege")
    routes = routes_of(scenario)
    assert scenario.fora["styringsdialog_oestbo"].members[-1] == "oestbo_direktoer"
    assert routes["middelby", "oestbo", "large"][0] == "ledelsesmoede_oestbo"
    assert scenario.actors["oestbo_formand"].name.da == "Formand, Østbo"


def test_a_body_left_out_is_off_every_way() -> None:
    scenario = scenarios.load("omraade_4")
    assert not [key for key in scenario.fora if key.startswith("bestyrelse")]
    assert (
        routes_of(scenario)["soenderby", "skole_soenderby", "small"][-1] == "styregruppe_soenderby"
    )


def test_more_areas_leave_the_histories_of_the_first_alone() -> None:
    """The arrays of the first area's people are the same, so that their draws are."""
    one, three = (
        scenarios.build(scenarios.load(name))
        for name in ("lokal_fagprofessionel", "lokal_fagprofessionel+tre_omraader")
    )
    places = [three.actor_key.tolist().index(key) for key in one.actor_key.tolist()]
    assert three.actor_turnover[places].tolist() == one.actor_turnover.tolist()
    assert three.area_key[0] == one.area_key[0]
