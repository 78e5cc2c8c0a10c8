"""The week before the first: everyone in place, ties among colleagues, empty desks."""

import math

from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.defining import first_ownership, mobilised
from simulation.rules.goals import first_view
from simulation.rules.outside import cases_this_week, weeks_in_post
from simulation.ties import (
    acquaintance_of,
    begin_with,
    close_ranks,
    know_each_other,
    make_tie,
    set_acquaintance,
    unmake_tie,
)
from simulation.vocabulary import (
    CAMP_HELHEDSPLAN,
    DRAW_CALENDAR,
    DRAW_CASE_COUNT,
    DRAW_DEPARTURE,
    DRAW_FIRST_GOALS,
    DRAW_KNOWN_AT_START,
    DRAW_OWN_GOALS,
    N_THEMES,
    NO_RELATION,
    NO_TIE,
    NOBODY,
)


@compiled
def count_cases(rates, keys, seed, weeks):
    """Number of cases that arise in a run, known beforehand: the world depends on the seed alone.

    ``rates`` are the areas' cases a week, ``keys`` their stable ids.
    """
    total = 0
    for area in range(len(keys)):
        for week in range(weeks):
            uniform = draw(seed, DRAW_CASE_COUNT, week, keys[area], 0)
            total += cases_this_week(rates[area], uniform)
    return total


@compiled
def set_out(structure, parameters, state, record, seed):
    """Bring state and record to the morning of week 0, whatever a former run left in them."""
    _clear_lists(state)
    _clear_record(record)
    for actor in range(len(structure.actor_key)):
        _place_person(structure, parameters, state, seed, actor)
    _place_organisations(structure, state)
    _place_areas(structure, parameters, state)
    _set_calendars(structure, state, seed)
    _let_people_meet(structure, parameters, state, seed)
    _let_the_lent_be_known(structure, parameters, state, seed)
    _put_what_was_measured(structure, parameters, state, seed)


@compiled
def _clear_lists(state):
    state.tie_at[:, :] = NO_TIE
    state.tie_trust[NO_TIE, :] = 0.0
    state.tie_acquaintance[NO_TIE] = 0.0
    state.tie_count[0] = NO_TIE + 1
    state.tie_start[:] = NO_TIE + 1
    state.may_know_at[:, :] = False
    state.relation_at[:, :] = NO_RELATION
    state.relation_count[0] = NO_RELATION + 1
    state.organisation_methods[:, :] = 0
    state.cases_arisen[0] = 0
    state.open_count[0] = 0
    state.finished_count[0] = 0
    state.living_count[0] = 0
    state.case_status[:] = 0
    state.queue_head[:] = NOBODY
    state.queue_tail[:] = NOBODY
    state.queue_length[:] = 0
    state.prepared[:] = False
    state.shock_on[:] = False
    state.hours_factor[:] = 1.0
    state.attendance_floor[:] = 0.0


@compiled
def _clear_record(record):
    record.weekly[:, :] = 0.0
    record.flow[:] = 0.0
    record.waits[:, :, :] = 0
    record.forum_waits[:, :, :] = 0.0
    record.forum_hours[:] = 0.0
    record.pair_steps[:, :, :] = 0
    record.level_steps[:, :] = 0
    record.area_ladder[:, :] = 0
    record.first_week[:] = -1
    record.trust_change[0] = math.nan
    record.theme_worth[:, :] = 0.0
    record.area_worth[:, :] = 0.0
    record.event_count[0] = 0
    _clear_relations(record)


@compiled
def _clear_relations(record):
    """Only pairs that a former run wrote about: in a city they are few of all."""
    organisations = record.relation_seen.shape[0]
    for one in range(organisations):
        for other in range(one + 1, organisations):
            if record.relation_seen[one, other]:
                for quarter in range(record.relation_quarter.shape[0]):
                    record.relation_quarter[quarter, one, other] = -1
                    for column in range(record.relation_ties.shape[2]):
                        record.relation_ties[quarter, one * organisations + other, column] = 0.0
                record.relation_seen[one, other] = False


@compiled
def carries_goals(structure, actor):
    """True for who leads the plan's own staff and therefore knows its goals."""
    home = structure.actor_organisation[actor]
    return (
        structure.organisation_camp[home] == CAMP_HELHEDSPLAN
        and structure.actor_coordinating[actor] > 0.0
    )


