"""Lent staff: two workplaces, two leaders (mechanisms 5 and 10)."""

from simulation.compilation import compiled


@compiled
def attention_of_leaders(at_home, at_host, host_leads):
    """Whoever leads someone lent decides whose attention frees that person's time.

    A = (1 - w) A_home + w A_host     [CFBU15 ch. 6; form: assumption]
    """
    return (1.0 - host_leads) * at_home + host_leads * at_host


@compiled
def pull_both_ways(lent_share, goals_apart):
    """Two principals with unlike goals pull both ways; who serves one of them only is not torn.

    q = 4 s (1 - s) · distance of their goals     [SFI12 ch. 5; CFBU15 ch. 6; form: assumption]
    """
    return 4.0 * lent_share * (1.0 - lent_share) * goals_apart


@compiled
def hours_not_torn(hours, pull, torn):
    """Part of the hours goes into standing between two workplaces.

    h' = h (1 - torn · q)     [CFBU15 ch. 6; form: assumption]
    """
    return hours * (1.0 - torn * pull)


@compiled
def rate_of_suspicion(pull, suspicion):
    """Each side suspects whoever serves two of serving the other: trust fades at a yearly rate.

    ρ = suspicion · q     [SFI12 ch. 5; size: assumption]
    """
    return suspicion * pull


@compiled
def trust_from_being_there(trust, kept):
    """Whoever is there every day is trusted more as time goes.

    t' = 1 - k (1 - t)     [CFBU15 ch. 6; size: assumption]
    """
    return 1.0 - kept * (1.0 - trust)
