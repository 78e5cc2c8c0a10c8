"""A user's own rules and phases: they take effect everywhere, and leave no trace."""

import textwrap
from pathlib import Path

import numpy as np
import pytest

from simulation import run_many, run_one
from simulation.extending import (
    Added,
    Extension,
    ExtensionError,
    Place,
    load_extension,
    machine_with,
    rules_by_name,
)
from simulation.parameters import Parameters
from simulation.replacing import plain_python, rebuilt
from simulation.rules.trust import trust_after_kept_promise
from simulation.schedule import WEEK
from simulation.start import set_out
from tests.simulation.digest import WORLDS, lines_of
from tests.simulation.rules import rule_modules
from tests.simulation.worlds import ordinary_world

WEEKS = 30
HEAD = "from simulation.extending import phase, rule\n"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "my_rules.py"


def written(folder: Path, text: str) -> Path:
    file = folder / "my_rules.py"
    file.write_text(HEAD + textwrap.dedent(text), encoding="utf-8")
    return file


def digest(extension: Extension | None = None) -> list[str]:
    structure, parameters = WORLDS["lively"]()
    run = run_one(structure, parameters, 3, WEEKS, extension=extension)
    return lines_of(run.state, run.record)


# --- taking effect ---


def test_every_rule_replaced_by_itself_changes_no_bit() -> None:
    same = {rule: plain_python(rule) for rule in rules_by_name().values()}
    assert len(same) > 30
    assert digest(Extension("same", same)) == digest()


