"""What the phase ``approaches`` decides by chance in some weeks, written down while it does.

Interpreted and compiled runs are the same bit for bit. So a child process without compilation goes
through the same weeks, with draws, races and choices wrapped so that they note what they are asked
and what comes of it. `python -m benchmarks.listing` reads weeks of runs and writes lists.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np

from benchmarks.by_hand import N_OPTIONS, Answers, Lists
from benchmarks.moments import Moments, digest, go_through, in_one_block
from benchmarks.setting import World
from simulation.phases.races import NEVER
from simulation.vocabulary import DRAW_CHOICE, NOBODY, TOGETHER


class Listed(NamedTuple):
    """Of one run's weeks: the lists, what the phase made of them, and what the weeks left."""

    lists: Lists
    answers: Answers
    digests: list[bytes]  # (M,) of the block after the phase


def ask_for_lists(world: World, runs: Sequence[Moments]) -> list[Listed]:
    """Let a child process without compilation go through weeks of some runs.

    Raises:
        RuntimeError: the child failed; with what it wrote.
    """
    child = subprocess.run(
        [sys.executable, "-m", "benchmarks.listing"],
        input=pickle.dumps((world, list(runs))),
        capture_output=True,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        check=False,
    )
    if child.returncode != 0:
        raise RuntimeError(f"listing failed:\n{child.stderr.decode()}")
    return [Listed(*parts) for parts in pickle.loads(child.stdout)]


class Key(NamedTuple):
    """What a draw is for."""

    purpose: int
    week: int
    who: int
    whom: int


class Drawn(float):
    """A draw that knows its key, and lists itself when it is compared with a chance."""

    key: Key
    notes: "Notes"

    def __lt__(self, chance: float) -> bool:
        below = float(self) < chance
        self.notes.singles.append((self.key, float(chance), below))
        return below

    def __ge__(self, chance: float) -> bool:
        return not self < chance


class Notes:
    """What goes by during the phase. The methods wrap functions that the phase calls."""

    def __init__(self) -> None:
        self.races: list[tuple[int, ...]] = []  # purpose, week, who
        self.start: list[int] = []
        self.candidates: list[tuple[int, float]] = []  # whom, weight
        self.winners: list[int] = []
        self.noise: list[Key] = []
        self.worths: list[float] = []
        self.options: list[int] = []
        self.singles: list[tuple[Key, float, bool]] = []
        self._earliest = NEVER
        self._gains: list[float] = []  # of the options that no price was asked for yet
        self._waiting = 0.0

    def draw(self, function: Callable[..., float]) -> Callable[..., float]:
        """Give each draw its key; list those of noise."""

        def noted(seed: int, *key: int) -> float:
            drawn = Drawn(function(seed, *key))
            drawn.key, drawn.notes = Key(*map(int, key)), self
            if drawn.key.purpose == DRAW_CHOICE:
                self.noise.append(drawn.key)
            return drawn

        return noted

    def race_time(self, function: Callable[..., float]) -> Callable[..., float]:
        """List a candidate. A race goes on as long as its earliest time is handed on."""

        def noted(weight: float, uniform: Drawn, earliest: float) -> float:
            race, whom = uniform.key[:3], uniform.key.whom
            if not self.races or race != self.races[-1] or earliest != self._earliest:
                self.races.append(race)
                self.start.append(len(self.candidates))
                self.winners.append(NOBODY)
                self._earliest = NEVER
            time = function(weight, float(uniform), earliest)
            if time < earliest:
                self._earliest = time
                self.winners[-1] = len(self.candidates) - self.start[-1]
            self.candidates.append((whom, float(weight)))
            return time

        return noted

    def gains(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Keep what a side gains from each option."""

        def noted(*arguments: Any) -> Any:
            gains = function(*arguments)
            self._gains = [float(gain) for gain in gains]
            return gains

        return noted

    def waiting(self, function: Callable[..., float]) -> Callable[..., float]:
        """Keep what waiting costs that side."""

        def noted(*arguments: Any) -> float:
            self._waiting = function(*arguments)
            return self._waiting

        return noted

    def price_of_hours(self, function: Callable[..., float]) -> Callable[..., float]:
        """List an option's worth: its hours are priced last, option by option."""

        def noted(*arguments: Any) -> float:
            price = function(*arguments)
            option = N_OPTIONS - len(self._gains)
            worth = self._gains.pop(0) - price
            self.worths.append(worth - self._waiting if option >= TOGETHER else worth)
            return price

        return noted

    def choose(self, function: Callable[..., int]) -> Callable[..., int]:
        """List what a side chooses."""

        def noted(*arguments: Any) -> int:
            chosen = function(*arguments)
            self.options.append(chosen)
            return chosen

        return noted

    def lists(self) -> Lists:
        """All that was asked, end to end."""
        races = np.array(self.races, dtype=np.int64).reshape(-1, 3)
        noise = np.array(self.noise, dtype=np.int64).reshape(-1, 2, N_OPTIONS, 4)
        singles = np.array([key for key, _, _ in self.singles], dtype=np.int64).reshape(-1, 4)
        return Lists(
            race_purpose=races[:, 0].copy(),
            race_week=races[:, 1].copy(),
            race_who=races[:, 2].copy(),
            race_start=np.array([*self.start, len(self.candidates)]),
            candidate_whom=np.array([whom for whom, _ in self.candidates], dtype=np.int64),
            candidate_weight=np.array([weight for _, weight in self.candidates]),
            noise_week=noise[:, 0, :, 1].flatten(),
            noise_who=noise[:, 0, 0, 2].copy(),
            noise_whom=noise[:, :, 0, 3].flatten(),
            worth=np.array(self.worths),
            single_purpose=singles[:, 0].copy(),
            single_week=singles[:, 1].copy(),
            single_who=singles[:, 2].copy(),
            single_whom=singles[:, 3].copy(),
            single_chance=np.array([chance for _, chance, _ in self.singles]),
        )

    def answers(self) -> Answers:
        """What the phase made of it."""
        return Answers(
            np.array(self.winners, dtype=np.int64),
            np.array(self.options, dtype=np.int64),
            np.array([below for _, _, below in self.singles], dtype=np.bool_),
        )


def note_weeks(world: World, moments: Moments) -> Listed:
    """Go through a run's weeks; to be called without compilation.

    Two draws are left out, since who lists races beforehand has them beforehand: a person's lasting
    place in an area, which is part of a weight, and the first trust of those who never met.
    """
    from simulation.phases import approaches as approaching
    from simulation.phases import settling

    notes, block, digests = Notes(), in_one_block(world, moments.seed), []
    draw = notes.draw(approaching.draw)
    with (
        patch.multiple(approaching, draw=draw, race_time=notes.race_time(approaching.race_time)),
        patch.multiple(
            settling,
            draw=draw,
            price_of_hours=notes.price_of_hours(settling.price_of_hours),
            _gains=notes.gains(settling._gains),
            _waiting=notes.waiting(settling._waiting),
            _choose=notes.choose(settling._choose),
        ),
    ):
        for week in go_through(block, moments):
            approaching.approaches(*block.held, moments.seed, week)
            digests.append(digest(block))
    return Listed(notes.lists(), notes.answers(), digests)


def main() -> None:
    """Read a world and weeks of its runs, write their lists."""
    world, runs = pickle.load(sys.stdin.buffer)
    pickle.dump([tuple(note_weeks(world, moments)) for moments in runs], sys.stdout.buffer)


if __name__ == "__main__":
    main()
