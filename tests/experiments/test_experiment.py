"""An experiment is a file: what it means, and what is said when it cannot be used."""

import json
from pathlib import Path

import jsonschema
import pytest

from experiments.experiment import load_experiment, record, recorded
from experiments.experiment_schema_export import SCHEMA_FILE, schema_text
from scenarios import LEVERS, ScenarioError
from scenarios.reading import read
from simulation.observables import OBSERVABLES
from simulation.parameters import parameter_catalogue
from tests.experiments.sweeps import SMALL, write

EXAMPLES = sorted((Path(__file__).parents[2] / "experiments" / "examples").glob("*.yaml"))
VARIED = """
levers:
  levers.initial_trust: {}
  fora.samarbejdsmoede.period_weeks: {low: 2, high: 8, whole: true}
uncertainties: {parameters.trust_gain: {}}
design: {kind: latin_hypercube, points: 4}
"""


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_can_be_planned_and_fits_the_schema(file: Path) -> None:
    plan = load_experiment(file).plan()
    assert len({one.name for one in plan.conditions}) == len(plan.conditions) > 0
    jsonschema.validate(read(file).data, json.loads(schema_text()))


def test_one_example_has_all_project_organisations_and_ten_levers() -> None:
    experiment = load_experiment(next(file for file in EXAMPLES if "project" in file.stem))
    assert len(experiment.models) == 3
    assert len(experiment.levers) >= 10


def test_the_schema_beside_the_code_is_current() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "run: python -m experiments.experiment_schema_export"
    )


def test_the_catalogue_fills_in_what_a_lever_or_parameter_leaves_out(tmp_path: Path) -> None:
    trust, weeks, gain = load_experiment(write(tmp_path, SMALL + VARIED)).factors
    lever = LEVERS["initial_trust"]
    assert (trust.low, trust.high, trust.name) == (lever.low, lever.high, lever.name)
    about = parameter_catalogue()["trust_gain"][1]
    assert (gain.low, gain.high, gain.source) == (about.low, about.high, about.source)
    assert (weeks.low, weeks.high, weeks.whole) == (2, 8, True)
    assert [one.kind for one in (trust, weeks, gain)] == ["lever", "lever", "uncertainty"]


def test_a_lever_on_one_target_has_its_name_and_range_too(tmp_path: Path) -> None:
    text = "levers: {levers.mandate_clarity.samarbejdsmoede: {}}\n"
    text += "design: {kind: latin_hypercube, points: 4}\n"
    (one,) = load_experiment(write(tmp_path, SMALL + text)).factors
    lever = LEVERS["mandate_clarity"]
    assert one.name.da == f"{lever.name.da} (samarbejdsmoede)"
    assert one.name.en == f"{lever.name.en} (samarbejdsmoede)"
    assert (one.low, one.high) == (lever.low, lever.high)


def test_all_conditions_share_their_seeds_and_go_point_by_point(tmp_path: Path) -> None:
    models = SMALL.replace("[laerebog]", "[laerebog, mit.yaml]") + VARIED
    write(tmp_path, "{extends: [laerebog], key: mit}", "mit.yaml")
    experiment = load_experiment(write(tmp_path, models))
    plan = experiment.plan()
    assert (plan.first_seed, plan.runs, plan.weeks) == (1, 3, 6)
    names = [one.name for one in plan.conditions]
    assert names[:4] == ["laerebog@0", "mit@0", "laerebog@1", "mit@1"]
    assert plan.conditions[0].settings == plan.conditions[1].settings
    assert plan.conditions[1].model == str(tmp_path / "mit.yaml")
    assert [one.point for one in plan.conditions] == [0, 0, 1, 1, 2, 2, 3, 3]


def test_without_levers_a_model_is_run_as_it_is(tmp_path: Path) -> None:
    (condition,) = load_experiment(write(tmp_path, SMALL)).plan().conditions
    assert (condition.name, condition.settings, condition.point) == ("laerebog", (), -1)


