"""The page without a browser: what its parts are told, and what they tell it."""

import time
from collections.abc import Callable
from typing import Any

import ipyvuetify
import pytest
import solara

from analysis.language import ENOUGH_RUNS
from dashboard import page
from dashboard.levers import AS_IN_MODEL, positions
from dashboard.sentences import sentences
from dashboard.settings import Settings
from scenarios import LEVERS
from scenarios.titles import title


class Rendered:
    """A page, found again by its parts."""

    def __init__(self) -> None:
        _, self.context = solara.render(page.Page(), handle_error=False)

    def part(self, trait: str) -> Any:
        found = self.context.find(ipyvuetify.VuetifyTemplate).widgets
        return next(widget for widget in found if widget.has_trait(trait))

    @property
    def controls(self) -> Any:
        return self.part("levers")

    @property
    def shell(self) -> Any:
        return self.part("query")

    @property
    def html(self) -> str:
        found = self.context.find(ipyvuetify.VuetifyTemplate).widgets
        return "".join(w.unsafe_innerHTML for w in found if w.has_trait("unsafe_innerHTML"))

    @property
    def levers(self) -> list[dict[str, Any]]:
        grouped = [lever for group in self.controls.groups for lever in group["levers"]]
        return [*self.controls.levers, *grouped]

    @property
    def places(self) -> dict[str, int]:
        return self.controls.places

    def lever(self, key: str) -> dict[str, Any]:
        return next(lever for lever in self.levers if lever["key"] == key)

    def tell(self, event: str, data: Any = None) -> None:
        getattr(self.controls, f"vue_{event}")(data)

    def wait(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not happened():
            assert time.monotonic() < end
            time.sleep(0.05)

    def run(self) -> None:
        self.tell("run")
        self.wait(lambda: not self.controls.running)
        with self.context.thread_lock:  # another thread may still be drawing the rest
            pass


@pytest.fixture
def shown():
    rendered = Rendered()
    rendered.tell("choose_model", "laerebog")
    rendered.tell("choose_runs", "3")
    yield rendered
    rendered.context.close()


def test_it_begins_in_danish_with_a_guess_and_the_organisation(shown):
    words = sentences("da")
    assert shown.shell.language == "da"
    assert words("guess.heading") in shown.html
    assert shown.part("picture").picture.startswith("<svg")
    assert shown.controls.status == words("status.ready")


def test_a_run_shows_the_figures_and_stands_in_the_address(shown):
    shown.run()
    for figure in ("staircase", "waiting", "trust", "price"):
        assert f'data-figure="{figure}"' in shown.html
    assert "shown=1" in shown.shell.query
    assert shown.controls.status == sentences("da")("status.done")


def test_a_moved_lever_is_compared_with_the_model_without_it(shown):
    trust = positions(Settings(model="laerebog"))["initial_trust"]
    shown.tell("choose_lever", {"key": "initial_trust", "place": len(trust.values) - 1})
    assert "initial_trust=0.95" in shown.shell.query
    shown.run()
    assert sentences("da")("figure.staircase.base") in shown.html
    assert "tr-change" in shown.html


def test_few_runs_bring_the_caution_of_the_command_line_and_enough_do_not(shown):
    assert Settings().runs == ENOUGH_RUNS
    shown.run()
    assert "tr-caution" not in shown.html  # nothing is judged yet
    shown.tell("choose_lever", {"key": "initial_trust", "place": 0})
    shown.run()
    assert sentences("da")("warning.few_runs", runs=3) in shown.html
    shown.tell("choose_runs", "1")
    shown.run()
    assert sentences("da")("warning.one_run", runs=1) in shown.html
    shown.tell("choose_runs", str(ENOUGH_RUNS))
    shown.run()
    assert "tr-caution" not in shown.html


def test_shares_say_which_time_they_are_of(shown):
    shown.run()
    assert "Procenterne til højre gælder det sidste kvartal." in shown.html
    assert "af sagerne, der blev afsluttet i hele forløbet" in shown.html


def test_a_change_after_a_run_is_said_until_it_is_run(shown):
    shown.run()
    shown.tell("choose_seed", "7")
    assert "tr-stale" in shown.html
    shown.run()
    assert "tr-stale" not in shown.html
    assert "frø 7–9" in shown.html


def test_the_other_language_says_the_same_without_running_again(shown):
    shown.run()
    shown.shell.vue_switch_language(None)
    assert shown.shell.language == "en"
    assert "lang=en" in shown.shell.query
    assert sentences("en")("result.heading") in shown.html
    assert not shown.controls.running


def test_reset_puts_every_lever_back(shown):
    shown.tell("choose_lever", {"key": "initial_trust", "place": 0})
    shown.tell("choose_lever", {"key": "budget_cut", "place": 3})
    shown.tell("reset")
    assert all(shown.places[lever["key"]] == lever["own"] for lever in shown.levers)


def test_every_lever_of_the_catalogue_is_there_with_its_sentence_and_its_source(shown):
    assert {lever["key"] for lever in shown.levers} == set(LEVERS)
    for lever in shown.levers:
        assert lever["effect"] == LEVERS[lever["key"]].effect.da
        assert "Kilde: " in lever["about"]
        assert bool(lever["options"]) != bool(lever["stuck"])
    assert "antagelse" in shown.lever("cases_per_week")["about"]
    assert "SFI12 kap. 6" in shown.lever("loyalty")["about"] + shown.lever("turnover")["about"]


def test_a_lever_that_is_a_choice_is_taken_told_and_put_back(shown):
    place = next(
        option["place"]
        for option in shown.lever("meeting_format")["options"]
        if option["text"] == LEVERS["meeting_format"].choices[1].words.da
    )
    shown.tell("choose_lever", {"key": "meeting_format", "place": place})
    assert "meeting_format=dialogic" in shown.shell.query
    assert shown.places["meeting_format"] == place
    shown.run()
    assert LEVERS["meeting_format"].name.da in shown.html
    shown.tell("choose_lever", {"key": "meeting_format", "place": AS_IN_MODEL})
    assert "meeting_format" not in shown.shell.query


def test_what_needs_another_lever_says_so_until_that_is_moved(shown):
    assert LEVERS["coordinator"].name.da in shown.lever("coordinator_hours")["stuck"]
    shown.tell("choose_lever", {"key": "coordinator", "place": 1})
    assert shown.lever("coordinator_hours")["stuck"] == ""
    shown.tell("choose_lever", {"key": "coordinator_hours", "place": 1})
    assert "coordinator_hours=" in shown.shell.query
    shown.tell("choose_lever", {"key": "coordinator", "place": AS_IN_MODEL})
    assert "coordinator" not in shown.shell.query
    assert LEVERS["coordinator_hours"].name.da in shown.controls.notice


def test_secretariats_are_joined_by_their_families(shown):
    shown.tell("choose_model", "central_professionel")
    shown.tell("choose_part", {"key": "area", "model": "omraade_2"})
    shown.tell("choose_part", {"key": "secretariat", "model": "enmands_a"})
    assert "model=central_professionel%2Benmands_a%2Bomraade_2" in shown.shell.query
    assert [part["chosen"] for part in shown.controls.parts] == ["enmands_a", "omraade_2"]
    assert shown.part("picture").picture.startswith("<svg")
    shown.tell("choose_model", "stort_team")
    assert "model=stort_team%2Bomraade_2" in shown.shell.query
    assert shown.controls.parts[0]["models"] == []


def test_what_cannot_be_joined_is_taken_out_and_said(shown):
    shown.tell("choose_part", {"key": "secretariat", "model": "enmands_a"})
    assert "model=laerebog&" in shown.shell.query
    assert title("enmands_a").da in shown.controls.notice


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("choose_model", "no_such_model"),
        ("choose_lever", {"key": "initial_trust", "place": 999}),
        ("choose_lever", {"key": "initial_trust", "place": -2}),
        ("choose_lever", {"key": "nothing", "place": 0}),
        ("choose_part", {"key": "area", "model": "no_such_model"}),
        ("choose_part", {"key": "area", "model": "enmands_a"}),
        ("choose_part", {"key": "base", "model": "enmands_a"}),
        ("choose_runs", "many"),
        ("choose_runs", ""),
        ("choose_seed", "-5"),
    ],
)
def test_what_cannot_be_is_not_taken(shown, event, data):
    before = shown.shell.query
    shown.tell(event, data)
    assert shown.shell.query == before


def test_too_many_runs_become_as_many_as_are_allowed(shown):
    shown.tell("choose_runs", "100000")
    assert shown.controls.runs == 200


def test_a_run_that_goes_wrong_says_so_and_can_be_tried_again(shown, monkeypatch):
    def broken(*_: Any) -> None:
        raise RuntimeError("det gik galt")

    with monkeypatch.context() as patched:
        patched.setattr(page.LABORATORY, "run", broken)
        shown.run()
        assert "det gik galt" in shown.controls.status
    shown.run()
    assert shown.controls.status == sentences("da")("status.done")


def test_a_run_can_be_stopped(shown, monkeypatch):
    def endless(settings: Any, say: Any, wanted: Callable[[], bool]) -> None:
        while wanted():
            say(1, 10)
            time.sleep(0.02)
        raise page.StoppedError

    monkeypatch.setattr(page.LABORATORY, "run", endless)
    shown.tell("run")
    shown.wait(lambda: shown.controls.total == 10)
    assert shown.controls.running
    shown.tell("stop")
    shown.wait(lambda: not shown.controls.running)
    assert shown.controls.status == sentences("da")("status.stopped")
