"""What is in the address is what is on the page, whoever wrote it."""

import string

from hypothesis import given
from hypothesis import strategies as st

from dashboard.models import load, model_names, positions, usable, value_text, with_levers
from dashboard.sentences import sentences
from dashboard.settings import LARGEST_SEED, LEVER_KEYS, MOST_RUNS, Settings, from_query
from scenarios import LEVERS

MODELS = list(model_names())


@st.composite
def chosen(draw):
    model = draw(st.sampled_from(MODELS))
    levers = {}
    for position in positions(model):
        if len(position.values) > 1 and draw(st.booleans()):
            index = draw(st.integers(0, len(position.values) - 1))
            if index != position.own:
                levers[position.key] = position.values[index]
    return Settings(
        model=model,
        levers=levers,
        runs=draw(st.integers(1, MOST_RUNS)),
        seed=draw(st.integers(0, LARGEST_SEED)),
        language=draw(st.sampled_from(["da", "en"])),
        shown=draw(st.booleans()),
    )


@given(chosen())
def test_settings_come_back_from_their_own_address(settings):
    assert usable(from_query("?" + settings.query(), MODELS)) == settings


@given(st.text(alphabet=string.printable, max_size=80))
def test_any_address_gives_settings_that_can_be_run(query):
    settings = usable(from_query(query, MODELS))
    assert settings.model in MODELS
    assert 1 <= settings.runs <= MOST_RUNS
    with_levers(settings)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            **{
                key: st.sampled_from(["nan", "inf", "-1e9", "", "x", "2.5", "9"])
                for key in LEVER_KEYS
            },
            "model": st.sampled_from(["", "../secret", *MODELS]),
            "runs": st.sampled_from(["0", "-3", "1e3", "99999999999", "²"]),
            "seed": st.sampled_from(["-1", "nan", "10000000000000"]),
            "lang": st.sampled_from(["", "sv", "en"]),
        },
    )
)
def test_nonsense_in_a_field_is_left_out_or_brought_into_range(fields):
    settings = usable(from_query("&".join(f"{k}={v}" for k, v in fields.items()), MODELS))
    assert settings.model in MODELS
    assert 1 <= settings.runs <= MOST_RUNS
    assert 0 <= settings.seed <= LARGEST_SEED
    assert settings.language in ("da", "en")
    with_levers(settings)


def test_a_lever_put_where_the_model_has_it_is_not_moved():
    for model in MODELS:
        for position in positions(model):
            if position.values:
                own = position.values[position.own]
                assert usable(Settings(model=model, levers={position.key: own})).levers == {}


def test_every_value_of_every_lever_can_be_said_and_run():
    for model in MODELS:
        for position in positions(model):
            for value in position.values:
                with_levers(Settings(model=model, levers={position.key: value}))
                for language in ("da", "en"):
                    assert value_text(sentences(language), position.key, value)


def test_levers_and_models_speak_both_languages():
    for key in LEVER_KEYS:
        lever = LEVERS[key]
        assert all([lever.name.da, lever.name.en, lever.effect.da, lever.effect.en])
    for model in MODELS:
        scenario = load(model)
        assert all([scenario.name.da, scenario.name.en])
        assert all([scenario.description.da, scenario.description.en])