def test_a_model_may_have_a_lever_at_another_path(tmp_path: Path) -> None:
    body = (
        "{name: {da: Møde, en: Meeting}, level: tactical, period_weeks: 4, capacity: 8, format: "
        "dialogic, hours: 2.0, preparation_hours: 0.5, right: decide, mandate: 3, "
        "mandate_clarity: 0.9, members: [chef, direktoer], source: assumption}"
    )
    other = (
        f"{{extends: [laerebog], key: mit, fora: {{samarbejdsmoede: null, fast_moede: {body}}}, "
        "near_body: fast_moede, routes: {alle_sager: {via: [fast_moede]}}}"
    )
    write(tmp_path, other, "mit.yaml")
    text = (
        SMALL.replace("[laerebog]", "[laerebog, mit.yaml]")
        + """
levers:
  fora.samarbejdsmoede.period_weeks:
    {values: [2, 4], paths: {mit: fora.fast_moede.period_weeks}}
design: {kind: full_factorial}
"""
    )
    conditions = load_experiment(write(tmp_path, text)).plan().conditions
    assert [one.settings for one in conditions[:2]] == [
        (("fora.samarbejdsmoede.period_weeks", "2"),),
        (("fora.fast_moede.period_weeks", "2"),),
    ]


def test_observables_of_interest_keep_the_smallest_effect_that_the_file_gives(
    tmp_path: Path,
) -> None:
    text = SMALL + "observables: {share_joint: {smallest_effect: 0.5}, lead_time: {}}\n"
    interests = load_experiment(write(tmp_path, text)).interests
    assert interests == {
        "share_joint": 0.5,
        "lead_time": OBSERVABLES["lead_time"].smallest_effect,
    }
    listed = SMALL + "observables: [lead_time]\n"
    assert list(load_experiment(write(tmp_path, listed)).interests) == ["lead_time"]


def test_a_record_brings_the_experiment_back_after_its_file_has_changed(tmp_path: Path) -> None:
    file = write(tmp_path, SMALL + VARIED)
    kept = record(file)
    before = load_experiment(file)
    write(tmp_path, SMALL)
    assert recorded(kept).plan() == before.plan()
    assert record(file)["sha256"] != kept["sha256"]


