"""Mechanism 11: people own what they had a say in or put hours into."""

from simulation.compilation import compiled


@compiled
def grown(level, share):
    """A share of what is missing is won: x' = x + s (1 - x).     [SFI12 ch. 6]"""
    return level + share * (1.0 - level)


@compiled
def ownership_share(hours, from_ten_hours):
    """Hours put into shared work make it one's own, in proportion, up to all that is missing.

    s = min(1, from ten hours · hours / 10)     [CFBU15 ch. 1; size: assumption]
    """
    return min(1.0, 0.1 * hours * from_ten_hours)


@compiled
def shrunk(level, share):
    """A share of what there is is lost: x' = x (1 - s).     [assumption]"""
    return level * (1.0 - share)


@compiled
def acceptance_after_week(acceptance, kept, rest):
    """Without events acceptance returns slowly to rest: A' = r + k (A - r).     [assumption]"""
    return rest + kept * (acceptance - rest)
