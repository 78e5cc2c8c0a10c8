"""A run in one row: stocks over the last year, flows in sum, and what is derived from them."""

import math

from simulation.columns import (
    ACCEPTANCE,
    ATTENTION_FELT,
    CONFLICTS,
    CONFLICTS_PER_100,
    DECIDED,
    DOUBLE_HOURS,
    DOUBLE_SHARE,
    EVEN_AREAS,
    EVEN_THEMES,
    FINISHED,
    FOLLOW_UP_HOURS,
    HOURS_ACTIVITIES,
    HOURS_COORDINATION,
    HOURS_MEETING,
    HOURS_PER_WEEK,
    HOURS_TORN,
    HOURS_UPKEEP,
    HOURS_WORK,
    KNOWLEDGE_OF_GOALS,
    LEAD_TIME,
    LEADERSHIP_ATTENTION,
    LEVEL_STEPS,
    MARKER_ACCEPTANCE,
    MARKER_DIVISION,
    MARKER_FOLLOW_UP,
    MARKER_GOALS,
    MARKER_LEADERS,
    MEETING_SHARE,
    OVERTAKEN_CASES,
    OWNERSHIP_STAFF,
    REFUSED,
    ROLE_CLARITY,
    SHARE_ALONE,
    SHARE_JOINT,
    TRUST_CHANGE,
    VALUE,
    VALUE_PER_HOUR,
    WEEKS_TO_STEP_3,
    WEEKS_TO_STEP_4,
)
from simulation.compilation import compiled
from simulation.observables import N_STOCKS, N_SUMMARY, N_WEEKLY
from simulation.state import MAX_WAIT
from simulation.ties import end_of_kind
from simulation.vocabulary import DECIDING, N_SIZES, N_STEPS, TIE_WITHIN

LAST_WEEKS = 52  # stocks are averaged over the last year
WAIT_HORIZON = 26  # weeks up to which the mean decision time is taken


@compiled
def ratio(part, whole):
    """``part / whole``, NaN where there is no whole."""
    if whole <= 0.0:
        return math.nan
    return part / whole


@compiled
def close_books(state, record, weeks):
    """At the end of a run: matters still waiting are counted as undecided after their wait."""
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] == DECIDING:
            waited = min(weeks - 1 - state.case_asked[case], MAX_WAIT)
            record.waits[state.case_size[case], waited, 1] += 1
    record.trust_change[0] = _trust_won(state)


@compiled
def _trust_won(state):
    """How trust has changed since people of different organisations met; NaN where none have.

    Every pair in post counts the same, both directions, however well the two know each other.
    """
    change, pairs = 0.0, 0
    for tie in range(end_of_kind(state, TIE_WITHIN), state.tie_count[0]):
        if state.present[state.tie_first[tie]] and state.present[state.tie_second[tie]]:
            pairs += 1
            for side in range(2):
                change += state.tie_trust[tie, side] - state.tie_first_trust[tie, side]
    return ratio(0.5 * change, pairs)


@compiled
def restricted_mean_wait(waits, first, last):
    """Mean weeks to a decision within ``WAIT_HORIZON`` weeks, for sizes ``first``..``last``.

    Area under the Kaplan–Meier curve of the share still undecided, as long as someone still waits.
    Averaging only the decided would flatter long chains. NaN when no matter was sent.
    [lit: Royston & Parmar 2013]
    """
    at_risk = 0
    for size in range(first, last + 1):
        for week in range(MAX_WAIT + 1):
            at_risk += waits[size, week, 0] + waits[size, week, 1]
    if at_risk == 0:
        return math.nan
    undecided, area = 1.0, 0.0
    for week in range(WAIT_HORIZON):
        if at_risk == 0:
            break  # nobody waited this long, so nothing is known of longer waits
        decided, lost = 0, 0
        for size in range(first, last + 1):
            decided += waits[size, week, 0]
            lost += waits[size, week, 1]
        undecided *= 1.0 - decided / at_risk
        at_risk -= decided + lost
        area += undecided
    return area


