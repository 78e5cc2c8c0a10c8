"""How blocks become one scenario."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from scenarios.composing import blocks, compose
from scenarios.merging import merge
from tests.scenarios.files import write

KEYS = st.sampled_from("abc")
LEAVES = st.integers(0, 3) | st.booleans() | st.text("xy", max_size=2)
DATA = st.recursive(
    st.dictionaries(KEYS, LEAVES, max_size=3),
    lambda below: st.dictionaries(KEYS, LEAVES | below, max_size=3),
    max_leaves=8,
)


@given(DATA)
def test_merging_with_nothing_or_with_itself_changes_nothing(data: dict) -> None:
    assert merge(data, {}) == data
    assert merge({}, data) == data
    assert merge(data, data) == data


@given(DATA, DATA, DATA)
def test_merging_is_associative_where_nothing_is_deleted(a: dict, b: dict, c: dict) -> None:
    # A leaf over a mapping and a mapping over it again starts afresh, whatever lay below.
    if _same_shape(a, b) and _same_shape(b, c) and _same_shape(a, c):
        assert merge(merge(a, b), c) == merge(a, merge(b, c))


def _same_shape(a: dict, b: dict) -> bool:
    return all(
        isinstance(a[key], dict) == isinstance(b[key], dict)
        and (not isinstance(a[key], dict) or _same_shape(a[key], b[key]))
        for key in a.keys() & b.keys()
    )


@given(DATA, DATA)
def test_what_is_written_last_holds_and_the_rest_stays(base: dict, over: dict) -> None:
    result = merge(base, over)
    assert result.keys() == base.keys() | over.keys()
    for key in result:
        if key not in over:
            assert result[key] == base[key]
        elif not isinstance(over[key], dict):
            assert result[key] == over[key]


@given(DATA, KEYS)
def test_none_deletes_and_leaves_the_inputs_alone(data: dict, key: str) -> None:
    before = repr(data)
    assert key not in merge(data, {key: None})
    assert merge(data, {key: {"z": None}}).get(key, {}) != {"z": None}
    assert repr(data) == before


def test_a_block_reached_twice_counts_once_and_does_not_undo_what_overrides_it(
    tmp_path: Path,
) -> None:
    write(tmp_path, "kind: block\nweeks: 1\nkey: base\n", "base.yaml")
    write(tmp_path, "kind: block\nextends: base.yaml\nweeks: 2\n", "left.yaml")
    write(tmp_path, "kind: block\nextends: base.yaml\nnear_body: x\n", "right.yaml")
    top = write(tmp_path, "extends: [left.yaml, right.yaml]\n", "top.yaml")
    assert compose(top).data == {"weeks": 2, "key": "base", "near_body": "x"}


def test_members_are_added_and_deleted_one_by_one(tmp_path: Path) -> None:
    text = "extends: laerebog\nfora: {samarbejdsmoede: {members: {chef: null, konsulent: true}}}\n"
    members = scenarios.load(write(tmp_path, text)).fora["samarbejdsmoede"].members
    assert "chef" not in members
    assert members.count("konsulent") == 1
    text = "extends: laerebog\nfora: {samarbejdsmoede: {members: [ejendomsmester]}}\n"
    members = scenarios.load(write(tmp_path, text)).fora["samarbejdsmoede"].members
    assert {"chef", "ejendomsmester"} < set(members)


def test_an_inherited_entry_is_deleted_by_null(tmp_path: Path) -> None:
    text = "extends: laerebog\nactors: {stab_1: null}\n"
    scenario = scenarios.load(write(tmp_path, text))
    assert "stab_1" not in scenario.actors
    assert "stab_2" in scenario.actors


def test_a_model_and_a_block_are_joined_by_plus(tmp_path: Path) -> None:
    block = write(tmp_path, "kind: block\nareas: {lilleby: {case_rate: 3.0}}\n", "flere.yaml")
    joined = scenarios.load(f"laerebog+{block}")
    assert joined.areas["lilleby"].case_rate == 3.0
    assert joined.key == "laerebog+flere"
    assert joined.name.da == "Lærebogseksemplet + flere"
    assert joined.actors == scenarios.load("laerebog").actors


def test_blocks_that_fill_slots_may_be_named_in_any_order(tmp_path: Path) -> None:
    words = write(tmp_path, "kind: block\ndescription: {da: x, en: y}\n", "ord.yaml")
    parts = ["middelby", "hjemmeorganer", "sekretariat_grundform", "central_professionel"]
    shipped = scenarios.content_hash(scenarios.load("central_professionel"))
    for order in (parts, parts[::-1], [*parts[2:], *parts[:2]]):
        joined = scenarios.load("+".join([*order, str(words)]))
        assert scenarios.content_hash(joined) == shipped


def test_of_several_that_a_file_extends_for_one_slot_the_last_counts(tmp_path: Path) -> None:
    several = "[lokal_semiprofessionel, stort_team, enmands_a, central_professionel]"
    words = "name: {da: x, en: x}\ndescription: {da: x, en: y}\n"
    hashes = [
        scenarios.content_hash(scenarios.load(name))
        for name in (
            "central_professionel+enmands_a",
            "enmands_a+central_professionel",
            write(tmp_path, f"extends: {several}\n{words}"),
        )
    ]
    assert len(set(hashes)) == 1
    assert "bestyrelse" not in scenarios.load("enmands_a+central_professionel").fora


@pytest.mark.parametrize(
    ("joined", "said"),
    [
        ("central_professionel+lokal_fagprofessionel", "each is a project organisation"),
        ("central_professionel+enmands_a+enmands_b", "each is a secretariat"),
        ("laerebog+odense", "“laerebog” is complete, with areas of its own"),
        ("enmands_a+laerebog", "“laerebog” is complete, with areas of its own"),
    ],
)
def test_two_of_a_kind_cannot_be_joined(joined: str, said: str) -> None:
    with pytest.raises(scenarios.ScenarioError, match="cannot be joined") as error:
        scenarios.load(joined)
    assert said in str(error.value)
    assert "one each of project organisation, secretariat" in str(error.value)
    assert sum(f"“{part}”" in str(error.value) for part in joined.split("+")) == 2


def test_what_a_file_extends_may_be_joined_with_it() -> None:
    named = ("enmands_a", "sekretariat_grundform+enmands_a")
    one, other = (scenarios.load(f"central_professionel+{name}") for name in named)
    assert (one.actors, one.fora) == (other.actors, other.fora)


def test_slots_are_laid_in_their_order_within_what_a_file_extends(tmp_path: Path) -> None:
    models = ["lokal_semiprofessionel", "enmands_a", "omraade_4"]
    words = "name: {da: x, en: x}\ndescription: {da: x, en: y}\n"
    hashes = []
    for order in (models, models[::-1]):
        text = f"extends: [{', '.join(order)}]\n{words}"
        hashes.append(scenarios.content_hash(scenarios.load(write(tmp_path, text))))
    assert hashes[0] == hashes[1] == scenarios.content_hash(scenarios.load("+".join(models)))


def test_what_a_file_writes_itself_overrides_all_that_it_extends(tmp_path: Path) -> None:
    text = "extends: [omraade_4, enmands_a]\nfora: {styregruppe: {period_weeks: 9}}\n"
    scenario = scenarios.load(write(tmp_path, text))
    assert scenario.fora["styregruppe"].period_weeks == 9
    assert scenario.fora["styregruppe_oesterby"].period_weeks == 9


def test_a_secretariat_alone_stands_on_a_project_organisation() -> None:
    alone, joined = (
        scenarios.load(one) for one in ("enmands_b", "lokal_fagprofessionel+enmands_b")
    )
    assert scenarios.content_hash(alone) == scenarios.content_hash(joined)
    assert alone.key == "enmands_b"
    assert joined.name.da.startswith("Lokalt forankret fagprofessionel + ")


def test_seats_pass_to_those_who_take_them_in_bodies_of_other_files() -> None:
    scenario = scenarios.load("lokal_semiprofessionel+opdelt_team")
    assert {"projektleder", "projektleder_kommune"} <= set(scenario.fora["styregruppe"].members)
    assert "projektleder_kommune" not in scenario.fora["sekretariatsmoede"].members
    without = scenarios.load("lokal_semiprofessionel+enmands_a")
    seated = {member for forum in without.fora.values() for member in forum.members}
    assert not {"boligsocial_medarbejder_1", "boligsocial_medarbejder_2"} & seated
    assert "klubmedarbejder_2" in without.fora["beboerraad_boern_unge"].members


def test_a_star_deletes_all_that_was_inherited(tmp_path: Path) -> None:
    text = "extends: laerebog\nfora: {samarbejdsmoede: {members: {'*': null, chef: true}}}\n"
    assert scenarios.load(write(tmp_path, text)).fora["samarbejdsmoede"].members == ("chef",)


def test_no_two_shipped_files_have_one_name() -> None:
    data = Path(scenarios.__file__).parent / "data"
    assert len(blocks()) == len(list(data.glob("**/*.yaml")))
