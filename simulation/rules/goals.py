"""Mechanism 3: shared understanding of goals comes by talking together and drifts home again."""

from simulation.compilation import compiled


@compiled
def weight_of_others(learning, hours_of_talk):
    """How far one meeting moves a person's view towards the mean view of those present.

    λ = min(1, learning · hours of talk with the others together)     [lit: DeGroot 1974]
    """
    return min(1.0, learning * hours_of_talk)


@compiled
def view_after_meeting(own, mean_of_present, weight):
    """x' = x + λ (x̄ - x): a row of DeGroot's x' = W x.     [lit: DeGroot 1974]"""
    return own + weight * (mean_of_present - own)


@compiled
def view_after_week(own, home, drift_kept, control):
    """Between meetings a view drifts towards the home goals, the more tightly one is controlled.

    x' = x + (1 - k) · c · (x_home - x)     [CFBU15 ch. 5; with meetings: Friedkin–Johnsen]
    """
    return own + (1.0 - drift_kept) * control * (home - own)


@compiled
def first_view(home, uniform, spread):
    """A first view lies around the home goals (before it is scaled to sum to one).

    x = home · (1 + spread (2u - 1))     [assumption]
    """
    return home * (1.0 + spread * (2.0 * uniform - 1.0))


@compiled
def agreement_on_theme(own_view, other_view):
    """Two people want the same when they give a theme the same weight.

    g = 1 - |x_i - x_j| / max(x_i, x_j)     [assumption]
    """
    larger = max(own_view, other_view)
    if larger <= 0.0:
        return 1.0
    return 1.0 - abs(own_view - other_view) / larger


@compiled
def knowledge_after_contact(knowledge, others_knowledge, hours, gain):
    """Knowledge of the plan's goals travels by talk from those who know them.

    k' = k + min(1, gain · hours) (k_j - k) if the other knows more, else k
    [SFI12 fig. 3.1 for the marker; form: assumption]
    """
    if others_knowledge <= knowledge:
        return knowledge
    return knowledge + min(1.0, gain * hours) * (others_knowledge - knowledge)


@compiled
def view_without_direction(own, personal, drift_kept, control, attention):
    """Free people whose leaders give no direction make up goals of their own.

    x' = x + (1 - k) (1 - c) (1 - A) (x_personal - x)     [CFBU15 ch. 5–6; form: assumption]
    """
    return own + (1.0 - drift_kept) * (1.0 - control) * (1.0 - attention) * (personal - own)
