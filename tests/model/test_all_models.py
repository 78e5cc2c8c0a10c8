"""Every organisation model, and many combinations: they load, draw, run and keep the rules."""

import numpy as np
import pytest

import scenarios
from scenarios.composing import FAMILIES, family
from scenarios.drawing import draw_svg
from scenarios.routing import routes_of
from simulation import SUMMARY, run_many
from simulation.vocabulary import SIZES
from tests.simulation.invariants import watched_run

WEEKS = 20


def of(name: str) -> list[str]:
    return [one for one in scenarios.names() if family(one) == name]


PROJECTS, SECRETARIATS, AREAS, MUNICIPALITIES, _ = (of(name) for name in FAMILIES)
COMBINATIONS = [
    *(f"{one}+{other}" for one in PROJECTS for other in (*SECRETARIATS, *AREAS, *MUNICIPALITIES)),
    *(f"{one}+{other}" for one in SECRETARIATS for other in (*AREAS, *MUNICIPALITIES)),
    *(f"{one}+{other}" for one in MUNICIPALITIES for other in ("driftsgruppe", "temagrupper")),
    "central_professionel+enmands_a+omraade_2",
    "lokal_semiprofessionel+opdelt_team+omraade_4+temagrupper+dialog_afdelingsbestyrelser",
    "central_professionel+driftsgruppe+temagrupper+dialog_afdelingsbestyrelser",
    "lokal_semiprofessionel+tvaerorganisatorisk_team+tre_omraader",
    "central_professionel+enmands_b+odense_by",
]
# One of each kind is run; all of them are loaded, built and drawn.
RUN = [*COMBINATIONS[::7], *COMBINATIONS[-5:]]


def test_each_family_is_complete() -> None:
    assert (len(PROJECTS), len(SECRETARIATS), len(AREAS), len(MUNICIPALITIES)) == (3, 5, 4, 7)


@pytest.mark.parametrize("name", COMBINATIONS)
def test_any_combination_loads_builds_and_is_drawn(name: str) -> None:
    scenario = scenarios.load(name)
    structure = scenarios.build(scenario)
    assert len(structure.actor_key) == len(set(structure.actor_key.tolist()))
    assert len(structure.forum_key) == len(set(structure.forum_key.tolist()))
    assert "</svg>" in draw_svg(scenario, "da")


@pytest.mark.parametrize("name", [*scenarios.names(), *RUN])
def test_twenty_weeks_break_no_invariant(name: str) -> None:
    scenario = scenarios.load(name)
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    run, complaints = watched_run(structure, parameters, 1, WEEKS)
    assert complaints == []
    assert run.summary["cases_arisen"] > 0


@pytest.mark.parametrize("name", [*scenarios.names(), *COMBINATIONS])
def test_every_matter_of_an_area_finds_a_decision_there(name: str) -> None:
    """A way exists for everyone who takes part, through bodies of that area or of all areas."""
    scenario = scenarios.load(name)
    routes = routes_of(scenario)
    for area in scenario.areas:
        for key, organisation in scenario.organisations.items():
            inside = "*" in organisation.areas or area in organisation.areas
            for size in SIZES[1:]:
                assert ((area, key, size) in routes) == inside
    for (area, _, size), stops in routes.items():
        assert all(scenario.fora[stop].area in (None, area) for stop in stops)
        last = scenario.fora[stops[-1]]
        assert last.right == "decide"
        assert last.mandate >= SIZES.index(size)


@pytest.mark.parametrize("name", [*scenarios.names(), *RUN])
def test_whoever_works_for_one_area_sits_with_people_of_that_area(name: str) -> None:
    """A body of one area has no member whose organisation is another area's."""
    scenario = scenarios.load(name)
    for forum in scenario.fora.values():
        for member in forum.members:
            home = scenario.organisations[scenario.actors[member].organisation].areas
            assert forum.area is None or "*" in home or forum.area in home, forum.name


def cases_and_departures(name: str) -> np.ndarray:
    scenario = scenarios.load(name)
    structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
    summary = run_many(structure, parameters, range(1, 9), weeks=WEEKS, keep_weekly=False).summary
    return summary[:, SUMMARY.index("cases_arisen")]


@pytest.mark.parametrize(
    "names",
    [
        (*PROJECTS, *SECRETARIATS, "randers", "varde"),
        (*AREAS, "lokal_semiprofessionel+tre_omraader", "central_professionel+enmands_a+omraade_2"),
    ],
    ids=["one area", "three areas"],
)
def test_models_over_the_same_areas_meet_the_same_cases(names: tuple[str, ...]) -> None:
    first, *others = (cases_and_departures(name) for name in names)
    assert first.std() > 0
    for other in others:
        np.testing.assert_array_equal(first, other)


def hours(name: str) -> float:
    scenario = scenarios.load(name)
    return sum(scenario.person(key).hours for key in scenario.actors)


@pytest.mark.parametrize("name", [*PROJECTS, *SECRETARIATS, "randers", "varde"])
def test_models_over_one_area_have_the_same_hours(name: str) -> None:
    assert hours(name) == pytest.approx(429.5)


@pytest.mark.parametrize("name", AREAS)
@pytest.mark.parametrize("other", SECRETARIATS)
def test_area_secretariats_have_the_same_hours_with_any_secretariat(name: str, other: str) -> None:
    """Ninety hours more than three areas without one, which is what an area secretariat is."""
    assert hours(f"{name}+{other}") == pytest.approx(hours(f"{other}+tre_omraader") + 90)


def test_people_of_the_first_area_are_the_same_as_in_one_area() -> None:
    one, three = scenarios.load("lokal_fagprofessionel"), scenarios.load("omraade_1")
    assert one.actors.keys() < three.actors.keys()
    for key in one.actors:
        assert one.person(key) == three.person(key)


@pytest.mark.parametrize("name", [one for one in scenarios.names() if one != "laerebog"])
def test_every_boligorganisation_has_its_yearly_styringsdialog(name: str) -> None:
    scenario = scenarios.load(name)
    dialogues = [
        {scenario.actors[one].organisation for one in forum.members}
        for key, forum in scenario.fora.items()
        if key.startswith("styringsdialog") and forum.period_weeks == 52
    ]
    for key, organisation in scenario.organisations.items():
        if organisation.kind == "boligorganisation":
            assert any({key, "borgmesterforvaltning"} <= homes for homes in dialogues), key


@pytest.mark.parametrize("name", [one for one in scenarios.names() if one != "laerebog"])
def test_no_one_is_without_a_body_but_those_who_wait_for_a_lever_or_work_alone(name: str) -> None:
    """Staff officers sit nowhere by design; front staff and caretakers may sit nowhere."""
    scenario = scenarios.load(name)
    seated = {member for forum in scenario.fora.values() for member in forum.members}
    for key in scenario.actors.keys() - seated:
        role = scenario.actors[key].role
        assert role in ("staff_officer", "front_staff", "caretaker", "partner_staff"), key


def test_a_city_is_ten_times_the_base() -> None:
    base, city = scenarios.load("lokal_fagprofessionel"), scenarios.load("odense_by")
    rates = [sum(area.case_rate for area in one.areas.values()) for one in (base, city)]
    assert rates[1] == pytest.approx(10 * rates[0])
    assert 450 <= len(city.actors) <= 550
    own = [key for key, forum in city.fora.items() if forum.area is not None]
    assert len(own) == 10 * len([key for key, one in city.fora.items() if one.area == "middelby"])
