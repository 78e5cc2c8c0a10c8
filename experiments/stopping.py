"""When enough runs are enough: the rule of adaptive replication.

Runs are added until the interval of one named paired difference is narrow enough. The rule looks
at the interval several times, which makes the last one slightly too narrow; Chow & Robbins (1965)
show that the coverage becomes right as the asked width shrinks, and never fewer than 30 runs keep
the early looks honest. The number of looks is kept small by letting the runs grow to what the
spread so far asks for, at most doubling.
"""

import math
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats

from experiments.intervals import is_skewed

FEWEST: Final = 30  # with 3 runs a nominal 95 % interval covered 68 % on skewed results
LARGEST_STEP: Final = 2.0
SMALLEST_STEP: Final = 10

Reason = Literal["narrow", "cap", "more"]


class Judgement(NamedTuple):
    """Where adaptive replication stands.

    ``reason``: ``narrow`` the interval is narrow enough, ``cap`` the most allowed have been run,
    ``more`` go on with ``runs_next`` runs of each condition in all. ``half_width`` is None with
    fewer than two pairs; ``skewed`` says that the interval may be too narrow for its runs.
    """

    reason: Reason
    runs: int
    runs_next: int
    half_width: float | None
    skewed: bool


def judge(
    differences: npt.NDArray[np.float64], half_width: float, confidence: float, runs: int, most: int
) -> Judgement:
    """Judge whether ``runs`` runs of each condition are enough.

    Args:
        differences: (R,) paired differences seed by seed, NaN where not defined.
        half_width: the half-width asked for, in the unit.
        confidence: of the interval.
        runs: runs of each condition so far, which may exceed the pairs that are defined.
        most: runs of each condition at most.
    """
    known = differences[~np.isnan(differences)]
    have = half_width_of(known, confidence)
    skewed = is_skewed(known)
    if runs >= FEWEST and have is not None and len(known) >= FEWEST and have <= half_width:
        return Judgement("narrow", runs, runs, have, skewed)
    if runs >= most:
        return Judgement("cap", runs, runs, have, skewed)
    wanted = runs * (have / half_width) ** 2 if have is not None else math.inf
    grown = max(FEWEST, runs + SMALLEST_STEP, math.ceil(min(wanted, LARGEST_STEP * runs)))
    return Judgement("more", runs, min(most, grown), have, skewed)


def by_seed(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Mean over design points of each seed; what is missing is taken to be like its point.

    Without that a seed that lacks a high point would count as low.

    Args:
        values: (P, R), NaN where a run failed or does not define it.

    Returns:
        (R,), NaN for a seed without any value.
    """
    known = ~np.isnan(values)
    used = known.any(axis=1)
    values, known = values[used], known[used]
    if not len(values):
        return np.full(values.shape[1], np.nan)
    of_point = np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)
    away = np.where(known, values - of_point[:, None], 0.0).sum(axis=0)
    counted = known.sum(axis=0)
    mean = np.full(values.shape[1], np.nan)
    np.divide(away, counted, out=mean, where=counted > 0)
    mean += of_point.mean()
    return mean


def half_width_of(known: npt.NDArray[np.float64], confidence: float) -> float | None:
    """Half the width of the Student interval for the mean; None with fewer than two values."""
    if len(known) < 2:
        return None
    error = float(np.std(known, ddof=1)) / math.sqrt(len(known))
    return float(stats.t.ppf(0.5 + confidence / 2.0, len(known) - 1)) * error
