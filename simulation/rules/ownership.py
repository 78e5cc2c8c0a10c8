"""Mechanism 11: people own what they had a say in or put hours into."""

from simulation.compilation import compiled


@compiled
def grown(level, share):
    """A share of what is missing is won: x' = x + s (1 - x).     [SFI12 ch. 6]"""
    return level + share * (1.0 - level)


@compiled
def shrunk(level, share):
    """A share of what there is is lost: x' = x (1 - s).     [assumption]"""
    return level * (1.0 - share)


@compiled
def acceptance_after_week(acceptance, kept):
    """Without events acceptance returns slowly to half: A' = ½ + k (A - ½).     [assumption]"""
    return 0.5 + kept * (acceptance - 0.5)
