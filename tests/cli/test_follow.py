"""``trappe follow`` and ``--phases``, as a person meets them."""

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.test_commands import assert_one_clear_message, trappe

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "my_rules.py"
SHORT = ["laerebog", "--weeks", "26"]


def test_a_case_is_told_as_text_and_as_json(tmp_path: Path) -> None:
    file = tmp_path / "case.csv"
    code, out, error = trappe("follow", *SHORT, "--lang", "en", "--json", "--csv", file)
    assert code == 0, error
    life = json.loads(out)
    assert "Why it went as far as it did" in error
    assert f"Case {life['number']} in The textbook example" in error
    partner = life["partners"][0]
    for side in (partner["holder_side"], partner["partner_side"]):
        best = max(side["options"], key=lambda option: option["worth"])
        assert best["name"] == side["chosen"]
    written = pd.read_csv(file)
    assert list(written["kind"]) == [one["kind"] for one in life["happenings"]]


def test_a_relation_is_told_by_key_or_name() -> None:
    code, out, error = trappe("follow", *SHORT, "--relation", "plan", "Kommunen", "--json")
    assert code == 0, error
    life = json.loads(out)
    assert (life["one"], life["other"]) == ("Helhedsplanen", "Kommunen")
    assert len(life["weeks"]) == 26
    assert sum(carrier["cases"] for carrier in life["carriers"]) == 2 * len(life["cases"])
    assert "Hvem bærer samarbejdet" in error


def test_the_list_has_every_case_and_a_case_can_be_asked_for_by_number() -> None:
    code, out, error = trappe("follow", *SHORT, "--list", "--json")
    assert code == 0, error
    rows = json.loads(out)
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    assert "Uger" in error
    assert "Ventede (uger)" in " ".join(error.split())
    code, out, error = trappe("follow", *SHORT, "--case", str(len(rows)))
    assert code == 0, error
    assert out.startswith(f"Sag {len(rows)} i Lærebogseksemplet, frø 1")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--case", "9999"], ["no case 9999"]),
        (["--case", "interestin"], ["interestin", "Did you mean “interesting”?"]),
        (["--relation", "plan", "komune"], ["komune", "allowed: "]),
        (["--relation", "plan", "Helhedsplanen"], ["same organisation"]),
        (["--relation", "plan", "forvaltning", "--list"], ["choose one"]),
        (["--phases", "nowhere.py"], ["nowhere.py", "no such file"]),
        (["--csv", "nowhere/case.csv"], ["cannot write to nowhere/case.csv"]),
    ],
)
def test_a_mistake_is_one_clear_message(
    arguments: list[str], expected: list[str], tmp_path: Path
) -> None:
    result = trappe("follow", *SHORT, *arguments, cwd=tmp_path)
    assert_one_clear_message(*result, *expected)
    assert ("Kører 26 uger" in result[2]) == ("9999" in arguments), "a run is begun in vain"


def test_the_example_of_own_rules_runs_and_is_told(tmp_path: Path) -> None:
    plain, own = tmp_path / "plain", tmp_path / "own"
    code, _, error = trappe("run", *SHORT, "--out", plain, "--lang", "en")
    assert code == 0, error
    code, _, error = trappe("run", *SHORT, "--out", own, "--lang", "en", "--phases", EXAMPLE)
    assert code == 0, error
    assert "the rule trust_after_kept_promise" in error
    assert "the phase coffee (after meetings)" in error.replace("\n", " ")
    before, after = (pd.read_csv(folder / "weekly.csv") for folder in (plain, own))
    assert after["acquaintance_between"].iloc[-1] > before["acquaintance_between"].iloc[-1]


def test_a_model_is_compared_with_itself_under_own_rules_by_any_workers(tmp_path: Path) -> None:
    documents = []
    for workers in ("1", "2"):
        code, out, error = trappe(
            "compare", *SHORT, "--runs", "6", "--workers", workers, "--phases", EXAMPLE,
            "--out", tmp_path / workers, "--json",
        )  # fmt: skip
        assert code == 0, error
        documents.append({**json.loads(out), "origin": None, "files": None})
    assert documents[0] == documents[1]
    keys = [model["key"] for model in documents[0]["models"]]
    assert keys == ["laerebog", "laerebog+my_rules"]
    hashes = {model["content_hash"] for model in documents[0]["models"]}
    assert len(hashes) == 2
    assert any(one["mean"] for one in documents[0]["differences"])
    assert "Lærebogseksemplet med my_rules.py" in error


def test_a_rule_that_fails_is_one_message_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "my_rules.py"
    file.write_text(
        "from simulation.extending import rule\n\n@rule\n"
        "def trust_after_kept_promise(trust, trust_gain):\n    return trust / 0\n",
        encoding="utf-8",
    )
    for command in ("run", "compare"):
        code, out, error = trappe(command, *SHORT, "--phases", file, "--out", tmp_path / "out")
        assert_one_clear_message(code, out, error, "my_rules.py, line 5", "trust_after_kept")
        assert not (tmp_path / "out").exists()
