"""Mechanism 13: shared data turn disagreement into professional discussion, if leaders want it."""

from simulation.compilation import compiled


@compiled
def data_in_use(data, attention, control):
    """Data are used where leaders attend to the plan and want to steer by results.

    u = data · min(1, 2 A · control), otherwise they lie unused     [SFI13; form: assumption]
    """
    return data * min(1.0, 2.0 * attention * control)


@compiled
def chance_after_discussion(chance, in_use, turns):
    """What people would have disagreed about is discussed on the ground of shared numbers.

    p' = p + turns · u (1 - p)     [SFI13; SFI12 ch. 5 for the direction; size: assumption]
    """
    return chance + turns * in_use * (1.0 - chance)


@compiled
def hours_of_feeding(data, hours_a_week):
    """Somebody must enter and keep the data, used or not: h = data · hours.     [assumption]"""
    return data * hours_a_week
