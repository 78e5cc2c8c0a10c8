"""Mechanism 8: leaders who give the plan priority free their staff's time."""

from simulation.compilation import compiled


@compiled
def attention_after_contact(attention, gain):
    """Sitting with the plan, and seeing it work, raises a leader's attention.

    A' = A + gain (1 - A)     [SFI12 boks 4.1; size: assumption]
    """
    return attention + gain * (1.0 - attention)


@compiled
def attention_after_week(attention, left_by_core, kept):
    """Attention returns to what core operations leave for the plan.

    A' = A0 + k (A - A0)     [SFI12 boks 4.2; size: assumption]
    """
    return left_by_core + kept * (attention - left_by_core)


@compiled
def hours_freed(hours, attention, attention_frees):
    """Staff get their hours for this work to the degree their leaders back it.

    h' = h (1 - f (1 - A))     [SFI12 boks 4.1; size: assumption]
    """
    return hours * (1.0 - attention_frees * (1.0 - attention))