# what is added to the small experiment; where the message points; what it must say
WRONG = {
    "misspelt field": (
        "replication: 3",
        "replication: 3",
        ["no field “replication”", "Did you mean “replications”?"],
    ),
    "unknown design": (
        "design: {kind: latin}",
        "design: {kind: latin}",
        ["design.kind: there is no choice “latin”", "latin_hypercube", "Did you mean"],
    ),
    "too many points": (
        "design: {kind: sobol, points: 9000000}",
        "design:",
        ["9000000 is not allowed", "a whole number from 2 to 1e+06"],
    ),
    "unknown lever": (
        "levers: {levers.chain_lenght: {low: 0, high: 2}}",
        "levers: {levers",
        ["there is no lever “chain_lenght”", "Did you mean “chain_length”?", "“laerebog”"],
    ),
    "decimal comma": (
        "levers: {levers.initial_trust: {low: 0,3, high: 0.7}}",
        "levers: {levers",
        ["initial_trust.low: “0,3” is not allowed", "a number from 0.05 to 0.95", "as in 0.5"],
    ),
    "empty section": ("levers:", "levers:", ["levers: it has no value and nothing below it"]),
    "unknown place": (
        "levers: {fora.moede.hours: {low: 1, high: 2}}",
        "levers:",
        ["levers.fora.moede.hours", "no entry of “fora” “moede”", "samarbejdsmoede"],
    ),
    "end of a range not allowed": (
        "levers: {levers.initial_trust: {low: 0.2, high: 3}}",
        "levers: {levers",
        ["levers.initial_trust=3.0 does not work", "a number from 0.05 to 0.95"],
    ),
    "no range": (
        "levers: {fora.samarbejdsmoede.hours: {}}",
        "levers:",
        ["it has no range", "values, or low and high"],
    ),
    "empty range": (
        "uncertainties: {parameters.trust_gain: {low: 0.3, high: 0.2}}",
        "uncertainties:",
        ["the range from 0.3 to 0.2 is empty", "low below high"],
    ),
    "distribution of a decision": (
        "levers: {levers.initial_trust: {distribution: uniform}}",
        "levers:",
        ["levers.levers.initial_trust.distribution", "a decision and has no distribution"],
    ),
    "mode missing": (
        "uncertainties: {parameters.trust_gain: {distribution: triangular}}",
        "uncertainties:",
        ["“mode” is missing (triangular)"],
    ),
    "mean without use": (
        "uncertainties: {parameters.trust_gain: {mean: 0.1}}",
        "uncertainties:",
        ["“mean” has no meaning here (uniform)"],
    ),
    "mode outside": (
        "uncertainties: {parameters.trust_gain: {distribution: triangular, mode: 0.9}}",
        "uncertainties:",
        ["0.9 is not allowed", "a number from 0 to 0.5"],
    ),
    "logarithm of nothing": (
        "uncertainties: {parameters.trust_gain: {distribution: loguniform}}",
        "uncertainties:",
        ["no logarithm", "low above 0"],
    ),
    "values and range": (
        "levers: {levers.initial_trust: {values: [0.2, 0.4], low: 0.1}}",
        "levers:",
        ["“low” does not go with a list of values"],
    ),
    "the same value twice": (
        "levers: {levers.initial_trust: {values: [0.2, 0.2]}}",
        "levers:",
        ["the values are 0.2, 0.2", "each once"],
    ),
    "lever and uncertainty": (
        "levers: {parameters.trust_gain: {}}\nuncertainties: {parameters.trust_gain: {}}",
        "uncertainties:",
        ["this is a lever already"],
    ),
    "nothing to vary": ("design: {kind: morris, points: 4}", "design:", ["nothing to vary"]),
    "unknown observable": (
        "observables: [share_jont]",
        "observables:",
        ["there is no observable “share_jont”", "Did you mean “share_joint”?"],
    ),
    "unknown model in the rule": (
        "until: {difference: [laerebog, central], observable: share_joint, half_width: 0.01}",
        "until:",
        ["until.difference: there is no model in this experiment “central”"],
    ),
    "too few runs for the rule": (
        "until: {difference: [laerebog, andet], observable: share_joint, half_width: 0.01}",
        "replications:",
        ["3 runs are not allowed with `until`", "30 to 1000"],
    ),
    "no value": (
        "levers: {levers.initial_trust: {values: [0.2, null]}}",
        "levers:",
        ["levers.levers.initial_trust.values.1: null is not allowed", "a number, a word, true"],
    ),
    "a number twice": ("weeks: 8", "weeks: 8", ["the key “weeks” is given twice"]),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_entry_is_told_with_file_line_field_and_what_is_allowed(
    tmp_path: Path, what: str
) -> None:
    added, line_text, expected = WRONG[what]
    write(tmp_path, "{extends: [laerebog], key: andet}", "andet.yaml")
    models = "[laerebog, andet.yaml]" if "andet" in added else "[laerebog]"
    design = (
        "" if "design" in added or "levers" not in added else "design: {kind: full_factorial}\n"
    )
    file = write(tmp_path, SMALL.replace("[laerebog]", models) + added + "\n" + design)
    with pytest.raises(ScenarioError) as caught:
        load_experiment(file)
    message = str(caught.value)
    lines = file.read_text(encoding="utf-8").splitlines()
    numbers = [number for number, line in enumerate(lines, 1) if line_text in line]
    assert any(f"{file}, line {number}: " in message for number in numbers), message
    for part in expected:
        assert part in message, message


WRONG_DESIGNS = {
    "{kind: sobol, points: 12}": "12 is not a power of 2",
    "{kind: latin_hypercube}": "the points are missing (latin_hypercube)",
    "{kind: full_factorial, points: 4}": "the points have no meaning here",
    "{kind: latin_hypercube, points: 4, levels: 3}": "levels have no meaning here",
    "{kind: morris, points: 4, levels: 3}": "3 is odd",
    "{kind: list}": "no point is listed",
    "{kind: list, settings: [{levers.mandate: 1}]}": "no lever or uncertainty “levers.mandate”",
    "{kind: list, settings: [{levers.initial_trust: 0.99}]}": "from 0.05 to 0.95",
    "{kind: morris, points: 4, settings: [{}]}": "points are listed for kind list only",
}


@pytest.mark.parametrize("design", WRONG_DESIGNS)
def test_a_design_that_does_not_fit_is_refused(tmp_path: Path, design: str) -> None:
    text = SMALL + f"levers: {{levers.initial_trust: {{}}}}\ndesign: {design}\n"
    with pytest.raises(ScenarioError, match="design") as caught:
        load_experiment(write(tmp_path, text))
    assert WRONG_DESIGNS[design] in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "the file is empty; an experiment is a mapping"),
        ("- a", "an experiment is a mapping of fields"),
        (SMALL.replace("[laerebog]", "[lærebog]"), "laerebog"),
        (SMALL.replace("[laerebog]", "[]"), "at least one model is needed"),
        (SMALL.replace("[laerebog]", "[laerebog, laerebog]"), "stands twice"),
        (SMALL.replace("[laerebog]", "[mangler.yaml]"), "there is no such file"),
    ],
)
def test_a_file_that_is_no_experiment_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_experiment(write(tmp_path, text))
    assert expected in str(caught.value)
    assert str(tmp_path) in str(caught.value)
