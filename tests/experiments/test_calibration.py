"""The search for parameters: distances worked by hand, going on, and finding what is there."""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from experiments import ExperimentError, run_ensemble
from experiments.calibration.accepted import choose, confirm, read_sets, write_sets
from experiments.calibration.distance import (
    MOST,
    Distance,
    Score,
    Values,
    parameters_under,
    shortfall,
)
from experiments.calibration.ledger import Ledger
from experiments.calibration.screening import OBSERVING, defaults, screen, space
from experiments.calibration.search import Member, search
from experiments.measures import Summarised
from experiments.patterns.cells import Cell
from experiments.patterns.functions import Combination, LinearPart
from experiments.patterns.requirements import Requirement
from experiments.patterns.settling import Prepared, prepared
from scenarios import ScenarioError, load, with_settings
from simulation.parameters import parameter_catalogue
from tests.patterns.worlds import written

HEADER = {"code": "x", "runs": 4}


def need(low: float, high: float, by: float) -> Requirement:
    value = Combination((LinearPart(1.0, (1.0,), 0.0),))
    cell = (Cell("stage", Summarised("value")),)
    return Requirement(0, "a > b", "value", cell, value, low, high, True, by, "")


def sample(folder: Path) -> Prepared:
    text = "fit: true\nexpect: {order: long > short, observable: lead_time}"
    return prepared(written(folder, text))


def run(jobs: list) -> list:
    return run_ensemble(jobs, workers=1)


@pytest.mark.parametrize(
    ("low", "high", "by", "middle", "expected"),
    [
        (0.02, math.inf, 0.02, 0.05, 0.0),  # inside with room to spare
        (0.02, math.inf, 0.02, 0.02, 0.5),  # on the limit: half a smallest effect short
        (0.02, math.inf, 0.02, -0.01, 2.0),
        (0.02, math.inf, 0.02, -9.0, MOST),
        (-1.0, 1.0, 1.0, 3.0, 2.5),
        (0.01, math.inf, 0.0, 0.01, 0.0),  # a plain limit has no room and is its own measure
        (0.01, math.inf, 0.0, 0.005, 0.5),
        (0.0, math.inf, 0.0, -0.25, 0.25),
    ],
)
def test_a_shortfall_is_counted_in_smallest_effects(
    low: float, high: float, by: float, middle: float, expected: float
) -> None:
    values = np.full((5, 1), middle)
    assert shortfall(need(low, high, by), values) == pytest.approx(expected)


def test_what_is_not_defined_is_as_far_off_as_can_be() -> None:
    values = np.array([[1.0], [1.0], [np.nan], [np.nan]])
    assert shortfall(need(0.0, math.inf, 0.1), values) == MOST


def test_a_scenario_keeps_what_it_sets_itself_and_what_is_switched_off() -> None:
    settings = {"parameters.trust_gain": 0.3, "switches.goals": False}
    scenario = with_settings(load("laerebog"), settings)
    found = parameters_under(scenario, {"trust_gain": 0.1, "goal_learning": 0.5, "quorum": 0.9})
    assert (found.trust_gain, found.goal_learning, found.quorum) == (0.3, 0.0, 0.9)


def test_sets_run_together_score_as_they_do_alone(tmp_path: Path) -> None:
    distance = Distance([sample(tmp_path)], 3, run)
    sets: list[Values] = [{}, {"trust_gain": 0.4}]
    together = distance.scores(sets)
    assert [distance.scores([one])[0] for one in sets] == together
    assert distance.runs_per_set == 6


class Counting(Distance):
    """Counts the sets that are really run; the score is how far the first value is from 0.25."""

    def __init__(self) -> None:
        self.count = 0

    def scores(self, candidates: Sequence[Values]) -> list[Score]:
        self.count += len(candidates)
        gaps = [abs(next(iter(one.values())) - 0.25) for one in candidates]
        return [Score(gap, {"p": gap}, (gap,)) for gap in gaps]


def test_what_has_been_tried_is_not_tried_again(tmp_path: Path) -> None:
    file, distance = tmp_path / "new" / "tried.jsonl", Counting()
    sets: list[Values] = [{"quorum": 0.1}, {"quorum": 0.2}, {"quorum": 0.1}]
    first = Ledger(file, HEADER).scores(sets, distance)
    again = Ledger(file, HEADER)
    assert len(again) == distance.count == 2
    assert again.scores(sets, distance) == first
    assert distance.count == 2


def test_a_line_cut_short_by_an_interruption_is_tried_again(tmp_path: Path) -> None:
    file, distance = tmp_path / "tried.jsonl", Counting()
    Ledger(file, HEADER).scores([{"quorum": 0.1}, {"quorum": 0.2}], distance)
    file.write_text(file.read_text()[:-9], encoding="utf-8")
    again = Ledger(file, HEADER)
    assert len(again) == 1
    again.scores([{"quorum": 0.2}], distance)
    assert json.loads(file.read_text().splitlines()[0]) == HEADER
    assert len(Ledger(file, HEADER)) == 2