@compiled
def place_newcomer(structure, parameters, state, seed, actor, week):
    """A person new in a post: the home organisation's goals, a little ownership, nothing lived."""
    organisation = structure.actor_organisation[actor]
    key, generation = structure.actor_key[actor], state.generation[actor]
    total = 0.0
    for theme in range(N_THEMES):
        uniform = draw(seed, DRAW_FIRST_GOALS, generation, key, theme)
        home = structure.organisation_goals[organisation, theme]
        state.goals[actor, theme] = first_view(home, uniform, parameters.goal_spread)
        total += state.goals[actor, theme]
    for theme in range(N_THEMES):
        state.goals[actor, theme] /= total
    state.knowledge[actor] = parameters.first_knowledge
    if structure.organisation_camp[organisation] == CAMP_HELHEDSPLAN:
        state.knowledge[actor] = parameters.first_knowledge_plan
        if carries_goals(structure, actor):
            state.knowledge[actor] = 1.0
    state.attention[actor] = 0.0
    if structure.actor_leads[actor]:
        state.attention[actor] = structure.organisation_attention[organisation]
    state.expected_wait[actor] = parameters.first_expected_wait
    state.load[actor] = 0.0
    state.meeting_hours[actor] = 0.0
    stays = weeks_in_post(
        structure.actor_turnover[actor], draw(seed, DRAW_DEPARTURE, generation, key, 0)
    )
    state.leaving_week[actor] = week + stays
    place_in_plan(structure, parameters, state, seed, actor)


@compiled
def _place_person(structure, parameters, state, seed, actor):
    state.present[actor] = True
    state.left_week[actor] = -1
    state.return_week[actor] = -1
    state.generation[actor] = 0
    state.hours_available[actor] = 0.0
    state.hours_left[actor] = 0.0
    state.hours_wanted[actor] = 0.0
    state.hours_spent[actor] = 0.0
    state.attending[actor] = 0
    state.arrived_week[actor] = -1
    state.moved[actor] = False
    for theme in range(N_THEMES):
        state.method_known[actor, theme] = NOBODY
        state.method_used[actor, theme] = 0
    place_newcomer(structure, parameters, state, seed, actor, 0)


@compiled
def _place_organisations(structure, state):
    organisations = len(structure.organisation_key)
    for one in range(organisations):
        state.organisation_attention[one] = structure.organisation_attention[one]
        state.top_attention[one] = structure.organisation_attention[one]
        for other in range(organisations):
            held = structure.formal_agreement[one, other]
            state.role_clarity[one, other] = max(structure.role_clarity[one, other], held)
    for area in range(len(structure.area_key)):
        state.acceptance[area] = structure.area_acceptance[area]
        state.say[area] = 0.0
        state.ladder[area] = 0.0


@compiled
def _set_calendars(structure, state, seed):
    """A body whose first week is not given gets one for this run, the same in every model."""
    for forum in range(len(structure.forum_key)):
        state.first_meeting[forum] = structure.forum_phase[forum]
        if structure.forum_phase[forum] < 0:
            uniform = draw(seed, DRAW_CALENDAR, 0, structure.forum_key[forum], 0)
            state.first_meeting[forum] = int(uniform * structure.forum_period[forum])


@compiled
def _let_people_meet(structure, parameters, state, seed):
    """Colleagues know each other, and some know someone elsewhere, whatever the bodies are."""
    for organisation in range(len(structure.organisation_key)):
        first = structure.member_start[organisation]
        end = structure.member_start[organisation + 1]
        for place in range(first, end):
            for later in range(place + 1, end):
                i, j = structure.member[place], structure.member[later]
                make_tie(structure, parameters, state, seed, i, j)
                set_acquaintance(state, i, j, parameters.acquaintance_colleagues)
    actors = len(structure.actor_key)
    for i in range(actors):
        for j in range(i + 1, actors):
            one, other = structure.actor_organisation[i], structure.actor_organisation[j]
            if one == other or structure.actor_hours[i] * structure.actor_hours[j] <= 0.0:
                continue
            if not structure.share_an_area[one, other]:
                continue
            key_i, key_j = structure.actor_key[i], structure.actor_key[j]
            uniform = draw(seed, DRAW_KNOWN_AT_START, 0, min(key_i, key_j), max(key_i, key_j))
            same = structure.actor_level[i] == structure.actor_level[j]
            if uniform < parameters.known_at_start * (1.0 if same else 0.5):
                make_tie(structure, parameters, state, seed, i, j)
                set_acquaintance(state, i, j, structure.acquaintance_start[one, other])


