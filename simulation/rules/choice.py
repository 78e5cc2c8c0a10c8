"""How far to go: what each side weighs when two people settle what to do about a case.

Mechanisms 1, 3, 5, 6, 9 and 10 meet here. Nobody chooses a step; one chooses what to do, and the
step is read afterwards from what happened.
"""

import math

from simulation.compilation import compiled


@compiled
def interest(own_view, overlap, control, control_narrows):
    """A case matters as one's view of the goals says, and as it touches one's own core tasks.

    m = min(2, 5 x) · (0.5 + overlap) · (1 - narrows · control · (1 - overlap))
    [SFI12 ch. 4; CFBU15 ch. 5–6; form: assumption]
    """
    narrowed = 1.0 - control_narrows * control * (1.0 - overlap)
    return min(2.0, 5.0 * own_view) * (0.5 + overlap) * narrowed


@compiled
def gain_of_dividing(gain, matter, difficulty, clarity):
    """Avoiding double work pays most for plain problems and where boundaries are clear.

    G2 = g2 · m · (1 - d / 2) · (0.5 + c / 2)     [CFBU15 ch. 2; form: assumption]
    """
    return gain * matter * (1.0 - 0.5 * difficulty) * (0.5 + 0.5 * clarity)


@compiled
def gain_of_together(gain, matter, difficulty, delivers, agreement, rigidity, formal):
    """Joint work pays for hard problems, if the other delivers and wants the same.

    G3 = g3 · m · d · t · g · (1 - rigidity · written)     [CFBU15 ch. 2–3; form: assumption]
    """
    return gain * matter * difficulty * delivers * agreement * (1.0 - rigidity * formal)


@compiled
def gain_of_new(gain, matter, difficulty, delivers, agreement, control, has_method):
    """Something new pays for the hardest problems, among free people without a method yet.

    G4 = g4 · m · d² · t · g · (1 - control / 2), a quarter when a method exists already
    [CFBU15 ch. 5–6; form: assumption]
    """
    already = 0.25 if has_method else 1.0
    hard = difficulty * difficulty
    return gain * matter * hard * delivers * agreement * (1.0 - 0.5 * control) * already


@compiled
def price_of_hours(hours, hour_price, load):
    """An hour costs more to those who are pressed.

    P = price · hours · (1 + 2 · load)     [assumption]
    """
    return hour_price * hours * (1.0 + 2.0 * load)


@compiled
def price_of_waiting(expected_wait, wait_price):
    """What must be approved first is worth less, by the decision time one has come to expect.

    P = price · e     [SFI12 case 3; size: assumption]
    """
    return wait_price * expected_wait


@compiled
def logistic(uniform, scale):
    """Noise in weighing an option: scale · ln(u / (1 - u)).     [lit: McFadden 1974]"""
    return scale * math.log(uniform / (1.0 - uniform))
