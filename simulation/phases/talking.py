"""What talking at a meeting does: people get to know each other, dare to be open, and agree."""

from simulation.compilation import compiled
from simulation.phases.data_sharing import use_with_those_present
from simulation.randomness import draw
from simulation.rules.acquaintance import share_of_acquaintance_won
from simulation.rules.goals import view_after_meeting, weight_of_others
from simulation.rules.trust import (
    chance_of_going_first,
    chance_of_return,
    trust_after_openness,
)
from simulation.ties import set_trust, talk, trust_of
from simulation.vocabulary import DRAW_OPENNESS, N_THEMES


@compiled
def talk_with_each_other(structure, parameters, state, seed, moment, present, talk_hours):
    """Everyone present gets to know everyone a little, and some dare to go first.

    Of two people the one with the lower stable id has the first chance, so that the order in which
    members are listed decides nothing. ``moment`` keys the draws of this meeting.
    """
    share_won = share_of_acquaintance_won(talk_hours, parameters.acquaintance_hours)
    for place in range(present):
        i = state.attending[place]
        for later in range(place + 1, present):
            j = state.attending[later]
            talk(structure, parameters, state, seed, i, j, share_won)
            one, two = i, j
            if structure.actor_key[i] > structure.actor_key[j]:
                one, two = j, i
            _go_first(structure, parameters, state, seed, moment, one, two, talk_hours)
            _go_first(structure, parameters, state, seed, moment, two, one, talk_hours)


@compiled
def _go_first(structure, parameters, state, seed, moment, i, j, talk_hours):
    """``i`` may be open about a weakness; ``j`` may return it."""
    trust, back = trust_of(state, i, j), trust_of(state, j, i)
    chance = chance_of_going_first(talk_hours, trust, parameters.openness_per_hour)
    key_i, key_j = structure.actor_key[i], structure.actor_key[j]
    if chance <= 0.0 or draw(seed, DRAW_OPENNESS, moment, key_i, key_j) >= chance:
        return
    invited = chance_of_return(back, parameters.openness_invites)
    returned = draw(seed, DRAW_OPENNESS, moment + 1, key_i, key_j) < invited
    gain, loss = parameters.openness_gain, parameters.openness_loss
    set_trust(state, i, j, trust_after_openness(trust, returned, gain, loss))
    if returned:
        set_trust(state, j, i, trust_after_openness(back, True, gain, loss))


@compiled
def share_goals(structure, parameters, state, present, hours_of_talk):
    """Everyone moves towards the mean view of those present (DeGroot).

    With whom data are shared and in use, an hour of talk counts for more.
    """
    weights, plain = state.view_weight, weight_of_others(parameters.goal_learning, hours_of_talk)
    for place in range(present):
        weights[place] = plain
        data = use_with_those_present(structure, state, present, state.attending[place])
        if data > 0.0:
            hours = hours_of_talk * (1.0 + data)
            weights[place] = weight_of_others(parameters.goal_learning, hours)
    for theme in range(N_THEMES):
        total = 0.0
        for place in range(present):
            total += state.goals[state.attending[place], theme]
        mean = total / present
        for place in range(present):
            actor = state.attending[place]
            state.goals[actor, theme] = view_after_meeting(
                state.goals[actor, theme], mean, weights[place]
            )
