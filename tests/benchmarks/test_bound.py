"""The lower bound of the hottest phase decides as the phase does, or says that it does not."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.bound import compare, lower_bound
from benchmarks.by_hand import laid_out
from benchmarks.listing import ask_for_lists
from benchmarks.moments import MOMENTS, find_moments, go_through, in_one_block
from benchmarks.setting import SHORT, WEEKS, world
from simulation.handles import hold
from simulation.phases.approaches import approaches
from simulation.runs import prepare
from simulation.schedule import WEEK
from simulation.start import set_out
from simulation.vocabulary import (
    DRAW_ASKING,
    DRAW_BROKER,
    DRAW_CLARITY,
    DRAW_COLD_CALL,
    DRAW_CONSENT,
    DRAW_HOLDER,
    DRAW_INTRODUCTION,
    DRAW_NAMED,
    DRAW_PARTNER,
    NOBODY,
    TRY_NEW,
)

SEEDS = (3, 4)


class Listing:
    """Weeks of two runs of a scenario, and their lists."""

    def __init__(self, here):
        self.world = here
        self.blocks = [in_one_block(self.world, seed) for seed in SEEDS]
        self.runs = [find_moments(*pair) for pair in zip(self.blocks, SEEDS, strict=True)]
        self.listed = ask_for_lists(self.world, self.runs)

    def compare(self, run, listed):
        """Let phase and hand decide, the latter by what was listed."""
        noise = float(self.world.parameters.choice_noise)
        by_hand = laid_out(listed.lists, SEEDS[run], noise)
        compare(self.blocks[run], self.runs[run], listed, by_hand)


@pytest.fixture(scope="module")
def base():
    return Listing(world())


@pytest.fixture(scope="module")
def laerebog():
    return Listing(world("laerebog"))


@pytest.fixture(scope="module")
def asking():
    """The base model where many cases are of a named resident, who is asked for consent."""
    here = world()
    return Listing(here._replace(parameters=here.parameters._replace(named_resident=0.5)))


@pytest.mark.parametrize("name", ["base", "laerebog", "asking"])
def test_by_hand_and_by_phase_decide_the_same(name, request):
    listing = request.getfixturevalue(name)
    for run, listed in enumerate(listing.listed):
        listing.compare(run, listed)
        lists, answers = listed.lists, listed.answers
        runners = np.diff(lists.race_start)
        assert len(lists.race_who) > len(MOMENTS)
        assert (runners > 0).all()
        assert (answers.winner[runners > 1] > 0).any()
        assert len(set(answers.option)) > 2
        assert set(answers.below) == {False, True}


def test_the_lists_hold_every_kind_of_decision(asking):
    """All that the phase decides by chance comes up."""
    races = np.concatenate([listed.lists.race_purpose for listed in asking.listed])
    assert set(races) == {DRAW_HOLDER, DRAW_PARTNER, DRAW_BROKER, DRAW_COLD_CALL}
    singles = np.concatenate([listed.lists.single_purpose for listed in asking.listed])
    assert set(singles) == {
        DRAW_ASKING, DRAW_INTRODUCTION, DRAW_COLD_CALL, DRAW_NAMED, DRAW_CONSENT, DRAW_CLARITY,
    }  # fmt: skip
    options = np.concatenate([listed.answers.option for listed in asking.listed])
    assert set(options) == set(range(TRY_NEW + 1))


@pytest.mark.parametrize(
    ("column", "place", "value", "told"),
    [
        ("candidate_weight", "winner", 1e-9, "winner"),
        ("candidate_whom", "all", 1, "winner"),
        ("race_week", "all", WEEKS, "winner"),
        ("worth", 0, -1e6, "option"),
        ("noise_whom", "all", 1, "option"),
        ("single_chance", "all", 1.0, "below"),
        ("single_whom", "all", 1, "below"),
    ],
)
def test_a_list_that_was_tampered_with_is_noticed(base, column, place, value, told):
    lists, answers, _ = base.listed[0]
    tampered = lists._replace(**{column: getattr(lists, column).copy()})
    if place == "winner":  # of the first race that someone can lose
        race = np.flatnonzero((np.diff(lists.race_start) > 1) & (answers.winner != NOBODY))[0]
        place = lists.race_start[race] + answers.winner[race]
    elif column == "worth":  # of what the first side chose
        place = answers.option[0]
    getattr(tampered, column)[slice(None) if place == "all" else place] = value
    listed = base.listed[0]._replace(lists=tampered)
    with pytest.raises(RuntimeError, match=f"differ in run {SEEDS[0]}: {told}"):
        base.compare(0, listed)


def test_lists_of_another_run_are_noticed(base):
    with pytest.raises(RuntimeError, match=f"not of week {MOMENTS[0]} of run {SEEDS[0]}"):
        base.compare(0, base.listed[1])


def test_the_weeks_are_those_of_an_ordinary_run(base):
    """Before the phase, state and counts are what they are where nothing was written by hand."""
    structure, parameters = base.world.structure, base.world.parameters
    held = hold(structure, parameters, *prepare(structure, [SEEDS[0]], WEEKS))
    block = base.blocks[0]
    weeks = go_through(block, base.runs[0])
    set_out(*held, SEEDS[0])
    for week in range(MOMENTS[-1] + 1):
        for phase in WEEK:
            if phase is approaches and week in MOMENTS:
                assert next(weeks) == week
                for ours, theirs in zip(block.held[2:], held[2:], strict=True):
                    for here, there in zip(ours.named, theirs.named, strict=True):
                        np.testing.assert_array_equal(here, there)
                phase(*block.held, SEEDS[0], week)
            phase(*held, SEEDS[0], week)


def test_the_phase_takes_longer_than_its_bound(base):
    """What was no bound took twice as long as its phase."""
    bound = lower_bound(base.world, replace(SHORT, bound_runs=1))
    assert bound.times.median > 1.0
    assert bound.phase_microseconds > bound.hand_microseconds > 0.0
