"""Phase 1, the world: new cases, departures and newcomers.

Reads: structure, the seed. Writes: cases, people in posts, ties of those who left.
Everything here depends on the seed and on stable ids alone, so it is the same in every model.
"""

from simulation.columns import CASES_ARISEN, DEPARTURES
from simulation.compilation import compiled
from simulation.randomness import draw
from simulation.rules.attention import hours_freed
from simulation.rules.outside import (
    cases_this_week,
    chance_of_helper,
    race_time,
    weekly_chance,
)
from simulation.start import place_newcomer
from simulation.ties import first_trust_of
from simulation.vocabulary import (
    DRAW_CASE_COUNT,
    DRAW_CASE_DIFFICULTY,
    DRAW_CASE_HELPER_COUNT,
    DRAW_CASE_HELPERS,
    DRAW_CASE_HOURS,
    DRAW_CASE_ORIGIN,
    DRAW_CASE_SIZE,
    DRAW_CASE_THEME,
    DRAW_CASE_URGENCY,
    DRAW_DEPARTURE,
    EVENT_CASE_AROSE,
    EVENT_PERSON_ARRIVED,
    EVENT_PERSON_LEFT,
    N_SIZES,
    N_SLOTS,
    N_THEMES,
    NO_METHOD,
    NOBODY,
    NOTICED,
)
from simulation.writing import note


@compiled
def world(structure, parameters, state, record, seed, week):
    """Let people leave and arrive, hand out the week's hours, and let cases arise."""
    actors = len(structure.actor_key)
    for actor in range(actors):
        _leave_or_arrive(structure, parameters, state, record, seed, week, actor)
    for actor in range(actors):
        if not state.present[actor] and state.left_week[actor] == week:
            _forget_person(structure, parameters, state, seed, actor)
        _hand_out_hours(structure, parameters, state, actor)
    for area in range(len(structure.area_key)):
        uniform = draw(seed, DRAW_CASE_COUNT, week, structure.area_key[area], 0)
        for index in range(cases_this_week(structure.area_case_rate[area], uniform)):
            _let_case_arise(structure, parameters, state, record, seed, week, area, index)


@compiled
def _hand_out_hours(structure, parameters, state, actor):
    hours = 0.0
    if state.present[actor]:
        organisation = structure.actor_organisation[actor]
        hours = structure.actor_hours[actor]
        if not structure.actor_leads[actor]:
            attention = state.organisation_attention[organisation]
            hours = hours_freed(hours, attention, parameters.attention_frees)
    debt = min(0.0, state.hours_left[actor])
    state.hours_available[actor] = hours
    state.hours_left[actor] = hours + debt


@compiled
def _leave_or_arrive(structure, parameters, state, record, seed, week, actor):
    if not state.present[actor]:
        if week >= state.return_week[actor]:
            state.present[actor] = True
            place_newcomer(structure, parameters, state, seed, actor)
            note(record, week, EVENT_PERSON_ARRIVED, -1, actor, -1, -1, 0.0)
        return
    chance = structure.actor_turnover[actor]
    if chance <= 0.0:
        return
    uniform = draw(seed, DRAW_DEPARTURE, week, structure.actor_key[actor], 0)
    if uniform < weekly_chance(chance):
        state.present[actor] = False
        state.left_week[actor] = week
        state.return_week[actor] = week + 1 + int(parameters.vacancy_weeks)
        state.generation[actor] += 1
        state.hours_left[actor] = 0.0  # a debt of hours goes with the person
        record.flow[DEPARTURES] += 1
        note(record, week, EVENT_PERSON_LEFT, -1, actor, -1, -1, 0.0)


@compiled
def _forget_person(structure, parameters, state, seed, actor):
    """Cooperation is carried by persons: their ties go with them.

    What is held in writing stays: the successor is met with the part of the old trust that a
    formal agreement covers. The successor knows colleagues of the same organisation from the start.
    """
    organisation = structure.actor_organisation[actor]
    for other in range(len(structure.actor_key)):
        if not state.known[actor, other]:
            continue
        home = structure.actor_organisation[other]
        held = structure.formal_agreement[organisation, home]
        for one, two in ((actor, other), (other, actor)):
            fresh = first_trust_of(structure, parameters, state, seed, one, two)
            state.trust[one, two] = fresh + held * max(0.0, state.trust[one, two] - fresh)
        level = 0.0
        if home == organisation:
            level = parameters.acquaintance_colleagues
        state.acquaintance[actor, other] = level
        state.acquaintance[other, actor] = level


