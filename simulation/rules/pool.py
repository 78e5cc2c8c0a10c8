"""A pool for joint innovation lightens the price of trying something new, until it runs out."""

from simulation.compilation import compiled


@compiled
def hours_granted(left_in_pool, hours, overhead):
    """The pool pays for the extra work of trying something new, as far as it reaches.

    g = min(pool, overhead · h)     [assumption]
    """
    return min(left_in_pool, overhead * hours)
