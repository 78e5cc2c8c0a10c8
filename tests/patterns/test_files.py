"""What a pattern file may say, and what is told when it cannot be used."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from experiments.measures import Growth, Measure, Ratio, RelationsOnStep, Weeks
from experiments.patterns.reading import ordering_files, read_patterns, shipped_files
from experiments.patterns.settling import Prepared, prepared
from scenarios import ScenarioError, load
from scenarios.composing import blocks
from scenarios.reading import read
from simulation import OBSERVABLES
from tests.patterns.worlds import HEAD, written

WRONG = yaml.safe_load(Path(__file__).with_name("wrong.yaml").read_text(encoding="utf-8"))
FITTED = {"01", "03", "04", "05", "06", "08", "09", "11", "12"}


def ready(folder: Path, text: str, head: str = HEAD) -> Prepared:
    return prepared(written(folder, text, head))


def measures(found: Prepared) -> list[Measure]:
    return [cell.measure for need in found.requirements for cell in need.cells]


def test_the_thirteen_come_along_and_nine_are_for_the_fit() -> None:
    found = [one.pattern for one in read_patterns(shipped_files())]
    numbers = [pattern.id[:2] for pattern in found]
    assert numbers == [f"{number:02}" for number in range(1, 14)]
    assert {pattern.id[:2] for pattern in found if pattern.fit} == FITTED
    assert all(pattern.title is not None for pattern in found)


def test_the_orderings_can_be_run_and_are_for_no_fit() -> None:
    found = read_patterns(ordering_files())
    assert len(found) == 6
    for one in found:
        assert one.pattern.source.startswith("lit: ")
        assert not one.pattern.fit
        assert prepared(one).requirements


def test_an_imposed_secretariat_is_imposed_on_the_parties_in_its_bodies() -> None:
    [file] = [one for one in shipped_files() if one.stem.startswith("12_")]
    pattern = read_patterns([file])[0].pattern
    scenario, bodies = (
        load("central_professionel+omraade_2"),
        read(blocks()["omraade_2"]).data["fora"],
    )
    seated = {member for key in bodies for member in scenario.fora[key].members}
    parties = {one for one in seated if scenario.actors[one].organisation != "omraadesekretariat"}
    assert len(parties) == 13
    for name, value in (("imposed", 0), ("co_created", 1)):
        expected = {f"actors.{one}.defined_plan": value for one in parties}
        assert pattern.scenarios[name].settings == expected


def test_one_word_is_enough_for_a_scenario_and_an_observable(tmp_path: Path) -> None:
    head = "source: me\nscenarios: {a: laerebog, b: {model: laerebog, weeks: 20}}\n"
    found = ready(tmp_path, "expect: {order: a > b, observable: lead_time}", head)
    assert {stage.weeks for stage in found.stages.values()} == {52, 20}
    assert found.pattern.id == "sample"
    assert found.requirements[0].by == 1.0  # the catalogue's smallest effect


def test_equal_scenarios_are_run_once(tmp_path: Path) -> None:
    head = "source: me\nscenarios: {a: laerebog, b: {model: laerebog, levers: {chain_length: 0}}}\n"
    found = ready(tmp_path, "expect: {order: a > b, observable: lead_time}", head)
    assert len(found.stages) == 1


def test_everything_that_can_be_turned_can_be_named(tmp_path: Path) -> None:
    head = """
source: me
scenarios:
  a: laerebog
  b:
    model: laerebog
    levers: {initial_trust: 0.7}
    parameters: {trust_gain: 0.2}
    settings: {fora.samarbejdsmoede.period_weeks: 2}
    without: [goals]
    weeks: 30
