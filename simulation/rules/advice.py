"""Mechanism 5: a body that may only advise settles nothing, but its advice travels along."""

from simulation.compilation import compiled


@compiled
def advice_after_body(advice, in_favour):
    """The newest advice counts as much as all that was given before it.

    a' = (a ± 1) / 2, from -1 against to 1 for     [SFI13 boks 10.3 for bodies that advise; form:
    assumption]
    """
    return 0.5 * (advice + (1.0 if in_favour else -1.0))


@compiled
def chance_after_advice(chance, advice, weight):
    """Those who decide lean on the advice they have been given.

    p' = p + w · a (1 - p) for advice in favour, p (1 + w · a) for advice against
    [SFI13 for advisory groups; size: assumption]
    """
    if advice >= 0.0:
        return chance + weight * advice * (1.0 - chance)
    return chance * (1.0 + weight * advice)
