"""Phase 7, observation: write down the week. Nothing here is read by anyone in the model,
except the mean attention of an organisation's leaders, which their staff feel next week.

Reads: everything. Writes: the record, organisations' attention, relations' places.
"""

from simulation.columns import (
    ACCEPTANCE,
    ACQUAINTANCE_BETWEEN,
    ACTIVE_RESIDENTS,
    ATTENTION_FELT,
    CLIMBS,
    FALLS,
    GOAL_ALIGNMENT,
    KNOWLEDGE_OF_GOALS,
    LADDER,
    LEADERSHIP_ATTENTION,
    OPEN_CASES,
    OVERLOAD,
    OWNERSHIP_RESIDENTS,
    OWNERSHIP_STAFF,
    QUEUE,
    RELATIONS_UNTOLD,
    ROLE_CLARITY,
    SAY,
    STRATEGIC_WORK,
    TIES_BETWEEN,
    TRUST_BETWEEN,
    TRUST_PARTNERSHIP,
    TRUST_WITHIN,
)
from simulation.compilation import compiled
from simulation.observables import N_STOCKS, N_WEEKLY
from simulation.rules.attention import attention_felt, reach_of_the_top
from simulation.state import WEEKS_OF_QUARTER
from simulation.sums import sum_between
from simulation.ties import end_of_kind
from simulation.vocabulary import (
    CAMP_BOLIGORGANISATION,
    MEDIUM,
    N_SLOTS,
    N_STEPS,
    N_THEMES,
    NO_RELATION,
    TACTICAL,
    TIE_ACROSS,
    TIE_PARTNERS,
    TIE_WITHIN,
    TOGETHER,
)


@compiled
def observation(structure, parameters, state, record, seed, week):
    """Fill the week's row: stocks as they stand, flows as they were counted."""
    row = record.weekly[week]
    _observe_ties(structure, parameters, state, row)
    _observe_people(structure, parameters, state, row)
    _observe_goals(structure, state, row)
    _observe_relations(parameters, state, record, week, row)
    quarter = week // WEEKS_OF_QUARTER
    if week % WEEKS_OF_QUARTER == WEEKS_OF_QUARTER - 1 and quarter < len(record.relation_ties):
        _observe_ties_of_relations(structure, state, record, quarter)
    _observe_desks(structure, state, row)
    _observe_ended_cases(state, record)
    for column in range(N_STOCKS, N_WEEKLY):
        row[column] = record.flow[column]
        record.flow[column] = 0.0


@compiled
def share(total, count):
    """A mean, 0 where there is nothing to take it over."""
    if count <= 0.0:
        return 0.0
    return total / count


@compiled
def _observe_ties(structure, parameters, state, row):
    """Trust counts as much as two people know each other: a face from long ago says little."""
    _see_who_is_in_post(state)
    needed = parameters.acquaintance_needed
    within, w_within, _, _ = _sum_over_ties(state, TIE_WITHIN, needed)
    across, w_across, n_across, called_across = _sum_over_ties(state, TIE_ACROSS, needed)
    partners, w_partners, n_partners, called = _sum_over_ties(state, TIE_PARTNERS, needed)
    acquaintance = w_across + w_partners
    row[TRUST_BETWEEN] = share(across + partners, acquaintance)
    row[TRUST_WITHIN] = share(within, w_within)
    row[TRUST_PARTNERSHIP] = share(partners, w_partners)
    row[ACQUAINTANCE_BETWEEN] = share(acquaintance, n_across + n_partners)
    row[TIES_BETWEEN] = 2.0 * (called_across + called) / len(structure.actor_key)


@compiled
def _see_who_is_in_post(state):
    """Mark the ties of which both are in post: few people are away, so begin with them."""
    in_post, present = state.tie_in_post, state.present
    for tie in range(state.tie_count[0]):
        in_post[tie] = 1.0
    for actor in range(len(present)):
        if not present[actor]:
            for other in range(len(present)):
                in_post[state.tie_at[actor, other]] = 0.0


