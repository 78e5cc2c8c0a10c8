"""Who took part in defining the plan, and how it is framed (mechanism 11)."""

from simulation.compilation import compiled


@compiled
def first_ownership(ordinary, part, owns):
    """Whoever defined the plan owns it from the start, whoever had it imposed owns less of it.

    o = o0 + owns · d, within 0..1, d from -1 imposed to 1 defined with others     [SFI12 ch. 6]
    """
    return min(1.0, max(0.0, ordinary + owns * part))


@compiled
def readiness(part, resists):
    """What is felt as imposed meets resistance.

    r = 1 - resists · max(0, -d)     [SFI13; form: assumption]
    """
    return 1.0 - resists * max(0.0, -part)


@compiled
def hours_of_defining(part, hours):
    """Defining a plan with others takes hours while it lasts.

    h = hours · max(0, d)     [assumption: the price of SFI12 ch. 6]
    """
    return hours * max(0.0, part)


@compiled
def mobilised(level, framing, mobilises):
    """A civil framing mobilises residents, a public one leaves it to the authorities.

    x' = x - mobilises · f, within 0..1, f from -1 civil to 1 public     [SFI12 ch. 3]
    """
    return min(1.0, max(0.0, level - mobilises * framing))


@compiled
def agreement_under_framing(agreement, framing, matters):
    """Plan and kommune find it easier to want the same when the plan is framed publicly.

    g' = g + m f (1 - g) if public, g (1 + m f) if civil     [SFI12 ch. 3; form: assumption]
    """
    if framing > 0.0:
        return agreement + matters * framing * (1.0 - agreement)
    return agreement * (1.0 + matters * framing)
