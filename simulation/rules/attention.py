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


@compiled
def reach_of_the_top(middle_managers_take_part, reach):
    """Top leaders reach daily practice in part, and fully where middle managers take part too.

    r' = r + (1 - r) m     [SFI12 boks 4.1, 4.2; CFBU15 ch. 5; size: assumption]
    """
    return reach + (1.0 - reach) * middle_managers_take_part


@compiled
def attention_felt(nearest, top, reach):
    """Staff feel their nearest leader's attention, and some of what comes from above.

    A = A_near + r · max(0, A_top - A_near)     [SFI12 boks 4.1, 4.2; form: assumption]
    """
    return nearest + reach * max(0.0, top - nearest)


@compiled
def chance_through_open_doors(chance, top_attention, doors_opened):
    """At home a matter passes more readily when those at the top attend to the plan.

    p' = p + d · A_top (1 - p)     [SFI12 boks 4.1; size: assumption]
    """
    return chance + doors_opened * top_attention * (1.0 - chance)


@compiled
def attention_won(gain, told):
    """A leader's attention is won by what is told: g = gain · k, k the best knowledge present.

    [SFI12 boks 4.1; CFBU15 ch. 4 for the styringsdialog; form: assumption]
    """
    return gain * told
