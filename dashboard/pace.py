"""How long a run will still take, from how fast it has gone."""

import time
from collections.abc import Callable

Clock = Callable[[], float]


class Pace:
    """Counts from the first runs that come back: what comes before them is making ready."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        """``clock`` gives seconds."""
        self._clock = clock
        self._first: tuple[int, float] | None = None

    def left(self, done: int, total: int) -> float | None:
        """Seconds left when ``done`` of ``total`` runs are back; None before it can be known."""
        now = self._clock()
        if done < 1:
            return None
        if self._first is None:
            self._first = (done, now)
        before, began = self._first
        return (total - done) * (now - began) / (done - before) if done > before else None
