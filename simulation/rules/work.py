"""Work on a case: who takes which part, what holding back costs, and what comes of it."""

import math

from simulation.compilation import compiled


@compiled
def hours_held_back(promised, control, ownership, free_riding):
    """Free people without ownership hold back part of what they promised others.

    h = f · promised · (1 - control) (1 - ownership)     [CFBU15 ch. 5–6: some risk of free riders]
    """
    return free_riding * promised * (1.0 - control) * (1.0 - ownership)


@compiled
def share_of_wanted_given(enough, control, for_others):
    """When hours are short everyone gets a share; tight control lets what is for others wait.

    s = min(1, e) for one's own, s (1 - control (1 - s)) for others
    [CFBU15 ch. 5; form: assumption]
    """
    share = min(1.0, enough)
    if for_others:
        return share * (1.0 - control * (1.0 - share))
    return share


@compiled
def weeks_promised(hours, hours_per_week):
    """People promise a date by the work in it, at least two weeks ahead.     [assumption]"""
    return 2 + int(math.ceil(hours / hours_per_week))


@compiled
def contribution(delivered_share, difficulty, together, fragmentation):
    """What a partner's work adds: in separate parts it loses the more, the harder the problem.

    q = delivered · (1 - fragmentation · d) apart, delivered when together
    [CFBU15 ch. 1–2: complex problems cross departments; form: assumption]
    """
    if together:
        return delivered_share
    return delivered_share * (1.0 - fragmentation * difficulty)


@compiled
def worth_of_case(hours, quality, acceptance, acceptance_matters, method_bonus):
    """Value for residents: the weight of the case, how well it was met, and if it is accepted.

    v = hours · quality · (1 - w + w · acceptance) · (1 + bonus)     [SFI12 ch. 6; form: assumption]
    """
    accepted = 1.0 - acceptance_matters + acceptance_matters * acceptance
    return hours * quality * accepted * (1.0 + method_bonus)
