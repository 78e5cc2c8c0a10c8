"""A user's own measurements from CSV files: what they replace, and what is said of a wrong one."""

from pathlib import Path

import numpy as np
import pytest

import scenarios
import simulation
from scenarios import Scenario, ScenarioError
from scenarios.template import template
from simulation.mesa_model import CollaborationModel
from simulation.ties import acquaintance_matrix, trust_matrix
from tests.scenarios.files import write
from tests.scenarios.test_commands import invoke
from tests.simulation.digest import lines_of

FORVALTNING, BOLIGFORENING, PLAN = range(3)
CHEF, KONSULENT, DIREKTOER, PROJEKTLEDER = 0, 1, 6, 9
CERTAIN = {"parameters.trust_spread": 0.0, "parameters.known_at_start": 0.0}
EVERYONE_KNOWN = {"parameters.trust_spread": 0.0, "parameters.known_at_start": 1.0}


def measured(folder: Path, **texts: str | bytes) -> Scenario:
    """The teaching scenario with these files; ``scale`` is not a file."""
    settings: dict[str, str] = {}
    for name, text in texts.items():
        if name == "scale":
            settings["data.scale"] = str(text)
            continue
        file = folder / f"{name}.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        settings[f"data.{name}"] = str(file)
    return scenarios.with_settings(scenarios.load("laerebog"), settings)


def morning(scenario: Scenario, **settings: float) -> CollaborationModel:
    """The first morning of a run."""
    final = scenarios.with_settings(scenario, settings) if settings else scenario
    return CollaborationModel(scenarios.build(final), scenarios.parameters(final), seed=1)


def bits(run: simulation.Run) -> list[str]:
    return lines_of(run.state, run.record)


def trust_of(scenario: Scenario) -> np.ndarray:
    return scenarios.build(scenario).trust_start


# --- what is read ---


def test_trust_between_organisations_is_directed_and_the_rest_is_kept(tmp_path: Path) -> None:
    """By hand: 4 on 1-5 is (4 - 1) / 4 = 0.75; a spread of 0.4 is 0.4 / 4 = 0.1."""
    text = "from,to,trust (1-5),spread\nforvaltning,plan,4,0.4\nplan,plan,2,\n"
    structure = scenarios.build(measured(tmp_path, trust=text))

    own = [[0.65, 0.45, 0.45], [0.45, 0.65, 0.45], [0.45, 0.45, 0.65]]
    own[FORVALTNING][PLAN], own[PLAN][PLAN] = 0.75, 0.25
    assert structure.trust_start.tolist() == own
    spread = np.full((3, 3), -1.0)
    spread[FORVALTNING, PLAN] = 0.1
    np.testing.assert_allclose(structure.trust_start_spread, spread, rtol=1e-15)


def test_people_start_with_what_was_measured(tmp_path: Path) -> None:
    """By hand, without chance: who is not told starts with the mean of the organisations."""
    text = (
        "from,to,trust,acquaintance\n"
        "chef,direktoer,0.9,0.4\n"  # did not know each other
        "chef,konsulent,0.2,\n"  # colleagues: acquaintance as the parameter says
        "projektleder,chef,0.8,\n"  # now known, as others known across
    )
    model = morning(measured(tmp_path, trust=text), **CERTAIN)
    trust, known = trust_matrix(model.state), acquaintance_matrix(model.state)
    assert trust[CHEF, DIREKTOER] == 0.9
    assert trust[DIREKTOER, CHEF] == 0.45
    assert known[CHEF, DIREKTOER] == known[DIREKTOER, CHEF] == 0.4
    assert (trust[CHEF, KONSULENT], trust[KONSULENT, CHEF]) == (0.2, 0.65)
    assert known[CHEF, KONSULENT] == 0.6
    assert (trust[PROJEKTLEDER, CHEF], trust[CHEF, PROJEKTLEDER]) == (0.8, 0.45)
    across = model.structure.acquaintance_start[FORVALTNING, PLAN]
    assert known[CHEF, PROJEKTLEDER] == across > 0.0
    assert not model.state.tie_at[KONSULENT, DIREKTOER]


def test_who_does_not_know_whom_is_off_the_list_of_ties(tmp_path: Path) -> None:
    text = "from,to,acquaintance\nchef,direktoer,0\nchef,konsulent,0\n"
    without = morning(measured(tmp_path, acquaintance=text), **EVERYONE_KNOWN)
    before = morning(scenarios.load("laerebog"), **EVERYONE_KNOWN)

    assert not without.state.tie_at[CHEF, DIREKTOER]
    assert without.state.tie_at[CHEF, KONSULENT]  # colleagues know of each other
    assert acquaintance_matrix(without.state)[CHEF, KONSULENT] == 0.0
    ties, former = (
        list(
            zip(
                one.state.tie_first[: one.state.tie_count[0]].tolist(),
                one.state.tie_second[: one.state.tie_count[0]].tolist(),
                strict=True,
            )
        )
        for one in (without, before)
    )
    assert ties == [tie for tie in former if tie != (CHEF, DIREKTOER)]


