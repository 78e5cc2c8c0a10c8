"""What if promises kept counted for more, and people met over coffee between meetings?

trappe run laerebog --phases docs/examples/my_rules.py
trappe compare laerebog --phases docs/examples/my_rules.py --runs 50
"""

from simulation.extending import phase, rule

COFFEE_EVERY = 2  # weeks
COFFEE_HOURS = 0.25


@rule
def trust_after_kept_promise(trust, trust_gain):
    """The first promises kept count double: t' = t + 2 g (1 - t) while t < 0.5."""
    if trust < 0.5:
        trust_gain = min(1.0, 2.0 * trust_gain)
    return trust + trust_gain * (1.0 - trust)


@phase(after="meetings")
def coffee(structure, parameters, state, record, seed, week):
    """Every other week those who know each other across organisations have a cup of coffee."""
    if week % COFFEE_EVERY:
        return
    for tie in range(1, state.tie_count[0]):  # tie 0 stands for none
        one, other = state.tie_first[tie], state.tie_second[tie]
        if structure.actor_organisation[one] == structure.actor_organisation[other]:
            continue
        if not (state.present[one] and state.present[other]):
            continue
        state.tie_acquaintance[tie] += 0.05 * (1.0 - state.tie_acquaintance[tie])
        for person in (one, other):
            state.hours_left[person] -= COFFEE_HOURS
