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
def pull_of_partner(
    acquaintance,
    acquaintance_needed,
    skill,
    overlap,
    trust,
    skill_least,
    overlap_least,
    trust_least,
):
    """One calls whom one knows, who can, whose own tasks touch the matter, and whom one trusts.

    w = a (s0 + skill) (o0 + overlap) (t0 + t) if a >= needed, else 0    [SFI12 ch. 4, 6]
    """
    if acquaintance < acquaintance_needed:
        return 0.0
    suited = (skill_least + skill) * (overlap_least + overlap)
    return acquaintance * suited * (trust_least + trust)


@compiled
def pull_of_holder(hours, skill, readiness, load, skill_least, load_deters):
    """A case is taken up by who has hours for it, can, is close to it, and is not pressed.

    w = hours (s0 + skill) · readiness of the level / (1 + deters · load)     [assumption]
    """
    return hours * (skill_least + skill) * readiness / (1.0 + load_deters * load)


@compiled
def pull_of_broker(own_acquaintance, brokers_acquaintance, acquaintance_needed):
    """One asks a colleague whom one knows and who knows someone there.

    w = a_ib · a_bj if both are known well enough, else 0      [SFI12 ch. 6]
    """
    if own_acquaintance < acquaintance_needed or brokers_acquaintance < acquaintance_needed:
        return 0.0
    return own_acquaintance * brokers_acquaintance


@compiled
def chance_of_introduction(brokers_acquaintance, introduction_chance):
    """Who knows the person sought well manages to introduce; half of full acquaintance is enough.

    p = chance · min(1, 2 a)     [SFI12 ch. 6 for the direction; form: assumption]
    """
    return introduction_chance * min(1.0, 2.0 * brokers_acquaintance)
