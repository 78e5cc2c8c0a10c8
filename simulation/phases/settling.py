"""How two people settle how far to go in one case: each weighs, the more reluctant one decides."""

from simulation.columns import CONSENT_REFUSED_CASES, HOURS_COORDINATION, POOL_HOURS
from simulation.compilation import compiled
from simulation.phases.methods import has_method
from simulation.places import organisation_in
from simulation.randomness import draw
from simulation.rules.allocation import gain_at_home
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
from simulation.rules.consent import chance_of_consent
from simulation.rules.decisions import may_decide
from simulation.rules.defining import agreement_under_framing, readiness
from simulation.rules.goals import agreement_on_theme
from simulation.rules.ownership import grown
from simulation.rules.pool import hours_granted
from simulation.state import N_SIDE_BY_SIDE
from simulation.ties import trust_of
from simulation.vocabulary import (
    CAMP_HELHEDSPLAN,
    CAMP_KOMMUNE,
    CONSENT_GIVEN,
    CONSENT_NOT_NEEDED,
    CONSENT_REFUSED,
    CONSENT_UNASKED,
    DIVIDE,
    DRAW_CHOICE,
    DRAW_CONSENT,
    DRAW_NAMED,
    EVENT_CONSENT_REFUSED,
    EVENT_POOL_GRANTED,
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
    _draw_noise(structure, parameters, state, seed, case, slot)
    holders = _choose(structure, parameters, state, case, slot, True)
    partners = _choose(structure, parameters, state, case, slot, False)
    settled = min(holders, partners)
    if settled >= TELL:
        settled = _ask_for_consent(parameters, state, record, seed, week, case, settled)
    if settled == TRY_NEW:
        _draw_on_pool(parameters, state, record, week, case)
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
def _choose(structure, parameters, state, case, slot, holds):
    """The option that looks best to the holder, or to the partner, from what each has lived."""
    noise = state.noise[0 if holds else 1]
    me, other = state.case_actor[case, 0], state.case_actor[case, slot]
    home, there = organisation_in(state, case, 0), organisation_in(state, case, slot)
    if not holds:
        me, other, home, there = other, me, there, home
    best, chosen = -1e300, NOT_AT_ALL
    gains = _gains(structure, parameters, state, case, me, other, home, there)
    waiting = _waiting(structure, parameters, state, case, me, other)
    granted, applying = _pool_at_hand(parameters, state, case, holds)
    for option in range(TRY_NEW + 1):
        hours = settling_hours(parameters, option)
        hours += work_hours(parameters, state.case_hours[case], option, holds, granted)
        if option == TRY_NEW:
            hours += applying
        worth = gains[option] - price_of_hours(
            hours, parameters.hour_price, state.load[me], parameters.load_price
        )
        if option >= TOGETHER:
            worth -= waiting
        worth += noise[option]
        chosen = option if worth > best else chosen
        best = max(best, worth)
    return chosen


@compiled
def _draw_noise(structure, parameters, state, seed, case, slot):
    """Noise in weighing each option, for holder and partner.

    All are drawn first, then the logarithms go side by side.
    """
    key, uniforms, noise = state.case_key[case], state.noise_uniform, state.noise
    for side in range(2):
        who = structure.actor_key[state.case_actor[case, side * slot]]
        for option in range(TRY_NEW + 1):
            uniforms[side, option] = draw(seed, DRAW_CHOICE, option + 8 * slot, key, who)
    for side in range(2):
        for option in range(N_SIDE_BY_SIDE):
            noise[side, option] = logistic(uniforms[side, option], parameters.choice_noise)


@compiled
def work_hours(parameters, hours, option, holds, granted):
    """Hours of work an option means for ``me``, beyond doing nothing shared.

    The holder is relieved of the part that the partner takes, and pays the overhead of doing it
    together; the partner takes the part on. ``granted`` hours of a pool lighten trying something
    new.
    """
    if option < DIVIDE:
        return 0.0
    factor = 1.0
    if option == TOGETHER:
        factor = 1.0 + parameters.joint_overhead
    elif option == TRY_NEW:
        factor = 1.0 + parameters.new_overhead - granted / hours
    if holds:
        return hours * ((1.0 - parameters.partner_share) * factor - 1.0)
    return hours * parameters.partner_share * factor


@compiled
def _pool_at_hand(parameters, state, case, holds):
    """Hours that a pool would grant this case, and the hours the holder needs to apply for them."""
    if state.case_pool[case] > 0.0:
        return state.case_pool[case], 0.0
    left = state.pool[state.case_area[case]]
    if left <= 0.0:
        return 0.0, 0.0
    granted = hours_granted(left, state.case_hours[case], parameters.new_overhead)
    return granted, parameters.pool_application_hours if holds else 0.0


@compiled
def _draw_on_pool(parameters, state, record, week, case):
    """The holder applies, and the pool pays for the extra work, once a case, while it lasts."""
    area, holder = state.case_area[case], state.case_actor[case, 0]
    if state.case_pool[case] > 0.0 or state.pool[area] <= 0.0:
        return
    granted = hours_granted(state.pool[area], state.case_hours[case], parameters.new_overhead)
    state.pool[area] -= granted
    state.case_pool[case] = granted
    state.hours_left[holder] -= parameters.pool_application_hours
    record.flow[HOURS_COORDINATION] += parameters.pool_application_hours
    record.flow[POOL_HOURS] += granted
    note(record, week, EVENT_POOL_GRANTED, case, holder, -1, -1, granted)


@compiled
def _ask_for_consent(parameters, state, record, seed, week, case, settled):
    """Without the consent of a named resident only general knowledge passes.

    Being asked wins some acceptance, whatever the answer.
    """
    if parameters.named_resident <= 0.0:
        return settled
    if state.case_consent[case] == CONSENT_UNASKED:
        state.case_consent[case] = CONSENT_NOT_NEEDED
        key, holder = state.case_key[case], state.case_actor[case, 0]
        if draw(seed, DRAW_NAMED, 0, key, 0) < parameters.named_resident:
            area = state.case_area[case]
            state.hours_left[holder] -= parameters.consent_hours
            record.flow[HOURS_COORDINATION] += parameters.consent_hours
            chance = chance_of_consent(
                state.acceptance[area],
                parameters.consent_base,
                parameters.consent_from_acceptance,
            )
            state.acceptance[area] = grown(
                state.acceptance[area], parameters.acceptance_from_consent
            )
            state.case_consent[case] = CONSENT_GIVEN
            if draw(seed, DRAW_CONSENT, 0, key, 0) >= chance:
                state.case_consent[case] = CONSENT_REFUSED
                record.flow[CONSENT_REFUSED_CASES] += 1
                note(record, week, EVENT_CONSENT_REFUSED, case, holder, -1, -1, chance)
    if state.case_consent[case] == CONSENT_REFUSED:
        return TELL
    return settled


@compiled
def _gains(structure, parameters, state, case, me, other, home, there):
    """What ``me`` expects to gain from each of the five options."""
    theme, difficulty = state.case_theme[case], state.case_difficulty[case]
    control = structure.organisation_control[structure.actor_organisation[me]]
    matter = interest(
        state.goals[me, theme], structure.actor_overlap[me], control, parameters.control_narrows,
        parameters.overlap_least, parameters.interest_most,
    )  # fmt: skip
    matter *= readiness(state.defined[me], parameters.defining_resists)
    matter *= gain_at_home(
        structure.organisation_relevance[home, theme], parameters.gains_elsewhere
    )
    agreement = _agreement(structure, parameters, state, case, me, other, home, there)
    delivers = trust_of(state, me, other)
    known = has_method(state, me, home, theme) or has_method(state, other, there, theme)
    room = room_to_invent(
        control, state.organisation_attention[home], parameters.control_stifles,
        parameters.direction_for_new,
    )  # fmt: skip
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
            parameters.gain_try_new, matter, difficulty, delivers, agreement, room, known,
            parameters.new_left_with_method,
        ),
    )  # fmt: skip


@compiled
def _agreement(structure, parameters, state, case, me, other, home, there):
    """Do the two want the same? Between plan and kommune it matters how the plan is framed."""
    theme = state.case_theme[case]
    agreement = agreement_on_theme(state.goals[me, theme], state.goals[other, theme])
    framing = structure.area_framing[state.case_area[case]]
    camp, camp_other = structure.organisation_camp[home], structure.organisation_camp[there]
    if framing != 0.0 and (
        min(camp, camp_other) == CAMP_KOMMUNE and max(camp, camp_other) == CAMP_HELHEDSPLAN
    ):
        agreement = agreement_under_framing(agreement, framing, parameters.framing_parts)
    return agreement


@compiled
def _waiting(structure, parameters, state, case, me, other):
    """The price of waiting for an approval, if neither of the two may decide."""
    size = state.case_size[case]
    if size == 0 or may_decide(structure.actor_mandate[me], size):
        return 0.0
    if may_decide(structure.actor_mandate[other], size):
        return 0.0
    return price_of_waiting(state.expected_wait[me], parameters.wait_price)
