"""Mechanism 4: unclear boundaries between tasks return as conflicts at the executing level."""

from simulation.compilation import compiled


@compiled
def chance_of_conflict(clarity, acquaintance, trust, shared_ground, conflict_chance):
    """Grey zones become conflicts, unless people who know and trust each other handle them.

    p = p0 · ground · (1 - clarity) (1 - a · t)     [SFI12 ch. 6; CFBU15 ch. 4]
    """
    return conflict_chance * shared_ground * (1.0 - clarity) * (1.0 - acquaintance * trust)


@compiled
def chance_of_settling(acquaintance, trust, settling_chance):
    """Those involved settle a conflict themselves the sooner, the better they stand.

    p = p1 · (a + t) / 2     [SFI12 ch. 6; size: assumption]
    """
    return settling_chance * 0.5 * (acquaintance + trust)


@compiled
def clarity_after_settling(clarity, gain):
    """Every boundary drawn makes the next one clearer.

    c' = c + gain (1 - c)     [SFI12 ch. 6; size: assumption]
    """
    return clarity + gain * (1.0 - clarity)


@compiled
def clarity_after_week(clarity, held_in_writing, kept):
    """Clarity fades towards what is written down: an agreement holds it when people change.

    c' = f + k (c - f) while c > f, else c     [CFBU15 ch. 4; size: assumption]
    """
    if clarity <= held_in_writing:
        return clarity
    return held_in_writing + kept * (clarity - held_in_writing)


@compiled
def agreement_in_force(written, names_resources, managers_took_part):
    """An agreement regulates in reality when it names staff and their managers helped make it.

    f = written · resources · managers     [SFI12 ch. 6; product form: assumption]
    """
    return written * names_resources * managers_took_part