def test_a_ledger_of_something_else_is_refused(tmp_path: Path) -> None:
    Ledger(tmp_path / "tried.jsonl", HEADER)
    with pytest.raises(ExperimentError, match="made with other code"):
        Ledger(tmp_path / "tried.jsonl", {**HEADER, "code": "y"})
    (tmp_path / "other").write_text("what\n", encoding="utf-8")
    with pytest.raises(ExperimentError, match="no record of a search"):
        Ledger(tmp_path / "other", HEADER)


def made_up(candidates: Sequence[Values]) -> list[Score]:
    """Two parameters matter: the first twice as much; any other does nothing."""
    found = []
    for one in candidates:
        values = defaults() | dict(one)
        first, second = 2.0 * abs(values["quorum"] - 0.9), abs(values["trust_gain"] - 0.1)
        found.append(Score((first + second) / 2.0, {"p": first, "q": second}, (first, second)))
    return found


@pytest.mark.parametrize("bases", [1, 3])
def test_screening_finds_what_matters(bases: int) -> None:
    found = screen(bases, 1, made_up, chunk=50)
    assert found is not None
    assert [one.name for one in found[:2]] == ["quorum", "trust_gain"]
    assert {one.effect for one in found[2:]} == {0.0}
    assert {one.name for one in found} == set(defaults()) - set(OBSERVING)


def test_screening_stops_when_told_and_says_nothing_then() -> None:
    asked = iter([False, True])
    assert screen(1, 1, made_up, chunk=5, stop=lambda: next(asked)) is None


def hunt(generations: int, seed: int = 3) -> tuple[list[Member], list[float]]:
    best: list[float] = []
    left = iter([False] * generations + [True])

    def tell(_: int, members: list[Member]) -> None:
        best.append(min(one.score.distance for one in members))

    cube = space(["quorum", "trust_gain", "hour_price"])
    return search(cube, 12, seed, made_up, lambda: next(left), tell), best


def test_the_search_stays_near_what_was_assumed() -> None:
    catalogue = parameter_catalogue()
    cube = space()
    for name, low, high in zip(cube.names, cube.low, cube.high, strict=True):
        default, about = catalogue[name]
        assumed = default if about.assumed is None else about.assumed
        assert about.low <= low <= default <= high <= about.high
        assert assumed == 0.0 or assumed / 3.0 <= low * 1.000001 <= high <= assumed * 3.000001


def test_the_search_finds_it_and_never_loses_ground() -> None:
    members, best = hunt(40)
    assert best == sorted(best, reverse=True)
    assert best[-1] < 0.01 < best[0]
    assert members[0].score.distance == best[-1]
    assert all(0.0 <= one <= 1.0 for member in members for one in member.point)


def test_the_search_is_the_same_when_run_again_and_other_with_another_seed() -> None:
    assert hunt(5)[1] == hunt(5)[1]
    assert hunt(5)[1] != hunt(5, seed=4)[1]


def test_kept_sets_are_the_best_that_lie_apart() -> None:
    cube = space(["quorum"])
    tried = [({"quorum": value}, Score(value, {}, ())) for value in (0.5, 0.11, 0.1, 0.3)]
    assert choose(tried, cube, 2) == [{"quorum": 0.1}, {"quorum": 0.3}]


class Fixed(Distance):
    """Scores that were decided beforehand."""

    def __init__(self, gaps: list[float]) -> None:
        self.gaps = gaps

    def scores(self, candidates: Sequence[Values]) -> list[Score]:
        assert len(candidates) == len(self.gaps)
        return [Score(9.0, {"a": gap, "b": 3.0}, ()) for gap in self.gaps]


def test_confirmation_judges_by_the_fitted_patterns_and_keeps_those_near_the_best() -> None:
    candidates = [{"quorum": 0.1}, {"quorum": 0.2}, {"quorum": 0.3}]
    kept, reference = confirm(candidates, Fixed([0.9, 0.5, 0.4, 0.7]), ["a"], keep=5)
    assert reference.distance == 0.9
    assert [(one.name, one.values["quorum"]) for one in kept] == [("set_1", 0.2), ("set_2", 0.1)]


def test_sets_are_read_back_as_written_and_in_range(tmp_path: Path) -> None:
    file = tmp_path / "accepted.yaml"
    kept, reference = confirm([{"quorum": 0.123456789}], Fixed([0.2, 0.1]), ["a"], keep=1)
    write_sets(file, kept, reference, {"command": "trappe fit"})
    assert read_sets(file) == {"set_1": {"quorum": 0.123457}}
    for text, told in [
        ("sets: {a: {parameters: {qorum: 0.5}}}", "Did you mean “quorum”"),
        ("sets: {a: {parameters: {quorum: 5.0}}}", "5 is not allowed"),
        ("sets: {}", "sets"),
        ("sots: {}", "“sots”"),
    ]:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ScenarioError) as problem:
            read_sets(file)
        assert told in str(problem.value)
        assert "accepted.yaml" in str(problem.value)
