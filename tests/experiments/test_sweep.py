"""A sweep's results: the same bits however they are run, run once, never mixed."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

import scenarios
import simulation
from experiments.ledger import Ledger
from experiments.plan import Condition
from experiments.results import connect, read_results, read_view
from experiments.status import read_status
from experiments.sweep import Standing, run_plan
from experiments.work import RAISED
from scenarios import ScenarioError
from simulation.observables import SUMMARY, WEEKLY
from tests.experiments.faulty import HANGS, KILLS, RAISES, faulty
from tests.experiments.plans import PLAIN, TRUSTING, assert_same_results, plan, same_bits

OWN_MODEL = """
from experiments.records import run_seeds

def own(structure, parameters, seeds, weeks, trajectories, case_logs):
    return run_seeds(structure, parameters._replace({change}), seeds, weeks, False, False)
"""


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished sweep of one process, everything kept. Not to be written by tests."""
    folder = tmp_path_factory.mktemp("swept")
    run_plan(plan(keep=True), folder, workers=1)
    return folder


def test_two_dask_workers_give_the_bits_of_one_process(swept: Path, tmp_path: Path) -> None:
    outcome = run_plan(plan(keep=True), tmp_path, workers=2)
    assert (outcome.finished, outcome.failed, outcome.fresh) == (12, 0, 12)
    assert_same_results(tmp_path, swept)
    for part in ("bodies", "weekly", "events"):
        same_bits(read_view(tmp_path, part), read_view(swept, part))


def test_the_comparison_of_bits_can_fail(swept: Path) -> None:
    table = read_results(swept)
    changed = table.copy()
    changed.loc[0, SUMMARY[0]] = np.nextafter(changed.loc[0, SUMMARY[0]], np.inf)
    with pytest.raises(AssertionError):
        same_bits(table, changed)


def test_rows_are_those_of_the_bare_ensemble(swept: Path) -> None:
    table = read_results(swept)
    scenario = scenarios.with_settings(scenarios.load("laerebog"), dict(TRUSTING.settings))
    world = scenarios.build(scenario), scenarios.parameters(scenario)
    ensemble = simulation.run_many(*world, range(11, 17), weeks=10)
    rows = table[table.condition == TRUSTING.name]
    assert rows.seed.tolist() == list(range(11, 17))
    assert rows[list(SUMMARY)].to_numpy().tobytes() == ensemble.summary.tobytes()
    weekly = read_view(swept, "weekly")
    weekly = weekly[weekly.condition == TRUSTING.name][list(WEEKLY)]
    assert np.array_equal(
        weekly.to_numpy(), ensemble.weekly.reshape(-1, len(WEEKLY)), equal_nan=True
    )
    bodies = read_view(swept, "bodies")
    bodies = bodies[bodies.condition == TRUSTING.name]
    assert bodies[["passed", "weeks"]].sum().tolist() == [
        ensemble.forum_waits[..., column].sum() for column in (0, 1)
    ]
    small = bodies[bodies["size"] == "small"]
    assert small.passed.sum() == ensemble.forum_waits[:, :, 1, 0].sum() > 0


def test_columns_tell_condition_and_settings(swept: Path) -> None:
    table = read_results(swept)
    path = TRUSTING.settings[0][0]
    assert table.columns.tolist() == [
        "condition", "model", "point", "seed", "status", "reason", path, *SUMMARY,
    ]  # fmt: skip
    by_condition = table.groupby("condition", sort=False)[[path, "point"]].first()
    assert by_condition.index.tolist() == [PLAIN.name, TRUSTING.name]
    assert np.isnan(by_condition.loc[PLAIN.name, path])
    assert by_condition.loc[TRUSTING.name].tolist() == [0.8, 0]
    assert set(table.status) == {"done"}


def test_sql_answers_from_runs_weeks_events_and_ledger(swept: Path) -> None:
    with connect(swept) as connection:
        assert connection.execute("SELECT COUNT(*), MIN(seed) FROM runs").fetchone() == (12, 11)
        assert connection.execute("SELECT COUNT(*) FROM weekly").fetchone() == (120,)
        kinds = {
            kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM events").fetchall()
        }
        assert "case_arose" in kinds
        states = connection.execute("SELECT status, COUNT(*) FROM ledger GROUP BY 1").fetchall()
        assert states == [("done", 12)]


def test_what_exists_is_not_run_again_and_more_is_added(tmp_path: Path) -> None:
    first = run_plan(plan(4, (PLAIN,)), tmp_path, workers=1)
    again = run_plan(plan(4, (PLAIN,)), tmp_path, workers=1)
    more = run_plan(plan(6), tmp_path, workers=1)
    assert [one.fresh for one in (first, again, more)] == [4, 0, 8]
    assert more.finished == 12
    whole = run_plan(plan(6), tmp_path / "whole", workers=1)
    assert whole.fresh == 12
    assert_same_results(tmp_path, tmp_path / "whole")
    run_plan(plan(4, (PLAIN,)), tmp_path, workers=1)
    assert len(read_results(tmp_path)) == 4  # results are those of the plan asked for last


