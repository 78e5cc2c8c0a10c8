"""`trappe fit`, and comparisons under what it keeps."""

from pathlib import Path

import pandas as pd

from experiments.calibration.accepted import read_sets
from experiments.calibration.screening import space
from tests.cli.test_commands import assert_one_clear_message, trappe

SAMPLE = """
source: nobody
fit: true
common: {model: laerebog, weeks: 13}
scenarios: {low: {levers: {initial_trust: 0.3}}, high: {levers: {initial_trust: 0.7}}}
expect:
  - {order: high > low, observable: share_joint}
"""
QUICK = ["--runs", "3", "--population", "4", "--keep", "2", "--workers", "1", "--lang", "en"]


def test_a_search_keeps_sets_that_other_commands_take(tmp_path: Path) -> None:
    pattern, folder = tmp_path / "p.yaml", tmp_path / "fit"
    pattern.write_text(SAMPLE, encoding="utf-8")
    screening = 1 + len(space().names)
    command = ["fit", pattern, *QUICK, "--out", folder, "--sets"]
    code, out, error = trappe(*command, str(screening - 20))
    assert code == 0
    assert "Start again" in error
    assert not (folder / "accepted.yaml").exists()
    code, out, error = trappe(*command, str(screening + 8))
    assert code == 0, error
    tried = len((folder / "tried.jsonl").read_text().splitlines()) - 1
    assert screening + 8 <= tried < screening + 12
    assert "Distance" in out
    sets = read_sets(folder / "accepted.yaml")
    assert 1 <= len(sets) <= 2
    _check_compare(tmp_path, folder / "accepted.yaml", len(sets))


def _check_compare(folder: Path, file: Path, sets: int) -> None:
    options = ["--runs", "3", "--weeks", "8", "--workers", "1", "--out", folder / "c"]
    code, _, error = trappe("compare", "laerebog", "laerebog", *options, "--parameters", file)
    assert code == 0, error
    table = pd.read_csv(folder / "c" / "across.csv")
    assert table["set"].nunique() == sets
    assert set(table["verdict"]) <= {"equal", "undefined"}  # a model against itself


def test_nothing_to_fit_to_is_told(tmp_path: Path) -> None:
    pattern = tmp_path / "p.yaml"
    pattern.write_text(SAMPLE.replace("fit: true", "fit: false"), encoding="utf-8")
    assert_one_clear_message(*trappe("fit", pattern, "--out", tmp_path / "f"), "nothing to fit to")


def test_a_bad_file_of_sets_is_told_before_anything_is_run(tmp_path: Path) -> None:
    file = tmp_path / "sets.yaml"
    file.write_text("sets: {a: {parameters: {trust: 1.0}}}", encoding="utf-8")
    told = trappe("compare", "laerebog", "--parameters", file, "--out", tmp_path / "c")
    assert_one_clear_message(*told, "sets.yaml, line 1", "no parameter “trust”")
