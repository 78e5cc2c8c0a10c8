"""Approaches: someone takes up a case, finds partners, and they settle how far to go."""

from benchmarks.plain_mesa.rules import (
    acquaintance_that_counts,
    agreement_on_theme,
    chance_of_asking,
    chance_of_consent,
    chance_of_introduction,
    gain_at_home,
    gain_of_dividing,
    gain_of_new,
    gain_of_together,
    grown,
    interest,
    logistic,
    may_decide,
    price_of_hours,
    price_of_waiting,
    pull_of_broker,
    pull_of_holder,
    pull_of_partner,
    room_to_invent,
)
from simulation.vocabulary import (
    CONSENT_GIVEN,
    CONSENT_NOT_NEEDED,
    CONSENT_REFUSED,
    CONSENT_UNASKED,
    DIVIDE,
    GIVEN_UP,
    TACTICAL,
    TELL,
    TOGETHER,
    TRY_NEW,
)


def take_up(model, case, week):
    """Let one at the desk take up a case and look for those whose contribution would help."""
    holder = find_holder(model, case)
    if holder is None:
        if week >= case.deadline:
            case.status = GIVEN_UP
            model.given_up += 1
        return
    case.parts[0].actor = holder
    if len(case.parts) > 1:
        own_skill = skill_in_house(case)
        asked = chance_of_asking(own_skill, model.parameters.in_house_suffices)
        for part in case.parts[1:]:
            if model.uniform() < asked:
                approach_helper(model, case, holder, part)
            else:  # quicker, and they know nothing of it
                part.covered = own_skill
                model.not_asked += 1
    set_going(model, case, week)


def skill_in_house(case):
    """Best skill for the case among those who work where it showed up."""
    theme = case.theme
    return max(
        person.skills[theme]
        for person in case.origin.members
        if person.present and person.hours_for_cases > 0.0
    )


def one_of(model, people, weights):
    """One of several by weight; None when there is nobody."""
    if not people:
        return None
    return model.random.choices(people, weights)[0]


def find_holder(model, case):
    """Of those at the desk where the case shows up, one with hours, skill and closeness to it."""
    if case.origin is None:
        return None
    p, theme = model.parameters, case.theme
    people, weights = [], []
    for member in case.origin.members:
        if member.present:
            weight = pull_of_holder(
                member.hours_for_cases, member.skills[theme], member.takes_up, member.load,
                p.skill_least, p.load_deters,
            )  # fmt: skip
            if weight > 0.0:
                people.append(member)
                weights.append(weight)
    return one_of(model, people, weights)


def approach_helper(model, case, holder, part):
    """Find someone in one relevant organisation, and settle how far to go."""
    partner = (
        find_known(model, case, holder, part.organisation)
        or find_through_broker(model, holder, part.organisation)
        or call_cold(model, holder, part.organisation)
    )
    if partner is None:
        model.no_partner += 1
        return
    holder.meet(partner)
    part.actor = partner
    settle(model, case, holder, part)


def find_known(model, case, holder, organisation):
    """You call the person you know."""
    p, theme = model.parameters, case.theme
    stranger = holder.organisation.first_trust[organisation]
    acquaintance, trust = holder.acquaintance, holder.trust
    people, weights = [], []
    for person in organisation.members:
        if not person.present or person.hours <= 0.0:
            continue
        weight = pull_of_partner(
            acquaintance_that_counts(acquaintance.get(person, 0.0), p.acquaintance_matters),
            p.acquaintance_needed,
            person.skills[theme],
            person.overlap,
            trust.get(person, stranger),
            p.skill_least,
            p.overlap_least,
            p.trust_least,
        )
        if weight > 0.0:
            people.append(person)
            weights.append(weight)
    return one_of(model, people, weights)


def find_through_broker(model, holder, organisation):
    """Ask a colleague who knows someone there; being introduced costs hours and may fail."""
    p = model.parameters
    needed = p.acquaintance_needed
    there = [person for person in organisation.members if person.present and person.hours > 0.0]
    pairs, weights = [], []
    for colleague in holder.organisation.members:
        if colleague is holder or not colleague.present or colleague.hours <= 0.0:
            continue
        own = holder.acquaintance.get(colleague, 0.0)
        if own < needed:
            continue
        theirs = colleague.acquaintance
        for person in there:
            if person in theirs:
                weight = pull_of_broker(own, theirs[person], needed)
                if weight > 0.0:
                    pairs.append((colleague, person))
                    weights.append(weight)
    chosen = one_of(model, pairs, weights)
    if chosen is None:
        return None
    broker, partner = chosen
    for person in (holder, broker):
        person.hours_left -= p.broker_hours
        model.hours_coordination += p.broker_hours
    chance = chance_of_introduction(broker.acquaintance[partner], p.introduction_chance)
    if model.uniform() >= chance:
        return None
    holder.meet(partner)
    holder.set_acquaintance(
        partner, max(holder.acquaintance[partner], p.acquaintance_by_introduction)
    )
    model.introductions += 1
    return partner


def call_cold(model, holder, organisation):
    """Knock at the front door: it takes an hour or so, and someone on duty may answer."""
    p = model.parameters
    holder.hours_left -= p.broker_hours
    model.hours_coordination += p.broker_hours
    if model.uniform() >= p.cold_call_chance:
        return None
    people, weights = [], []
    for person in organisation.members:
        if person.present and person.hours > 0.0:
            people.append(person)
            weights.append(person.hours * (p.cold_call_above if person.level < TACTICAL else 1.0))
    return one_of(model, people, weights)


