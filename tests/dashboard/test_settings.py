"""What is in the address is what is on the page, whoever wrote it."""

import string

from hypothesis import given
from hypothesis import strategies as st

from dashboard.levers import AS_IN_MODEL, left_out, positions, usable, value_text
from dashboard.models import (
    AREA_SECRETARIATS,
    SECRETARIATS,
    load,
    model_names,
    names_in,
    parts_of,
    with_levers,
)
from dashboard.sentences import sentences
from dashboard.settings import LARGEST_SEED, MOST_RUNS, Settings, from_query
from scenarios import LEVERS

MODELS = list(model_names())
SMALL = "laerebog"
JOINED = "central_professionel+enmands_a+omraade_2"
TRIED = (SMALL, "lokal_fagprofessionel", "soenderborg", JOINED)


@st.composite
def chosen(draw):
    model = draw(st.sampled_from(TRIED))
    wanted = draw(st.lists(st.sampled_from(list(LEVERS)), max_size=4, unique=True))
    levers = {}
    for position in positions(Settings(model=model)).values():
        if position.key in wanted and position.values:
            levers[position.key] = draw(st.sampled_from(position.values))
    return usable(
        Settings(
            model=model,
            levers=levers,
            runs=draw(st.integers(1, MOST_RUNS)),
            seed=draw(st.integers(0, LARGEST_SEED)),
            language=draw(st.sampled_from(["da", "en"])),
            shown=draw(st.booleans()),
        )
    )


@given(chosen())
def test_settings_come_back_from_their_own_address(settings):
    assert usable(from_query("?" + settings.query(), MODELS)) == settings


@given(st.text(alphabet=string.printable, max_size=80))
def test_any_address_gives_settings_that_can_be_run(query):
    settings = usable(from_query(query, MODELS))
    assert set(settings.model.split("+")) <= set(MODELS)
    assert 1 <= settings.runs <= MOST_RUNS
    with_levers(settings)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{
                key: st.sampled_from(["nan", "inf", "-1e9", "", "x", "2.5", "9", "none"])
                for key in LEVERS
            },
            "model": st.sampled_from(["", "../secret", "enmands_a+../secret", "+", SMALL, JOINED]),
            "runs": st.sampled_from(["0", "-3", "1e3", "99999999999", "²"]),
            "seed": st.sampled_from(["-1", "nan", "10000000000000"]),
            "lang": st.sampled_from(["", "sv", "en"]),
        },
    )
)
def test_nonsense_in_a_field_is_left_out_or_brought_into_range(fields):
    settings = usable(from_query("&".join(f"{k}={v}" for k, v in fields.items()), MODELS))
    assert settings.model in ("lokal_fagprofessionel", SMALL, JOINED)
    assert 1 <= settings.runs <= MOST_RUNS
    assert 0 <= settings.seed <= LARGEST_SEED
    assert settings.language in ("da", "en")
    with_levers(settings)


def test_a_lever_put_where_the_model_has_it_is_not_moved():
    for model in TRIED:
        for position in positions(Settings(model=model)).values():
            if position.values and position.own != AS_IN_MODEL:
                own = Settings(model=model, levers={position.key: position.values[position.own]})
                assert usable(own).levers == {}
                assert left_out(own, usable(own)).levers == ()


def test_every_value_offered_can_be_said_and_run():
    for position in positions(Settings(model=SMALL)).values():
        for value in position.values:
            with_levers(Settings(model=SMALL, levers={position.key: value}))
            for language in ("da", "en"):
                assert value_text(sentences(language), position.key, value)


def test_both_ends_of_every_lever_are_offered_where_the_model_takes_them():
    places = positions(Settings(model="lokal_fagprofessionel"))
    for key, lever in LEVERS.items():
        if places[key].values:
            assert (places[key].values[0], places[key].values[-1]) == (lever.low, lever.high)
        assert len(places[key].values) <= 21
    assert [key for key, place in places.items() if not place.values] == [
        "lent_full_time",
        "lent_leader",
    ]


def test_a_part_that_cannot_be_joined_and_a_lever_that_cannot_stand_are_told():
    wanted = Settings(model=f"{SMALL}+enmands_a", levers={"lent_leader": 1.0, "budget_cut": 0.2})
    kept = usable(wanted)
    assert (kept.model, kept.levers) == (SMALL, {"budget_cut": 0.2})
    assert left_out(wanted, kept) == (("enmands_a",), ("lent_leader",))


def test_parts_are_found_in_any_order_and_of_two_of_a_kind_the_first_counts():
    assert parts_of("omraade_2+enmands_a+koege").model == "koege+enmands_a+omraade_2"
    assert parts_of("enmands_a+enmands_b+koege").model == "koege+enmands_a"
    assert parts_of("omraade_1").model == "omraade_1"


def test_a_plus_sign_typed_by_hand_arrives_as_a_space_and_is_understood():
    assert from_query(f"model={JOINED}", MODELS).model == JOINED


def test_every_project_organisation_and_municipality_takes_every_secretariat():
    bases = [*names_in("project_organisations"), *names_in("municipalities")]
    joining = zip(bases, names_in(SECRETARIATS) * 2, names_in(AREA_SECRETARIATS) * 3, strict=False)
    for base, secretariat, area in joining:
        model = f"{base}+{secretariat}+{area}"
        assert usable(Settings(model=model)).model == model
        load(model)


def test_the_address_says_choices_by_name():
    settings = Settings(levers={"coordinator": 1.0, "residents": 5000.0})
    assert "coordinator=neutral" in settings.query()
    assert "residents=5000" in settings.query()
    assert usable(from_query(settings.query(), MODELS)) == settings


def test_levers_and_models_speak_both_languages():
    for lever in LEVERS.values():
        assert all([lever.name.da, lever.name.en, lever.effect.da, lever.effect.en])
    for model in MODELS:
        scenario = load(model)
        assert all([scenario.name.da, scenario.name.en])
        assert all([scenario.description.da, scenario.description.en])
