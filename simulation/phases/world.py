"""Phase 1, the world: new cases, departures and newcomers.

Reads: structure, the seed. Writes: cases, people in posts, ties of those who left.
Who leaves and which cases arise depend on the seed and on stable ids alone, so they are the same
in every model.
"""

from simulation.columns import CASES_ARISEN
from simulation.compilation import compiled
from simulation.phases.daily import daily_life
from simulation.phases.moves import let_newcomers_bring_ties
from simulation.phases.races import NEVER, enter_race, first_of, let_them_race, run_race
from simulation.phases.shocks import let_events_happen
from simulation.posts import leave_post
from simulation.randomness import draw
from simulation.rules.attention import hours_freed
from simulation.rules.outside import (
    MOST_CASES_A_WEEK,
    cases_this_week,
    chance_of_helper,
)
from simulation.start import place_newcomer
from simulation.ties import (
    begin_with,
    first_trust_of,
    know_each_other,
    set_acquaintance,
    trust_of,
)
from simulation.timing import cases_of_wave
from simulation.vocabulary import (
    ACUTE_WAVE,
    CONSENT_UNASKED,
    DRAW_CASE_COUNT,
    DRAW_CASE_DIFFICULTY,
    DRAW_CASE_HELPER_COUNT,
    DRAW_CASE_HELPERS,
    DRAW_CASE_HOURS,
    DRAW_CASE_ORIGIN,
    DRAW_CASE_SIZE,
    DRAW_CASE_THEME,
    DRAW_CASE_URGENCY,
    EVENT_CASE_AROSE,
    EVENT_PERSON_ARRIVED,
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
    if len(structure.shock_key) > 0:
        let_events_happen(structure, parameters, state, record, seed, week)
    _leave_or_arrive(structure, parameters, state, record, seed, week)
    for actor in range(len(structure.actor_key)):
        if not state.present[actor] and state.left_week[actor] == week:
            _forget_person(structure, parameters, state, seed, actor)
    let_newcomers_bring_ties(structure, parameters, state, record, seed, week)
    _hand_out_hours(structure, parameters, state)
    daily_life(structure, parameters, state, record, week)
    for area in range(len(structure.area_key)):
        uniform = draw(seed, DRAW_CASE_COUNT, week, structure.area_key[area], 0)
        count = cases_this_week(structure.area_case_rate[area], uniform)
        if len(structure.shock_key) > 0:
            count = min(
                MOST_CASES_A_WEEK, count + _cases_of_waves(structure, state, seed, week, area)
            )
        for index in range(count):
            _let_case_arise(structure, parameters, state, record, seed, week, area, index)


@compiled
def _cases_of_waves(structure, state, seed, week, area):
    """Cases of acute waves come after the ordinary ones, which stay the same."""
    extra = 0
    for shock in range(len(structure.shock_key)):
        where = structure.shock_area[shock]
        kind = structure.shock_kind[shock]
        if state.shock_on[shock] and kind == ACUTE_WAVE and (where == area or where < 0):
            extra += cases_of_wave(
                structure.area_case_rate[area], structure.shock_size[shock],
                structure.area_key[area], structure.shock_key[shock], seed, week,
            )  # fmt: skip
    return extra


@compiled
def _hand_out_hours(structure, parameters, state):
    """Everyone in post gets the week's hours, less what is owed from the week before."""
    present, available, left = state.present, state.hours_available, state.hours_left
    ordinary, leads = structure.actor_hours, structure.actor_leads
    home, attention = structure.actor_organisation, state.organisation_attention
    frees, factor = parameters.attention_frees, state.hours_factor
    for actor in range(len(present)):
        hours = 0.0
        if present[actor]:
            hours = ordinary[actor]
            if not leads[actor]:
                hours = hours_freed(hours, attention[home[actor]], frees)
            hours *= factor[home[actor]]
        available[actor] = hours
        left[actor] = hours + min(0.0, left[actor])


@compiled
def _leave_or_arrive(structure, parameters, state, record, seed, week):
    """Those whose time has come leave; a vacant post is filled when its time has come."""
    present, leaving, returning = state.present, state.leaving_week, state.return_week
    for actor in range(len(present)):
        if not present[actor]:
            if week >= returning[actor]:
                _arrive(structure, parameters, state, record, seed, week, actor)
        elif week >= leaving[actor]:
            leave_post(state, record, week, actor, int(parameters.vacancy_weeks))


@compiled
def _arrive(structure, parameters, state, record, seed, week, actor):
    state.present[actor] = True
    state.arrived_week[actor] = week
    place_newcomer(structure, parameters, state, seed, actor, week + 1)
    note(record, week, EVENT_PERSON_ARRIVED, -1, actor, -1, -1, 0.0)


@compiled
def _forget_person(structure, parameters, state, seed, actor):
    """Cooperation is carried by persons: their ties go with them.

    What is held in writing stays: the successor is met with the part that a formal agreement
    covers of what was better than a fresh start; distrust is not handed on. The successor knows
    colleagues of the same organisation from the start.
    """
    organisation = structure.actor_organisation[actor]
    for other in range(len(structure.actor_key)):
        if not know_each_other(state, actor, other):
            continue
        home = structure.actor_organisation[other]
        held = structure.formal_agreement[organisation, home]
        for one, two in ((actor, other), (other, actor)):
            fresh = first_trust_of(structure, parameters, state, seed, one, two)
            trust = fresh + held * max(0.0, trust_of(state, one, two) - fresh)
            begin_with(state, one, two, trust)
        level = 0.0
        if home == organisation:
            level = parameters.acquaintance_colleagues
        set_acquaintance(state, actor, other, level)


@compiled
def _let_case_arise(structure, parameters, state, record, seed, week, area, index):
    case = state.cases_arisen[0]
    if case >= len(state.case_week):
        raise IndexError("more cases arise than were counted beforehand")
    state.cases_arisen[0] = case + 1
    key = structure.area_key[area] + 64 * week + index
    state.case_week[case] = week
    state.case_index[case] = index
    state.case_area[case] = area
    state.case_key[case] = key
    state.case_status[case] = NOTICED
    _describe_case(structure, state, seed, week, area, case, key)
    _find_origin(structure, state, seed, area, case, key)
    _find_helpers(structure, parameters, state, seed, area, case, key)
    _clear_case(state, case)
    state.open_cases[state.open_count[0]] = case
    state.open_count[0] += 1
    record.flow[CASES_ARISEN] += 1
    record.theme_worth[state.case_theme[case], 0] += state.case_hours[case]
    record.area_worth[area, 0] += state.case_hours[case]
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
def _find_origin(structure, state, seed, area, case, key):
    """The desk where the case shows up: relevance for its theme times how exposed the desk is."""
    theme, runners = state.case_theme[case], 0
    for place in range(structure.local_start[area], structure.local_start[area + 1]):
        desk = structure.local[place]
        exposed = structure.organisation_desk[desk]
        runners = enter_race(
            state, runners, desk, exposed * structure.organisation_relevance[desk, theme],
            draw(seed, DRAW_CASE_ORIGIN, 0, key, structure.organisation_key[desk]),
        )  # fmt: skip
    winner = run_race(state, runners)
    state.case_origin[case] = NOBODY if winner == NOBODY else state.race_who[winner]


@compiled
def _find_helpers(structure, parameters, state, seed, area, case, key):
    """Up to three other organisations whose contribution would help, by their relevance."""
    theme, origin = state.case_theme[case], state.case_origin[case]
    chance = chance_of_helper(
        state.case_difficulty[case], parameters.helper_chance, parameters.helper_chance_added
    )
    wanted = 0
    for place in range(N_SLOTS - 1):
        state.case_helper[case, place] = NOBODY
        wanted += draw(seed, DRAW_CASE_HELPER_COUNT, place, key, 0) < chance
    if wanted == 0:
        return
    runners = 0
    for place in range(structure.local_start[area], structure.local_start[area + 1]):
        organisation = structure.local[place]
        relevance = structure.organisation_relevance[organisation, theme]
        runners = enter_race(
            state, runners, organisation, 0.0 if organisation == origin else relevance,
            draw(seed, DRAW_CASE_HELPERS, 0, key, structure.organisation_key[organisation]),
        )  # fmt: skip
    let_them_race(state, runners)
    for place in range(wanted):
        winner = first_of(state, runners)
        if winner != NOBODY:
            state.case_helper[case, place] = state.race_who[winner]
            state.race_time[winner] = NEVER


@compiled
def _clear_case(state, case):
    for slot in range(N_SLOTS):
        state.case_actor[case, slot] = NOBODY
        state.case_settled[case, slot] = 0
        state.case_agreed[case, slot] = 0
        state.case_informed[case, slot] = False
        state.case_divided[case, slot] = False
        state.case_need[case, slot] = 0.0
        state.case_apart[case, slot] = 0.0
        state.case_joint[case, slot] = 0.0
    state.case_start[case] = NOBODY
    state.case_due[case] = NOBODY
    state.case_judged[case] = False
    for place in range(N_SLOTS - 1):
        state.case_covered[case, place] = 0.0
    state.case_pool[case] = 0.0
    state.case_consent[case] = CONSENT_UNASKED
    state.method_knowers[case] = 0
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
    state.case_advice[case] = 0.0
    state.case_place[case] = 0
    state.case_voice[case] = 0.0
    state.case_from[case] = NOBODY
    state.case_cover[case] = False
