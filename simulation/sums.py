"""Sums of long rows of numbers, always taken in the same order.

A processor adds several numbers at once if it may choose the order, and a compiler may not choose
it: with another order the last bits differ. So the order is laid down here, eight running sums side
by side. Without compilation it is the same order, hence the same bits.
"""

from simulation.compilation import compiled


@compiled
def sum_between(values, first, end):
    """Sum of ``values[first:end]``, 0 where there are none."""
    a, b, c, d, e, f, g, h = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    whole = first + (end - first) // 8 * 8
    for place in range(first, whole, 8):
        a += values[place]
        b += values[place + 1]
        c += values[place + 2]
        d += values[place + 3]
        e += values[place + 4]
        f += values[place + 5]
        g += values[place + 6]
        h += values[place + 7]
    for place in range(whole, end):
        a += values[place]
    return ((a + e) + (c + g)) + ((b + f) + (d + h))
