"""Speaking loyally of each other, and owning failure jointly (mechanism 1)."""

from simulation.compilation import compiled


@compiled
def share_passed_on(change, share, loyalty):
    """Bad news of someone is passed on less where people have agreed to speak loyally.

    s' = s (1 - l) when trust falls, else s     [CFBU15 ch. 3; form: assumption]
    """
    if change < 0.0:
        return share * (1.0 - loyalty)
    return share


@compiled
def chance_left_by_silence(chance, loyalty, silence):
    """What is not spoken of is not settled: loyal silence lets conflicts last longer.

    p' = p (1 - silence · l)     [assumption: the price of CFBU15 ch. 3]
    """
    return chance * (1.0 - silence * loyalty)


@compiled
def share_forgiven(forgiven, owned):
    """An agreement to own failure jointly spares more of the loss, never more than all.

    f' = min(1, f + owned)     [CFBU15 ch. 3; form: assumption]
    """
    return min(1.0, forgiven + owned)
