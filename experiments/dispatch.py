"""Cutting what is left to do into tasks of about two seconds, from what the last ones took."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.shards import name_of
from simulation.observables import N_SUMMARY, N_WEEKLY

AIM_SECONDS: Final = 2.0  # of one task: between half a second and five
LEAST_SECONDS: Final = 0.25  # of a task towards the end, when all workers are to end together
FIRST_RUNS: Final = 4  # of a task whose cost is not known
MOST_PIECES: Final = 64  # in one task, since each brings a world along
MOST_BYTES: Final = 32 * 2**20  # of results in one task
EVENT_BYTES: Final = 2**20  # of one run's event log, about

Seeds = npt.NDArray[np.int64]


class Open(NamedTuple):
    """A condition with runs that are not done. ``group`` names conditions of similar cost."""

    key: str
    group: str
    weeks: int
    seeds: Seeds


class Part(NamedTuple):
    """Runs of one condition in a task: place of the condition, and seeds."""

    place: int
    seeds: Seeds


class Cutter:
    """Hands out tasks, smaller towards the end so that no worker idles.

    Results never depend on how runs are cut into tasks, so sizes may follow the clock.
    """

    def __init__(self, left: list[Open], trajectories: bool, case_logs: bool) -> None:
        self.conditions = left
        self._kept = (trajectories, case_logs)
        self._place = 0
        self._taken = 0
        self._left = sum(len(one.seeds) for one in left)
        self._by_key: dict[str, float] = {}
        self._by_group: dict[str, float] = {}

    def take(self, workers: int) -> tuple[Part, ...]:
        """The next task of about ``AIM_SECONDS``; empty when everything has been handed out."""
        parts: list[Part] = []
        seconds, room = self._aim(workers), float(MOST_BYTES)
        while self._place < len(self.conditions) and len(parts) < MOST_PIECES:
            one = self.conditions[self._place]
            cost, size = self._cost(one), self._bytes(one)
            if parts and (cost > seconds or size > room):
                break
            count = self._count(one, cost, seconds, min(room, MOST_BYTES) / size)
            parts.append(Part(self._place, one.seeds[self._taken : self._taken + count]))
            self._pass(one, count)
            seconds -= count * cost
            room -= count * size
        return tuple(parts)

    def learn(self, key: str, group: str, runs: int, seconds: float) -> None:
        """Note that ``runs`` of a condition took ``seconds`` of work."""
        self._by_key[key] = self._by_group[group] = max(seconds / runs, 1e-7)

    def _pass(self, one: Open, count: int) -> None:
        self._left -= count
        self._taken += count
        if self._taken >= len(one.seeds):
            self._place, self._taken = self._place + 1, 0

    def _aim(self, workers: int) -> float:
        """Seconds of the next task: no more than half of each worker's share of what is left."""
        known = self._by_group.values()
        if not known or workers == 1:
            return AIM_SECONDS
        share = max(known) * self._left / (2 * workers)
        return min(AIM_SECONDS, max(LEAST_SECONDS, share))

    def _cost(self, one: Open) -> float:
        """Expected seconds of a run; unknown ones are taken to be dear."""
        known = self._by_key.get(one.key) or self._by_group.get(one.group)
        return known or AIM_SECONDS / FIRST_RUNS

    def _bytes(self, one: Open) -> int:
        weekly, events = self._kept
        return 8 * N_SUMMARY + weekly * 4 * N_WEEKLY * one.weeks + events * EVENT_BYTES

    def _count(self, one: Open, cost: float, seconds: float, room: float) -> int:
        left = len(one.seeds) - self._taken
        return max(1, min(left, int(seconds / cost), int(room)))


def task_name(pieces: "list[tuple[str, Seeds]]") -> str:
    """The same name for the same runs, whoever cut them out and when."""
    return name_of(*(f"{key} {seeds.tobytes().hex()}" for key, seeds in pieces))
