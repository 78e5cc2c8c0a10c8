"""A run's key changes with all that can move its result, and with nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from experiments import keys
from experiments.jobs import ExperimentError
from experiments.keys import Keyed, Worlds, keyed
from experiments.plan import Condition, Plan
from experiments.records import run_seeds
from tests.experiments.faulty import faulty
from tests.experiments.plans import PLAIN, plan

ROOT = Path(__file__).parents[2]


def key(condition: Condition = PLAIN, model: object = run_seeds, **changes: object) -> str:
    one = plan(conditions=(condition,))._replace(**changes)
    return _keyed(one, model)[0].key


def _keyed(one: Plan, model: object = run_seeds) -> list[Keyed]:
    return keyed(one, Worlds({}), model, lambda done, total: None)  # type: ignore[arg-type]


def test_names_points_seeds_and_limits_do_not_count() -> None:
    other = Condition("another name", "laerebog", (), 7)
    assert key() == key(other) == key(first_seed=3) == key(runs=1) == key(run_seconds=1.0)


@pytest.mark.parametrize(
    "changed",
    [
        {"condition": PLAIN._replace(settings=(("levers.initial_trust", "0.4"),))},
        {"condition": PLAIN._replace(settings=(("parameters.trust_gain", "0.4"),))},
        {"condition": PLAIN._replace(model="central_professionel")},
        {"weeks": 11},
        {"trajectories": True},
        {"case_logs": True},
        {"model": faulty},
    ],
)
def test_what_moves_a_result_or_its_record_counts(changed: dict[str, object]) -> None:
    assert key(**changed) != key()  # type: ignore[arg-type]


def test_the_model_s_sources_count(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    monkeypatch.setattr(keys, "code_of", lambda model: "other sources")
    assert key() != before


def test_the_scenario_s_own_weeks_are_the_same_as_naming_them() -> None:
    assert key(weeks=None) == key(weeks=52) != key(weeks=53)


def test_what_was_built_before_is_not_built_again(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = Worlds({})
    known = worlds.content(PLAIN)
    again = Worlds(worlds.learnt)
    monkeypatch.setattr(Worlds, "build", lambda *_: pytest.fail("it was built again"))
    assert again.content(PLAIN) == known


def test_a_model_function_without_source_is_told() -> None:
    with pytest.raises(ExperimentError, match="no source file"):
        key(model=len)


def test_two_conditions_of_one_name_are_told() -> None:
    with pytest.raises(ExperimentError, match="two conditions are called “plain”"):
        _keyed(plan(conditions=(PLAIN, PLAIN)))


def test_a_worker_loads_nothing_that_reads_scenarios() -> None:
    code = "import sys, experiments.work; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert {"simulation", "pyarrow"} <= loaded
    assert not loaded & {"scenarios", "pydantic", "mesa", "pandas", "distributed"}


def test_what_stands_in_a_file_of_measurements_counts(tmp_path: Path) -> None:
    file = tmp_path / "svar.csv"
    condition = PLAIN._replace(settings=(("data.trust", str(file)),))
    found, worlds = {key()}, Worlds({})
    for trust in (0.4, 0.6):
        file.write_text(f"from,to,trust\nplan,forvaltning,{trust}\n", encoding="utf-8")
        worlds = Worlds(worlds.learnt)  # as a later process that remembers what was built
        found.add(worlds.content(condition))
    assert len(found) == 3