@pytest.mark.parametrize("name", ["trust_after_kept_promise", "cases_this_week", "draws_nothing"])
def test_a_rule_replaced_takes_effect_as_if_the_package_were_edited(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {
        "trust_after_kept_promise": ("trust, gain", "trust"),
        "cases_this_week": ("rate, uniform", "2"),
        "draws_nothing": ("uniform, scale", "0.0"),
    }
    rule = "logistic" if name == "draws_nothing" else name
    arguments, result = changes[name]
    file = written(tmp_path, f"@rule\ndef {rule}({arguments}):\n    return {result}\n")
    extension = load_extension(file)
    assert extension.rules() == [rule]
    assert digest(extension) != digest()
    if rule == "cases_this_week":
        structure, parameters = WORLDS["lively"]()
        run = run_one(structure, parameters, 3, WEEKS, extension=extension)
        ordinary = 2.0 * len(structure.area_key)
        arisen = set(run.weekly["cases_arisen"])
        assert arisen == {ordinary, 2.0 * ordinary}  # as many again while an acute wave lasts


def test_runs_with_a_rule_replaced_are_the_same_alone_and_in_a_batch() -> None:
    structure, parameters = ordinary_world().build(), Parameters()
    extension = load_extension(EXAMPLE)
    many = run_many(structure, parameters, [4, 7], WEEKS, extension=extension)
    one = run_one(structure, parameters, 7, WEEKS, extension=extension)

    np.testing.assert_array_equal(list(one.summary.values()), many.summary[1])
    np.testing.assert_array_equal(one.weekly.to_numpy().astype(np.float32), many.weekly[1])
    np.testing.assert_array_equal(one.record.pair_steps, many.pair_steps[1])
    np.testing.assert_array_equal(one.record.waits, many.waits[1])


def test_the_example_makes_people_know_each_other_better() -> None:
    structure, parameters = ordinary_world().build(), Parameters()
    extension = load_extension(EXAMPLE)
    with_it = run_many(structure, parameters, range(10), WEEKS, extension=extension)
    without = run_many(structure, parameters, range(10), WEEKS)
    column = list(run_one(structure, parameters, 1, 2).weekly).index("acquaintance_between")
    more = with_it.weekly[:, -1, column] - without.weekly[:, -1, column]
    assert (more > 0.0).all()


def test_a_phase_of_ones_own_runs_where_it_was_put(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        seen = []
        @phase(before="work")
        def first(structure, parameters, state, record, seed, week): seen.append("first")
        @phase(before="work")
        def second(structure, parameters, state, record, seed, week): seen.append("second")
        @phase(after="work")
        def third(structure, parameters, state, record, seed, week): seen.append("third")
        @phase(after="work")
        def fourth(structure, parameters, state, record, seed, week): seen.append("fourth")
        """,
    )
    extension = load_extension(file)
    week = [plain_python(phase).__name__ for phase in machine_with(extension).week]
    at = week.index("work")
    assert week[at - 2 : at + 3] == ["first", "second", "work", "third", "fourth"]
    assert digest(extension) == digest()
    assert extension.added[0].function.__globals__["seen"][:4] == [
        "first", "second", "third", "fourth",
    ]  # fmt: skip


def test_a_phase_can_stand_instead_of_one(tmp_path: Path) -> None:
    idle = """
        @phase(instead_of="forgetting")
        def never(structure, parameters, state, record, seed, week): pass
        """
    assert digest(load_extension(written(tmp_path, idle))) != digest()


def test_a_rule_replaced_reaches_a_phase_of_ones_own_that_uses_it(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        """
        from simulation.rules.trust import trust_after_kept_promise as usual
        told = []
        @rule
        def trust_after_kept_promise(trust, gain):
            return usual(trust, gain) * 0.0 + 0.25
        @phase(after="work")
        def ask(structure, parameters, state, record, seed, week):
            told.append(usual(0.5, 0.1))
        """,
    )
    extension = load_extension(file)
    digest(extension)
    told = extension.added[0].function.__globals__["told"]
    assert set(told) == {0.25}


# --- without trace ---


def test_nothing_is_left_of_a_replaced_rule() -> None:
    modules = rule_modules()
    before = {name: dict(vars(module)) for name, module in modules.items()}
    here = digest()
    digest(load_extension(EXAMPLE))
    assert digest() == here
    for name, module in modules.items():
        after = vars(module)
        assert all(after[key] is value for key, value in before[name].items())


def test_what_reaches_no_replaced_rule_is_shared_as_it_is() -> None:
    replaced = {trust_after_kept_promise: plain_python(trust_after_kept_promise)}
    assert rebuilt(set_out, replaced) is set_out
    changed = [phase for phase in WEEK if rebuilt(phase, replaced) is not phase]
    assert [plain_python(phase).__name__ for phase in changed] == ["experience"]
    assert machine_with(None).week == WEEK


# --- mistakes ---

RULE = "@rule\ndef {}({}):\n    return {}\n"
TWICE = """@rule(name='logistic')
def one(uniform, scale): return uniform
@rule(name='logistic')
def two(uniform, scale): return uniform
"""
NOWHERE = """@phase(after='meeting')
def coffee(structure, parameters, state, record, seed, week): pass
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\n", ["marks no rule and no phase"]),
        ("def broken(:\n", ["line 2", "not Python"]),
        ("import no_such_module_anywhere\n", ["line 2", "no_such_module_anywhere"]),
        (RULE.format("trust_after_kept_promis", "trust, gain", "trust"),
         ["line 2", "trust_after_kept_promis”", "Did you mean “trust_after_kept_promise”?"]),
        (RULE.format("trust_after_kept_promise", "trust", "trust"),
         ["line 2", "takes 2 arguments (trust, trust_gain)", "has trust"]),
        (TWICE, ["line 4", "replaced twice"]),
        (NOWHERE, ["line 2", "no phase “meeting”", "Did you mean “meetings”?"]),
        ("@phase(after='work')\ndef coffee(state):\n    pass\n", ["line 2", "takes 6 arguments"]),
        ("@phase(after='work', before='work')\ndef coffee(state):\n    pass\n",
         ["line 2", "one place in the week, not 2"]),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_one_clear_message(
    text: str, expected: list[str], tmp_path: Path
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ExtensionError) as caught:
        load_extension(file)
    message = str(caught.value)
    assert message.startswith(str(file))
    assert all(part in message for part in expected), message


@pytest.mark.parametrize("file", ["nowhere.py", "."])
def test_a_file_that_is_none_is_said(file: str, tmp_path: Path) -> None:
    with pytest.raises(ExtensionError, match=r"no such file|is a folder"):
        load_extension(tmp_path / file)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("1 / 0", ["line 4", "ZeroDivisionError"]),
        ("trust / 0", ["line 4", "ZeroDivisionError"]),
        ("None", ["line 2", "must return a number, got None"]),
        ("float('nan')", ["line 2", "must return a number, got nan"]),
    ],
)
def test_a_rule_that_fails_in_a_run_says_where(
    result: str, expected: list[str], tmp_path: Path
) -> None:
    extension = load_extension(
        written(tmp_path, RULE.format("trust_after_kept_promise", "trust, gain", result))
    )
    with pytest.raises(ExtensionError) as caught:
        digest(extension)
    assert all(part in str(caught.value) for part in expected), str(caught.value)


def test_an_extension_made_in_python_needs_no_file() -> None:
    def rest(structure, parameters, state, record, seed, week):
        state.hours_left[:] = 0.0

    extension = Extension("rest", {}, (Added(rest, Place("after", "world")),))
    structure, parameters = WORLDS["lively"]()
    run = run_one(structure, parameters, 1, 5, extension=extension)
    assert run.weekly["hours_work"].sum() == 0.0
