"""Following a case and a relation: what is told agrees with the run, with every case of it."""

import numpy as np
import pytest
from rich.console import Console

from analysis.following import CHOICES, Follower, NoSuchCaseError
from analysis.language import Words
from analysis.lives import OPTIONS, lacking
from analysis.lives_text import case_text, list_text, relation_text
from analysis.story import Names, tell
from simulation.tracing import trace
from simulation.vocabulary import CASE_STATUSES, EVENTS
from tests.simulation.digest import WORLDS
from tests.simulation.worlds import ordinary_world

WEEKS = 60
PAIR = (0, 2)


@pytest.fixture(scope="module")
def follower() -> Follower:
    world = ordinary_world()
    people = [person.name for person in world.people]
    structure, parameters = WORLDS["lively"]()
    bodies = [f"body {number}" for number in range(len(structure.forum_key))]
    names = Names(people, list(world.organisations), bodies)
    # bodies that say yes to one matter in three or so put off, refuse and let wait
    hesitant = parameters._replace(
        agreement_base=0.1, agreement_from_goals=0.2, agreement_from_trust=0.2
    )
    return Follower(trace(structure, hesitant, 3, WEEKS, pair=PAIR), names)


def shown(parts) -> str:
    console = Console(width=100, highlight=False)
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    return captured.get()


def test_every_case_of_the_run_has_a_life_that_holds_all_its_events(follower: Follower) -> None:
    record, state = follower.trace.run.record, follower.trace.run.state
    of_cases = record.event[: record.event_count[0]]
    of_cases = of_cases[of_cases[:, 2] >= 0]
    rows = follower.rows()
    assert [row.number for row in rows] == list(range(1, int(state.cases_arisen[0]) + 1))
    lives = [follower.case(row.number) for row in rows]
    assert sum(len(life.happenings) for life in lives) == len(of_cases)
    for life in lives:
        assert life.happenings[0].kind == "case_arose"
        assert life.first_week <= life.last_week <= WEEKS
        assert life.status == CASE_STATUSES[state.case_status[life.number - 1]]
        assert life.happenings[0].value == life.hours


def test_the_choice_told_is_what_was_settled_in_every_case(follower: Follower) -> None:
    pairs = 0
    for row in follower.rows():
        life = follower.case(row.number)
        settled = [one for one in life.happenings if one.kind == "settled"]
        told = {partner.person: partner for partner in life.partners}
        assert len(told) == len(settled)
        for event in settled:
            partner = told[event.other]
            assert OPTIONS.index(partner.settled) == event.value
            for side in (partner.holder_side, partner.partner_side):
                assert side is not None
                best = max(side.options, key=lambda option: option.worth)
                assert best.name == side.chosen
            pairs += 1
    assert pairs > 100


def test_stays_with_bodies_add_up_to_what_the_record_counted(follower: Follower) -> None:
    record = follower.trace.run.record
    stays = [stay for row in follower.rows() for stay in follower.case(row.number).stays]
    kinds = [EVENTS[kind] for kind in record.event[: record.event_count[0], 1]]
    assert len(stays) == kinds.count("sent_to_body") > 20
    assert sum(stay.deferred for stay in stays) == kinds.count("deferred") > 0
    assert sum(stay.outcome == "refused" for stay in stays) == kinds.count("refused") > 0
    assert sum(stay.outcome == "overtaken" for stay in stays) == kinds.count("overtaken") > 0
    passed, weeks = 0, 0
    for row in follower.rows():
        life = follower.case(row.number)
        by_body = {
            one.week for one in life.happenings if one.kind == "conflict_settled" and one.forum
        }
        for stay in life.stays:
            mediated = stay.outcome == "conflict_settled" and stay.last_week in by_body
            if stay.outcome in ("approved", "refused", "sent_on") or mediated:
                passed, weeks = passed + 1, weeks + stay.last_week - stay.first_week
    np.testing.assert_array_equal(record.forum_waits.sum(axis=(0, 1)), [passed, weeks])
    assert any(stay.not_reached for stay in stays)  # agendas hold two matters


def test_rules_pick_the_case_they_say(follower: Follower) -> None:
    rows = follower.rows()
    waited = follower.case(follower.choose("waited"))
    assert waited.weeks_waited == max(row.weeks_waited for row in rows) > 0
    assert follower.case(follower.choose("highest")).step == max(row.step for row in rows)
    conflict = follower.case(follower.choose("conflict"))
    assert "conflict_began" in {one.kind for one in conflict.happenings}
    interesting = follower.case(follower.choose("interesting"))
    assert len({one.kind for one in interesting.happenings}) >= 8


def test_a_case_that_is_not_there_is_said(follower: Follower) -> None:
    last = len(follower.rows())
    for number in (0, last + 1):
        with pytest.raises(NoSuchCaseError, match=f"its cases are 1 to {last}"):
            follower.case(number)


def test_a_relation_has_the_cases_that_the_record_counted(follower: Follower) -> None:
    life = follower.relation(*PAIR)
    one, other = PAIR
    counted = follower.trace.run.record.pair_steps[one, other]
    assert list(life.steps()) == counted.tolist()
    assert [week.week for week in life.weeks] == list(range(1, WEEKS + 1))
    assert sum(carrier.cases for carrier in life.carriers) == 2 * len(life.cases) > 20
    homes = {carrier.organisation for carrier in life.carriers}
    assert homes >= {life.one, life.other}  # someone lent carries it from a third
    assert life.carriers[0].share == life.carriers[0].cases / len(life.cases)
    assert {one.kind for one in life.happenings} & {"conflict_began", "promise_broken"}


def test_what_was_lacking_is_told_only_where_less_came_of_it(follower: Follower) -> None:
    partners = [
        partner for row in follower.rows() for partner in follower.case(row.number).partners
    ]
    reasons = {lacking(partner) for partner in partners}
    assert {"", "hours"} <= reasons
    for partner in partners:
        if partner.step >= OPTIONS.index(partner.settled):
            assert lacking(partner) == ""


def test_a_consent_refused_is_told_where_it_cut_what_both_chose(follower: Follower) -> None:
    words, told, cut = Words("en"), 0, 0
    for row in follower.rows():
        life = follower.case(row.number)
        refused = any(one.kind == "consent_refused" for one in life.happenings)
        text = " ".join(shown(case_text(life, [], words)).split())
        told += text.count("did not consent to being named")
        for partner in life.partners:
            sides = (partner.holder_side, partner.partner_side)
            least = min(OPTIONS.index(side.chosen) for side in sides if side is not None)
            cut += refused and least > OPTIONS.index("tell") == OPTIONS.index(partner.settled)
    assert told == cut > 3


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_life_can_be_told_in_both_languages(follower: Follower, language: str) -> None:
    words = Words(language)
    lines = list(tell(follower.trace.run, follower.names, words))
    for rule in CHOICES:
        life = follower.case(follower.choose(rule))
        own = [line for line in lines if line.group == life.number]
        text = shown(case_text(life, own, words))
        assert words("follow.why") in text
        assert all(partner.person in text for partner in life.partners)
        assert all(stay.forum in text for stay in life.stays)
    for row in follower.rows():
        assert shown(case_text(follower.case(row.number), [], words))
    relation = shown(relation_text(follower.relation(*PAIR), ["x."], words))
    assert words("follow.carried") in relation
    assert shown([list_text(follower.rows(), words)]).count("\n") > len(follower.rows())
