"""From scenario to arrays."""

import numpy as np
import pytest

import scenarios
from scenarios.routing import routes_of
from simulation.randomness import stable_id
from simulation.structure import Structure
from simulation.vocabulary import CAMPS, DECIDE, LEVELS, ROLES, SIZES

KINDS = {"Ints": np.int64, "Floats": np.float64, "Flags": np.bool_}
UNITS_OF = {
    "area": "areas",
    "organisation": "organisations",
    "actor": "actors",
    "forum": "fora",
}


@pytest.fixture(scope="module", params=scenarios.names())
def built(request: pytest.FixtureRequest) -> tuple[scenarios.Scenario, Structure]:
    scenario = scenarios.load(request.param)
    return scenario, scenarios.build(scenario)


def test_arrays_have_the_documented_kinds_and_lengths(
    built: tuple[scenarios.Scenario, Structure],
) -> None:
    scenario, structure = built
    for name, array in structure._asdict().items():
        kind = Structure.__annotations__[name]
        expected = {id(v): v for v in KINDS.values()}
        assert array.dtype in expected.values(), (name, kind)
        assert array.flags.c_contiguous, name
    for key, collection in UNITS_OF.items():
        assert len(getattr(structure, f"{key}_key")) == len(getattr(scenario, collection))
    organisations = len(scenario.organisations)
    assert structure.route_start.shape == (len(scenario.areas) * organisations * 4 + 1,)
    assert structure.mediating_forum.shape == (len(LEVELS), organisations, organisations)
    assert structure.forum_start.shape == (len(scenario.fora) + 1,)
    assert structure.forum_start[-1] == len(structure.forum_member)
    assert structure.route_start[-1] == len(structure.route_stop)
    assert sorted(structure.member) == list(range(len(scenario.actors)))


def test_shares_sum_to_one_and_matrices_are_symmetric(
    built: tuple[scenarios.Scenario, Structure],
) -> None:
    _, structure = built
    for name in ("area_needs", "area_size_share", "organisation_goals"):
        assert getattr(structure, name).sum(axis=1) == pytest.approx(1.0)
    for name in ("role_clarity", "formal_agreement", "trust_start", "acquaintance_start"):
        table = getattr(structure, name)
        assert np.array_equal(table, table.T)
        assert np.all((table >= 0) & (table <= 1))


def test_people_are_grouped_by_organisation(built: tuple[scenarios.Scenario, Structure]) -> None:
    _, structure = built
    for organisation in range(len(structure.organisation_key)):
        first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
        inside = structure.member[first:end]
        assert np.all(structure.actor_organisation[inside] == organisation)


def test_meetings_begin_within_their_rhythm(built: tuple[scenarios.Scenario, Structure]) -> None:
    scenario, structure = built
    assert np.all(structure.forum_phase < structure.forum_period)
    written = [
        -1 if forum.phase_week is None else forum.phase_week for forum in scenario.fora.values()
    ]
    assert structure.forum_phase.tolist() == written


def test_routes_end_where_the_matter_can_be_decided(
    built: tuple[scenarios.Scenario, Structure],
) -> None:
    _, structure = built
    for area, organisation, size in np.ndindex(*structure.organisation_in_area.T.shape, len(SIZES)):
        route = (area * len(structure.organisation_key) + organisation) * len(SIZES) + size
        first, end = structure.route_start[route], structure.route_start[route + 1]
        if size == 0 or not structure.organisation_in_area[organisation, area]:
            assert first == end
        else:
            last = structure.route_stop[end - 1]
            assert structure.forum_right[last] == DECIDE
            assert structure.forum_mandate[last] >= size


def test_a_person_keeps_the_same_key_in_every_model() -> None:
    one, other = (
        scenarios.build(scenarios.load(name)) for name in ("central_professionel", "laerebog")
    )
    assert stable_id("projektleder") in one.actor_key
    assert stable_id("projektleder") in other.actor_key
    assert len(set(one.actor_key)) == len(one.actor_key)


def test_an_added_person_shifts_no_other_person() -> None:
    scenario = scenarios.load("laerebog")
    guest = scenario.actors["stab_1"]
    more = scenario.model_copy(update={"actors": {"gaest": guest, **scenario.actors}})
    before, after = scenarios.build(scenario), scenarios.build(more)
    assert np.array_equal(after.actor_key[1:], before.actor_key)
    assert np.array_equal(after.forum_member, before.forum_member + 1)


def test_the_teaching_model_by_hand() -> None:
    structure = scenarios.build(scenarios.load("laerebog"))
    chef, projektleder = 0, 9
    assert structure.actor_role[chef] == ROLES.index("forvaltning_leader")
    assert structure.actor_level[projektleder] == LEVELS.index("tactical")
    assert structure.organisation_camp.tolist() == [
        CAMPS.index(camp) for camp in ("kommune", "boligorganisation", "helhedsplan")
    ]
    assert structure.actor_hours[projektleder] == 30.0
    assert structure.actor_coordinating[projektleder] == 0.5
    assert structure.forum_member.tolist() == [0, 1, 6, 7, 9, 10]
    assert structure.route_start.tolist() == [0, 0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9]
    tactical = structure.mediating_forum[LEVELS.index("tactical")]
    assert tactical.tolist() == [[-1, 0, 0], [0, -1, 0], [0, 0, -1]]
    assert structure.trust_start.tolist() == [
        [0.65 if i == j else 0.45 for j in range(3)] for i in range(3)
    ]
    assert structure.area_size_share[0] == pytest.approx([0.5, 0.3, 0.15, 0.05])


