"""Standing activities for residents, and how many residents take an active part.

Mechanisms 11 and 12: a secretariat's time is split between coordinating and carrying out;
activities and small concrete tasks widen the circle of residents, demanding participation does not.
"""

from simulation.compilation import compiled


@compiled
def hours_of_activities(planned, left):
    """Activities on the calendar come first; only a debt of hours cuts them.

    h = min(planned, max(0, left))     [SFI12 ch. 4; form: assumption]
    """
    return min(planned, max(0.0, left))


@compiled
def worth_of_activities(hours, worth, acceptance, acceptance_matters, active, active_matters):
    """What activities are worth to residents: they must be accepted, and someone must come.

    v = h · worth · (1 - w + w A) (1 - u + u a)     [SFI12 ch. 3–4; form: assumption]
    """
    accepted = 1.0 - acceptance_matters + acceptance_matters * acceptance
    return hours * worth * accepted * (1.0 - active_matters + active_matters * active)


@compiled
def share_won_by_hours(hours, from_ten_hours):
    """Each hour of activities wins a share of what is missing.

    s = min(1, from ten hours · h / 10)     [SFI12 ch. 3–4; size: assumption]
    """
    return min(1.0, 0.1 * hours * from_ten_hours)


@compiled
def resting_acceptance(rest, lifts, active, ordinary_active):
    """The more residents take an active part, the higher acceptance comes to rest.

    r' = r + lifts · (a - a0), kept within 0..1     [assumption]
    """
    return min(1.0, max(0.0, rest + lifts * (active - ordinary_active)))


@compiled
def active_after_week(active, ordinary, kept):
    """Without anything to take part in, activity returns to what it ordinarily is.

    a' = a0 + k (a - a0)     [SFI12 ch. 3–4; size: assumption]
    """
    return ordinary + kept * (active - ordinary)
