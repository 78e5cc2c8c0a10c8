"""Work on a case: who takes which part, what holding back costs, and what comes of it."""

import math

from simulation.compilation import compiled


@compiled
def share_met(given, wanted):
    """How much of what was wanted is there, all of it when nothing was wanted.

    s = min(1, g / w)     [definition]
    """
    # Only a smaller number is divided by a larger one, as a tiny w would overflow.
    return 1.0 if given >= wanted else given / wanted


@compiled
def hours_held_back(promised, control, ownership, free_riding):
    """Free people without ownership hold back part of what they promised others.

    h = f · promised · (1 - control) (1 - ownership)     [CFBU15 ch. 5–6: some risk of free riders]
    """
    return free_riding * promised * (1.0 - control) * (1.0 - ownership)


@compiled
def share_given_to_others(share, control):
    """When hours are short, tight control lets what is for others wait.

    s_o = s (1 - control (1 - s)), s the share of the hours wanted that there are
    [CFBU15 ch. 5; form: assumption]
    """
    return share * (1.0 - control * (1.0 - share))


@compiled
def share_given_to_own(hours, wanted_for_own, wanted_for_others, share_of_others):
    """One's own cases get the hours that others are not given: control moves hours, it burns none.

    s = min(1, (h - s_o · w_o) / w), all of it when nothing of one's own waits
    [CFBU15 ch. 5; form: assumption]
    """
    return share_met(max(0.0, hours - share_of_others * wanted_for_others), wanted_for_own)


@compiled
def hours_in_step(promised, done, progress_of_other, ahead):
    """On a shared task one does not run far ahead of the other before the promised date.

    h = max(0, p · min(1, progress of the other + ahead) - done)     [assumption]
    """
    return max(0.0, promised * min(1.0, progress_of_other + ahead) - done)


@compiled
def chance_of_common_time(own_load, other_load, chance):
    """Two people find a time to sit down together in a week, the less pressed they are.

    p = chance (1 - (load_i + load_j) / 2)     [assumption]
    """
    return chance * (1.0 - 0.5 * (own_load + other_load))


@compiled
def share_done_together(holder_hours, partner_hours, sitting):
    """Hours on a shared task are joint as far as both gave a sitting's worth in the same week.

    j = min(1, min(h_i, h_j) / sitting), 0 if one gave none     [CFBU15 ch. 2; form: assumption]
    """
    shorter = min(holder_hours, partner_hours)
    return share_met(shorter, sitting) if shorter > 0.0 else 0.0


@compiled
def chance_of_coming_together(trust, trust_back, chance):
    """A conflict or an unfinished part brings two people to one table, if both dare.

    p = chance · t_ij · t_ji     [CFBU15 ch. 3; SFI12 ch. 6 for conflicts; form: assumption]
    """
    return chance * trust * trust_back


@compiled
def weeks_promised(hours, hours_per_week, notice):
    """People promise a date by the work in it and some weeks of notice.

    n = notice + round up(hours / hours a week)     [assumption]
    """
    return int(notice) + int(math.ceil(hours / hours_per_week))


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