@compiled
def _let_case_arise(structure, parameters, state, record, seed, week, area, index):
    case = state.cases_arisen[0]
    state.cases_arisen[0] = case + 1
    key = structure.area_key[area] + 64 * week + index
    state.case_week[case] = week
    state.case_index[case] = index
    state.case_area[case] = area
    state.case_key[case] = key
    state.case_status[case] = NOTICED
    _describe_case(structure, state, seed, week, area, case, key)
    _find_origin(structure, state, seed, week, area, case, key)
    _find_helpers(structure, parameters, state, seed, week, area, case, key)
    _clear_case(state, case)
    state.open_cases[state.open_count[0]] = case
    state.open_count[0] += 1
    record.flow[CASES_ARISEN] += 1
    note(record, week, EVENT_CASE_AROSE, case, -1, -1, -1, state.case_hours[case])


@compiled
def _pick(shares, row, uniform, count):
    """Position in a row of shares at quantile ``uniform``."""
    total = 0.0
    for place in range(count):
        total += shares[row, place]
        if uniform < total:
            return place
    return count - 1


@compiled
def _describe_case(structure, state, seed, week, area, case, key):
    theme = draw(seed, DRAW_CASE_THEME, week, key, 0)
    state.case_theme[case] = _pick(structure.area_needs, area, theme, N_THEMES)
    state.case_difficulty[case] = draw(seed, DRAW_CASE_DIFFICULTY, week, key, 0)
    size = draw(seed, DRAW_CASE_SIZE, week, key, 0)
    state.case_size[case] = _pick(structure.area_size_share, area, size, N_SIZES)
    spread = 2.0 * draw(seed, DRAW_CASE_HOURS, week, key, 0) - 1.0
    mean = structure.area_hours_mean[area]
    state.case_hours[case] = mean * (1.0 + structure.area_hours_spread[area] * spread)
    patience = 0.5 + draw(seed, DRAW_CASE_URGENCY, week, key, 0)
    state.case_deadline[case] = week + 1 + int(structure.area_urgency_weeks[area] * patience)


@compiled
def _find_origin(structure, state, seed, week, area, case, key):
    """The desk where the case shows up: relevance for its theme times how exposed the desk is."""
    theme = state.case_theme[case]
    earliest = 1e300
    state.case_origin[case] = NOBODY
    for organisation in range(len(structure.organisation_key)):
        if not structure.organisation_in_area[organisation, area]:
            continue
        weight = (
            structure.organisation_desk[organisation]
            * structure.organisation_relevance[organisation, theme]
        )
        uniform = draw(seed, DRAW_CASE_ORIGIN, 0, key, structure.organisation_key[organisation])
        time = race_time(weight, uniform)
        if time < earliest:
            earliest = time
            state.case_origin[case] = organisation


@compiled
def _find_helpers(structure, parameters, state, seed, week, area, case, key):
    """Up to three other organisations whose contribution would help, by their relevance."""
    theme, origin = state.case_theme[case], state.case_origin[case]
    for place in range(N_SLOTS - 1):
        state.case_helper[case, place] = NOBODY
    wanted = 0
    chance = chance_of_helper(
        state.case_difficulty[case], parameters.helper_chance, parameters.helper_chance_added
    )
    for place in range(N_SLOTS - 1):
        uniform = draw(seed, DRAW_CASE_HELPER_COUNT, place, key, 0)
        if uniform < chance:
            wanted += 1
    for place in range(wanted):
        earliest, chosen = 1e300, NOBODY
        for organisation in range(len(structure.organisation_key)):
            if organisation == origin or not structure.organisation_in_area[organisation, area]:
                continue
            already = False
            for before in range(place):
                already = already or state.case_helper[case, before] == organisation
            if already:
                continue
            weight = structure.organisation_relevance[organisation, theme]
            who = structure.organisation_key[organisation]
            time = race_time(weight, draw(seed, DRAW_CASE_HELPERS, 0, key, who))
            if time < earliest:
                earliest, chosen = time, organisation
        state.case_helper[case, place] = chosen


@compiled
def _clear_case(state, case):
    for slot in range(N_SLOTS):
        state.case_actor[case, slot] = NOBODY
        state.case_settled[case, slot] = 0
        state.case_informed[case, slot] = False
        state.case_divided[case, slot] = False
        state.case_need[case, slot] = 0.0
        state.case_apart[case, slot] = 0.0
        state.case_joint[case, slot] = 0.0
    state.case_start[case] = NOBODY
    state.case_due[case] = NOBODY
    state.case_judged[case] = False
    state.case_double[case] = 0.0
    state.case_method[case] = NO_METHOD
    state.case_method_week[case] = NOBODY
    state.case_method_slot[case] = 0
    state.case_conflict[case, 0] = 0
    state.case_conflict[case, 1] = NOBODY
    state.case_route[case, 0] = NOBODY
    state.case_route[case, 1] = NOBODY
    state.case_asked[case] = NOBODY
    state.case_arrived[case] = NOBODY
    state.case_forum[case] = NOBODY
    state.case_next[case] = NOBODY
