"""The command line as a person meets it: through a shell, with its exit codes and its words."""

import itertools
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from analysis.document import shipped_schema
from trappe.places import make_sure_of_places

ROOT = Path(__file__).parents[2]
QUICK = ["--runs", "3", "--weeks", "8", "--workers", "1"]
TWO = ["central_professionel", "lokal_semiprofessionel"]


def start(*arguments: str | Path, **options: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "trappe.main", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    )


def trappe(*arguments: str | Path, **options: object) -> tuple[int, str, str]:
    process = start(*arguments, **options)
    out, error = process.communicate(timeout=300)
    return process.returncode, out, error


def assert_one_clear_message(code: int, out: str, error: str, *expected: str) -> None:
    assert code == 2
    assert out == ""
    assert "Traceback" not in error
    messages = [line for line in error.splitlines() if line.startswith("trappe: ")]
    assert len(messages) == 1
    for text in expected:
        assert text in error


def test_compare_writes_a_report_and_the_runs(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    code, out, error = trappe("compare", *TWO, *QUICK, "--out", folder, "--lang", "en")
    assert code == 0, error
    assert {path.name for path in folder.iterdir()} == {"report.html", "runs.parquet", "runs.csv"}
    assert len(pd.read_parquet(folder / "runs.parquet")) == 6
    assert "Only 3 runs" in out
    assert "does not predict" in out
    assert max(map(len, out.replace(str(folder), "").splitlines())) <= 80


def test_json_is_one_document_that_follows_the_schema(tmp_path: Path) -> None:
    code, out, error = trappe("compare", *TWO, *QUICK, "--out", tmp_path / "r", "--json")
    assert code == 0, error
    data = json.loads(out)
    jsonschema.validate(data, shipped_schema())
    assert [model["key"] for model in data["models"]] == TWO
    assert len(data["differences"]) == len(data["observables"])
    assert data["origin"]["command"].startswith("trappe compare central_professionel")


@pytest.mark.parametrize("command", [["run", "laerebog"], ["models"], ["compare", *TWO]])
def test_a_cache_that_cannot_be_written_is_told_before_anything_is_compiled(
    command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    monkeypatch.setenv("TRAPPE_CACHE", "/proc/nope")
    result = trappe(*command, cwd=tmp_path)
    assert_one_clear_message(*result, "/proc/nope", "TRAPPE_CACHE")
    assert result[2].count("\n") == 1
    assert trappe(command[0], "--help")[0] == 0


def test_drawing_without_a_home_is_given_a_place_beside_the_compiled_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", "")  # so that it is put back afterwards
    monkeypatch.delenv("MPLCONFIGDIR")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, "/proc/nope")
    monkeypatch.setenv("TRAPPE_CACHE", str(tmp_path))
    make_sure_of_places()
    assert Path(os.environ["MPLCONFIGDIR"]) == tmp_path / "compiled" / "matplotlib"
    code, _, error = trappe("levers", cwd=tmp_path)
    assert (code, error) == (0, "")


def test_drawing_keeps_its_own_place_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", "")
    monkeypatch.delenv("MPLCONFIGDIR")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    make_sure_of_places()
    assert "MPLCONFIGDIR" not in os.environ


def test_a_model_against_itself_differs_in_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    _, out, error = trappe("compare", TWO[0], TWO[0], *QUICK, "--out", folder, "--json")
    document = json.loads(out)
    jsonschema.validate(document, shipped_schema())
    assert document["identical"] == [["A", "B"]]
    said = "A og B gav nøjagtig det samme i alle kørsler, tal for tal"
    assert said in " ".join(error.split())
    assert said in (folder / "report.html").read_text(encoding="utf-8")
    differences = document["differences"]
    assert {one["mean"] for one in differences} <= {0.0, None}
    assert {one["verdict"] for one in differences} <= {"equal", "undefined"}


def test_workers_change_no_number(tmp_path: Path) -> None:
    documents = []
    for workers in ("1", "2"):
        folder = tmp_path / workers
        _, out, _ = trappe("compare", *TWO, *QUICK[:-1], workers, "--out", folder, "--json")
        documents.append({**json.loads(out), "origin": None, "files": None})
    assert documents[0] == documents[1]
    runs = [(tmp_path / workers / "runs.csv").read_bytes() for workers in ("1", "2")]
    assert runs[0] == runs[1]


def test_a_setting_takes_effect(tmp_path: Path) -> None:
    setting = ["--set", "parameters.trust_gain=0.3"]
    _, plain, _ = trappe("compare", TWO[0], *QUICK, "--out", tmp_path / "a", "--json")
    _, changed, _ = trappe("compare", TWO[0], *QUICK, *setting, "--out", tmp_path / "b", "--json")
    one, other = json.loads(plain), json.loads(changed)
    assert other["models"][0]["parameters"]["trust_gain"] == 0.3
    assert one["models"][0]["content_hash"] != other["models"][0]["content_hash"]
    assert one["means"] != other["means"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["compare", "central_professionl"], ["central_professionl", "central_professionel"]),
        (["run", "no_such_model"], ["no_such_model"]),
        (["compare", "--set", "parameters.trust_gain=7"], ["trust_gain"]),
        (["compare", "--set", "parameters.trust_gian=0.1"], ["trust_gian", "trust_gain"]),
        (["compare", "--set", "trust_gain"], ["path=value"]),
        (["compare", "--set", "a=1", "--set", "a=2"], ["set twice"]),
        (["compare", "--set", "parameters.trust_gain="], ["trust_gain=", "sets nothing", "null"]),
        (["patterns", "--page", "nowhere/page.md"], ["--page", "nowhere"]),
        (["compare", "--runs", "0"], ["--runs"]),
        (["compare", "--workers", "none"], ["--workers"]),
        (["compare", "--lang", "sv"], ["--lang"]),
        (["compar"], ["compar", "did you mean 'compare'?"]),
        (["show", "laerebog", "--set", "chain_length=3"], ["Did you mean “levers.chain_length”?"]),
        (["show", "laerebog", "--set", "trust_gian=1"], ["Did you mean “parameters.trust_gain”?"]),
        (
            ["show", "laerebog", "--set", "levers.initial_trust=0,5"],
            ["levers.initial_trust", "decimals after a point, as in 0.5"],
        ),
    ],
)
def test_a_mistake_is_one_clear_message(
    arguments: list[str], expected: list[str], tmp_path: Path
) -> None:
    result = trappe(*arguments, cwd=tmp_path)
    assert_one_clear_message(*result, *expected)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["compare", *TWO, *QUICK], ["run", TWO[0], "--weeks", "8"]])
