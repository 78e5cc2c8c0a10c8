"""Draws keyed by what they are for, never by their place in a sequence.

A draw is a hash of (seed, purpose, week, who, whom). The same key gives the same number in every
organisation model, in any order, alone or in a batch. Hence common random numbers: with one seed
every model meets the same cases and the same departures, and an added actor who does nothing
shifts no one else's draws.

The hash folds 128-bit products three times (multiply, then high half XOR low half), the mixing step
of wyhash (Wang Yi 2019): one multiplication a round. Python's integers have no size and compiled
ones have 64 bits, so there are two variants. This is the only place where the two differ; a test
holds them equal.
"""

import hashlib
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from simulation.compilation import compiled, is_interpreted

MASK = (1 << 64) - 1
SEED_SALT = 0x9E3779B97F4A7C15
WEEK_SALT = 0xBF58476D1CE4E5B9
WHOM_SALT = 0x94D049BB133111EB
LAST_SALT = 0xD1342543DE82EF95
PURPOSE_FACTOR = 0xA0761D6478BD642F
TO_UNIT = 1.0 / 4503599627370496.0  # 2**-52: with one bit more the highest draw rounds to 1


def stable_id(name: str) -> int:
    """A signed 64-bit number that depends on ``name`` alone (not on Python's salted hash)."""
    return int.from_bytes(
        hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True
    )


def _fold_python(one: int, other: int) -> int:
    product = one * other
    return (product >> 64) ^ (product & MASK)


def _to_unit_python(hashed: int) -> float:
    return ((hashed >> 12) + 0.5) * TO_UNIT


def draw_python(seed: int, purpose: int, week: int, who: int, whom: int) -> float:
    """The interpreted variant of :func:`draw`, on Python's unbounded integers."""
    moment = ((int(purpose) + 1) * PURPOSE_FACTOR + int(week)) & MASK
    first = _fold_python((int(seed) & MASK) ^ SEED_SALT, moment ^ WEEK_SALT)
    second = _fold_python(first ^ (int(who) & MASK), (int(whom) & MASK) ^ WHOM_SALT)
    return _to_unit_python(_fold_python(second ^ LAST_SALT, first ^ (second >> 32)))


_U_SEED, _U_WEEK, _U_WHOM = np.uint64(SEED_SALT), np.uint64(WEEK_SALT), np.uint64(WHOM_SALT)
_U_LAST, _U_PURPOSE = np.uint64(LAST_SALT), np.uint64(PURPOSE_FACTOR)
_U12, _U32 = np.uint64(12), np.uint64(32)


@intrinsic
def _fold(context: Any, one: Any, other: Any) -> Any:
    """High half XOR low half of the 128-bit product of two 64-bit numbers."""

    def lower(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        wide, word = ir.IntType(128), ir.IntType(64)
        product = builder.mul(*(builder.zext(argument, wide) for argument in arguments))
        high = builder.trunc(builder.lshr(product, ir.Constant(wide, 64)), word)
        return builder.xor(high, builder.trunc(product, word))

    return types.uint64(types.uint64, types.uint64), lower


@compiled
def _draw_compiled(seed, purpose, week, who, whom):
    moment = np.uint64(purpose + 1) * _U_PURPOSE + np.uint64(week)
    first = _fold(np.uint64(seed) ^ _U_SEED, moment ^ _U_WEEK)
    second = _fold(first ^ np.uint64(who), np.uint64(whom) ^ _U_WHOM)
    hashed = _fold(second ^ _U_LAST, first ^ (second >> _U32))
    return (np.float64(hashed >> _U12) + 0.5) * TO_UNIT


draw = draw_python if is_interpreted() else _draw_compiled
"""``draw(seed, purpose, week, who, whom) -> float``, uniform on the open interval (0, 1).

``seed`` whole number; ``purpose`` one of ``vocabulary.DRAW_*``; ``week`` from 0; ``who`` and
``whom`` stable ids (0 where there is none).
"""
