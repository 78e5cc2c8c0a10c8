"""Draws keyed by what they are for, never by their place in a sequence.

A draw is a hash of (seed, purpose, week, who, whom). The same key gives the same number in every
organisation model, in any order, alone or in a batch. Hence common random numbers: with one seed
every model meets the same cases and the same departures, and an added actor who does nothing
shifts no one else's draws.

The hash is three rounds of the 64-bit finaliser of SplitMix64 (Steele, Lea & Flood 2014), which
needs arithmetic modulo 2**64. Compiled code has it; Python's integers do not overflow, so the
interpreted variant masks. This is the only place where the two differ; a test holds them equal.
"""

import hashlib

import numpy as np

from simulation.compilation import compiled, is_interpreted

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
FIRST = 0xBF58476D1CE4E5B9
SECOND = 0x94D049BB133111EB
WEEK_FACTOR = 0xD1342543DE82EF95
TO_UNIT = 1.0 / 4503599627370496.0  # 2**-52: with one bit more the highest draw rounds to 1


def stable_id(name: str) -> int:
    """A signed 64-bit number that depends on ``name`` alone (not on Python's salted hash)."""
    return int.from_bytes(
        hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True
    )


def _finalise_python(x: int) -> int:
    x = ((x ^ (x >> 30)) * FIRST) & MASK
    x = ((x ^ (x >> 27)) * SECOND) & MASK
    return x ^ (x >> 31)


def draw_python(seed: int, purpose: int, week: int, who: int, whom: int) -> float:
    """The interpreted variant of :func:`draw`, on Python's unbounded integers."""
    x = _finalise_python((int(seed) * GOLDEN + (int(purpose) + 1) * WEEK_FACTOR) & MASK)
    x = _finalise_python((x ^ (int(who) & MASK)) + int(week) * GOLDEN & MASK)
    x = _finalise_python((x + (int(whom) & MASK) * WEEK_FACTOR) & MASK)
    return ((x >> 12) + 0.5) * TO_UNIT


_U_GOLDEN, _U_FIRST, _U_SECOND = np.uint64(GOLDEN), np.uint64(FIRST), np.uint64(SECOND)
_U_WEEK_FACTOR = np.uint64(WEEK_FACTOR)
_U12, _U27, _U30, _U31 = np.uint64(12), np.uint64(27), np.uint64(30), np.uint64(31)


@compiled
def _finalise(x):
    x = (x ^ (x >> _U30)) * _U_FIRST
    x = (x ^ (x >> _U27)) * _U_SECOND
    return x ^ (x >> _U31)


@compiled
def _draw_compiled(seed, purpose, week, who, whom):
    x = _finalise(np.uint64(seed) * _U_GOLDEN + np.uint64(purpose + 1) * _U_WEEK_FACTOR)
    x = _finalise((x ^ np.uint64(who)) + np.uint64(week) * _U_GOLDEN)
    x = _finalise(x + np.uint64(whom) * _U_WEEK_FACTOR)
    return (np.float64(x >> _U12) + 0.5) * TO_UNIT


draw = draw_python if is_interpreted() else _draw_compiled
"""``draw(seed, purpose, week, who, whom) -> float``, uniform on the open interval (0, 1).

``seed`` whole number; ``purpose`` one of ``vocabulary.DRAW_*``; ``week`` from 0; ``who`` and
``whom`` stable ids (0 where there is none).
"""
