"""Sharing information on a named resident needs consent (mechanism 2)."""

from simulation.compilation import compiled


@compiled
def chance_of_consent(acceptance, base, from_acceptance):
    """Residents who accept the effort more often let people speak with each other about them.

    p = min(1, base + b · A)     [assumption]
    """
    return min(1.0, base + from_acceptance * acceptance)
