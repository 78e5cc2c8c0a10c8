"""Mechanism 5: unclear mandates cost time and trust; without authority one lives on goodwill."""

from simulation.compilation import compiled


@compiled
def trust_after_seeking_cover(trust, mistrust):
    """Who might have acted, and asks for cover first, is trusted a little less.

    t' = t (1 - m)     [SFI13; SFI12 ch. 5 for the direction; size: assumption]
    """
    return trust * (1.0 - mistrust)


@compiled
def chance_of_following(trust, held_in_writing, goodwill_needed):
    """A body follows its own members; others go along by goodwill or by what is agreed.

    p = 1 - g (1 - t)(1 - f), t trust in the holder, f how much of the relation is held in writing
    [SFI12 ch. 5; SFI13 for the direction; form: assumption]
    """
    return 1.0 - goodwill_needed * (1.0 - trust) * (1.0 - held_in_writing)
