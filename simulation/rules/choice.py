"""How far to go: what each side weighs when two people settle what to do about a case.

Mechanisms 1, 3, 5, 6, 9 and 10 meet here. Nobody chooses a step; one chooses what to do, and the
step is read afterwards from what happened.
"""

from simulation.compilation import compiled
from simulation.logarithms import log_of
from simulation.vocabulary import N_THEMES


@compiled
def interest(own_view, overlap, control, control_narrows, overlap_least, interest_most):
    """A case matters as one's view of the goals says, and as it touches one's own core tasks.

    m = min(most, 5 x) · (o0 + overlap) · (1 - narrows · control · (1 - overlap)), 5 themes
    [SFI12 ch. 4; CFBU15 ch. 5–6; form: assumption]
    """
    narrowed = 1.0 - control_narrows * control * (1.0 - overlap)
    weight = min(interest_most, N_THEMES * own_view)
    return weight * (overlap_least + overlap) * narrowed


@compiled
def gain_of_dividing(gain, matter, difficulty, clarity, lost_on_hard, lost_unclear):
    """Avoiding double work pays most for plain problems and where boundaries are clear.

    G2 = g2 · m · (1 - hard · d) · (1 - unclear · (1 - c))     [CFBU15 ch. 2; form: assumption]
    """
    plain = 1.0 - lost_on_hard * difficulty
    return gain * matter * plain * (1.0 - lost_unclear * (1.0 - clarity))


@compiled
def gain_of_together(gain, matter, difficulty, delivers, agreement, rigidity, formal):
    """Joint work pays for hard problems, if the other delivers and wants the same.

    G3 = g3 · m · d · t · g · (1 - rigidity · written)     [CFBU15 ch. 2–3; form: assumption]
    """
    return gain * matter * difficulty * delivers * agreement * (1.0 - rigidity * formal)


@compiled
def room_to_invent(control, attention, stifles, needs_direction):
    """Tight control leaves little room for trying something new, and so does freedom undirected.

    room = (1 - stifles · c) (1 - needs · (1 - c) (1 - A))     [CFBU15 ch. 5–6; form: assumption]
    """
    undirected = (1.0 - control) * (1.0 - attention)
    return (1.0 - stifles * control) * (1.0 - needs_direction * undirected)


@compiled
def gain_of_new(gain, matter, difficulty, delivers, agreement, room, has_method, left_with_method):
    """Something new pays for the hardest problems, among free people without a method yet.

    G4 = g4 · m · d² · t · g · room, a stated share of it when a method exists already
    [CFBU15 ch. 5–6; form: assumption]
    """
    already = left_with_method if has_method else 1.0
    hard = difficulty * difficulty
    return gain * matter * hard * delivers * agreement * room * already


@compiled
def price_of_hours(hours, hour_price, load, load_price):
    """An hour costs more to those who are pressed.

    P = price · hours · (1 + load price · load)     [assumption]
    """
    return hour_price * hours * (1.0 + load_price * load)


@compiled
def price_of_waiting(expected_wait, wait_price):
    """What must be approved first is worth less, by the decision time one has come to expect.

    P = price · e     [SFI12 case 3; size: assumption]
    """
    return wait_price * expected_wait


@compiled
def logistic(uniform, scale):
    """Noise in weighing an option: scale · ln(u / (1 - u)).

    [lit: random utility, McFadden 1974, whose noise is of another shape; logistic: assumption]
    """
    return scale * log_of(uniform / (1.0 - uniform))
