"""Mechanism 11: residents heard at any stop of a matter count, by what they took part in."""

from simulation.compilation import compiled
from simulation.vocabulary import (
    ADVISE,
    CO_DECIDING,
    HEARD,
    INFORMED,
    NOT_INVOLVED,
    SELF_DECIDING,
    TOLD,
)


@compiled
def place_on_ladder(right, resident_share, settles):
    """What residents at a stop take part in follows from what that body may do.

    told where it is informed, heard where it advises, co-deciding where it consents or decides,
    self-deciding where residents are most of those present at the body that settles the matter
    [SFI12 fig. 4.2]
    """
    if resident_share <= 0.0:
        return NOT_INVOLVED
    if right == INFORMED:
        return TOLD
    if right == ADVISE:
        return HEARD
    return SELF_DECIDING if settles and resident_share > 0.5 else CO_DECIDING


@compiled
def acceptance_after_decision(acceptance, place, voice, from_say, lost_unheard):
    """Residents accept what some of them took part in; decisions over their heads cost acceptance.

    A' = A + say (place - 1) / 2 · min(1, 4 v) (1 - A) from consultation up, v the largest share of
    residents at a stop; else A (1 - unheard (1 - place / 2))
    [SFI12 ch. 6, fig. 4.2; CFBU15 ch. 3; sizes: assumption]
    """
    if place >= HEARD:
        heard = 0.5 * (place - 1.0) * min(1.0, 4.0 * voice)
        return min(1.0, acceptance + from_say * heard * (1.0 - acceptance))
    return acceptance * (1.0 - lost_unheard * (1.0 - 0.5 * place))
