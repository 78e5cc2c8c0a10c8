"""A sweep that was interrupted becomes a report and tables, through the command line."""

import signal
import time
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.test_commands import assert_one_clear_message, start, trappe

EXPERIMENT = """
title: {da: Tillid, en: Trust}
question:
  {da: Hjælper tillid?, en: Does trust help?, difference: [mere, laerebog], observable: share_joint}
models: [laerebog, mere.yaml]
levers: {levers.initial_trust: {}}
uncertainties: {parameters.conflict_chance: {}}
design: {kind: latin_hypercube, points: 20}
replications: 30
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    mine = "{extends: [laerebog], key: mere, parameters: {trust_gain: 0.2}}"
    (folder / "mere.yaml").write_text(mine, encoding="utf-8")
    (folder / "tillid.yaml").write_text(EXPERIMENT, encoding="utf-8")
    return folder / "tillid.yaml"


def test_an_interrupted_and_resumed_sweep_becomes_a_report(file: Path, tmp_path: Path) -> None:
    sweep = ["sweep", str(file), "--out", str(tmp_path / "out"), "--workers", "1"]
    process = start(*sweep)
    runs = tmp_path / "out" / "runs"
    until = time.monotonic() + 240
    while not any(runs.glob("*")) and process.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    code, out, error = trappe(*sweep, "--lang", "en")
    assert code == 0, error
    assert "1200 runs with results" in out

    code, out, error = trappe("report", tmp_path / "out", "--lang", "da")
    assert code == 0
    assert error == f"Læser resultaterne i {tmp_path / 'out'} og regner på dem.\n"
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for said in ("Hjælper tillid?", "Hvad dette ikke kan fortælle", "Latinsk hyperkube: 20 punkter",
                 "før det første resultat", "Ingen af 1.200 kørsler mislykkedes"):  # fmt: skip
        assert said in page
    code, out, error = trappe("analyse", tmp_path / "out", "--out", tmp_path / "tables")
    assert (code, error.count("\n")) == (0, 1)
    table = pd.read_csv(tmp_path / "tables" / "differences.csv")
    assert table["runs"].max() == 600
    assert set(table["first"]) == {"mere"}


def test_check_tells_what_an_experiment_is(file: Path, tmp_path: Path) -> None:
    code, out, _ = trappe("check", file, "--lang", "en")
    assert code == 0
    assert "a valid experiment, “Trust” (models: 2, levers: 1, uncertainties: 1, points: 20" in out
    assert "runs: 1200" in out
    wrong = file.with_name("forkert.yaml")
    wrong.write_text(EXPERIMENT.replace("points: 20", "point: 20"), encoding="utf-8")
    assert_one_clear_message(
        *trappe("check", wrong), f"{wrong}, line 8: design.point: there is no field “point”",
        "Did you mean “points”?",
    )  # fmt: skip
    code, out, _ = trappe("check", "--experiment-schema")
    assert code == 0
    assert "latin_hypercube" in out


def test_a_folder_without_a_sweep_is_told(tmp_path: Path) -> None:
    for command in ("report", "analyse"):
        assert_one_clear_message(*trappe(command, tmp_path), "there is no sweep in", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["report", "swept", "--to", "no/x.html"], "cannot write to no/x.html: there is no folder"),
        (["report", "swept", "--to", "a.txt/x.html"], "there is no folder a.txt"),
        (["report", "swept", "--to", "/proc/x.html"], "cannot write the results to /proc/x.html"),
        (["report", "swept", "--to", "swept"], "is a directory"),
        (["analyse", "swept", "--out", "/proc/x"], "cannot write the results to /proc/x"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_the_work(
    arguments: list[str], told: str, tmp_path: Path
) -> None:
    """The ledger here is none: whoever opens it before looking at the place says so instead."""
    (tmp_path / "swept").mkdir()
    for name in ("a.txt", "swept/ledger.sqlite"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    result = trappe(*arguments, cwd=tmp_path)
    assert_one_clear_message(*result, told)
    assert result[2].count("\n") == 1
    assert {path.name for path in (tmp_path / "swept").iterdir()} == {"ledger.sqlite"}