def settle(model, case, holder, part):
    """Each weighs the options; they go as far as the more reluctant one will."""
    partner = part.actor
    settled = min(
        choose(model, case, holder, partner, model.holder_work),
        choose(model, case, partner, holder, model.partner_work),
    )
    if settled >= TELL and may_not_speak_of_resident(model, case, holder):
        settled = TELL
    part.settled = part.agreed = settled
    part.informed = settled >= TELL
    hours = model.settling_hours[settled]
    holder.hours_left -= hours
    partner.hours_left -= hours
    model.hours_coordination += 2.0 * hours


def may_not_speak_of_resident(model, case, holder):
    """Without the consent of a named resident only general knowledge passes."""
    p = model.parameters
    if case.consent == CONSENT_UNASKED:
        case.consent = CONSENT_NOT_NEEDED
        if model.uniform() < p.named_resident:
            area = case.area
            holder.hours_left -= p.consent_hours
            model.hours_coordination += p.consent_hours
            chance = chance_of_consent(area.acceptance, p.consent_base, p.consent_from_acceptance)
            area.acceptance = grown(area.acceptance, p.acceptance_from_consent)
            case.consent = CONSENT_GIVEN
            if model.uniform() >= chance:
                case.consent = CONSENT_REFUSED
                model.consent_refused += 1
    return case.consent == CONSENT_REFUSED


def choose(model, case, me, other, work_shares):
    """The option that looks best to one of two, from what that one knows and has lived."""
    p, uniform, settling_hours = model.parameters, model.uniform, model.settling_hours
    hour_price, load, load_price = p.hour_price, me.load, p.load_price
    work, noise = case.hours, p.choice_noise
    best, chosen = -1e300, 0
    waiting = price_of_approval(p, case, me, other)
    for option, gain in enumerate(gains(p, case, me, other)):
        hours = settling_hours[option] + work * work_shares[option]
        worth = gain - price_of_hours(hours, hour_price, load, load_price)
        if option >= TOGETHER:
            worth -= waiting
        worth += logistic(uniform(), noise, best - worth)
        if worth > best:
            best, chosen = worth, option
    return chosen


def gains(p, case, me, other):
    """What one expects to gain from each of the five options."""
    theme, difficulty = case.theme, case.difficulty
    home, there, view = me.organisation, other.organisation, me.goals[theme]
    relation, delivers, control = home.relations[there], me.trust[other], home.control
    matter = interest(
        view, me.overlap, control, p.control_narrows, p.overlap_least, p.interest_most
    ) * gain_at_home(home.relevance[theme], p.gains_elsewhere)
    agreement = agreement_on_theme(view, other.goals[theme])
    has_method = me.has_method(theme) or other.has_method(theme)
    room = room_to_invent(control, home.attention, p.control_stifles, p.direction_for_new)
    return (
        0.0,
        p.gain_tell * matter,
        gain_of_dividing(
            p.gain_divide, matter, difficulty, relation.clarity, p.dividing_lost_on_hard,
            p.dividing_lost_unclear,
        ),
        gain_of_together(
            p.gain_together, matter, difficulty, delivers, agreement, p.agreement_rigidity,
            relation.formal,
        ),
        gain_of_new(
            p.gain_try_new, matter, difficulty, delivers, agreement, room, has_method,
            p.new_left_with_method,
        ),
    )  # fmt: skip


def price_of_approval(p, case, me, other):
    """The price of waiting for an approval, if neither of the two may decide."""
    size = case.size
    if size == 0 or may_decide(me.mandate, size) or may_decide(other.mandate, size):
        return 0.0
    return price_of_waiting(me.expected_wait, p.wait_price)


def set_going(model, case, week):
    """Plan the work; what exceeds the mandates of those involved enters its route."""
    furthest = max((part.settled for part in case.parts[1:]), default=0)
    case.parts[0].settled = furthest
    case.plan_work()
    if furthest >= TOGETHER:
        model.shared_attempts += 1
        if case.size > 0:
            allowed, dares = may_go_ahead(model, case)
            if not allowed:
                model.needing_approval += 1
            if not (allowed and dares) and case.ask_for_decision(week):
                return
    case.start_work(week)


def may_go_ahead(model, case):
    """Has one of those involved the mandate, and does one who has it dare to use it?"""
    able = [
        part.actor
        for part in case.parts
        if part.settled >= TOGETHER and may_decide(part.actor.mandate, case.size)
    ]
    return bool(able), any(model.uniform() < person.mandate_clarity for person in able)


def option_tables(p):
    """Per option: hours to settle it, and work as a share of a case's hours for each side.

    The holder is relieved of the part that the partner takes, and pays the overhead of doing it
    together; the partner takes the part on.
    """
    overhead = [1.0] * (TRY_NEW + 1)
    overhead[TOGETHER] += p.joint_overhead
    overhead[TRY_NEW] += p.new_overhead
    settling = [0.0, p.tell_hours, p.divide_hours, p.together_hours, p.together_hours]
    holder, partner = [0.0] * (TRY_NEW + 1), [0.0] * (TRY_NEW + 1)
    for option in range(DIVIDE, TRY_NEW + 1):
        holder[option] = (1.0 - p.partner_share) * overhead[option] - 1.0
        partner[option] = p.partner_share * overhead[option]
    return overhead, settling, holder, partner
