"""What holds for every lever: its words, its values, its default, and that it turns any model."""

import random
import re

import numpy as np
import pytest

import scenarios
from scenarios import LEVERS, ScenarioError, with_settings
from scenarios.checking import checked
from scenarios.composing import blocks
from scenarios.errors import Places
from scenarios.levers import GROUPS, TARGETS
from scenarios.merging import normalise
from scenarios.schema import Scenario
from scenarios.sources import problem_with_tag
from simulation import SUMMARY, run_many

# Where a model gives a lever nothing to turn: (lever, model, value): what the message says.
NOTHING_TO_TURN = {
    ("mandate", "laerebog", 0): "unreachable decision",
    ("chain_length", "laerebog", 4): "0 to 1 in this scenario",
    ("coordinator_hours", "laerebog", 0): "no coordinator.*levers.coordinator=neutral",
    ("coordinator_hours", "laerebog", 37): "no coordinator.*levers.coordinator=neutral",
    ("coordinator_forum", "laerebog", 1): "no coordinator.*levers.coordinator=neutral",
    # There the projektleder is the coordinator too.
    ("coordinator_hours", "soenderborg", 0): "no coordinator.*levers.coordinator=neutral",
    ("coordinator_hours", "soenderborg", 37): "no coordinator.*levers.coordinator=neutral",
    ("coordinator_forum", "soenderborg", 1): "no coordinator.*levers.coordinator=neutral",
    ("one_person_dialogue", "laerebog", 1): "there is no styringsdialog",
    ("election", "laerebog", 1): "nobody in this scenario is elected",
    ("residents_place", "laerebog", 4): "no elected residents",
}
# Levers on what a model has only once another lever is turned.
WITH = {
    "lent_full_time": {"levers.lent_hours": 9},
    "lent_leader": {"levers.lent_hours": 9},
}
ENDS = [(key, end) for key, lever in LEVERS.items() for end in (lever.low, lever.high)]
# In the ordinary tier one model that lacks almost everything and one that has most of it.
FEW = ("laerebog", "lokal_semiprofessionel")
ALL_MODELS = [
    pytest.param(name, marks=() if name in FEW else pytest.mark.verify)
    for name in scenarios.names()
]


def turned_to(scenario: Scenario, key: str, value: object) -> Scenario:
    return with_settings(scenario, {**WITH.get(key, {}), f"levers.{key}": value})


def check_again(scenario: Scenario) -> None:
    """What a lever made must itself be a valid scenario, with all ids, ranges and routes."""
    data = scenarios.turned(scenario).model_dump(mode="json", exclude_none=True)
    checked(normalise(data), Places("", {}))


@pytest.fixture(scope="module", params=ALL_MODELS)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return scenarios.load(request.param)


@pytest.mark.parametrize("key", LEVERS)
def test_every_lever_is_described_in_full(key: str) -> None:
    lever = LEVERS[key]
    assert re.fullmatch("[a-z][a-z_]*", key)
    assert lever.key == key
    assert lever.group in GROUPS
    assert not problem_with_tag(lever.source)
    assert lever.low < lever.high
    assert lever.default is None or lever.low <= lever.default <= lever.high
    assert (lever.turn_at is None) == (lever.targets == "")
    assert not lever.targets or lever.targets in TARGETS
    for text in (lever.name, lever.unit, lever.effect, *(one.words for one in lever.choices)):
        assert text.da
        assert text.en
    for sentence in (lever.effect.da, lever.effect.en):
        assert sentence.endswith(".")
        assert ". " not in sentence  # one sentence


def test_names_are_told_apart() -> None:
    for language in ("da", "en"):
        names = [getattr(lever.name, language) for lever in LEVERS.values()]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("key", LEVERS)
def test_the_default_changes_nothing(key: str, scenario: Scenario) -> None:
    same = with_settings(scenario, {f"levers.{key}": LEVERS[key].default})
    assert scenarios.turned(same).model_dump() == scenarios.turned(scenario).model_dump()


@pytest.mark.slow
@pytest.mark.parametrize(("key", "end"), ENDS)
def test_both_ends_build_and_run(key: str, end: float, scenario: Scenario) -> None:
    expected = NOTHING_TO_TURN.get((key, scenario.key, int(end)))
    if expected:
        with pytest.raises(ScenarioError, match=f"levers.{key}.*{expected}"):
            turned_to(scenario, key, end)
        return
    turned = turned_to(scenario, key, end)
    check_again(turned)
    structure, parameters = scenarios.build(turned), scenarios.parameters(turned)
    summary = run_many(structure, parameters, [1], weeks=4, keep_weekly=False).summary
    assert np.isfinite(summary[0, SUMMARY.index("hours_meeting")])


def random_settings(draw: random.Random) -> dict[str, float]:
    """Two to eight levers at random values, never more than three areas."""
    settings: dict[str, float] = {}
    for key in draw.sample(list(LEVERS), draw.randint(2, 8)):
        lever = LEVERS[key]
        high = 3 if key == "areas" else lever.high
        value = draw.uniform(lever.low, high)
        settings[f"levers.{key}"] = round(value) if lever.whole else value
    return settings


@pytest.mark.parametrize("seed", range(6))
def test_levers_join(seed: int, scenario: Scenario) -> None:
    """Any levers together give a valid scenario, or an error that names the lever."""
    settings = random_settings(random.Random(seed))
    try:
        turned = with_settings(scenario, settings)
    except ScenarioError as error:
        named = str(error).split(":")[0]
        assert named in settings
        return
    check_again(turned)
    assert scenarios.build(turned)


@pytest.mark.parametrize("key", LEVERS)
def test_what_is_out_of_range_is_refused_with_the_range_and_the_nearest(key: str) -> None:
    lever, scenario = LEVERS[key], scenarios.load("laerebog")
    for given, nearest in ((lever.low - 1.5, lever.low), (lever.high + 1.5, lever.high)):
        with pytest.raises(ScenarioError) as caught:
            with_settings(scenario, {f"levers.{key}": given})
        message = str(caught.value)
        shown = lever.choices[int(nearest)].name if lever.choices else f"{nearest:g}"
        assert f"levers.{key}: {given:g} is not allowed" in message
        assert f"{lever.high:g}" in message
        assert f"Did you mean “{shown}”?" in message


@pytest.mark.parametrize("key", [key for key, lever in LEVERS.items() if lever.choices])
def test_a_choice_takes_its_names_and_their_places(key: str) -> None:
    scenario = scenarios.load("lokal_fagprofessionel")
    for place, choice in enumerate(LEVERS[key].choices):
        by_name = turned_to(scenario, key, choice.name)
        by_place = turned_to(scenario, key, str(place))
        assert scenarios.content_hash(by_name) == scenarios.content_hash(by_place)
        with pytest.raises(ScenarioError, match=f"Did you mean “{choice.name}”"):
            with_settings(scenario, {f"levers.{key}": f"{choice.name}x"})


def test_the_blocks_that_are_no_scenarios_hold_no_levers() -> None:
    assert "catalogue" not in blocks()


def test_who_is_lent_must_be_lent_first() -> None:
    scenario = scenarios.load("lokal_fagprofessionel")
    for key in WITH:
        with pytest.raises(
            ScenarioError, match=rf"levers.{key}: nobody is lent.*levers.lent_hours"
        ):
            with_settings(scenario, {f"levers.{key}": 1})
