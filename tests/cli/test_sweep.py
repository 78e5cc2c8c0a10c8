"""`trappe sweep`, `status`, `results` and `sql` as a person meets them."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from experiments.results import read_results
from tests.cli.test_commands import assert_one_clear_message, start, trappe
from tests.experiments.plans import assert_same_results

SHORT = """
title: {da: Prøve, en: Trial}
question: {da: Virker det?, en: Does it work?}
models: [laerebog]
levers: {levers.initial_trust: {values: [0.3, 0.7]}}
design: {kind: full_factorial}
weeks: 8
replications: RUNS
"""


def write(folder: Path, runs: int) -> Path:
    file = folder / "trial.yaml"
    file.write_text(SHORT.replace("RUNS", str(runs)))
    return file


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished sweep. Not to be written by tests."""
    folder = tmp_path_factory.mktemp("trial")
    code, out, error = trappe(
        "sweep", write(folder, 6), "--workers", "1", "--out", folder / "sweep", "--lang", "en"
    )
    assert code == 0, error
    assert "Complete: 12 runs with results, 12 of them new" in out
    assert "2 conditions × 6 runs = 12 runs" in error
    assert "! Too few points: 2 points for 1 lever or uncertainty" in error
    return folder / "sweep"


def test_a_finished_sweep_has_nothing_left_to_do(swept: Path) -> None:
    file = swept.parent / "trial.yaml"
    code, out, _ = trappe("sweep", file, "--workers", "1", "--out", swept)
    assert code == 0
    assert "Færdig: 12 kørsler med resultat, heraf 0 nye" in out


def test_status_tells_plan_progress_and_origin(swept: Path) -> None:
    code, out, _ = trappe("status", swept, "--lang", "en", "--check")
    assert code == 0
    assert "complete" in out
    assert "With results: 12 · failed: 0 · left: 0" in out
    code, out, _ = trappe("status", swept, "--json")
    data = json.loads(out)
    assert code == 0
    assert data["experiment"]["text"] == SHORT.replace("RUNS", "6")
    assert len(data["experiment"]["sha256"]) == 64
    assert data["registered"] <= data["first_result"]


def test_results_come_in_four_formats(swept: Path, tmp_path: Path) -> None:
    table = read_results(swept).drop(columns="reason")
    readers: dict[str, Callable[[Path], pd.DataFrame]] = {
        ".csv": pd.read_csv, ".parquet": pd.read_parquet, ".xlsx": pd.read_excel,
    }  # fmt: skip
    for suffix, reader in readers.items():
        file = tmp_path / f"table{suffix}"
        code, out, error = trappe("results", swept, "--to", file)
        assert (code, out.strip()) == (0, str(file)), error
        pd.testing.assert_frame_equal(
            reader(file).drop(columns="reason"), table, check_dtype=False, rtol=1e-14
        )
    code, _, _ = trappe("results", swept, "--to", tmp_path / "table.md")
    lines = (tmp_path / "table.md").read_text().splitlines()
    assert code == 0
    assert len(lines) == 14
    assert lines[0].startswith("| condition")
    code, out, _ = trappe("results", swept)
    assert code == 0
    assert len(out.splitlines()) == 13


def test_paths_below_the_working_directory_are_told_relative_to_it(swept: Path) -> None:
    file, here = swept.parent / "trial.yaml", swept.parent
    out = trappe("sweep", file, "--workers", "1", "--out", swept, "--lang", "en", cwd=here)[1]
    assert out.endswith(" in sweep\n")
    out = trappe("status", swept, "--lang", "en", cwd=here)[1]
    assert out.startswith("sweep: complete")
    assert "Experiment file: trial.yaml (" in out


def test_too_few_points_are_told_by_check_report_and_analyse(swept: Path, tmp_path: Path) -> None:
    said = "! For få punkter: 2 punkter til 1 håndtag eller usikkerhed."
    assert said in trappe("check", swept.parent / "trial.yaml")[1]
    assert said in trappe("report", swept, "--to", tmp_path / "report.html")[2]
    assert said in trappe("analyse", swept, "--out", tmp_path / "tables")[2]


