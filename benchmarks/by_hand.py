"""What the phase ``approaches`` decides by chance, on lists that lie end to end.

Nothing is looked up: every weight, worth and chance is given. What remains is to draw each number
from its key, to take the times of races and the noise of choices, and to see who comes first, what
looks best and which chance comes off.

Each step goes through all lists before the next. So no logarithm is spared as the phase spares
them: taken side by side they cost less than guessing which are needed (measured: races in half the
time).
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulation.compilation import compiled
from simulation.handles import Handle
from simulation.phases.races import NEVER
from simulation.randomness import draw
from simulation.rules.choice import logistic
from simulation.rules.outside import race_time
from simulation.vocabulary import DRAW_CHOICE, NOBODY, NOT_AT_ALL, TRY_NEW

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

N_OPTIONS = TRY_NEW + 1


class Lists(NamedTuple):
    """R races of E candidates in all, S settlements of two sides each, and Q single draws.

    A draw's key is (seed, purpose, week, who, whom). Candidates of a race share all but the last
    part; the two sides of a settlement draw for the same options of the same case.
    """

    race_purpose: Ints  # (R,)
    race_week: Ints  # (R,)
    race_who: Ints  # (R,)
    race_start: Ints  # (R + 1,) first of each race's candidates
    candidate_whom: Ints  # (E,)
    candidate_weight: Floats  # (E,)
    noise_week: Ints  # (5 S,) option by option
    noise_who: Ints  # (S,)
    noise_whom: Ints  # (2 S,) holder and partner in turn
    worth: Floats  # (10 S,) of each option to each side, without noise
    single_purpose: Ints  # (Q,)
    single_week: Ints  # (Q,)
    single_who: Ints  # (Q,)
    single_whom: Ints  # (Q,)
    single_chance: Floats  # (Q,)


class Answers(NamedTuple):
    """What comes of the lists."""

    winner: Ints  # (R,) place among the race's candidates, NOBODY where none comes forward
    option: Ints  # (2 S,)
    below: npt.NDArray[np.bool_]  # (Q,) the draw is below its chance


class Scratch(NamedTuple):
    """What is worked out on the way."""

    candidate_uniform: Floats  # (E,)
    candidate_time: Floats  # (E,)
    option_uniform: Floats  # (10 S,)
    worth_with_noise: Floats  # (10 S,)


class ByHand(NamedTuple):
    """Arguments of ``repeat_by_hand``, after how often; handles, as the phase has them too."""

    lists: Any
    scratch: Any
    answers: Any
    seed: int
    choice_noise: float


def laid_out(lists: Lists, seed: int, choice_noise: float) -> ByHand:
    """The lists, with room for what comes of them."""
    candidates, worths = np.zeros_like(lists.candidate_weight), np.zeros_like(lists.worth)
    scratch = Scratch(candidates, candidates.copy(), worths, worths.copy())
    answers = Answers(
        np.full_like(lists.race_who, NOBODY),
        np.full_like(lists.noise_whom, NOT_AT_ALL),
        np.zeros(len(lists.single_who), dtype=np.bool_),
    )
    return ByHand(Handle(lists), Handle(scratch), Handle(answers), seed, choice_noise)


@compiled
def time_candidates(lists, scratch, seed):
    """When each candidate of each race comes forward."""
    for race in range(len(lists.race_who)):
        purpose, week, who = lists.race_purpose[race], lists.race_week[race], lists.race_who[race]
        for place in range(lists.race_start[race], lists.race_start[race + 1]):
            uniform = draw(seed, purpose, week, who, lists.candidate_whom[place])
            scratch.candidate_uniform[place] = uniform
    for place in range(len(lists.candidate_whom)):
        scratch.candidate_time[place] = race_time(
            lists.candidate_weight[place], scratch.candidate_uniform[place], NEVER
        )


@compiled
def find_winners(lists, scratch, answers):
    """Who comes first in each race."""
    for race in range(len(lists.race_who)):
        start, earliest, first = lists.race_start[race], NEVER, NOBODY
        for place in range(start, lists.race_start[race + 1]):
            time = scratch.candidate_time[place]
            first = place - start if time < earliest else first
            earliest = min(time, earliest)
        answers.winner[race] = first


@compiled
def weigh_options(lists, scratch, seed, choice_noise):
    """What each option is worth to each side, with noise."""
    for settlement in range(len(lists.noise_who)):
        who = lists.noise_who[settlement]
        for option in range(N_OPTIONS):
            week = lists.noise_week[N_OPTIONS * settlement + option]
            for side in range(2 * settlement, 2 * settlement + 2):
                uniform = draw(seed, DRAW_CHOICE, week, who, lists.noise_whom[side])
                scratch.option_uniform[N_OPTIONS * side + option] = uniform
    for place in range(len(lists.worth)):
        noise = logistic(scratch.option_uniform[place], choice_noise)
        scratch.worth_with_noise[place] = lists.worth[place] + noise


@compiled
def choose_options(scratch, answers):
    """What looks best to each side."""
    for side in range(len(answers.option)):
        best, chosen = -NEVER, NOT_AT_ALL
        for option in range(N_OPTIONS):
            worth = scratch.worth_with_noise[N_OPTIONS * side + option]
            chosen = option if worth > best else chosen
            best = max(best, worth)
        answers.option[side] = chosen


@compiled
def try_chances(lists, answers, seed):
    """Whether each single draw is below its chance."""
    for place in range(len(lists.single_who)):
        uniform = draw(
            seed, lists.single_purpose[place], lists.single_week[place],
            lists.single_who[place], lists.single_whom[place],
        )  # fmt: skip
        answers.below[place] = uniform < lists.single_chance[place]


@compiled
def repeat_by_hand(times, lists, scratch, answers, seed, choice_noise):
    """The same lists over and over, without Python in between."""
    for _ in range(times):
        time_candidates(lists, scratch, seed)
        find_winners(lists, scratch, answers)
        weigh_options(lists, scratch, seed, choice_noise)
        choose_options(scratch, answers)
        try_chances(lists, answers, seed)
