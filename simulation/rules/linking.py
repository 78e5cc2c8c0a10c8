"""Mechanism 7: people who sit in more than one body tie the bodies together."""

from simulation.compilation import compiled


@compiled
def chance_when_carried(chance, gain):
    """A matter meets more goodwill when someone who sat where it came from explains it.

    p' = p + gain (1 - p)     [SFI12 ch. 4; CFBU15 ch. 4 for the direction; size: assumption]
    """
    return chance + gain * (1.0 - chance)


@compiled
def chance_after_meetings(chance, meeting_hours, ordinary_hours, price):
    """Who sits in many bodies is hard to gather.

    p' = p (1 - price · min(1, m / h)), m meeting hours a week lately, h hours a week for all of it
    [CFBU15 ch. 4 for the direction; form: assumption]
    """
    if ordinary_hours <= 0.0:
        return chance if meeting_hours <= 0.0 else chance * (1.0 - price)
    return chance * (1.0 - price * min(1.0, meeting_hours / ordinary_hours))


@compiled
def meeting_hours_remembered(remembered, memory):
    """The felt burden of meetings fades week by week: m' = m (1 - memory).     [assumption]"""
    return remembered * (1.0 - memory)
