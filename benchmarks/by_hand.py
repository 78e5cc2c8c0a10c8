"""The numbers of the phase ``observation``, worked out on arrays laid out for it alone."""

import numpy as np

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
from simulation.phases.observation import share
from simulation.rules.attention import attention_felt
from simulation.sums import sum_between
from simulation.vocabulary import MEDIUM, N_STEPS, N_THEMES, TOGETHER

# Groups of people
RESIDENT, ABOVE, KNOWING = 0, 1, 2


@compiled
def observe_ties(row, present, starts, in_post, forth, back, level, weights, weighed, needed):
    """Trust and acquaintance over the ties, which lie kind by kind, 1.0 where both are in post."""
    for tie in range(len(level)):
        weights[tie] = level[tie] * in_post[tie]
        weighed[tie] = weights[tie] * (0.5 * (forth[tie] + back[tie]))
    between, called, n_between = starts[1], 0.0, 0.0
    for tie in range(between, len(level)):
        n_between += in_post[tie]
        called += 2.0 * (weights[tie] >= needed)
    within = sum_between(weighed, 0, between)
    w_within = sum_between(weights, 0, between)
    partnership = sum_between(weighed, starts[2], len(level))
    w_partnership = sum_between(weights, starts[2], len(level))
    across = sum_between(weighed, between, starts[2])
    familiar = sum_between(weights, between, starts[2]) + w_partnership
    row[TRUST_BETWEEN] = share(across + partnership, familiar)
    row[TRUST_WITHIN] = share(within, w_within)
    row[TRUST_PARTNERSHIP] = share(partnership, w_partnership)
    row[ACQUAINTANCE_BETWEEN] = share(familiar, n_between)
    row[TIES_BETWEEN] = called / len(present)


@compiled
def observe_people(row, present, group, ownership, knowledge, load, goals, mean):
    """Means over people in post, and how far their views lie from the mean view."""
    staff, residents, known, loads = 0.0, 0.0, 0.0, 0.0
    people, n_residents, n_knowing, distance = 0, 0, 0, 0.0
    mean[:] = 0.0
    distances = np.zeros(N_THEMES)
    for actor in range(len(present)):
        if not present[actor]:
            continue
        people += 1
        loads += load[actor]
        for theme in range(N_THEMES):
            mean[theme] += goals[actor, theme]
        if group[actor] == RESIDENT:
            residents += ownership[actor]
            n_residents += 1
            continue
        staff += ownership[actor]
        if group[actor] == KNOWING:
            known += knowledge[actor]
            n_knowing += 1
    row[OWNERSHIP_STAFF] = share(staff, people - n_residents)
    row[OWNERSHIP_RESIDENTS] = share(residents, n_residents)
    row[KNOWLEDGE_OF_GOALS] = share(known, n_knowing)
    row[OVERLOAD] = share(loads, people)
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
def observe_attention(
    row, present, start, leader, is_near, counts, staff, core, reach, attention, felt, top
):  # fmt: skip
    """What leaders give and their staff feel; leaders lie organisation by organisation."""
    total, leaders, felt_in_all, people = 0.0, 0, 0.0, 0
    for place in range(len(core)):
        near, high, n_near, n_top = 0.0, 0.0, 0, 0
        for one in range(start[place], start[place + 1]):
            if not present[leader[one]]:
                continue
            if is_near[one]:
                near += attention[leader[one]]
                n_near += 1
            else:
                high += attention[leader[one]]
                n_top += 1
        nearest = near / n_near if n_near > 0 else core[place]
        highest = high / n_top if n_top > 0 else nearest
        top[place] = highest
        felt[place] = attention_felt(nearest, highest, reach[place])
        if counts[place]:
            total += near + high
            leaders += n_near + n_top
            felt_in_all += staff[place] * felt[place]
            people += staff[place]
    row[LEADERSHIP_ATTENTION] = share(total, leaders)
    row[ATTENTION_FELT] = share(felt_in_all, people)


@compiled
def observe_relations(
    row, flow, steps, clarity, places, standing, first_week, week, needed, share_needed
):  # fmt: skip
    """Where each relation stands; relations lie end to end."""
    relations, clear, highest = len(clarity), 0.0, -1
    standing[:] = 0.0
    for relation in range(relations):
        clear += clarity[relation]
        cases, reached, place = 0.0, 0.0, -1
        for step in range(N_STEPS):
            cases += steps[relation, step]
        if cases >= needed:
            place = 0
            for back in range(N_STEPS):
                step = N_STEPS - 1 - back
                reached += steps[relation, step]
                if reached >= share_needed * cases:
                    place = step
                    break
        before = places[relation]
        if before >= 0 and place > before:
            flow[CLIMBS] += 1
        elif place >= 0 and place < before:
            flow[FALLS] += 1
        places[relation] = place
        standing[max(0, place)] += 1.0
        highest = max(highest, place)
    for step in range(highest + 1):
        if first_week[step] < 0:
            first_week[step] = week
    for step in range(N_STEPS):
        row[RELATIONS_UNTOLD + step] = share(standing[step], relations)
    row[ROLE_CLARITY] = share(clear, relations)


@compiled
def observe_desks(row, queues, open_cases, residents):
    """Queues, open cases, and what residents think and do: a line of four for each area."""
    queue = 0.0
    for forum in range(len(queues)):
        queue += queues[forum]
    row[QUEUE] = queue
    row[OPEN_CASES] = open_cases[0]
    areas, columns = len(residents), (ACCEPTANCE, SAY, LADDER, ACTIVE_RESIDENTS)
    for place, column in enumerate(columns):
        total = 0.0
        for area in range(areas):
            total += residents[area, place]
        row[column] = total / areas


@compiled
def observe_flows(row, flow, size, settled, done):
    """Work on strategic matters that ended this week, and all counts of the week."""
    for case in range(len(size)):
        if size[case] >= MEDIUM and settled[case] >= TOGETHER:
            for slot in range(done.shape[1]):
                flow[STRATEGIC_WORK] += done[case, slot]
    for column in range(N_STOCKS, N_WEEKLY):
        row[column] = flow[column]
        flow[column] = 0.0


@compiled
def observe_by_hand(row, flow, present, ties, people, attention, relations, desks, ended):
    """The week's row from arrays alone: (columns,); ``flow`` is cleared as the phase clears it."""
    observe_ties(row, present, *ties)
    observe_people(row, present, *people)
    observe_attention(row, present, *attention)
    observe_relations(row, flow, *relations)
    observe_desks(row, *desks)
    observe_flows(row, flow, *ended)


@compiled
def repeat_by_hand(times, row, flow, present, ties, people, attention, relations, desks, ended):
    """The same week over and over, without Python in between."""
    for _ in range(times):
        observe_by_hand(row, flow, present, ties, people, attention, relations, desks, ended)
