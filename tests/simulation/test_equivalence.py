"""One implementation: compiled, interpreted, alone, in a batch, elsewhere, and through Mesa."""

import ast
import inspect
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import simulation
from simulation import schedule
from simulation.compilation import is_interpreted
from simulation.handles import hold
from simulation.mesa_model import CollaborationModel
from simulation.parameters import Parameters
from simulation.runs import prepare, run_many, run_one
from simulation.schedule import WEEK, whole_run
from simulation.ties import trust_matrix
from simulation.vocabulary import EVENTS
from tests.simulation.digest import WORLDS, lines_of, plain_world, run_world, summary_lines

WEEKS = 60
ROOT = Path(__file__).parents[2]
PACKAGE = Path(simulation.__file__).parent


def in_another_process(arguments: list[str], cwd: Path = ROOT, **environment: str) -> list[str]:
    """Lines that ``python arguments`` prints."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(cwd)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def lines_here(name: str, seed: int = 1, weeks: int = WEEKS) -> list[str]:
    run = run_world(name, seed, weeks)
    return [*lines_of(run.state, run.record), *summary_lines(run.summary)]


# --- compiled and interpreted, here and elsewhere ---


@pytest.mark.interpreted
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_compiled_and_interpreted_runs_agree_bit_for_bit(name: str) -> None:
    program = ["-m", "tests.simulation.digest", name, "1", str(WEEKS)]
    other = "0" if is_interpreted() else "1"

    assert in_another_process(program, NUMBA_DISABLE_JIT=other) == lines_here(name)


def test_another_process_gives_the_same_bits() -> None:
    program = ["-m", "tests.simulation.digest", "lively", "1", str(WEEKS)]

    assert in_another_process(program, PYTHONHASHSEED="7") == lines_here("lively")


@pytest.mark.interpreted
def test_the_digest_tells_runs_apart() -> None:
    one, other = lines_here("plain", seed=1), lines_here("plain", seed=2)

    assert len([line for line in one if line not in other]) > 20


@pytest.mark.interpreted
def test_the_worlds_compared_let_everything_happen_that_can() -> None:
    seen = set()
    for name, seed in itertools.product(WORLDS, (1, 2, 3, 4)):
        record = run_world(name, seed, WEEKS).record
        seen |= {EVENTS[kind] for kind in record.event[: record.event_count[0], 1]}

    assert seen == set(EVENTS)


# --- alone, in a batch, phase by phase ---


@pytest.mark.interpreted
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_a_run_in_a_batch_is_the_same_as_alone(name: str) -> None:
    structure, parameters = WORLDS[name]()
    alone = run_many(structure, parameters, [5], WEEKS, keep_relations=True)
    batch = run_many(structure, parameters, [1, 5, 9, 5], WEEKS, keep_relations=True)

    for field in alone._fields:
        for place in (1, 3):
            np.testing.assert_array_equal(
                getattr(alone, field)[0], getattr(batch, field)[place], err_msg=field
            )


@pytest.mark.interpreted
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_one_run_and_many_runs_give_the_same_numbers(name: str) -> None:
    structure, parameters = WORLDS[name]()
    one = run_one(structure, parameters, 5, WEEKS)
    many = run_many(structure, parameters, [5], WEEKS)

    np.testing.assert_array_equal(list(one.summary.values()), many.summary[0])
    np.testing.assert_array_equal(one.weekly.to_numpy().astype(np.float32), many.weekly[0])
    np.testing.assert_array_equal(one.record.waits, many.waits[0])
    np.testing.assert_array_equal(one.record.forum_waits, many.forum_waits[0])
    np.testing.assert_array_equal(one.record.forum_hours, many.forum_hours[0])
    np.testing.assert_array_equal(one.record.pair_steps, many.pair_steps[0])
    np.testing.assert_array_equal(one.record.level_steps, many.level_steps[0])


@pytest.mark.interpreted
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_phases_called_one_by_one_are_the_whole_run(name: str) -> None:
    structure, parameters = WORLDS[name]()
    state, record = prepare(structure, [1], WEEKS, 20_000)
    whole_run(*hold(structure, parameters, state, record), 1, WEEKS)

    assert lines_of(state, record) == lines_of(*run_world(name, 1, WEEKS)[:2])


@pytest.mark.interpreted
def test_a_run_does_not_depend_on_what_a_former_run_left_behind() -> None:
    structure, parameters = WORLDS["lively"]()
    used, record = prepare(structure, [1, 2], WEEKS)
    held = hold(structure, parameters, used, record)
    whole_run(*held, 2, WEEKS)
    whole_run(*held, 1, WEEKS)
    fresh, fresh_record = prepare(structure, [1, 2], WEEKS)
    whole_run(*hold(structure, parameters, fresh, fresh_record), 1, WEEKS)

    arisen = int(fresh.cases_arisen[0])
    np.testing.assert_array_equal(trust_matrix(used), trust_matrix(fresh))
    np.testing.assert_array_equal(used.case_status, fresh.case_status)
    np.testing.assert_array_equal(used.case_joint[:arisen], fresh.case_joint[:arisen])
    np.testing.assert_array_equal(record.weekly, fresh_record.weekly)


@pytest.mark.interpreted
def test_a_phase_that_only_looks_changes_nothing() -> None:
    structure, parameters = WORLDS["lively"]()
    seen = []

    def look(structure, parameters, state, record, seed, week):
        seen.append((week, state.tie_trust.sum()))

    phases = [step for phase in WEEK for step in (phase, look)]
    watched = run_one(structure, parameters, 1, WEEKS, 20_000, phases)

    assert len(seen) == WEEKS * len(WEEK)
    assert lines_of(watched.state, watched.record) == lines_of(*run_world("lively", 1, WEEKS)[:2])


@pytest.mark.interpreted
def test_a_phase_of_ones_own_changes_the_run() -> None:
    structure, parameters = WORLDS["lively"]()

    def forgive(structure, parameters, state, record, seed, week):
        state.tie_trust[1:] = 0.9

    changed = run_one(structure, parameters, 1, WEEKS, 20_000, (*WEEK[:-1], forgive, WEEK[-1]))

    assert changed.weekly["trust_between"].iloc[-1] == pytest.approx(0.9)


# --- the week ---


@pytest.mark.interpreted
def test_the_compiled_week_calls_the_phases_in_the_order_of_week() -> None:
    tree = ast.parse(inspect.getsource(schedule))
    run = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "whole_run")
    loop = next(statement for statement in run.body if isinstance(statement, ast.For))
    called = [
        ast.unparse(statement.value.func)
        for statement in loop.body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
    ]

    assert called == [phase.__name__ for phase in WEEK]


# --- Mesa ---


@pytest.mark.interpreted
@pytest.mark.parametrize("name", sorted(WORLDS))
def test_mesa_step_by_step_is_the_same_run(name: str) -> None:
    structure, parameters = WORLDS[name]()
    model = CollaborationModel(structure, parameters, seed=1, weeks=WEEKS, events=20_000)
    for _ in range(WEEKS):
        model.step()

    run = run_world(name, 1, WEEKS)
    assert lines_of(model.state, model.record) == lines_of(run.state, run.record)
    assert summary_lines(model.summary()) == summary_lines(run.summary)
    assert model.weekly.equals(run.weekly)


@pytest.mark.interpreted
def test_trust_set_through_a_mesa_agent_is_the_same_intervention_on_the_array() -> None:
    structure, parameters = WORLDS["lively"]()
    model = CollaborationModel(structure, parameters, seed=1, weeks=WEEKS, events=20_000)
    middle = WEEKS // 2
    for week in range(WEEKS):
        if week == middle:
            one, other = model.people[0], model.people[1]
            one.trust[other] = 0.97
        model.step()

    def intervene(structure, parameters, state, record, seed, week):
        if week == middle:
            state.tie_trust[state.tie_at[0, 1], 0] = 0.97

    run = run_one(structure, parameters, 1, WEEKS, 20_000, (intervene, *WEEK))
    assert lines_of(model.state, model.record) == lines_of(run.state, run.record)
    assert lines_of(model.state, model.record) != lines_of(*run_world("lively", 1, WEEKS)[:2])


@pytest.mark.interpreted
def test_names_given_to_mesa_change_nothing() -> None:
    structure = plain_world()
    ends = []
    for names in (None, [f"name {number}" for number in range(16)][::-1]):
        model = CollaborationModel(structure, Parameters(), seed=1, weeks=10, names=names)
        for _ in range(10):
            model.step()
        ends.append(lines_of(model.state, model.record))

    assert ends[0] == ends[1]


# --- an edited rule takes effect ---

COUNT_CASES = """
import numpy as np
{first}
from simulation.start import count_cases
print(count_cases(np.array([40.0]), np.array([1]), 1, 5))
"""
# What numba would do without a folder of its own for every version of the sources.
ONE_FOLDER = """
import numba, simulation.compilation
numba.config.CACHE_DIR = {folder!r}
"""


def _copy_package(folder: Path) -> Path:
    shutil.copytree(PACKAGE, folder / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "simulation" / "rules" / "outside.py"


def _count(folder: Path, first: str = "") -> int:
    cache = os.environ.get("TRAPPE_CACHE") or str(folder / "cache")
    program = ["-c", COUNT_CASES.format(first=first)]
    return int(in_another_process(program, cwd=folder, TRAPPE_CACHE=cache)[-1])


def _edit(rule: Path) -> None:
    source = rule.read_text(encoding="utf-8")
    assert "MOST_CASES_A_WEEK = 63" in source
    rule.write_text(source.replace("MOST_CASES_A_WEEK = 63", "MOST_CASES_A_WEEK = 3"), "utf-8")


@pytest.mark.interpreted
def test_an_edited_rule_takes_effect_in_code_that_imports_it(tmp_path: Path) -> None:
    rule = _copy_package(tmp_path)
    before, again = _count(tmp_path), _count(tmp_path)
    _edit(rule)

    assert before == again > 100
    assert _count(tmp_path) == 5 * 3


@pytest.mark.skipif(is_interpreted(), reason="nothing is cached without compilation")
def test_without_a_folder_for_every_version_an_edited_rule_would_be_missed(tmp_path: Path) -> None:
    # Proof that the test above can fail: numba's own cache returns the stale number.
    rule = _copy_package(tmp_path)
    one_folder = ONE_FOLDER.format(folder=str(tmp_path / "one"))
    before = _count(tmp_path, one_folder)
    _edit(rule)

    assert _count(tmp_path, one_folder) == before