@compiled
def summarise(record, weeks, row):
    """Fill one summary row (length ``N_SUMMARY``) from the record of a finished run."""
    for column in range(N_SUMMARY):
        row[column] = 0.0
    first = max(0, weeks - LAST_WEEKS)
    for week in range(weeks):
        for column in range(N_STOCKS if week < first else 0, N_WEEKLY):
            row[column] += record.weekly[week, column]
    for column in range(N_STOCKS):
        row[column] /= weeks - first
    _derive_staircase(record, row)
    _derive_price(row, weeks)
    _derive_levels(record, row)
    _derive_markers(record, weeks, row)
    row[TRUST_CHANGE] = record.trust_change[0]
    row[EVEN_THEMES] = evenness(record.theme_worth)
    row[EVEN_AREAS] = evenness(record.area_worth)
    row[LEAD_TIME] = restricted_mean_wait(record.waits, 1, N_SIZES - 1)
    for size in range(1, N_SIZES):
        row[LEAD_TIME + size] = restricted_mean_wait(record.waits, size, size)


@compiled
def _derive_staircase(record, row):
    finished = 0.0
    for step in range(N_STEPS):
        finished += row[FINISHED + step]
    for step in range(N_STEPS):
        row[SHARE_ALONE + step] = ratio(row[FINISHED + step], finished)
    row[SHARE_JOINT] = ratio(row[FINISHED + 3] + row[FINISHED + 4], finished)
    row[WEEKS_TO_STEP_3] = math.nan
    row[WEEKS_TO_STEP_4] = math.nan
    if record.first_week[3] >= 0:
        row[WEEKS_TO_STEP_3] = record.first_week[3]
    if record.first_week[4] >= 0:
        row[WEEKS_TO_STEP_4] = record.first_week[4]
    shared = row[FINISHED + 2] + row[FINISHED + 3] + row[FINISHED + 4]
    row[CONFLICTS_PER_100] = ratio(100.0 * row[CONFLICTS], shared)


@compiled
def _derive_price(row, weeks):
    worked = row[HOURS_WORK] + row[DOUBLE_HOURS]
    used = row[HOURS_MEETING] + row[HOURS_COORDINATION] + worked
    used += row[HOURS_ACTIVITIES] + row[HOURS_UPKEEP] + row[HOURS_TORN]
    row[VALUE_PER_HOUR] = ratio(row[VALUE], used)
    row[HOURS_PER_WEEK] = used / weeks
    row[MEETING_SHARE] = ratio(row[HOURS_MEETING], used)
    row[DOUBLE_SHARE] = ratio(row[DOUBLE_HOURS], worked)


@compiled
def _derive_levels(record, row):
    """The profile: how finished cases fall on the steps, level by level."""
    for level in range(record.level_steps.shape[0]):
        finished = 0.0
        for step in range(N_STEPS):
            finished += record.level_steps[level, step]
        for step in range(N_STEPS):
            column = LEVEL_STEPS + level * N_STEPS + step
            row[column] = ratio(record.level_steps[level, step], finished)


@compiled
def evenness(worth):
    """1 - ½ Σ |share of the value - share of the hours|; NaN without value. ``worth`` (n, 2)."""
    hours, value = 0.0, 0.0
    for place in range(worth.shape[0]):
        hours += worth[place, 0]
        value += worth[place, 1]
    if hours <= 0.0 or value <= 0.0:
        return math.nan
    distance = 0.0
    for place in range(worth.shape[0]):
        distance += abs(worth[place, 1] / value - worth[place, 0] / hours)
    return 1.0 - 0.5 * distance


@compiled
def _derive_markers(record, weeks, row):
    """Five markers of good implementation, each from ingredients of its own [SFI12 fig. 3.1]."""
    row[MARKER_LEADERS] = 0.5 * (row[LEADERSHIP_ATTENTION] + row[ATTENTION_FELT])
    row[MARKER_GOALS] = 0.5 * (row[KNOWLEDGE_OF_GOALS] + row[ROLE_CLARITY])
    followed = 0.0
    for week in range(weeks):
        if record.weekly[week, FOLLOW_UP_HOURS] >= 1.0:
            followed += 1.0
    row[MARKER_FOLLOW_UP] = followed / weeks
    shared = row[FINISHED + 2] + row[FINISHED + 3] + row[FINISHED + 4]
    brought_up = row[DECIDED] + row[REFUSED] + row[OVERTAKEN_CASES]
    peaceful = 1.0 - min(1.0, row[CONFLICTS] / shared) if shared > 0.0 else math.nan
    answered = row[DECIDED] / brought_up if brought_up > 0.0 else 1.0
    row[MARKER_DIVISION] = peaceful * answered
    row[MARKER_ACCEPTANCE] = 0.5 * (row[ACCEPTANCE] + row[OWNERSHIP_STAFF])