@pytest.mark.parametrize(
    "content",
    [
        "from,to,trust\nforvaltning,plan,0.75\n",
        "\ufefffrom;to;trust\r\nforvaltning;plan;0,75\r\n",
        "note;From ;TO;trust\n;;;\n\nærlig ø og å; forvaltning;plan ;0,75\n",
        "note;from;to;trust\nærlig ø og å;forvaltning;plan;0,75\n".encode("cp1252"),
        'from,to,trust,from_name\nforvaltning,plan,"0,75","Kommunen, alle"\n',
        "from\tto\ttrust\nforvaltning\tplan\t0.75\nplan\tplan\tNA\n",
        "from,to,trust 1-5\nforvaltning,plan,4\n",
        "from,to,trust (0-100)\nforvaltning,plan,75\n",
    ],
    ids=["comma", "danish excel", "spaces", "cp1252", "quotes", "tabs", "likert", "hundred"],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, content: str | bytes) -> None:
    trust = trust_of(measured(tmp_path, trust=content))
    assert trust[FORVALTNING, PLAN] == 0.75
    assert trust[PLAN, FORVALTNING] == 0.45


def test_a_scale_holds_for_all_columns_that_have_none_of_their_own(tmp_path: Path) -> None:
    one = measured(
        tmp_path,
        trust="from,to,trust\nforvaltning,plan,4\n",
        acquaintance="from,to,acquaintance (0-10)\nchef,direktoer,3\n",
        scale="1-5",
    )
    structure = scenarios.build(one)
    assert structure.trust_start[FORVALTNING, PLAN] == 0.75
    assert structure.measured_acquaintance.tolist() == [0.3]


def test_paths_are_relative_to_the_scenario_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "svar").mkdir()
    write(tmp_path / "svar", "from,to,trust\nforvaltning,plan,0.75\n", "tillid.csv")
    file = write(tmp_path, "{extends: [laerebog], data: {trust: svar/tillid.csv}}")
    above = write(tmp_path / "svar", "{extends: [../mit.yaml], weeks: 10}", "kort.yaml")
    for one in (file, above):
        assert trust_of(scenarios.load(one))[FORVALTNING, PLAN] == 0.75
    monkeypatch.chdir(tmp_path / "svar")
    settings = {"data.trust": "tillid.csv"}
    here = scenarios.with_settings(scenarios.load("laerebog"), settings)
    assert trust_of(here)[FORVALTNING, PLAN] == 0.75
    assert "målte par: 1" in invoke("check", str(file)).output


def test_a_loaded_scenario_keeps_what_it_read(tmp_path: Path) -> None:
    """Neither building nor another setting reads the file again."""
    loaded = measured(tmp_path, trust="from,to,trust\nforvaltning,plan,0.75\n")
    (tmp_path / "trust.csv").unlink()
    later = scenarios.with_settings(loaded, {"weeks": 10})
    assert trust_of(later)[FORVALTNING, PLAN] == 0.75
    assert trust_of(scenarios.with_settings(later, {"data": None}))[FORVALTNING, PLAN] == 0.45


def test_measured_trust_stands_whatever_a_lever_says_of_the_rest(tmp_path: Path) -> None:
    one = measured(tmp_path, trust="from,to,trust\nforvaltning,plan,0.75\n")
    turned = scenarios.with_settings(one, {"levers.initial_trust": 0.2})
    assert trust_of(turned)[FORVALTNING, PLAN] == 0.75
    assert trust_of(turned)[PLAN, FORVALTNING] == 0.2


def test_the_hash_follows_what_was_measured_and_nothing_else(tmp_path: Path) -> None:
    plain = scenarios.content_hash(scenarios.load("laerebog"))
    one = measured(tmp_path, trust="from,to,trust\nforvaltning,plan,0.75\n")
    same = measured(tmp_path, trust="note;from;to;trust (1-5)\nja;forvaltning;plan;4,0\n")
    other = measured(tmp_path, trust="from,to,trust\nforvaltning,plan,0.76\n")
    hashes = [scenarios.content_hash(scenario) for scenario in (one, same, other)]
    assert hashes[0] == hashes[1]
    assert len({plain, *hashes}) == 3


# --- what a run makes of it ---


def test_without_trust_as_a_mechanism_nobody_is_trusted_more_than_others(tmp_path: Path) -> None:
    text = "from,to,trust,spread\nforvaltning,plan,0.9,0.2\nchef,direktoer,0.9,\n"
    one = scenarios.with_settings(measured(tmp_path, trust=text), {"switches": {"trust": False}})
    structure = scenarios.build(one)
    assert np.all(structure.trust_start == 0.5)
    assert np.all(structure.trust_start_spread == -1.0)
    assert structure.measured_trust.tolist() == [[0.5, -1.0]]


