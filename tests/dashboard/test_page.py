"""The page without a browser: what its parts are told, and what they tell it."""

import time
from collections.abc import Callable
from typing import Any

import ipyvuetify
import pytest
import solara

from dashboard import page
from dashboard.models import positions
from dashboard.sentences import sentences


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
    trust = next(p for p in positions("laerebog") if p.key == "initial_trust")
    shown.tell("choose_lever", {"key": "initial_trust", "place": len(trust.values) - 1})
    assert "initial_trust=0.95" in shown.shell.query
    shown.run()
    assert sentences("da")("figure.staircase.base") in shown.html
    assert "tr-change" in shown.html


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
    shown.tell("reset")
    assert all(lever["place"] == lever["own"] for lever in shown.controls.levers)


@pytest.mark.parametrize(
    ("event", "data"),
    [
        ("choose_model", "no_such_model"),
        ("choose_lever", {"key": "initial_trust", "place": 999}),
        ("choose_lever", {"key": "nothing", "place": 0}),
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
