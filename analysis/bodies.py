"""How long matters lie with each body, by size of matter."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulation.vocabulary import SIZES

BODY_SIZES: Final = (None, *range(1, len(SIZES)))  # None: matters of all sizes, and conflicts


class BodyWait(NamedTuple):
    """What passed one body, all runs together; ``size`` None stands for all sizes."""

    body: int
    size: int | None
    passed: float  # matters a run
    weeks: float | None  # mean in its queue; None where nothing passed


def waits_in_bodies(forum_waits: npt.NDArray[np.float64]) -> list[BodyWait]:
    """One row a body and size. ``forum_waits``: (N, F, 4, 2) matters that passed, their weeks."""
    runs, bodies = forum_waits.shape[:2]
    sums = forum_waits.sum(axis=0)
    rows = []
    for body in range(bodies):
        for size in BODY_SIZES:
            passed, weeks = sums[body].sum(axis=0) if size is None else sums[body, size]
            mean = float(weeks / passed) if passed > 0 else None
            rows.append(BodyWait(body, size, float(passed / runs), mean))
    return rows
