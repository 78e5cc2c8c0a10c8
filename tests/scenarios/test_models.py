"""The shipped models: what they share, what they may differ in, and what they claim."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import scenarios
from scenarios.building import mediating_fora
from scenarios.composing import additions, blocks, family
from scenarios.reading import read
from scenarios.routing import routes_of
from scenarios.schema import COLLECTIONS, Scenario
from scenarios.schema_export import SCHEMA_FILE, schema_text
from scenarios.sources import tags_in
from scenarios.verdict import verdict

PROJECT_ORGANISATIONS = ("central_professionel", "lokal_fagprofessionel", "lokal_semiprofessionel")
SLOT_OF = {
    "project_organisations": "project_organisation",
    "secretariats": "secretariat",
    "area_secretariats": "area_secretariat",
    "municipalities": "municipality",
}
MAY_DIFFER = {"key", "name", "description", "fora", "routes", "near_body"}


def test_all_models_load_and_have_words_in_both_languages() -> None:
    assert set(PROJECT_ORGANISATIONS) | {"laerebog"} <= set(scenarios.names())
    for name in scenarios.names():
        scenario = scenarios.load(name)
        assert scenario.key == name
        assert scenario.description.da != scenario.description.en


def test_compared_models_differ_only_in_bodies_and_routes() -> None:
    first, *others = (scenarios.load(name) for name in PROJECT_ORGANISATIONS)
    for other in others:
        for field in set(type(first).model_fields) - MAY_DIFFER:
            assert getattr(first, field) == getattr(other, field), field
        assert list(first.actors) == list(other.actors)
        shared = first.fora.keys() & other.fora.keys()
        assert len(shared) >= 20
        assert {key: first.fora[key] for key in shared if not first.fora[key].of_plan} == {
            key: other.fora[key] for key in shared if not first.fora[key].of_plan
        }


def test_people_and_hours_are_those_documented() -> None:
    scenario = scenarios.load("central_professionel")
    officers = [key for key, one in scenario.actors.items() if one.role == "staff_officer"]
    assert (len(scenario.actors), len(officers)) == (67, 8)
    assert sum(scenario.person(key).hours for key in scenario.actors) == pytest.approx(429.5)
    seats = {member for forum in scenario.fora.values() for member in forum.members}
    assert not seats & set(officers)


def test_the_teaching_model_is_small() -> None:
    scenario = scenarios.load("laerebog")
    assert (len(scenario.actors), len(scenario.organisations), len(scenario.fora)) == (12, 3, 1)
    assert scenario.weeks == 52


def test_swapping_names_leaves_the_content_hash_equal() -> None:
    one, other = (scenarios.load(name) for name in PROJECT_ORGANISATIONS[:2])
    words = ("key", "name", "description")
    swapped = one.model_copy(update={word: getattr(other, word) for word in words})
    assert scenarios.content_hash(swapped) == scenarios.content_hash(one)
    assert scenarios.content_hash(one) != scenarios.content_hash(other)


@pytest.mark.parametrize(
    "setting",
    [
        "fora.styregruppe.period_weeks=12",
        "fora.styregruppe.capacity=3",
        "actors.borgmester.hours=2",
        "roles.front_staff.turnover=0.3",
        "areas.middelby.acceptance=0.4",
        "organisations.skole.control=0.1",
        "relations.default.trust=0.2",
        "parameters.trust_gain=0.01",
        "levers.chain_length=1",
        "weeks=100",
        "routes.store_sager.via=[styregruppe]",
    ],
)
def test_whatever_can_move_a_result_moves_the_hash(setting: str) -> None:
    path, _, value = setting.partition("=")
    scenario = scenarios.load("central_professionel")
    changed = scenarios.with_settings(scenario, {path: value})
    assert scenarios.content_hash(changed) != scenarios.content_hash(scenario)


@pytest.mark.parametrize(
    "setting",
    [
        "name.da=Andet",
        "actors.borgmester.name.da=Andet",
        "fora.styregruppe.source=assumption",
        "fora.styregruppe.sources=null",
        "actors.borgmester.mandate=0",  # what the role says already
    ],
)
def test_words_and_sources_do_not_move_the_hash(setting: str) -> None:
    path, _, value = setting.partition("=")
    scenario = scenarios.load("central_professionel")
    changed = scenarios.with_settings(scenario, {path: value})
    assert scenarios.content_hash(changed) == scenarios.content_hash(scenario)


@pytest.mark.parametrize("name", blocks())
def test_every_shipped_file_is_valid_alone(name: str) -> None:
    file = str(blocks()[name])
    assert file in verdict(file, "da")


@pytest.mark.parametrize("name", blocks())
def test_every_entry_of_every_file_says_where_its_values_come_from(name: str) -> None:
    data = read(blocks()[name]).data
    for collection in COLLECTIONS:
        for key, entry in data.get(collection, {}).items():
            if entry is not None:  # else it deletes what is inherited
                additions = set(entry) <= {"home_body"}
                assert additions or "source" in entry, f"{collection}.{key}"


# Where the project's own notes state a fact that these files use.
STATED = {
    "CFBU15 p. 9",  # the levels
    "CFBU15 ch. 4",  # styringsdialog once a year
    "CFBU15 ch. 4, 6",  # the compulsory board
    "SFI12 ch. 4",  # the secretariat decides widely; a driftsgruppe reports upward
    "SFI12 ch. 4, boks 4.4",  # the large team
    "SFI12 ch. 4, boks 4.5",  # the one-person secretariat
    "SFI12 case 1, fig. 5.1",
    "SFI12 case 2, fig. 5.2",
    "SFI12 case 3, fig. 5.3",
    "SFI12 case 4, fig. 5.4",
    "CFBU15 app. 1",  # residents in plan areas
    "CFBU15 fig. 5–6, ch. 5–6",  # Albertslund
    "CFBU15 fig. 8",  # Herning
    "CFBU15 ch. 3, 5, 6",  # Køge
    "CFBU15 fig. 9, ch. 5–6",  # Odense
    "KL-T3",  # Randers and Varde
    "SFI12 boks 4.6",
    "SFI12 boks 4.7",
    "SFI12 boks 4.8",
    "lit: VIVE/KRL 2012–2016",  # turnover among municipal staff
}


def _cited(data: Any) -> Iterator[str]:
    for key, value in data.items() if isinstance(data, dict) else ():
        if key == "source":
            yield value
        elif key == "sources":
            yield from value.values()
        else:
            yield from _cited(value)


@pytest.mark.parametrize("name", blocks())
def test_only_facts_in_the_notes_carry_a_source(name: str) -> None:
    cited = {tag for tags in _cited(read(blocks()[name]).data) for tag in tags_in(tags)}
    assert cited - {"assumption"} <= STATED


@pytest.mark.parametrize("name", blocks())
def test_a_source_of_members_says_whom_it_names(name: str) -> None:
    """A list of members with a document behind it says in parentheses which of them it names."""
    for forum in (read(blocks()[name]).data.get("fora") or {}).values():
        tags = (forum.get("sources") or {}).get("members", "assumption")
        assert tags == "assumption" or "(" in tags


@pytest.mark.parametrize("name", [one for one in scenarios.names() if family(one) in SLOT_OF])
def test_a_model_lies_with_those_that_fill_the_same_slot(name: str) -> None:
    assert read(blocks()[name]).data["slot"] == SLOT_OF[family(name)]


# Bodies with a say that no matter is sent to, by how their ids begin, and why they have it.
HAS_A_SAY_ALL_THE_SAME = {
    "organisationsbestyrelse_": "a boligorganisation's own board holds its consent whether or not "
    "it is asked for; only `omraade_3` sends matters there",
    "beboerraad_": "one for each topic, and routes know no topics; they settle boundary conflicts",
}


def without_matters(scenario: Scenario) -> set[str]:
    """Bodies that may do more than be informed, though no matter of any size comes to them."""
    passed = {stop for stops in routes_of(scenario).values() for stop in stops}
    with_say = {key for key, forum in scenario.fora.items() if forum.right != "informed"}
    return with_say - passed


@pytest.mark.parametrize(
    "name", [*scenarios.names(), *(f"central_professionel+{one}" for one in additions())]
)
def test_matters_come_to_every_body_that_has_a_say(name: str) -> None:
    explained = tuple(HAS_A_SAY_ALL_THE_SAME)
    assert {
        one for one in without_matters(scenarios.load(name)) if not one.startswith(explained)
    } == set()


def test_no_body_is_excused_that_need_not_be() -> None:
    left = {one for name in scenarios.names() for one in without_matters(scenarios.load(name))}
    for beginning in HAS_A_SAY_ALL_THE_SAME:
        assert any(one.startswith(beginning) for one in left), beginning


def test_the_resident_councils_settle_conflicts() -> None:
    scenario = scenarios.load("lokal_semiprofessionel")
    settle = {list(scenario.fora)[k] for k in set(mediating_fora(scenario).flat) - {-1}}
    assert {one for one in scenario.fora if one.startswith("beboerraad_")} <= settle


def test_a_board_is_asked_for_its_consent_somewhere() -> None:
    scenario = scenarios.load("omraade_3")
    boards = {one for one in scenario.fora if one.startswith("organisationsbestyrelse_")}
    assert boards
    assert not boards & without_matters(scenario)


def test_the_exported_schema_is_current() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text()


def test_the_example_in_the_docs_works(tmp_path: Path) -> None:
    docs = Path(__file__).parents[2] / "docs" / "scenarios.md"
    example = docs.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "mit.yaml"
    file.write_text(example, encoding="utf-8")
    scenario, inherited = scenarios.load(file), scenarios.load("lokal_fagprofessionel")
    assert scenario.fora["styregruppe"].period_weeks == 6
    assert len(scenario.fora["styregruppe"].members) == 16
    assert "laerer_1" not in scenario.fora["driftsgruppe"].members
    assert inherited.actors.keys() - scenario.actors.keys() == {"fritidsvejleder"}
