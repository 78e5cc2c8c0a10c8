"""The samarbejdstrappe, read afterwards from what two people did in a case.

[CFBU15 ch. 2, after Mandell & Keast 2009 and Torfing 2015]
"""

from simulation.compilation import compiled


@compiled
def step_done(informed, divided, part_done, both_on_one_task, new_method):
    """The highest thing that happened between two people in one case.

    4 a method new to both was made on a shared task · 3 both spent hours on one task ·
    2 the work was split and the parts were done · 1 information was passed · 0 none of these
    [CFBU15 ch. 2]
    """
    if both_on_one_task and new_method:
        return 4
    if both_on_one_task:
        return 3
    if divided and part_done:
        return 2
    if informed:
        return 1
    return 0


@compiled
def both_on_one_task(holder_hours, partner_hours, holder_promised, partner_promised, share_needed):
    """Work was joint if both spent a fair share of what they promised on the shared task.

    min(h_i / p_i, h_j / p_j) >= share     [CFBU15 ch. 2; share: assumption]
    """
    if holder_promised <= 0.0 or partner_promised <= 0.0:
        return False
    shared = min(holder_hours / holder_promised, partner_hours / partner_promised)
    return shared >= share_needed