@pytest.mark.interpreted
@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_model_s_own_values_change_no_bit(tmp_path: Path, lang: str) -> None:
    plain = scenarios.load("laerebog")
    texts = {what: template(plain, what, lang) for what in ("trust", "acquaintance")}
    own = measured(tmp_path, **texts)
    structure = scenarios.build(own)
    assert len(structure.measured_first) > 0
    runs = [
        simulation.run_many(scenarios.build(one), scenarios.parameters(one), [1, 2], weeks=30)
        for one in (plain, own)
    ]
    for mine, theirs in zip(*runs, strict=True):
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.interpreted
def test_a_first_morning_read_back_starts_the_same_run(tmp_path: Path) -> None:
    """All pairs as the model drew them for a seed, known or not, give that seed's run again."""
    plain = scenarios.load("laerebog")
    model = morning(plain)
    ids, state = list(plain.actors), model.state
    trust, acquaintance = trust_matrix(state), acquaintance_matrix(state)
    lines = ["from,to,trust,acquaintance"]
    for i, one in enumerate(ids):
        for j, other in enumerate(ids):
            if i != j:
                told = repr(float(trust[i, j])) if state.tie_at[i, j] else ""
                lines.append(f"{one},{other},{told},{float(acquaintance[i, j])!r}")
    told = measured(tmp_path, trust="\n".join(lines))
    runs = [
        simulation.run_one(scenarios.build(one), scenarios.parameters(one), seed=1)
        for one in (plain, told)
    ]
    assert bits(runs[0]) == bits(runs[1])


@pytest.mark.interpreted
def test_what_was_measured_moves_the_run_alike_alone_in_a_batch_and_through_mesa(
    tmp_path: Path,
) -> None:
    text = "from,to,trust,acquaintance\nchef,direktoer,1,1\nprojektleder,chef,0,\n"
    one = measured(tmp_path, trust=text)
    structure, parameters = scenarios.build(one), scenarios.parameters(one)
    alone = simulation.run_one(structure, parameters, seed=3)
    batch = simulation.run_many(structure, parameters, [2, 3])
    model = CollaborationModel(structure, parameters, seed=3)
    while model.running:
        model.step()
    np.testing.assert_array_equal(batch.summary[1], list(alone.summary.values()))
    assert lines_of(model.state, model.record) == bits(alone)
    plain = scenarios.load("laerebog")
    before = simulation.run_one(scenarios.build(plain), scenarios.parameters(plain), seed=3)
    assert bits(before) != bits(alone)


# --- what is wrong ---

TRUST, KNOWN = "from,to,trust\n", "from,to,acquaintance\n"
WRONG = {
    "two scales": (
        "trust",
        "from,to,trust,spread (1-5)\nforvaltning,plan,0.5,0.4\n",
        ["trust.csv, line 1: “spread” is on another scale than “trust”", "one scale for both"],
    ),
    "unknown id": (
        "trust",
        TRUST + "forvaltning,plam,0.5\n",
        ["trust.csv, line 2: column to: there is no organisation or person “plam”", "“plan”?"],
    ),
    "out of range": (
        "trust",
        TRUST + "plan,plan,0.5\n\nforvaltning,plan,4\n",
        ["trust.csv, line 4: column trust: “4” is not allowed", "from 0 to 1", "scale: 1-5"],
    ),
    "out of a scale": (
        "trust",
        "from,to,trust (1-5)\nforvaltning,plan,0\n",
        ["line 2: column trust: “0” is not allowed", "a number from 1 to 5"],
    ),
    "not a number": ("trust", TRUST + "plan,plan,høj\n", ["“høj” is not allowed", "0 to 1"]),
    "infinite": ("trust", TRUST + "plan,plan,inf\n", ["“inf” is not allowed"]),
    "decimal comma between commas": (
        "trust",
        TRUST + "forvaltning,plan,0,5\n",
        ["line 2: there are 4 cells under 3 names", "decimal comma needs semicolons"],
    ),
    "misspelt column": (
        "trust",
        "from,to,trsut\nplan,plan,0.5\n",
        ["line 1: there is no column “trsut”", "Did you mean “trust”?"],
    ),
    "column twice": ("trust", "from,to,trust,trust\nplan,plan,1,1\n", ["“trust” is there twice"]),
    "no column": ("trust", "from,trust\nplan,0.5\n", ["line 1: there is no column “to”"]),
    "no trust": ("trust", KNOWN + "chef,direktoer,1\n", ["there is no column “trust”"]),
    "scale backwards": ("trust", "from,to,trust (5-1)\na,b,1\n", ["“5-1” is not a scale", "1-5"]),
    "empty": ("trust", "", ["trust.csv: the file is empty", "the columns from, to"]),
    "names only": ("trust", TRUST, ["no lines below the names"]),
    "no id": ("trust", TRUST + ",plan,0.5\n", ["line 2: column from: the cell is empty"]),
    "a sheet": ("trust", b"PK\x03\x04\x00\x00", ["not a CSV file; save the sheet as CSV"]),
    "given twice": (
        "trust",
        TRUST + "plan,plan,0.5\nplan,plan,0.5\n",
        ["line 3: column trust: “plan” on “plan” is given twice (first in", "line 2)"],
    ),
    "person and organisation": (
        "trust",
        TRUST + "chef,plan,0.5\n",
        ["line 2: column to: “plan” is an organisation and the other a person"],
    ),
    "oneself": ("trust", TRUST + "chef,chef,0.5\n", ["line 2: “chef” is on both sides"]),
    "acquaintance of organisations": (
        "acquaintance",
        KNOWN + "forvaltning,plan,0.5\n",
        ["line 2: column acquaintance", "acquaintance between persons"],
    ),
    "spread of persons": (
        "trust",
        "from,to,trust,spread\nchef,direktoer,0.5,0.1\n",
        ["line 2: column spread", "spread between organisations"],
    ),
    "spread too wide": (
        "trust",
        "from,to,trust,spread\nplan,plan,0.5,0.6\n",
        ["column spread: “0.6” is not allowed", "from 0 to 0.5"],
    ),
    "not mutual": (
        "acquaintance",
        KNOWN + "chef,direktoer,0.5\ndirektoer,chef,0.4\n",
        ["line 3: column acquaintance", "is 0.4, but", "is 0.5", "line 2", "one value for both"],
    ),
}


