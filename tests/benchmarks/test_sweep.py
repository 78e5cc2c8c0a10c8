"""The benchmark of sweeps: its arithmetic in short, its targets at length."""

import json
from pathlib import Path

import pytest

from benchmarks import sweep as bench
from benchmarks.sweep import TARGETS, Turn
from benchmarks.sweep_parts import Bare, Ran, swept


def turn(runs: int = 10_000, growth: float = 0.0) -> Turn:
    ran = Ran(runs, 950.0, 5.0, 300.0, 0.00104, growth)
    return Turn(bare=Bare(1000.0, 0.001), ran=ran, one=500.0, loop=1.9)


def test_shares_are_of_measures_of_the_same_turn() -> None:
    assert turn().throughput == pytest.approx(0.95)
    assert turn().processor == pytest.approx(1 / 1.04)
    assert turn().workers == pytest.approx(1.0)


def test_what_was_not_run_is_extrapolated_and_said_to_be() -> None:
    million = bench._million([turn(growth=1e-3).ran])
    assert million["extrapolated"]
    assert million["megabytes"] == pytest.approx(300 + 990)
    assert million["seconds"] == pytest.approx(5 + 1_000_000 / 950)
    assert not bench._million([turn(1_000_000).ran])["extrapolated"]


@pytest.mark.parametrize(
    ("changed", "verdicts"),
    [
        ({}, {"throughput": True, "memory": True, "workers": True, "resume": True}),
        ({"bare": Bare(1100.0, 0.0009)}, {"throughput": False, "processor": False}),
        ({"one": 600.0}, {"workers": False}),
        ({"loop": 1.2}, {"workers": None, "throughput": None, "processor": True}),
    ],
)
def test_targets_are_met_missed_or_undecided(
    changed: dict[str, float | Bare], verdicts: dict[str, bool | None]
) -> None:
    turns = [turn()._replace(**changed)]
    million = bench._million([turns[0].ran])
    result = {"runs": 1_000_000, "million": million, "resume": {"seconds": 2.0}}
    found = bench._targets(result, turns)
    assert {name: found[name]["met"] for name in verdicts} == verdicts


def test_memory_and_rate_of_a_sweep_are_seen_from_outside(tmp_path: Path) -> None:
    ran = swept(tmp_path, 3000, 1)
    assert ran.rate > 0
    assert 20 < ran.peak < 1000


def test_a_short_sweep_decides_neither_throughput_nor_memory() -> None:
    million = bench._million([turn().ran])
    result = {"runs": 100_000, "million": million, "resume": {"seconds": 2.0}}
    met = {name: one["met"] for name, one in bench._targets(result, [turn()]).items()}
    told = {"throughput": None, "processor": True, "memory": None, "workers": True, "resume": True}
    assert met == told


@pytest.mark.verify
def test_targets_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bench.json"
    result = bench.measure(150_000, 3)
    bench.write(result, file)
    bench.show(result)
    assert json.loads(file.read_text())["targets"].keys() == TARGETS.keys()
    met = {name: one["met"] for name, one in result["targets"].items()}
    sure = {met[name] for name in ("processor", "memory", "resume")}
    assert sure == {True}, capsys.readouterr().out
    unsure = {met[name] for name in ("throughput", "workers")}  # undecided without a second core
    assert False not in unsure, capsys.readouterr().out
