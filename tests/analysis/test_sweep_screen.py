"""Progress and notices of a sweep as they are told, in both languages."""

import io
import re

import numpy as np
import pytest
from rich.console import Console

from analysis.language import LANGUAGES, Words
from analysis.progress import LINE_SECONDS, patience
from analysis.sweep_screen import SweepDisplay
from experiments.store import Notice
from experiments.sweep import Standing

NOTICES = {
    "conditions_checked": {"done": 3, "total": 9},
    "compiling": {},
    "failed_again": {"runs": 2},
    "ledger_made_anew": {"file": "x"},
    "shard_damaged": {"shard": "x", "runs": 2},
    "shard_unreadable": {"shard": "x"},
    "runs_adopted": {"runs": 2},
    "code_changed": {"registered": "2026"},
    "no_workers": {"engine": "dask"},
}


def told(language: str, *news: Standing | Notice, terminal: bool = False) -> str:
    screen = io.StringIO()
    console = Console(file=screen, width=100, force_terminal=terminal)
    with SweepDisplay(Words(language), console) as display:
        for one in news:
            display(one)
    return screen.getvalue()


@pytest.mark.parametrize("terminal", [False, True])
def test_rate_time_left_and_failures_are_told(terminal: bool) -> None:
    at_end = Standing(done=400, total=400, failed=3, fresh=300, seconds=10.0, workers=2)
    middle = at_end._replace(done=200, fresh=100)
    shown = told("en", middle, at_end, terminal=terminal)
    assert "400 of 400 runs · 30 a second · 0 s left · 3 failed" in shown


def test_a_long_stage_is_told_of_less_and_less_often() -> None:
    moments, at = [], 0.0
    while at < 3600.0:
        at += patience(at, LINE_SECONDS)
        moments.append(at)
    assert max(np.diff([one for one in moments if one <= 120.0])) < 2.0
    assert len(moments) <= 170
    assert max(np.diff(moments)) <= 60.1


def test_the_rate_is_of_what_was_run_now() -> None:
    resumed = Standing(done=900, total=1000, failed=0, fresh=50, seconds=10.0, workers=1)
    assert resumed.rate == 5.0
    assert resumed.seconds_left == 20.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_has_its_sentence(language: str) -> None:
    for kind, numbers in NOTICES.items():
        assert len(told(language, Notice(kind, numbers))) > 20


def test_no_notice_is_left_out() -> None:
    from pathlib import Path

    import experiments

    sources = "".join(path.read_text() for path in Path(experiments.__file__).parent.glob("*.py"))
    assert set(re.findall(r'Notice\(\s*"(\w+)"', sources)) == NOTICES.keys()