"""
    found = ready(tmp_path, "expect: {order: a > b, observable: trust_between}", head)
    changed = next(stage.scenario for stage in found.stages.values() if stage.weeks == 30)
    assert changed.levers == {"initial_trust": 0.7}
    assert changed.parameters == {"trust_gain": 0.2}
    assert changed.fora["samarbejdsmoede"].period_weeks == 2
    assert changed.switched_off() == ("goals",)


@pytest.mark.parametrize(
    "clause",
    [
        "{order: long > short, observable: {name: lead_time, size: large}}",
        "{order: long > short, observable: {name: lead_time, body: samarbejdsmoede}}",
        "{order: long > short, observable: {name: decided, body: samarbejdsmoede}}",
        "{order: long > short, observable: {name: lead_time, body: samarbejdsmoede, size: small}}",
        "{order: long > short, observable: {name: undecided, size: small}}",
        "{order: long > short, observable: undecided}",
        "{order: long > short, observable: {name: finished_3, level: tactical}}",
        "{order: long > short, observable: {name: share_joint, between: [kommune, helhedsplan]}}",
        "{order: long > short, observable: {name: share_joint, between: plan}}",
        "{order: long > short, observable: {name: relations_2, between: [forvaltning, plan]}}",
        "{order: long > short, observable: {name: trust_between, between: [kommune, plan]}}",
        "{order: long > short, observable: {name: role_clarity, between: plan, weeks: [1, 13]}}",
        "{order: long > short, observable: {name: relations_3, between: plan, weeks: first year}}",
        "{order: long > short, observable: {name: share_2, weeks: [10, 20]}}",
        "{order: long > short, observable: {name: hours_per_week, weeks: first year}}",
        "{order: long > short, observable: {name: trust_between, weeks: last year}}",
        "{order: long > short, observable: {name: trust_between, growth: week}, by: 0.001}",
        "{order: long > short, observable: {name: trust_between, growth: hours_meeting}, by: 0}",
        "{order: long > short, observable: {sum: [finished_3, finished_4]}, weeks: [5, 9]}",
        "{order: long > short, observable: {difference: [finished_3, finished_4]}}",
        "{order: long > short, observable: {ratio: [deferred, decided], by: 0.1}}",
        "{order: share_1 > share_2 + share_3, scenario: long}",
        "{order: share_1 > share_2, scenario: long - short}",
        "{order: share_1 > share_2, scenario: [long, short]}",
        "{order: share_1 < 0.4, scenario: long}",
        "{order: long.share_1 > short.share_2}",
        "{interaction: '|long - short| > 0.5 * (long - short)', observable: share_1}",
        "{profile: executing > tactical >= strategic, observable: share_joint, scenario: long}",
        "{profile: large > medium > small, observable: lead_time, scenario: long - short}",
        "{level: {at_least: 0.1, at_most: 0.9}, observable: share_joint, scenario: long}",
        "{ratio: long / short, observable: lead_time, at_least: 1.2}",
        "{ratio: share_1 / share_2, scenario: long, at_most: 5}",
        "{near_better: {scenario: long, of: [short, third]}, observable: trust_between}",
        "{correlation: {of: trust_between, with: share_joint}, scenario: long, at_least: 0.1}",
    ],
)
def test_every_kind_of_expectation_can_be_written(tmp_path: Path, clause: str) -> None:
    head = HEAD + "  third: {levers: {initial_trust: 0.7}}\n"
    assert ready(tmp_path, f"expect: {clause}", head).requirements


def test_a_varied_scenario_is_a_point_for_every_combination(tmp_path: Path) -> None:
    head = """
source: me
scenarios:
  swept:
    model: laerebog
    vary: {levers.initial_trust: [0.3, 0.5, 0.7], parameters.trust_gain: [0.1, 0.2]}
"""
    rising = ready(tmp_path, "expect: {order: rising, observable: trust_between}", head)
    assert [need.text for need in rising.requirements][:2] == [
        "swept@6 > swept@1",
        "swept@2 >= swept@1",
    ]
    assert len(rising.requirements) == 6
    clause = "expect: {correlation: {of: trust_between, with: share_joint}, at_least: 0.1}"
    assert len(ready(tmp_path, clause, head).requirements[0].cells) == 12


def test_names_of_the_pattern_and_filters_of_the_clause_reach_what_is_measured(
    tmp_path: Path,
) -> None:
    text = """
observables: {upper: {sum: [relations_3, relations_4], between: [kommune, helhedsplan]}}
expect:
  - {order: long > short, observable: {name: upper}}
  - {order: long > short, observable: trust_between, weeks: [3, 9]}
