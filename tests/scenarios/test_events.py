"""Outside events, pre-meetings and agreements as scenario data."""

import pytest

import scenarios
from simulation.structure import world_hash

CUT = {
    "name": {"da": "Besparelse", "en": "Budget cut"},
    "kind": "budget_cut",
    "week": 20,
    "share": 0.15,
    "concerns": ["kommune"],
    "source": "assumption",
}


def with_event(**changes: object) -> scenarios.Scenario:
    event = {key: value for key, value in (CUT | changes).items() if value is not None}
    return scenarios.with_settings(scenarios.load("laerebog"), {"events.besparelse": event})


def test_an_event_is_built_with_whom_it_concerns() -> None:
    structure = scenarios.build(with_event())

    assert structure.shock_week.tolist() == [20]
    assert structure.shock_size.tolist() == [0.15]
    assert structure.shock_hits.tolist() == [[True, False, False]]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "budgt_cut"}, r"budgt_cut.*budget_cut"),
        ({"week": None}, r"events\.besparelse.*week"),
        ({"yearly_chance": 0.5}, r"events\.besparelse.*two times"),
        ({"concerns": ["komune"]}, r"komune.*kommune"),
        ({"area": "lileby"}, r"lileby.*lilleby"),
        ({"factor": 9.0}, r"factor"),
    ],
)
def test_what_is_wrong_with_an_event_is_told(changes: dict, message: str) -> None:
    with pytest.raises(scenarios.ScenarioError, match=message):
        with_event(**changes)


def test_an_event_makes_another_world_and_a_body_does_not() -> None:
    plain = scenarios.load("laerebog")
    other_body = scenarios.with_settings(plain, {"fora.samarbejdsmoede.period_weeks": 8})
    hashes = [world_hash(scenarios.build(one)) for one in (plain, other_body, with_event())]

    assert hashes[0] == hashes[1] != hashes[2]


def test_pre_meetings_must_fit_between_two_meetings() -> None:
    plain = scenarios.load("laerebog")
    setting = "fora.samarbejdsmoede.premeeting_weeks"

    assert scenarios.build(scenarios.with_settings(plain, {setting: 3})).forum_premeeting[0] == 3
    with pytest.raises(scenarios.ScenarioError, match="0 to 3"):
        scenarios.with_settings(plain, {setting: 4})


def test_an_agreement_that_names_no_staff_is_paper() -> None:
    plain = scenarios.load("laerebog")
    paper = scenarios.with_settings(plain, {"relations.default.names_resources": 0.5})

    assert scenarios.build(plain).formal_agreement[0, 1] == pytest.approx(0.2)
    assert scenarios.build(paper).formal_agreement[0, 1] == pytest.approx(0.1)


def test_a_pair_shares_data_whatever_it_shares_with_others() -> None:
    plain = scenarios.load("laerebog")
    pair = {"between": ["plan", "forvaltning"], "shared_data": 0.6, "source": "assumption"}
    shared = scenarios.build(scenarios.with_settings(plain, {"relations.data": pair}))

    assert shared.organisation_data.tolist() == [0.6, 0.0, 0.6]
    assert shared.shared_data.tolist() == [[0.0, 0.0, 0.6], [0.0, 0.0, 0.0], [0.6, 0.0, 0.0]]
