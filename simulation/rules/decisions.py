"""Mechanisms 5 and 6: mandates, and the chain of bodies a matter must pass."""

from simulation.compilation import compiled


@compiled
def may_decide(mandate, size):
    """A person or body may decide matters up to the size of its mandate.     [SFI12 ch. 5]"""
    return mandate >= size


@compiled
def chance_of_approval(shared_goals, trust_in_proposer, base, from_goals, from_trust):
    """A body approves more readily what fits its shared goals and comes from someone trusted.

    p = min(1, base + b_g · g + b_t · t)     [SFI12 case 3 for the direction; sizes: assumption]
    """
    return min(1.0, base + from_goals * shared_goals + from_trust * trust_in_proposer)


@compiled
def matters_handled(capacity, resident_share, price):
    """Residents with a say make for longer talks: fewer matters per meeting, never below one.

    n = max(1, round down(capacity · (1 - 2 · price · share)))     [assumption]
    """
    return max(1, int(capacity * (1.0 - 2.0 * price * min(0.5, resident_share))))


@compiled
def expected_wait_after_answer(expected, lived, learning):
    """People come to expect the decision time they have lived.

    e' = e + learning (lived - e)     [lit: adaptive expectations; size: assumption]
    """
    return expected + learning * (lived - expected)


@compiled
def expected_wait_while_waiting(expected, waited, learning, share):
    """A wait already longer than expected teaches before any answer has come.

    e' = e + share · learning · (waited - e) if waited > e, else e     [assumption]
    """
    if waited <= expected:
        return expected
    return expected + share * learning * (waited - expected)
