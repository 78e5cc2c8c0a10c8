"""How two people settle how far to go in one case: each weighs, the more reluctant one decides."""

from simulation.columns import HOURS_COORDINATION
from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.choice import (
    gain_of_dividing,
    gain_of_new,
    gain_of_together,
    interest,
    logistic,
    price_of_hours,
    price_of_waiting,
    room_to_invent,
)
from simulation.rules.decisions import may_decide
from simulation.rules.goals import agreement_on_theme
from simulation.vocabulary import (
    DIVIDE,
    DRAW_CHOICE,
    EVENT_SETTLED,
    NOT_AT_ALL,
    TELL,
    TOGETHER,
    TRY_NEW,
)
from simulation.writing import note


@compiled
def settle(structure, parameters, state, record, seed, week, case, slot):
    """Holder and partner settle how far to go, and use the hours that settling takes."""
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    holders = _choose(structure, parameters, state, seed, case, slot, holder, partner, True)
    partners = _choose(structure, parameters, state, seed, case, slot, partner, holder, False)
    settled = min(holders, partners)
    state.case_settled[case, slot] = settled
    state.case_agreed[case, slot] = settled
    state.case_informed[case, slot] = settled >= TELL
    hours = settling_hours(parameters, settled)
    for actor in (holder, partner):
        state.hours_left[actor] -= hours
        record.flow[HOURS_COORDINATION] += hours
    note(record, week, EVENT_SETTLED, case, holder, partner, -1, settled)


@compiled
def settling_hours(parameters, option):
    """Hours each side needs to settle and prepare an option."""
    if option == NOT_AT_ALL:
        return 0.0
    if option == TELL:
        return parameters.tell_hours
    if option == DIVIDE:
        return parameters.divide_hours
    return parameters.together_hours


@compiled
def _choose(structure, parameters, state, seed, case, slot, me, other, holds):
    """The option that looks best to ``me``, seen from what ``me`` knows and has lived."""
    best, chosen = -1e300, NOT_AT_ALL
    gains = _gains(structure, parameters, state, case, me, other)
    waiting = _waiting(structure, parameters, state, case, me, other)
    for option in range(TRY_NEW + 1):
        hours = settling_hours(parameters, option)
        hours += work_hours(parameters, state.case_hours[case], option, holds)
        worth = gains[option] - price_of_hours(
            hours, parameters.hour_price, state.load[me], parameters.load_price
        )
        if option >= TOGETHER:
            worth -= waiting
        uniform = draw(
            seed, DRAW_CHOICE, option + 8 * slot, state.case_key[case], structure.actor_key[me]
        )
        worth += logistic(uniform, parameters.choice_noise)
        if worth > best:
            best, chosen = worth, option
    return chosen


@compiled
def work_hours(parameters, hours, option, holds):
    """Hours of work an option means for ``me``, beyond doing nothing shared.

    The holder is relieved of the part that the partner takes, and pays the overhead of doing it
    together; the partner takes the part on.
    """
    if option < DIVIDE:
        return 0.0
    factor = 1.0
    if option == TOGETHER:
        factor = 1.0 + parameters.joint_overhead
    elif option == TRY_NEW:
        factor = 1.0 + parameters.new_overhead
    if holds:
        return hours * ((1.0 - parameters.partner_share) * factor - 1.0)
    return hours * parameters.partner_share * factor


@compiled
def _gains(structure, parameters, state, case, me, other):
    """What ``me`` expects to gain from each of the five options."""
    theme, difficulty = state.case_theme[case], state.case_difficulty[case]
    home, there = structure.actor_organisation[me], structure.actor_organisation[other]
    control = structure.organisation_control[home]
    matter = interest(
        state.goals[me, theme], structure.actor_overlap[me], control, parameters.control_narrows,
        parameters.overlap_least, parameters.interest_most,
    )  # fmt: skip
    agreement = agreement_on_theme(state.goals[me, theme], state.goals[other, theme])
    delivers = state.trust[me, other]
    has_method = (
        state.organisation_methods[home, theme] + state.organisation_methods[there, theme] > 0
    )
    room = room_to_invent(control, parameters.control_stifles)
    formal = structure.formal_agreement[home, there]
    clarity = state.role_clarity[home, there]
    return (
        0.0,
        parameters.gain_tell * matter,
        gain_of_dividing(
            parameters.gain_divide, matter, difficulty, clarity, parameters.dividing_lost_on_hard,
            parameters.dividing_lost_unclear,
        ),
        gain_of_together(
            parameters.gain_together, matter, difficulty, delivers, agreement,
            parameters.agreement_rigidity, formal,
        ),
        gain_of_new(
            parameters.gain_try_new, matter, difficulty, delivers, agreement, room, has_method,
            parameters.new_left_with_method,
        ),
    )  # fmt: skip


@compiled
def _waiting(structure, parameters, state, case, me, other):
    """The price of waiting for an approval, if neither of the two may decide."""
    size = state.case_size[case]
    if size == 0 or may_decide(structure.actor_mandate[me], size):
        return 0.0
    if may_decide(structure.actor_mandate[other], size):
        return 0.0
    return price_of_waiting(state.expected_wait[me], parameters.wait_price)