def test_the_nearest_body_with_people_from_both_mediates() -> None:
    scenario = scenarios.load("lokal_fagprofessionel")
    structure = scenarios.build(scenario)
    organisations, fora = list(scenario.organisations), list(scenario.fora)

    def between(level: str, one: str, other: str) -> str | None:
        table = structure.mediating_forum[LEVELS.index(level)]
        k = table[organisations.index(one), organisations.index(other)]
        return None if k < 0 else fora[k]

    assert between("executing", "skole", "sekretariat") == "driftsgruppe"
    assert between("tactical", "skole", "sekretariat") == "styregruppe"
    assert between("executing", "engbo", "kultur_fritid") is None
    assert between("tactical", "engbo", "kultur_fritid") == "styregruppe"
    assert between("strategic", "engbo", "boern_unge") == "bestyrelse"
    assert all(between(level, "frivillige", "skole") is None for level in LEVELS)
    assert np.array_equal(structure.mediating_forum, structure.mediating_forum.transpose(0, 2, 1))


def test_specific_relations_beat_general_ones() -> None:
    scenario = scenarios.load("central_professionel")
    exact = {"between": ["sekretariat", "engbo"], "trust": 0.9, "source": "assumption"}
    changed = scenarios.with_settings(scenario, {"relations.naert": exact})
    structure = scenarios.build(changed)
    keys = list(scenario.organisations)
    plan, engbo, midtbo = (keys.index(one) for one in ("sekretariat", "engbo", "midtbo"))
    assert structure.trust_start[plan, engbo] == structure.trust_start[engbo, plan] == 0.9
    assert structure.trust_start[plan, midtbo] == 0.6
    assert structure.formal_agreement[plan, engbo] == 0.5


def test_labels_follow_the_order_of_the_arrays_with_levers_turned() -> None:
    scenario = scenarios.with_settings(
        scenarios.load("central_professionel"), {"levers.chain_length": 1}
    )
    labels, structure = scenarios.labels(scenario), scenarios.build(scenario)
    for names, key in zip(labels, ("area", "organisation", "actor", "forum"), strict=True):
        assert [stable_id(one) for one in names] == getattr(structure, f"{key}_key").tolist()
    assert labels.fora["ekstra_led_1"].da == "Ekstra led 1"


def test_internal_bodies_do_not_mediate() -> None:
    scenario = scenarios.load("laerebog")
    internal = scenarios.with_settings(scenario, {"fora.samarbejdsmoede.of_plan": False})
    assert np.all(scenarios.build(internal).mediating_forum == -1)


def test_specific_relations_win_in_whatever_order_they_stand() -> None:
    scenario = scenarios.load("laerebog")
    general = {"between": ["helhedsplan", "kommune"], "trust": 0.2, "source": "assumption"}
    exact = {"between": ["plan", "forvaltning"], "trust": 0.9, "source": "assumption"}
    for order in ({"a": exact, "b": general}, {"a": general, "b": exact}):
        settings = {f"relations.{key}": entry for key, entry in order.items()}
        structure = scenarios.build(scenarios.with_settings(scenario, settings))
        assert structure.trust_start[0, 2] == structure.trust_start[2, 0] == 0.9
        assert structure.trust_start[1, 2] == 0.45


def test_a_route_of_the_organisation_beats_its_camps_and_that_beats_everyones() -> None:
    scenario = scenarios.load("central_professionel")
    settings = {
        f"routes.{name}": {"from": [origin], "size": ["small"], "via": via, "source": "assumption"}
        for name, origin, via in (
            ("camp", "local_partners", ["home", "styregruppe"]),
            ("one", "skole", ["styregruppe"]),
        )
    }
    routes = routes_of(scenarios.with_settings(scenario, settings))
    assert routes["middelby", "skole", "small"] == ("styregruppe",)
    assert routes["middelby", "klub", "small"] == ("personalemoede_klub", "styregruppe")
    assert routes["middelby", "engbo", "small"] == ("sekretariatsmoede", "styregruppe")


def test_lent_staff_are_grouped_by_host_and_led_as_told() -> None:
    scenario = scenarios.with_settings(
        scenarios.load("laerebog"),
        {
            "actors.jobkonsulent.lent_to": "plan",
            "actors.jobkonsulent.lent_share": "0.25",
            "actors.jobkonsulent.leader": "both",
            "actors.konsulent.defined_plan": "1",
            "organisations.forvaltning.defined_plan": "0",
            "relations.default.loyalty": "0.5",
        },
    )
    structure = scenarios.build(scenario)
    place = {key: k for k, key in enumerate(scenario.organisations)}
    actor = {key: k for k, key in enumerate(scenario.actors)}
    lent = actor["jobkonsulent"]

    assert structure.guest.tolist() == [lent]
    assert structure.host_start.tolist() == [0, 0, 0, 1]
    assert structure.actor_lent_to[lent] == place["plan"]
    assert (structure.actor_lent_share[lent], structure.actor_host_leads[lent]) == (0.25, 0.5)
    assert structure.actor_lent_share.sum() == 0.25
    assert structure.actor_defined_plan[[lent, actor["konsulent"]]].tolist() == [-1.0, 1.0]
    assert structure.loyalty[0, 1] == 0.5
    assert structure.loyalty[0, 0] == 0.0