@pytest.mark.parametrize(("field", "text", "said"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_file_is_told_in_one_message(
    tmp_path: Path, field: str, text: str | bytes, said: list[str]
) -> None:
    with pytest.raises(ScenarioError) as error:
        measured(tmp_path, **{field: text})
    message = str(error.value)
    assert "\n" not in message
    assert all(part in message for part in said), message


@pytest.mark.parametrize(
    ("block", "said"),
    {
        "{trust: svra.csv}": ["line 1: data.trust: the file", "cannot be read", "“svar.csv”?"],
        "{trust: 3}": ["data.trust: 3 is not the name of a file", "the path of a CSV file"],
        "{trust: {file: svar.csv, text: x}}": ["data.trust", "the path of a CSV file"],
        "{tust: svar.csv}": ["no field “tust”", "“trust”?"],
        "{trust: nofile.csv}": ["data.trust: the file", "(no such file or directory)\n"],
        "{scale: 1-5}": ["line 1: data.scale: there is no file that this scale is for"],
        "{scale: 5}": ["line 1: data.scale: not a scale", "as in 1-5"],
    }.items(),
)
def test_a_wrong_block_is_told_where_it_stands(tmp_path: Path, block: str, said: list[str]) -> None:
    write(tmp_path, TRUST + "plan,plan,0.5\n", "svar.csv")
    file = write(tmp_path, f"{{extends: [laerebog], data: {block}}}")
    with pytest.raises(ScenarioError) as error:
        scenarios.load(file)
    assert all(part in f"{error.value}\n" for part in said), str(error.value)


def test_a_wrong_file_ends_the_command_with_2_and_no_traceback(tmp_path: Path) -> None:
    file = write(tmp_path, TRUST + "forvaltning,plam,0.5\n", "svar.csv")
    told = invoke("show", "laerebog", "--set", f"data.trust={file}")
    assert told.exit_code == 2
    assert told.output.startswith("trappe: ")
    assert "Traceback" not in told.output
    told = invoke("show", "laerebog", "--set", f"data.tust={file}")
    assert "Did you mean “data.trust”?" in told.output


def test_the_template_is_printed_as_a_danish_excel_reads_it() -> None:
    told = invoke("show", "laerebog", "--template", "trust")
    lines = told.output.splitlines()
    assert lines[0] == "\ufefffrom;to;trust;from_name;to_name"
    assert "forvaltning;plan;0,45;Kommunen;Helhedsplanen" in lines
    assert len(lines) == 1 + 3 * 3
    told = invoke("show", "laerebog", "--template", "acquaintance", "--lang", "en")
    assert "chef,direktoer,,Head of department,Director" in told.output.splitlines()


def test_the_example_in_the_documentation_can_be_used() -> None:
    file = Path(__file__).parents[2] / "docs" / "examples" / "my_survey.yaml"
    structure = scenarios.build(scenarios.load(file))
    assert structure.trust_start[FORVALTNING, PLAN] == pytest.approx(2.8 / 4)
    assert len(structure.measured_first) == 5