@compiled
def _sum_over_ties(state, kind, needed):
    """Of one kind, between people in post: weighed trust, weights, ties, ties one would use."""
    first, end = state.tie_start[kind], end_of_kind(state, kind)
    in_post, weights, weighed = state.tie_in_post, state.tie_weight, state.tie_weighed
    called = 0
    for tie in range(first, end):
        weight = state.tie_acquaintance[tie] * in_post[tie]
        called += (weight >= needed) & (in_post[tie] > 0.0)
        weights[tie] = weight
        weighed[tie] = weight * (0.5 * (state.tie_trust[tie, 0] + state.tie_trust[tie, 1]))
    known = sum_between(in_post, first, end)
    return sum_between(weighed, first, end), sum_between(weights, first, end), known, called


@compiled
def _observe_people(structure, parameters, state, row):
    """Means over people in post; and what their leaders' attention is for each organisation."""
    staff, residents, knowledge, load, people = 0.0, 0.0, 0.0, 0.0, 0
    n_staff, n_residents, n_knowing = 0, 0, 0
    for actor in range(len(structure.actor_key)):
        if not state.present[actor]:
            continue
        people += 1
        load += state.load[actor]
        if structure.actor_resident[actor]:
            residents += state.ownership[actor]
            n_residents += 1
            continue
        staff += state.ownership[actor]
        n_staff += 1
        if structure.actor_level[actor] >= TACTICAL:
            knowledge += state.knowledge[actor]
            n_knowing += 1
    row[OWNERSHIP_STAFF] = share(staff, n_staff)
    row[OWNERSHIP_RESIDENTS] = share(residents, n_residents)
    row[KNOWLEDGE_OF_GOALS] = share(knowledge, n_knowing)
    row[OVERLOAD] = share(load, people)
    _observe_attention(structure, parameters, state, row)


@compiled
def _observe_attention(structure, parameters, state, row):
    """Mean over leaders of kommune and boligorganisationer; writes what each staff feels."""
    total, leaders, felt, staff = 0.0, 0, 0.0, 0
    for organisation in range(len(structure.organisation_key)):
        near, top, n_near, n_top = 0.0, 0.0, 0, 0
        first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
        for place in range(first, end):
            actor = structure.member[place]
            if not (structure.actor_leads[actor] and state.present[actor]):
                continue
            if structure.actor_level[actor] >= TACTICAL:
                near += state.attention[actor]
                n_near += 1
            else:
                top += state.attention[actor]
                n_top += 1
        if structure.organisation_camp[organisation] <= CAMP_BOLIGORGANISATION:
            total += near + top
            leaders += n_near + n_top
        _let_staff_feel(structure, parameters, state, organisation, near, n_near, top, n_top)
        if structure.organisation_camp[organisation] <= CAMP_BOLIGORGANISATION:
            felt += (end - first) * state.organisation_attention[organisation]
            staff += end - first
    row[LEADERSHIP_ATTENTION] = share(total, leaders)
    row[ATTENTION_FELT] = share(felt, staff)


@compiled
def _let_staff_feel(structure, parameters, state, organisation, near, n_near, top, n_top):
    """Staff feel their nearest leaders, and some of what comes from the top."""
    core = structure.organisation_attention[organisation]
    nearest = near / n_near if n_near > 0 else core
    highest = top / n_top if n_top > 0 else nearest
    reach = reach_of_the_top(
        structure.organisation_middle[organisation], parameters.attention_reach
    )
    state.top_attention[organisation] = highest
    state.organisation_attention[organisation] = attention_felt(nearest, highest, reach)


@compiled
def _observe_goals(structure, state, row):
    """1 minus half the mean absolute distance of views from their mean (0 none shared, 1 all)."""
    goals, present, people = state.goals, state.present, 0
    mean, distances, distance = state.theme_mean, state.theme_distance, 0.0
    for theme in range(N_THEMES):
        mean[theme] = 0.0
        distances[theme] = 0.0
    for actor in range(len(present)):
        if present[actor]:
            people += 1
            for theme in range(N_THEMES):
                mean[theme] += goals[actor, theme]
    if people == 0:
        return
    for theme in range(N_THEMES):
        mean[theme] /= people
    for actor in range(len(present)):
        if present[actor]:
            for theme in range(N_THEMES):
                distances[theme] += abs(goals[actor, theme] - mean[theme])
    for theme in range(N_THEMES):
        distance += distances[theme]
    row[GOAL_ALIGNMENT] = 1.0 - 0.5 * distance / people


