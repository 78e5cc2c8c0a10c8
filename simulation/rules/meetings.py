"""Mechanism 7: who comes to a meeting, and who talks with whom for how long."""

from simulation.compilation import compiled
from simulation.vocabulary import CONVENTIONAL, DIALOGIC


@compiled
def chance_of_attending(ownership, attention, load, base, from_ownership, from_attention, price):
    """One comes if one owns the matter, the home leaders back it, and work does not press.

    p = base + b_o · o + b_a · attention - price · load, within 0..1     [SFI12 boks 4.1, 4.2]
    """
    chance = base + from_ownership * ownership + from_attention * attention - price * load
    return min(1.0, max(0.0, chance))


@compiled
def talk_hours_per_pair(
    meeting_format, hours, present, talk_across_table, small_group, informal_group
):
    """Hours any two of those present talk with each other.

    One speaks at a time. Round one table of n, the floor is shared by all n (n - 1) / 2 pairs,
    and part of the time goes to reports. In small groups of g several talk at once, so a pair meets
    with chance (g - 1) / (n - 1) and then has 2 / (g (g - 1)) of the time.
    [CFBU15 ch. 3 and KL-T3 for the formats; shares: assumption]
    """
    if present < 2:
        return 0.0
    pairs = 0.5 * present * (present - 1.0)
    if meeting_format == CONVENTIONAL:
        return hours * talk_across_table / pairs
    group = small_group if meeting_format == DIALOGIC else informal_group
    group = min(group, present * 1.0)
    return hours * 2.0 / (group * (present - 1.0))
