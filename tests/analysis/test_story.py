"""One run told in sentences: nothing left out, nothing doubled, the right names."""

import pytest

import scenarios
import simulation
from analysis.language import Words
from analysis.story import (
    LAST,
    STANDING_OUT,
    Line,
    Names,
    events_table,
    in_short,
    pages,
    standing_out,
    tell,
    unended,
)
from simulation.parameters import Parameters
from simulation.runs import Run
from simulation.vocabulary import EVENTS
from tests.simulation.worlds import ordinary_world


@pytest.fixture(scope="module")
def finished() -> Run:
    return simulation.run_one(ordinary_world().build(), Parameters(), 3, weeks=40)


@pytest.fixture(scope="module")
def names() -> Names:
    world = ordinary_world()
    people = [person.name for person in world.people]
    return Names(people, list(world.organisations), [body.name for body in world.bodies])


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_event_is_one_sentence(finished: Run, names: Names, language: str) -> None:
    lines = list(tell(finished, names, Words(language)))
    assert len(lines) == int(finished.record.event_count[0])
    assert all(line.text.endswith(".") and line.text[0] == line.text[0].upper() for line in lines)
    assert {line.kind for line in lines} <= set(EVENTS)
    assert lines[0].week == 1
    told = " ".join(text for page in pages(lines, Words(language)) for _, text in page.groups)
    assert sum(len(line.text) for line in lines) <= len(told)


def test_a_sentence_names_the_right_people(finished: Run, names: Names) -> None:
    lines = list(tell(finished, names, Words("en")))
    for event, line in zip(finished.record.event, lines, strict=False):
        if EVENTS[event[1]] == "partner_found":
            holder, partner = names.actors[event[3]], names.actors[event[4]]
            assert line.text == f"{holder.capitalize()} turns to {partner}."
            return
    pytest.fail("nobody found a partner")


def test_the_table_holds_numbers_names_and_text(finished: Run, names: Names) -> None:
    table = events_table(finished, names, Words("da"))
    assert len(table) == int(finished.record.event_count[0])
    held = table[table["kind"] == "meeting_held"].iloc[0]
    assert held["forum_name"] == names.fora[held["forum"]]
    assert held["actor_name"] == ""


def test_what_comes_from_outside_stands_under_its_own_heading() -> None:
    scenario = scenarios.with_settings(scenarios.load("laerebog"), {"levers.acute_wave": 3.0})
    run = simulation.run_one(
        scenarios.build(scenario), scenarios.parameters(scenario), 1, weeks=scenario.weeks
    )
    parts = scenarios.labels(scenario)
    spoken = Names(
        *([text.da for text in part.values()] for part in (parts.actors, parts.organisations)),
        [text.da for text in parts.fora.values()],
    )
    lines = [line for line in tell(run, spoken, Words("da")) if line.kind == "outside_event"]
    assert lines[0].text.startswith("Noget udefra griber ind")
    assert pages(lines, Words("da"))[0].groups == [("Udefra", lines[0].text)]


def test_what_stands_out_is_told_in_order_of_time_and_of_weight() -> None:
    lines = [Line(week, 1, "person_left", "x.") for week in range(1, 60)]
    lines.append(Line(60, 1, "method_born", "y."))
    chosen = standing_out(lines, after_week=10, most=5)
    assert [line.week for line in chosen] == [11, 12, 13, 14, 60]
    assert set(STANDING_OUT) <= set(EVENTS)


def test_the_short_form_tells_how_every_case_it_names_ended(finished: Run, names: Names) -> None:
    lines = list(tell(finished, names, Words("en")))
    short = in_short(lines, full_weeks=3, most=10)
    assert [line for line in lines if line.week <= 3] == [line for line in short if line.week <= 3]
    assert short == [line for line in lines if line in short]
    named = {line.group for line in short if isinstance(line.group, int)}
    ended = {line.group for line in lines if line.kind in LAST}
    told = {line.group for line in short if line.kind in LAST}
    assert told == named & ended
    assert len(told) > 3
    assert unended(short) == sorted(named - ended)
    assert len(short) < len(lines) / 2