def test_a_file_in_the_way_is_told(command: list[str], tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    assert_one_clear_message(*trappe(*command, "--out", taken), str(taken), "it is a file")
    assert taken.read_text() == "mine"


@pytest.mark.parametrize("command", [["compare", *TWO, *QUICK], ["run", TWO[0], "--weeks", "8"]])
def test_a_folder_that_cannot_be_written_is_told(command: list[str]) -> None:
    # a place where not even root may write
    assert_one_clear_message(*trappe(*command, "--out", "/proc/results"), "/proc/results")


def small_files() -> None:
    """Let no file grow beyond 2 kB, as on a disk that runs full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))


@pytest.mark.parametrize(
    "command", [["compare", *TWO, *QUICK], ["run", TWO[0], "--weeks", "8"]], ids=["compare", "run"]
)
def test_a_full_disk_is_told_and_nothing_is_left(command: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "results"
    warm = trappe(*command, "--out", tmp_path / "warm")  # so that no code has to be cached
    assert warm[0] == 0
    code, out, error = trappe(*command, "--out", folder, preexec_fn=small_files)
    assert_one_clear_message(code, out, error, f"cannot write the results to {folder}: File too")
    assert not folder.exists()


def test_ctrl_c_stops_at_once_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    process = start(
        "compare", *TWO, "--runs", "50000", "--workers", "2", "--out", folder, "--lang", "en",
        start_new_session=True,
    )  # fmt: skip
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Running"):
            break
    time.sleep(1.0)
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does: to everyone
    began = time.monotonic()
    out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - began < 5.0
    assert "Traceback" not in error
    assert "nterrupted" in error
    assert out == ""
    assert not folder.exists()


def test_nothing_is_silent_for_more_than_two_seconds(tmp_path: Path) -> None:
    process = start("compare", *TWO, "--runs", "300", "--workers", "1", "--out", tmp_path / "r")
    assert process.stderr is not None
    told = [(time.monotonic(), line) for line in process.stderr]
    process.communicate(timeout=60)
    assert process.returncode == 0
    for (before, _), (after, line) in itertools.pairwise(told):
        assert after - before < 2.5, line  # two seconds, and half a second for a busy machine
    assert any("600" in line for _, line in told)


def test_run_tells_a_story_and_keeps_the_events(tmp_path: Path) -> None:
    code, out, error = trappe("run", TWO[1], "--weeks", "30", "--out", tmp_path, "--lang", "en")
    assert code == 0, error
    assert "Week 1" in out
    assert "Case 1 " in out
    assert "Use --all" in " ".join(out.split())
    events = pd.read_csv(tmp_path / "events.csv")
    assert {"case_arose", "meeting_held", "case_finished"} <= set(events["kind"])
    assert events["text"].notna().all()
    assert len(pd.read_csv(tmp_path / "weekly.csv")) == 30
    everything = trappe("run", TWO[1], "--weeks", "30", "--out", tmp_path, "--lang", "en", "--all")
    assert len(everything[1]) > len(out)


def test_help_starts_in_under_a_second() -> None:
    trappe("--help")
    for arguments in (["--help"], ["compare", "--help"], ["run", "--help"]):
        began = time.monotonic()
        code, out, _ = trappe(*arguments)
        assert code == 0
        assert "--help" in out
        assert time.monotonic() - began < 1.0


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    with start("compare", TWO[0], *QUICK, "--out", tmp_path / "r", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


EXPERIMENT = "{title: {da: x, en: x}, qestion: {da: x, en: x}, models: [laerebog]}"
PATTERN = "{id: mit, source: x, scenaros: {a: laerebog}, expect: []}"


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [(EXPERIMENT, "an experiment file", "question"), (PATTERN, "a pattern file", "scenarios")],
)
@pytest.mark.parametrize("command", ["check", "compare"])
def test_a_file_of_another_kind_is_told_by_its_own_rules(
    command: str, text: str, kind: str, meant: str, tmp_path: Path
) -> None:
    file = tmp_path / "fil.yaml"
    file.write_text(text, encoding="utf-8")
    said = f"this seems to be {kind}", f"Did you mean “{meant}”?"
    assert_one_clear_message(*trappe(command, file, cwd=tmp_path), *said)


WHOLE = {
    "scenario": "scenarios/data/scenarios/laerebog.yaml",
    "experiment": "experiments/examples/short.yaml",
    "pattern": "experiments/patterns/data/10_turnover.yaml",
    "sets": "experiments/calibration/adopted.yaml",
}


@pytest.mark.parametrize(
    ("command", "kind", "use"),
    [
        ("sweep", "pattern", "a pattern file, not an experiment file; use: trappe patterns"),
        ("sweep", "scenario", "an organisation model, not an experiment file; use: trappe show"),
        ("sweep", "sets", "parameter sets, not an experiment file; use: trappe patterns --param"),
        ("patterns", "experiment", "an experiment file, not a pattern file; use: trappe sweep"),
        ("patterns", "scenario", "an organisation model, not a pattern file; use: trappe show"),
        ("show", "pattern", "a pattern file, not an organisation model; use: trappe patterns"),
        ("compare", "sets", "parameter sets, not an organisation model; use: trappe patterns"),
    ],
)
def test_a_file_of_the_wrong_kind_names_the_command_that_takes_it(
    command: str, kind: str, use: str, tmp_path: Path
) -> None:
    result = trappe(command, ROOT / WHOLE[kind], cwd=tmp_path)
    assert_one_clear_message(*result, use)
    assert "In it" not in result[2]


@pytest.mark.parametrize(
    ("command", "given", "use"),
    [
        ("sweep", "laerebog", "trappe run laerebog"),
        ("patterns", "laerebog", "trappe run laerebog"),
        ("check", "net.csv", "--set data.trust=net.csv"),
        ("show", "rules.py", "--phases rules.py"),
        ("sweep", "swept", "trappe report swept"),
        ("check", "swept", "trappe report swept"),
    ],
)
def test_what_is_no_yaml_names_what_it_is_for(
    command: str, given: str, use: str, tmp_path: Path
) -> None:
    (tmp_path / "swept").mkdir()
    for name in ("net.csv", "rules.py", "swept/ledger.sqlite"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert_one_clear_message(*trappe(command, given, cwd=tmp_path), given, use)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("pattern", "en gyldig mønsterfil (mønstre: 1)"),
        ("sets", "en gyldig fil med parametersæt (sæt: 6)"),
    ],
)
def test_pattern_files_and_parameter_sets_can_be_checked(kind: str, said: str) -> None:
    code, out, _ = trappe("check", ROOT / WHOLE[kind])
    assert code == 0
    assert said in out


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("observable: trust_between", "observable: trust_betwen", "trust_between"),
        ("turnover: 0.5}", "turnovr: 0.5}", "turnover"),
        ("stable > high", "stabel > high", "stable"),
    ],
)
def test_check_finds_in_a_pattern_what_would_keep_it_from_running(
    right: str, wrong: str, expected: str, tmp_path: Path
) -> None:
    text = (ROOT / "experiments/patterns/data/10_turnover.yaml").read_text(encoding="utf-8")
    assert right in text
    (tmp_path / "fil.yaml").write_text(text.replace(right, wrong), encoding="utf-8")
    result = trappe("check", "fil.yaml", cwd=tmp_path)
    assert_one_clear_message(*result, f"“{expected}”")


def test_rules_that_are_no_python_file_are_told(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: b")
    result = trappe("run", "laerebog", "--phases", "x.yaml", cwd=tmp_path)
    assert_one_clear_message(*result, "x.yaml", "stand in a Python file")
