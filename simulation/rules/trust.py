"""Mechanism 1: trust is won slowly by keeping agreements and lost faster than won."""

from simulation.compilation import compiled


@compiled
def trust_after_kept_promise(trust, trust_gain):
    """Trust grows by a share of what is missing when a promise is kept.

    t' = t + gain (1 - t)            [CFBU15 ch. 3 for the direction]
    """
    return trust + trust_gain * (1.0 - trust)


@compiled
def trust_after_broken_promise(trust, trust_loss):
    """Trust falls by a share of itself when a promise is broken.

    t' = t (1 - loss)                [lit: Slovic 1993, loss above gain]
    """
    return trust * (1.0 - trust_loss)


@compiled
def loss_after_shared_failure(trust_loss, own_ownership, other_ownership, forgiven):
    """Failing together costs less trust when both own the failure.

    loss' = loss (1 - forgiven · o_i · o_j)     [CFBU15 ch. 3]
    """
    return trust_loss * (1.0 - forgiven * own_ownership * other_ownership)


@compiled
def chance_of_going_first(talk_hours, trust, openness_per_hour):
    """Who trusts more dares more often to be open about a weakness, once there is time to talk.

    p = t (1 - exp(-rate · hours)), to first order t · rate · hours capped at t   [CFBU15 ch. 3]
    """
    return trust * min(1.0, openness_per_hour * talk_hours)


@compiled
def chance_of_return(trust, invites):
    """Going first invites a return, also from someone who does not trust yet.

    p = t + invites (1 - t)          [CFBU15 ch. 3; size: assumption]
    """
    return trust + invites * (1.0 - trust)


@compiled
def trust_after_openness(trust, returned, openness_gain, openness_loss):
    """Going first invites a return; openness that is not returned hurts.

    t' = t + gain (1 - t) if returned, else t (1 - loss)    [CFBU15 ch. 3; the loss: assumption]
    """
    if returned:
        return trust + openness_gain * (1.0 - trust)
    return trust * (1.0 - openness_loss)


@compiled
def first_trust(mean, uniform, spread):
    """People of two organisations start out trusting one another about as their organisations do.

    t = mean + spread · √3 (2u - 1), kept within 0.02..0.98     [assumption]
    """
    trust = mean + spread * 1.7320508075688772 * (2.0 * uniform - 1.0)
    return min(0.98, max(0.02, trust))


@compiled
def trust_passed_on(colleague_trust, change, colleague_acquaintance, share):
    """A colleague takes over part of a change in trust, the more the better they know each other.

    t' = t + share · a · Δ, kept within 0..1      [CFBU15 ch. 3: speaking well of each other]
    """
    return min(1.0, max(0.0, colleague_trust + share * colleague_acquaintance * change))
