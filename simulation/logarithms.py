"""A natural logarithm that is compiled into the place where it is needed.

The one of the C library is a call, and a run needs some hundreds of logarithms a week. This one is
plain arithmetic, so several can be taken side by side; without compilation it has the same bits.
"""

import numpy as np

from simulation.compilation import compiled

LN_2 = 0.6931471805599453
SQRT_2 = 1.4142135623730951
BIAS = 1023  # of the exponent in a float64
MANTISSA = (1 << 52) - 1
ONE = BIAS << 52  # the bits of 1.0


@compiled
def log_of(x):
    """ln(x) for a normal number above zero; off by less than 1e-10 of it.

    That is enough for chance: who comes first in a race, and how much noise an option gets, are
    off by as little. x = 2^e m with m in (1/sqrt 2, sqrt 2], ln m = 2 artanh((m - 1) / (m + 1)), of
    which the series s + s^3/3 + s^5/5 + ... is taken to s^11/11.     [lit: series of artanh]
    """
    bits = np.float64(x).view(np.int64)
    exponent = (bits >> 52) - BIAS
    mantissa = np.int64((bits & MANTISSA) | ONE).view(np.float64)
    high = mantissa > SQRT_2
    mantissa = 0.5 * mantissa if high else mantissa
    exponent = exponent + 1 if high else exponent
    s = (mantissa - 1.0) / (mantissa + 1.0)
    z = s * s
    z2 = z * z
    low = (1.0 + z * (1.0 / 3.0)) + z2 * (1.0 / 5.0 + z * (1.0 / 7.0))
    high_terms = 1.0 / 9.0 + z * (1.0 / 11.0)
    return exponent * LN_2 + 2.0 * s * (low + z2 * z2 * high_terms)