"""
    found = ready(tmp_path, text)
    inside = [part for _, part in found.requirements[0].cells[0].measure.parts]  # type: ignore[attr-defined]
    assert all(isinstance(part, RelationsOnStep) for part in inside)
    assert found.requirements[1].cells[0].measure == Weeks("trust_between", 3, 9, total=False)


def test_a_flow_over_part_of_the_run_has_its_part_of_the_smallest_effect(tmp_path: Path) -> None:
    text = "expect: {order: long > short, observable: {name: deferred, weeks: [1, 13]}}"
    assert ready(tmp_path, text).requirements[0].by == pytest.approx(
        OBSERVABLES["deferred"].smallest_over(13)
    )


def test_quarters_are_those_that_end_in_the_weeks(tmp_path: Path) -> None:
    for weeks, quarters in (("[13, 13]", (0, 1)), ("[14, 51]", (1, 3)), ("last year", (0, 4))):
        wanted = f"{{name: relations_2, between: plan, weeks: {weeks}}}"
        found = ready(tmp_path, f"expect: {{order: long > short, observable: {wanted}}}")
        measure = measures(found)[0]
        assert isinstance(measure, RelationsOnStep)
        assert measure.quarters == quarters


def test_measures_are_of_the_scenario_they_are_taken_in(tmp_path: Path) -> None:
    head = HEAD + "  others: {model: central_professionel, weeks: 20}\n"
    observable = "{name: share_1, between: [kommune, helhedsplan]}"
    text = f"expect: {{order: others > short, observable: {observable}}}"
    other, small = measures(ready(tmp_path, text, head))
    assert isinstance(other, Ratio)
    assert isinstance(small, Ratio)
    assert other != small


@pytest.mark.parametrize("wrong", WRONG["clauses"], ids=lambda one: one["text"][:60])
def test_what_is_wrong_is_told(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ScenarioError) as problem:
        ready(tmp_path, wrong["text"])
    for part in ["sample.yaml", *wrong["told"]]:
        assert part in str(problem.value)


@pytest.mark.parametrize("wrong", WRONG["scenarios"], ids=lambda one: one["text"])
def test_what_is_wrong_with_a_scenario_is_told(tmp_path: Path, wrong: dict[str, Any]) -> None:
    head = f"source: me\nscenarios:\n  {wrong['text']}\n"
    with pytest.raises(ScenarioError) as problem:
        ready(tmp_path, "expect: {level: {at_least: 0}, observable: share_1}", head)
    for part in ["sample.yaml", *wrong["told"]]:
        assert part in str(problem.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file is empty"),
        ("- a", "a pattern file is a mapping"),
        ("patterns: []", "is empty or no mapping"),
        ("patterns: {a: 1}", "line 1: patterns.a: a pattern is a mapping"),
        ("patterns: {a: {source: x}}\ntitle: b", "line 2: title"),
        ("source: x\nsource: y", "given twice"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as problem:
        read_patterns([file])
    assert told in str(problem.value)


def test_several_patterns_in_a_file_have_an_id_each(tmp_path: Path) -> None:
    one = (
        "{source: x, scenarios: {a: laerebog}, expect: {level: {at_least: 0}, observable: share_1}}"
    )
    file = tmp_path / "several.yaml"
    file.write_text(f"patterns:\n  first: {one}\n  second: {one}\n", encoding="utf-8")
    assert [one.pattern.id for one in read_patterns([file])] == ["first", "second"]
    with pytest.raises(ScenarioError, match="already a pattern “first”"):
        read_patterns([file, file])


def test_growth_runs_over_the_whole_run_unless_weeks_are_given(tmp_path: Path) -> None:
    text = "expect: {order: long > short, by: 0, observable: {name: trust_between, growth: week}}"
    assert measures(ready(tmp_path, text))[0] == Growth("trust_between", 1, 52, None)


@pytest.mark.parametrize("file", shipped_files(), ids=lambda file: file.stem)
def test_every_shipped_pattern_can_be_run(file: Path) -> None:
    for one in read_patterns([file]):
        found = prepared(one)
        assert len(found.stages) == len(one.pattern.scenarios)  # the scenarios really differ
        assert len(found.requirements) >= len(one.pattern.expect)
