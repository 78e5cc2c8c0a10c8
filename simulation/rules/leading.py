"""Mechanism 12: a leader absorbed in single projects loses the whole."""

from simulation.compilation import compiled


@compiled
def hours_for_leading(hours, coordinating_share, load, absorbed):
    """Hours kept for coordinating and follow-up; pressing single projects eat into them.

    h = hours · share · (1 - absorbed · load)     [SFI12 ch. 4; size: assumption]
    """
    return hours * coordinating_share * (1.0 - absorbed * load)


@compiled
def follow_up_that_counts(hours, skill, needs_skill):
    """Follow-up on results takes skills: hours count in full only with them.

    h' = h (1 - n + n · s)     [SFI12 ch. 4, 6; size: assumption]
    """
    return hours * (1.0 - needs_skill + needs_skill * skill)
