"""Would those present at a meeting approve a matter? What each rule adds, in one place."""

from simulation.compilation import compiled
from simulation.rules.advice import chance_after_advice
from simulation.rules.decisions import chance_of_approval
from simulation.rules.goals import agreement_on_theme


@compiled
def shared_ground(structure, state, present, case):
    """Do those present want the same, and do they trust who proposes it? Two means, 0..1."""
    theme, proposer = state.case_theme[case], state.case_actor[case, 0]
    attending, views, homes = state.attending, state.goals, structure.actor_organisation
    mean = 0.0
    for place in range(present):
        mean += views[attending[place], theme]
    mean /= present
    goals, trust = 0.0, 0.0
    home = homes[proposer]
    for place in range(present):
        actor = attending[place]
        goals += agreement_on_theme(views[actor, theme], mean)
        if actor == proposer:
            trust += 1.0
        elif state.known[actor, proposer]:
            trust += state.trust[actor, proposer]
        else:
            trust += structure.trust_start[homes[actor], home]
    return goals / present, trust / present


@compiled
def chance_in_body(parameters, state, case, goals, trust):
    """Chance that those present approve, or advise in favour."""
    chance = chance_of_approval(
        goals,
        trust,
        parameters.agreement_base,
        parameters.agreement_from_goals,
        parameters.agreement_from_trust,
    )
    return chance_after_advice(chance, state.case_advice[case], parameters.advice_weight)
