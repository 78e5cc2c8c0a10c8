"""Would those present at a meeting approve a matter? What each rule adds, in one place."""

from simulation.columns import HOURS_COORDINATION
from simulation.compilation import compiled
from simulation.phases.data_sharing import use_in_matter
from simulation.rules.advice import chance_after_advice
from simulation.rules.attention import chance_through_open_doors
from simulation.rules.decisions import chance_of_approval
from simulation.rules.goals import agreement_on_theme
from simulation.rules.linking import chance_when_carried
from simulation.rules.mandate import trust_after_seeking_cover
from simulation.rules.premeetings import chance_with_mandate_from_home
from simulation.rules.shared_data import chance_after_discussion
from simulation.ties import know_each_other, set_trust, trust_of
from simulation.vocabulary import CONFLICT, N_SLOTS, NOBODY, TOGETHER


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
        elif know_each_other(state, actor, proposer):
            trust += trust_of(state, actor, proposer)
        else:
            trust += structure.trust_start[homes[actor], home]
    return goals / present, trust / present


@compiled
def chance_in_body(structure, parameters, state, forum, present, case, goals, trust, carried):
    """Chance that those present approve, advise in favour, or settle a conflict.

    Advice was given on the decision, so it says nothing about a conflict that came of it later.
    """
    chance = chance_of_approval(
        goals,
        trust,
        parameters.agreement_base,
        parameters.agreement_from_goals,
        parameters.agreement_from_trust,
    )
    data = use_in_matter(structure, state, present, case)
    chance = chance_after_discussion(chance, data, parameters.data_turns)
    chance = chance_with_mandate_from_home(
        chance, state.meeting_prepared[0], parameters.premeeting_gain
    )
    if carried:
        chance = chance_when_carried(chance, parameters.linking_gain)
    if not structure.forum_of_plan[forum]:
        attention = _attention_at_the_top(structure, state, present)
        chance = chance_through_open_doors(chance, attention, parameters.doors_opened)
    if state.case_status[case] == CONFLICT:
        return chance
    return chance_after_advice(chance, state.case_advice[case], parameters.advice_weight)


@compiled
def _attention_at_the_top(structure, state, present):
    """Attention of the top leaders of those present, 0..1, the mean over those present.

    Taken from the first of them, so that where all are of one organisation it is that one's to the
    last digit.
    """
    first = state.top_attention[structure.actor_organisation[state.attending[0]]]
    further = 0.0
    for place in range(present):
        home = structure.actor_organisation[state.attending[place]]
        further += state.top_attention[home] - first
    return first + further / present


@compiled
def carry(structure, parameters, state, record, present, case):
    """Someone present who sat in the body where the matter came from presents it, in own time.

    Of several the one with the lowest stable id does it, so that the order of members decides
    nothing. True if there is such a person.
    """
    before = state.case_from[case]
    if before == NOBODY or parameters.linking_gain <= 0.0:
        return False
    link = NOBODY
    for place in range(present):
        actor = state.attending[place]
        first = link == NOBODY or structure.actor_key[actor] < structure.actor_key[link]
        if first and structure.forum_has[before, actor]:
            link = actor
    if link == NOBODY:
        return False
    state.hours_left[link] -= parameters.linking_hours
    record.flow[HOURS_COORDINATION] += parameters.linking_hours
    return True


@compiled
def notice_cover(structure, parameters, state, case):
    """Those who could have decided and come for cover all the same are trusted a little less."""
    if state.case_cover[case]:
        return
    state.case_cover[case] = True
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor == NOBODY or state.case_settled[case, slot] < TOGETHER:
            continue
        if structure.actor_mandate[actor] < state.case_size[case]:
            continue
        for others in range(N_SLOTS):
            other = state.case_actor[case, others]
            if others != slot and other != NOBODY and know_each_other(state, other, actor):
                trust = trust_of(state, other, actor)
                set_trust(
                    state, other, actor, trust_after_seeking_cover(trust, parameters.cover_mistrust)
                )
