"""Mechanism 2: you call the person you know; acquaintance comes by talk and fades without it."""

import math

from simulation.compilation import compiled


@compiled
def share_of_acquaintance_won(talk_hours, acquaintance_hours):
    """Talk between two people closes a share of the distance to knowing each other fully.

    s = 1 - exp(-hours / scale)      [assumption; CFBU15 ch. 3 for the direction]
    """
    return 1.0 - math.exp(-talk_hours / acquaintance_hours)


@compiled
def acquaintance_after_talk(acquaintance, share_won):
    """a' = a + s (1 - a).      [assumption]"""
    return acquaintance + share_won * (1.0 - acquaintance)


@compiled
def weekly_kept(rate_a_year):
    """Share of something that is left after a week of fading at a yearly rate.

    k = exp(-κ / 52)      [lit: Burt 2000 for relations]
    """
    return math.exp(-rate_a_year / 52.0)


@compiled
def acquaintance_that_counts(acquaintance, matters):
    """What acquaintance counts for: itself, or full when whom one knows is switched off.

    a' = 1 - matters (1 - a)     [assumption: ablation of mechanism 2]
    """
    return 1.0 - matters * (1.0 - acquaintance)


@compiled
def pull_of_partner(acquaintance, acquaintance_needed, skill, overlap, trust):
    """One calls whom one knows, who can, whose own tasks touch the matter, and whom one trusts.

    w = a (0.2 + skill) (0.5 + overlap) (0.1 + t) if a >= needed, else 0    [SFI12 ch. 4, 6]
    """
    if acquaintance < acquaintance_needed:
        return 0.0
    return acquaintance * (0.2 + skill) * (0.5 + overlap) * (0.1 + trust)


@compiled
def pull_of_holder(hours, skill, readiness, load):
    """A case is taken up by who has hours for it, can, is close to it, and is not pressed.

    w = hours (0.2 + skill) · readiness of the level / (1 + 3 load)     [assumption]
    """
    return hours * (0.2 + skill) * readiness / (1.0 + 3.0 * load)


@compiled
def pull_of_broker(own_acquaintance, brokers_acquaintance, acquaintance_needed):
    """One asks a colleague whom one knows and who knows someone there.

    w = a_ib · a_bj if both are known well enough, else 0      [SFI12 ch. 6]
    """
    if own_acquaintance < acquaintance_needed or brokers_acquaintance < acquaintance_needed:
        return 0.0
    return own_acquaintance * brokers_acquaintance
