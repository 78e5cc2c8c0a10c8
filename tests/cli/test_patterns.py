"""`trappe patterns` as a person meets it."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from analysis.language import Words
from analysis.patterns.document import exported_schema, shipped_schema
from analysis.patterns.naming import observed
from experiments.patterns.reading import ordering_files, read_patterns, shipped_files
from experiments.patterns.settling import prepared
from scenarios.reading import read
from simulation.ablation import MECHANISMS
from simulation.observables import OBSERVABLES
from tests.cli.test_commands import ROOT, assert_one_clear_message, trappe

SAMPLE = """
source: nobody
common: {{model: laerebog, weeks: 26}}
scenarios:
  short: {{levers: {{chain_length: 0}}}}
  long: {{levers: {{chain_length: 1}}}}
expect:
  - {{{clause}}}
"""
CLAUSES = {
    0: "order: share_joint < 1.5, scenario: short",
    1: "order: short > long, observable: lead_time",
    3: "order: share_alone > 0.4, scenario: long, weeks: [26, 26]",
}


def sample(folder: Path, name: str, clause: str) -> Path:
    file = folder / f"{name}.yaml"
    file.write_text(SAMPLE.format(clause=clause), encoding="utf-8")
    return file


@pytest.mark.parametrize("code", [0, 1])
def test_the_exit_code_tells(tmp_path: Path, code: int) -> None:
    file = sample(tmp_path, "one", CLAUSES[code])
    found, out, error = trappe("patterns", file, "--lang", "en", "--limit", "40")
    assert found == code, error
    assert "reproduced" in out
    assert max(map(len, out.splitlines())) <= 80


def test_too_few_runs_leave_it_undecided(tmp_path: Path) -> None:
    clause = "order: short ~ long, observable: trust_between, by: 0.000001"
    code, out, _ = trappe("patterns", sample(tmp_path, "one", clause), "--limit", "5")
    assert code == 3
    assert "ikke afgjort" in out


def test_a_bad_file_is_told_at_once(tmp_path: Path) -> None:
    file = sample(tmp_path, "bad", "order: short > lang, observable: lead_time")
    assert_one_clear_message(*trappe("patterns", file), "bad.yaml, line 8", "“lang”", "“long”")
    assert_one_clear_message(*trappe("patterns", tmp_path / "none.yaml"), "no such file")
    assert_one_clear_message(*trappe("patterns", "--only", "3_chain"), "“3_chain”")


@pytest.mark.parametrize(
    ("label", "da", "en"),
    [
        ("share_joint", "andel løst sammen", "share solved together"),
        ("share_joint [last year]", "andel løst sammen [det sidste år]", None),
        ("lead_time [small]", "beslutningstid [små sager]", None),
        ("share_joint [executing]", "andel løst sammen [udførende niveau]", None),
        ("upper [weeks 53–208]", "upper [uge 53–208]", "upper [weeks 53–208]"),
        ("trust_between [growth per week]", "tillid mellem organisationer [vækst pr. uge]", None),
        (
            "share_joint [kommune–skole, first year]",
            "andel løst sammen [mellem kommunen og skole, det første år]",
            "share solved together [between the kommune and skole, the first year]",
        ),
        ("undecided [large, styregruppe]", "sager uden afgørelse [store sager, styregruppe]", None),
        (
            "acceptance with share_joint / on_2",
            "beboernes accept med andel løst sammen / on_2",
            None,
        ),
    ],
)
def test_what_is_observed_is_told_in_the_language_asked(
    label: str, da: str, en: str | None
) -> None:
    assert observed(label, Words("da")) == da
    assert en is None or observed(label, Words("en")) == en


def test_no_shipped_pattern_shows_a_raw_observable() -> None:
    for one in read_patterns([*shipped_files(), *ordering_files()]):
        for requirement in prepared(one).requirements:
            shown = observed(requirement.observable, Words("da"))
            raw = set(re.findall(r"\w+", shown)) & set(OBSERVABLES)
            assert not raw, shown


def test_json_follows_the_schema_and_workers_change_no_number(tmp_path: Path) -> None:
    files = [sample(tmp_path, f"p{code}", clause) for code, clause in CLAUSES.items()]
    documents = []
    for workers in ("1", "2"):
        _, out, error = trappe("patterns", *files, "--json", "--limit", "40", "--workers", workers)
        document = json.loads(out)
        jsonschema.validate(document, shipped_schema())
        assert [one["id"] for one in document["patterns"]] == ["p0", "p1", "p3"], error
        documents.append({**document, "origin": None})
    assert documents[0] == documents[1]


def test_scenarios_whose_runs_are_the_same_are_told(tmp_path: Path) -> None:
    text = SAMPLE.format(clause="order: short > same, observable: lead_time")
    text = text.replace("  long:", "  same: {levers: {chain_length: 0}}\n  long:")
    text += "  - {order: long > short, observable: lead_time}\n"
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    _, out, error = trappe(
        "patterns", tmp_path / "p.yaml", "--limit", "5", "--json", "--lang", "en"
    )
    document = json.loads(out)
    jsonschema.validate(document, shipped_schema())
    assert document["patterns"][0]["identical"] == [["short", "same"]]
    assert "! short and same gave exactly the same in all runs" in error


def test_ablation_gives_a_verdict_for_every_mechanism(tmp_path: Path) -> None:
    file = sample(tmp_path, "one", "order: long > short, observable: lead_time")
    page = tmp_path / "page.md"
    _, out, error = trappe(
        "patterns", file, "--ablate", "--limit", "10", "--json", "--lang", "en", "--page", page
    )
    without = json.loads(out)["without"]
    assert list(without) == list(MECHANISMS)
    assert without["decision_chain"]["one"] == "not_reproduced", error  # no chain, no difference
    assert "Patterns without a mechanism" in error
    written = page.read_text(encoding="utf-8")
    assert written.startswith("## Patterns: what was expected and what was measured\n")
    assert "Kept apart" not in written  # nothing is used for the fit, so nothing is kept from it
    rows = [line for line in written.splitlines() if line[:1] == "|"]
    assert rows[-1].startswith("| one |")
    assert rows[-1].count("|") == len(MECHANISMS) + 3


def test_the_schema_file_is_the_exported_one() -> None:
    assert shipped_schema() == exported_schema()


def test_the_schema_of_a_pattern_file_takes_what_the_program_takes() -> None:
    code, out, _ = trappe("patterns", "--schema")
    assert code == 0
    schema = json.loads(out)
    several = {"patterns": {"a": yaml.safe_load(SAMPLE.format(clause=CLAUSES[0]))}}
    for data in [several, *(read(file, "").data for file in shipped_files())]:
        jsonschema.validate(data, schema)
    for file in shipped_files():
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**read(file, "").data, "sauce": "me"}, schema)


def test_the_example_of_the_manual_works_and_has_ten_lines(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert found is not None
    assert len(found.group(1).splitlines()) <= 10
    file = tmp_path / "example.yaml"
    file.write_text(found.group(1), encoding="utf-8")
    assert len(prepared(read_patterns([file])[0]).stages) == 4
