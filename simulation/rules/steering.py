"""Mechanism 1 in bodies: with trust and a shared vision people delegate, without they steer."""

from simulation.compilation import compiled


@compiled
def confidence_of_body(shared_goals, trust_in_proposer):
    """Who wants the same as the proposer and trusts them is confident that it will go well.

    c = g · t     [SFI12 case 3: a shared vision and trust make people delegate]
    """
    return shared_goals * trust_in_proposer


@compiled
def is_delegated(size, confidence, confidence_needed):
    """A small matter is left to those who brought it once the body is confident enough.

    passes without a place on the agenda and without talk     [SFI12 case 3; limit: assumption]
    """
    return size <= 1 and confidence >= confidence_needed


@compiled
def places_taken(size, confidence, detail_steering):
    """Without confidence a body steers in detail and reopens principles case by case.

    n = 1 + steering (1 - c) size / 3 places on the agenda     [SFI12 case 3; form: assumption]
    """
    return 1.0 + detail_steering * (1.0 - confidence) * size / 3.0
