"""Targets, exit code and file of the benchmark, on made-up measures."""

import json

import numpy as np
import pytest

from benchmarks import __main__ as command
from benchmarks.child import peak_megabytes
from benchmarks.setting import world
from benchmarks.speed import spread


def measured(ratio, share, loop=1.9, city=12.0):
    return {
        "scaling": {"cost": {"median": city}},
        "speed": {"ratio": {"median": ratio}},
        "two_workers": {"share": {"median": share}, "loop": {"least": loop, "median": 1.9}},
    }


def test_a_target_is_met_from_its_number_on():
    told = command.targets(measured(100.0, 0.8999))
    assert told["ratio"]["met"]
    assert not told["workers"]["met"]


def test_a_city_may_cost_so_much_and_no_more():
    assert command.targets(measured(100.0, 0.9, city=15.0))["city"]["met"]
    assert not command.targets(measured(100.0, 0.9, city=15.1))["city"]["met"]


def test_without_a_second_core_two_workers_decide_nothing():
    """A good share of no gain is no success: one such turn among the repetitions is enough."""
    told = command.targets(measured(100.0, 1.8, loop=0.61))
    assert told["workers"]["met"] is None
    assert told["ratio"]["met"]


def test_the_spread_is_least_middle_greatest():
    assert spread([3.0, 1.0, 10.0]) == (1.0, 3.0, 10.0)


def test_the_file_is_whole_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "deep" / "bench.json"
    command.write({"a": 1}, path)
    command.write({"a": 2}, path)
    assert json.loads(path.read_text()) == {"a": 2}
    assert [file.name for file in path.parent.iterdir()] == ["bench.json"]


@pytest.mark.parametrize(
    ("arguments", "loop", "code"),
    [
        ([], 1.9, 0),
        (["--require"], 1.9, 1),
        (["--require", "ratio"], 1.9, 1),
        (["--require", "workers"], 1.9, 0),
        (["--require", "workers"], 1.0, 1),
        (["--require", "city"], 1.9, 0),
    ],
)
def test_only_a_target_asked_for_decides_the_exit_code(
    monkeypatch, tmp_path, arguments, loop, code
):
    result = measured(20.0, 0.95, loop)
    result["targets"] = command.targets(result)
    monkeypatch.setattr(command, "measure", lambda here, effort: result)
    monkeypatch.setattr(command, "show", lambda result: None)
    out = str(tmp_path / "bench.json")
    monkeypatch.setattr("sys.argv", ["benchmarks", "--short", "--out", out, *arguments])
    assert command.main() == code


def test_memory_of_this_process_is_plausible():
    assert 10.0 < peak_megabytes() < 100_000.0


def test_a_scenario_that_is_not_there_ends_with_one_message(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["benchmarks", "--scenario", "odense_ny"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
    assert "odense_ny" in capsys.readouterr().err


def test_a_mechanism_the_plain_version_does_not_tell_ends_with_one_message(monkeypatch, capsys):
    here = world("laerebog")
    loyal = here.structure._replace(loyalty=np.ones_like(here.structure.loyalty))
    monkeypatch.setattr(command, "world", lambda name: here._replace(structure=loyal))
    monkeypatch.setattr("sys.argv", ["benchmarks"])
    with pytest.raises(SystemExit) as ended:
        command.main()
    assert ended.value.code == 2
    assert "does not tell loyal talk" in capsys.readouterr().err
