"""Acquaintance follows a person who changes employer (mechanism 2)."""

import math

from simulation.compilation import compiled


@compiled
def acquaintance_brought_along(acquaintance, weekly_kept, weeks):
    """What two people knew of each other, faded since the old post was left.

    a' = a k^n     [SFI12 ch. 6 for ties carried by persons; lit: Burt 2000 for fading]
    """
    return acquaintance * math.pow(weekly_kept, float(weeks))