@compiled
def _observe_relations(parameters, state, record, week, row):
    """Where each relation stands: the highest step that a stated share of its cases reached."""
    after, clarity, highest = state.relation_count[0], 0.0, -1
    relations, places = after - NO_RELATION - 1, state.relation_place
    quarter = week // WEEKS_OF_QUARTER
    ends_quarter = week % WEEKS_OF_QUARTER == WEEKS_OF_QUARTER - 1
    keep = ends_quarter and quarter < record.relation_quarter.shape[0]
    for relation in range(NO_RELATION + 1, after):
        one, other = state.relation_first[relation], state.relation_second[relation]
        clarity += state.role_clarity[one, other]
        place = _place_of(parameters, state.relation_steps, relation)
        before = places[relation]
        if place != before:
            _count_move(record, before, place)
            places[relation] = place
        if keep:
            record.relation_quarter[quarter, one, other] = place
            record.relation_seen[one, other] = True
        highest = max(highest, place)
    for step in range(highest + 1):
        if record.first_week[step] < 0:
            record.first_week[step] = week
    for step in range(N_STEPS):
        standing = 0
        for relation in range(NO_RELATION + 1, after):
            standing += max(0, places[relation]) == step
        row[RELATIONS_UNTOLD + step] = share(float(standing), relations)
    row[ROLE_CLARITY] = share(clarity, relations)


@compiled
def _count_move(record, before, place):
    if before >= 0 and place > before:
        record.flow[CLIMBS] += 1
    elif place >= 0 and place < before:
        record.flow[FALLS] += 1


@compiled
def _observe_ties_of_relations(structure, state, record, quarter):
    """What people of two organisations are to each other, and how clear their roles are."""
    organisations = len(structure.organisation_key)
    home, present = structure.actor_organisation, state.present
    for tie in range(end_of_kind(state, TIE_WITHIN), state.tie_count[0]):
        i, j = state.tie_first[tie], state.tie_second[tie]
        if not (present[i] and present[j]):
            continue
        one, other = min(home[i], home[j]), max(home[i], home[j])
        pair = one * organisations + other
        weight = state.tie_acquaintance[tie]
        trust = 0.5 * (state.tie_trust[tie, 0] + state.tie_trust[tie, 1])
        record.relation_ties[quarter, pair, 0] += weight * trust
        record.relation_ties[quarter, pair, 1] += weight
        record.relation_ties[quarter, pair, 2] += 1.0
        record.relation_seen[one, other] = True
    for relation in range(NO_RELATION + 1, state.relation_count[0]):
        one, other = state.relation_first[relation], state.relation_second[relation]
        pair = one * organisations + other
        record.relation_ties[quarter, pair, 3] = state.role_clarity[one, other]
        record.relation_ties[quarter, pair, 4] = 1.0


@compiled
def _place_of(parameters, steps, relation):
    cases = 0.0
    for step in range(N_STEPS):
        cases += steps[relation, step]
    needed = parameters.relation_share_needed * cases
    place, reached = 0, 0.0
    for back in range(N_STEPS - 1):  # what reached a step reached those below it too
        reached += steps[relation, N_STEPS - 1 - back]
        place += reached >= needed
    return -1 if cases < parameters.relation_cases_needed else place


@compiled
def _observe_desks(structure, state, row):
    queue = 0.0
    for forum in range(len(structure.forum_key)):
        queue += state.queue_length[forum]
    row[QUEUE] = queue
    row[OPEN_CASES] = state.open_count[0]
    acceptance, say, ladder, active = 0.0, 0.0, 0.0, 0.0
    areas = len(structure.area_key)
    for area in range(areas):
        acceptance += state.acceptance[area]
        say += state.say[area]
        ladder += state.ladder[area]
        active += state.active_residents[area]
    row[ACCEPTANCE] = acceptance / areas
    row[SAY] = say / areas
    row[LADDER] = ladder / areas
    row[ACTIVE_RESIDENTS] = active / areas


@compiled
def _observe_ended_cases(state, record):
    """Work on strategic matters: what was done together where a larger decision was needed."""
    for place in range(state.finished_count[0]):
        case = state.finished_now[place]
        if state.case_size[case] < MEDIUM or state.case_settled[case, 0] < TOGETHER:
            continue
        for slot in range(N_SLOTS):
            done = state.case_apart[case, slot] + state.case_joint[case, slot]
            record.flow[STRATEGIC_WORK] += done