def test_sql_is_answered(swept: Path) -> None:
    query = 'select "levers.initial_trust" as trust, count(*) as n from runs group by 1 order by 1'
    code, out, _ = trappe("sql", swept, query, "--csv")
    assert code == 0
    assert out.splitlines() == ["trust,n", "0.3,6", "0.7,6"]
    none = "select model from runs where seed < 0"
    assert trappe("sql", swept, none)[:2] == (0, "Ingen rækker.\n")
    assert trappe("sql", swept, none, "--lang", "en")[:2] == (0, "No rows.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["status", "."], "there is no sweep in ."),
        (["results", "SWEPT", "--to", "x.pdf"], "allowed: .csv, .parquet, .xlsx, .md"),
        (["results", "SWEPT", "--to", "no/x.csv"], "there is no folder no"),
        (["sql", "SWEPT", "select nothing from runs"], "the query cannot be answered"),
        (["sql", "SWEPT", ""], "the query asks for nothing"),
        (["sql", "SWEPT", " ; "], "the query asks for nothing"),
        (["sweep", "no.yaml"], "no.yaml"),
        (["sweep", "x.yaml", "--workers", "2", "--scheduler", "tcp://n:1"], "give one"),
    ],
)
def test_what_cannot_be_done_is_one_clear_message(
    swept: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    given = [str(swept) if one == "SWEPT" else one for one in arguments]
    assert_one_clear_message(*trappe(*given, cwd=tmp_path), told)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_keeps_what_has_finished_and_the_same_command_goes_on(
    tmp_path: Path, workers: str
) -> None:
    file, folder = write(tmp_path, 20_000), tmp_path / "sweep"
    command = ("sweep", file, "--out", folder, "--workers", workers, "--lang", "en")
    process = start(*command, start_new_session=True)
    try:
        _wait_for_results(folder, process)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process gets it
        _, error = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in error
    assert "All that had finished is kept" in error
    kept = len(read_results(folder))
    assert 0 < kept < 40_000
    file.write_text(file.read_text().replace("20000", str(kept // 2 + 100)))
    code, _, error = trappe(*command)
    assert code == 0, error
    assert trappe("sweep", file, "--out", tmp_path / "whole", "--workers", "1")[0] == 0
    assert_same_results(folder, tmp_path / "whole")


def _wait_for_results(folder: Path, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + 120
    while not any((folder / "runs").glob("*.parquet")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "no results came"
        time.sleep(0.05)
    time.sleep(1.0)  # for a receipt or two


def test_runs_that_fail_are_told_and_counted(tmp_path: Path) -> None:
    text = SHORT.replace("RUNS", "1").replace("weeks: 8", "weeks: 2000\nrun_seconds: 0.001")
    text = text.replace("[0.3, 0.7]", "[0.3]")
    file = tmp_path / "trial.yaml"
    file.write_text(text)
    code, _, error = trappe("sweep", file, "--out", tmp_path / "sweep", "--workers", "1",
                            "--lang", "en")  # fmt: skip
    assert code == 1
    assert "1 run failed. See why with: trappe status" in error
    code, out, _ = trappe("status", tmp_path / "sweep", "--lang", "en")
    assert "1 run did not end within the time limit" in out
    assert "ran longer than the limit of 0.001 s" in out


UNTIL = """models: [laerebog, mere.yaml]
until: {difference: [mere, laerebog], observable: trust_between, half_width: HALF, most: MOST}
"""


@pytest.mark.parametrize(
    ("half_width", "most", "said"),
    [
        ("1.0", "40", "The first 30 runs were enough"),
        ("0.00001", "32", "stopped at the most allowed (32)"),
    ],
)
def test_the_rule_that_ended_the_runs_is_told(
    half_width: str, most: str, said: str, tmp_path: Path
) -> None:
    mine = "{extends: [laerebog], key: mere, parameters: {trust_gain: 0.2}}"
    (tmp_path / "mere.yaml").write_text(mine, encoding="utf-8")
    rule = UNTIL.replace("HALF", half_width).replace("MOST", most)
    text = SHORT.replace("models: [laerebog]\n", rule).replace("RUNS", "30")
    lines = [line for line in text.splitlines() if not line.startswith(("levers", "design"))]
    (tmp_path / "rule.yaml").write_text("\n".join(lines), encoding="utf-8")
    folder = tmp_path / "sweep"
    ran = trappe("sweep", tmp_path / "rule.yaml", "--workers", "1", "--out", folder, "--lang", "en")
    assert ran[0] == 0, ran[2]
    assert said in ran[1]
    assert said in trappe("status", folder, "--lang", "en")[1]
