"""Who gets a case, who is asked, and who gains (mechanism 10, and costs split from gains)."""

import math

from simulation.compilation import compiled


@compiled
def closeness_to_place(uniform, geography, concentrates):
    """Given out by place, a few know the area's cases; given out by number, they go to many.

    c = u^(concentrates · geography), u a person's lasting place in the area     [assumption]
    """
    return math.pow(uniform, concentrates * geography)


@compiled
def chance_of_asking(own_skill, suffices):
    """A team that has everything in-house asks others less.

    p = 1 - suffices · s²     [SFI12 ch. 4; form: assumption]
    """
    return 1.0 - suffices * own_skill * own_skill


@compiled
def contribution_in_house(own_skill, difficulty, worth):
    """One's own skill stands in for another's, the less so the more a problem crosses fields.

    q = worth · s (1 - d)     [CFBU15 ch. 1; form: assumption]
    """
    return worth * own_skill * (1.0 - difficulty)


@compiled
def gain_at_home(relevance, gains_elsewhere):
    """One pays with hours; part of the gain falls where the theme belongs.

    f = 1 - elsewhere · (1 - relevance of the own organisation)     [CFBU15 ch. 5; form: assumption]
    """
    return 1.0 - gains_elsewhere * (1.0 - relevance)