def test_conditions_that_are_the_same_are_run_once(tmp_path: Path) -> None:
    twin = Condition("twin", "laerebog", (("levers.chain_length", "0"),), 3)
    outcome = run_plan(plan(4, (PLAIN, twin)), tmp_path, workers=1)
    assert outcome.fresh == 4
    table = read_results(tmp_path)
    assert table.condition.tolist() == [PLAIN.name] * 4 + ["twin"] * 4
    one, other = (part[list(SUMMARY)].to_numpy() for _, part in table.groupby("condition"))
    assert one.tobytes() == other.tobytes()


def test_changed_code_is_run_anew_and_never_mixed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    folder, source = tmp_path / "sweep", tmp_path / "own_model.py"
    tables = []
    for change in ("", "trust_gain=0.9"):
        source.write_text(OWN_MODEL.format(change=change))
        sys.modules.pop("own_model", None)
        from own_model import own  # type: ignore[import-not-found]

        assert run_plan(plan(4, (PLAIN,)), folder, workers=1, model=own).fresh == 4
        tables.append(read_results(folder))
    assert [len(table) for table in tables] == [4, 4]
    assert not np.array_equal(tables[0].trust_between, tables[1].trust_between)
    with Ledger(folder, writing=False) as ledger:
        assert sum(shard.rows for shard in ledger.shards()) == 8  # the earlier ones are kept


def test_a_plan_is_on_record_before_its_first_result(swept: Path) -> None:
    manifest = json.loads((swept / "manifest.json").read_text())["registrations"]
    assert len(manifest) == 1
    assert manifest[0]["runs"] == 6
    assert [one["name"] for one in manifest[0]["conditions"]] == [PLAIN.name, TRUSTING.name]
    assert {"python", "numpy", "numba"} <= manifest[0]["versions"].keys()
    status = read_status(swept)
    assert status.registered <= (status.first_result or "")
    assert status.sessions[0]["ending"] == "complete"
    with Ledger(swept, writing=False) as ledger:
        registered = ledger.rows("SELECT MIN(id), MIN(created) FROM registrations")
        assert registered == [(1, manifest[0]["created"])]


def test_what_the_plan_comes_from_is_kept(tmp_path: Path) -> None:
    origin = {"file": "plan.yaml", "sha256": "ab" * 32}
    run_plan(plan(2, (PLAIN,)), tmp_path, workers=1, experiment=origin)
    run_plan(plan(3, (PLAIN,)), tmp_path, workers=1, experiment=origin)
    run_plan(plan(2, (PLAIN,)), tmp_path, workers=1, experiment=origin)
    assert read_status(tmp_path).experiment == origin
    assert len(read_results(tmp_path)) == 3  # the same experiment, grown since


def test_runs_that_raise_hang_or_kill_are_records_and_the_rest_go_on(tmp_path: Path) -> None:
    small = plan(14, (PLAIN,), run_seconds=1.0)
    outcome = run_plan(small, tmp_path, workers=1, model=faulty)
    assert (outcome.finished, outcome.failed) == (11, 3)
    failures = {one.seed: one for one in read_status(tmp_path).failures}
    kinds = {seed: one.kind for seed, one in failures.items()}
    assert kinds == {RAISES: RAISED, HANGS: "hung", KILLS: "killed"}
    assert failures[RAISES].reason == "ZeroDivisionError: thirteen"
    assert failures[RAISES].detail.startswith("faulty.py, line ")
    assert "limit of 1 s" in failures[HANGS].reason
    assert "faulty.py" in failures[HANGS].detail
    table = read_results(tmp_path).set_index("seed")
    assert table.status.value_counts().to_dict() == {"done": 11, "failed": 3}
    assert table.loc[list(kinds), list(SUMMARY)].isna().all(axis=None)
    assert run_plan(small, tmp_path, workers=1, model=faulty).fresh == 0
    assert list((tmp_path / "attempts").glob("*")) == []


def test_what_failed_is_run_again_when_asked(tmp_path: Path) -> None:
    small = plan(4, (PLAIN,))
    assert run_plan(small, tmp_path, workers=1, model=faulty).failed == 1
    again = run_plan(small, tmp_path, workers=1, model=faulty, retry_failed=True)
    assert (again.failed, again.fresh) == (1, 1)


def test_a_scenario_that_cannot_be_used_is_told_before_anything_runs(tmp_path: Path) -> None:
    wrong = Condition("wrong", "laerebog", (("levers.mandat", "2"),), -1)
    with pytest.raises(ScenarioError, match=r"levers.*mandat"):
        run_plan(plan(4, (PLAIN, wrong)), tmp_path, workers=1)
    assert not (tmp_path / "runs").exists()
    assert not (tmp_path / "manifest.json").exists()


def test_progress_only_rises_and_ends_at_all(tmp_path: Path) -> None:
    seen: list[Standing] = []
    run_plan(plan(), tmp_path, workers=1, progress=lambda news: seen.append(news))  # type: ignore[arg-type]
    standings = [one for one in seen if isinstance(one, Standing)]
    assert [one.done for one in standings] == sorted(one.done for one in standings)
    assert (standings[-1].done, standings[-1].total, standings[-1].seconds_left) == (12, 12, 0.0)
