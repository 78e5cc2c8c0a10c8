"""Mechanism 14 and innovation: new methods are born between unlike people and must be anchored."""

from simulation.compilation import compiled


@compiled
def chance_of_new_method(distance, best, chance):
    """Trying something new succeeds most at a middle cognitive distance.

    p = chance · max(0, 1 - ((d - d*) / max(d*, 1 - d*))²)     [lit: Nooteboom et al. 2007]
    """
    off = (distance - best) / max(best, 1.0 - best)
    return chance * max(0.0, 1.0 - off * off)


@compiled
def chance_of_anchoring(followed_by_operations, attention, chance, without_operations):
    """A method is taken into daily operations by those who followed it, if leaders back it.

    p = chance · A if people from operations know it, else a stated share
    [CFBU15 ch. 4, 6 for people from operations; leaders' backing A and sizes: assumption]
    """
    if followed_by_operations:
        return chance * attention
    return without_operations * chance * attention


@compiled
def chance_of_passing_on(hours, per_hour):
    """Who knows a method passes it on to whom they work or talk with.

    p = min(1, rate · hours)     [assumption]
    """
    return min(1.0, per_hour * hours)


@compiled
def upkeep_of_methods(methods, hours):
    """A method in daily operations takes hours of those who run them.

    h = methods · hours a week     [assumption: the price of anchoring]
    """
    return methods * hours