@compiled
def place_in_plan(structure, parameters, state, seed, actor):
    """What a person new in a post had to do with the plan, and the goals they would make up."""
    state.defined[actor] = 0.0
    if state.generation[actor] == 0:
        state.defined[actor] = structure.actor_defined_plan[actor]
    state.ownership[actor] = first_ownership(
        parameters.first_ownership, state.defined[actor], parameters.defining_owns
    )
    organisation, key = structure.actor_organisation[actor], structure.actor_key[actor]
    total = 0.0
    for theme in range(N_THEMES):
        uniform = draw(seed, DRAW_OWN_GOALS, state.generation[actor], key, theme)
        home = structure.organisation_goals[organisation, theme]
        state.own_goals[actor, theme] = first_view(home, uniform, parameters.own_goals_spread)
        total += state.own_goals[actor, theme]
    for theme in range(N_THEMES):
        state.own_goals[actor, theme] /= total


@compiled
def _place_areas(structure, parameters, state):
    """Residents accept what they defined, and a civil framing mobilises them."""
    defined, hours = 0.0, 0.0
    for actor in range(len(structure.actor_key)):
        if structure.actor_resident[actor]:
            defined += structure.actor_hours[actor] * structure.actor_defined_plan[actor]
            hours += structure.actor_hours[actor]
    part = defined / hours if hours > 0.0 else 0.0
    for area in range(len(structure.area_key)):
        framing = structure.area_framing[area]
        accepted = first_ownership(
            structure.area_acceptance[area], part, parameters.defining_accepted
        )
        state.acceptance[area] = mobilised(accepted, framing, parameters.framing_mobilises)
        state.active_residents[area] = mobilised(
            parameters.active_at_first, framing, parameters.framing_mobilises
        )
        state.pool[area] = structure.area_pool_hours[area]


@compiled
def _let_the_lent_be_known(structure, parameters, state, seed):
    """Those who are lent are known where they work, the more hours they give there."""
    for place in range(len(structure.guest)):
        actor = structure.guest[place]
        host, share = structure.actor_lent_to[actor], structure.actor_lent_share[actor]
        if share * structure.actor_hours[actor] <= 0.0:
            continue
        level = share * parameters.acquaintance_colleagues
        for there in range(structure.member_start[host], structure.member_start[host + 1]):
            other = structure.member[there]
            if structure.actor_hours[other] <= 0.0:
                continue
            make_tie(structure, parameters, state, seed, actor, other)
            set_acquaintance(state, actor, other, max(level, acquaintance_of(state, actor, other)))


@compiled
def _put_what_was_measured(structure, parameters, state, seed):
    """What a survey told of two people takes the place of what the model drew for them.

    Trust can only be told of someone one knows of. Colleagues know of each other in any case.
    """
    parted = False
    for pair in range(len(structure.measured_first)):
        i, j = structure.measured_first[pair], structure.measured_second[pair]
        one, other = structure.actor_organisation[i], structure.actor_organisation[j]
        there, back = structure.measured_trust[pair, 0], structure.measured_trust[pair, 1]
        level = structure.measured_acquaintance[pair]
        if level == 0.0 and there < 0.0 and back < 0.0 and one != other:
            unmake_tie(state, i, j)
            parted = True
            continue
        if level < 0.0:
            level = structure.acquaintance_start[one, other]
            if know_each_other(state, i, j):
                level = acquaintance_of(state, i, j)
        make_tie(structure, parameters, state, seed, i, j)
        set_acquaintance(state, i, j, level)
        if there >= 0.0:
            begin_with(state, i, j, there)
        if back >= 0.0:
            begin_with(state, j, i, back)
    if parted:
        close_ranks(state)
