"""What is observed each week and at the end, under the names of the common catalogue."""

from math import nan

from simulation.observables import OBSERVABLES, WEEKLY
from simulation.summary import WAIT_HORIZON
from simulation.vocabulary import (
    CAMP_BOLIGORGANISATION,
    CAMP_HELHEDSPLAN,
    DECIDING,
    N_SIZES,
    N_STEPS,
    TACTICAL,
)

KNOWN_AT_END = tuple(name for name in OBSERVABLES if name.startswith(("lead_time", "weeks_to_")))
REPORTERS = {name: name for name in (*WEEKLY, *KNOWN_AT_END)} | {"open_cases": "open_cases_count"}


def share(total, count):
    """A mean, 0 where there is nothing to take it over."""
    return total / count if count else 0.0


def observe(model, week):
    """Set the week's observables as attributes of the model, where the collector reads them."""
    people = [person for person in model.agents if person.present]
    observe_ties(model, people)
    observe_people(model, people)
    observe_goals(model, people)
    observe_relations(model, week)
    model.open_cases_count = len(model.open_cases)
    model.queue = sum(len(forum.queue) for forum in model.fora)
    model.acceptance = sum(area.acceptance for area in model.areas) / len(model.areas)
    model.say = sum(area.say for area in model.areas) / len(model.areas)
    for step in range(N_STEPS):
        setattr(model, f"finished_{step}", model.finished[step])


def observe_ties(model, people):
    """Trust and acquaintance; every tie is seen once from either side."""
    needed = model.parameters.acquaintance_needed
    within = between = partnership = familiar = w_within = w_partnership = 0.0
    n_between = called = 0
    for person in people:
        home, camp, acquaintance = person.organisation, person.camp, person.acquaintance
        of_plan = camp <= CAMP_HELHEDSPLAN
        for other, trust in person.trust.items():
            if not other.present:
                continue
            level = acquaintance[other]
            if other.organisation is home:
                within += level * trust
                w_within += level
                continue
            between += level * trust
            n_between += 1
            familiar += level
            if level >= needed:
                called += 1
            if of_plan and camp != other.camp <= CAMP_HELHEDSPLAN:
                partnership += level * trust
                w_partnership += level
    model.trust_between = share(between, familiar)
    model.trust_within = share(within, w_within)
    model.trust_partnership = share(partnership, w_partnership)
    model.acquaintance_between = share(familiar, n_between)
    model.ties_between = called / len(model.agents)


def observe_people(model, people):
    """Means over people in post, and what their leaders' attention is for each organisation."""
    staff = [person.ownership for person in people if not person.resident]
    residents = [person.ownership for person in people if person.resident]
    knowing = [
        person.knowledge for person in people if person.level >= TACTICAL and not person.resident
    ]
    model.ownership_staff = share(sum(staff), len(staff))
    model.ownership_residents = share(sum(residents), len(residents))
    model.knowledge_of_goals = share(sum(knowing), len(knowing))
    model.overload = share(sum(person.load for person in people), len(people))
    attention = []
    for one in model.organisations:
        levels = list(one.ask_leaders())
        if one.camp <= CAMP_BOLIGORGANISATION:
            attention += levels
    model.leadership_attention = share(sum(attention), len(attention))


def observe_goals(model, people):
    """1 minus half the mean absolute distance of views from their mean."""
    count, distance = len(people), 0.0
    for views in zip(*[person.goals for person in people], strict=True):
        mean = sum(views) / count
        distance += sum([abs(view - mean) for view in views])
    model.goal_alignment = 1.0 - 0.5 * distance / count if count else 0.0


def observe_relations(model, week):
    """Where each relation stands."""
    p, first_week = model.parameters, model.first_week
    shared = [relation for relation in model.relations if relation.shared]
    standing = [0] * N_STEPS  # too few cases and step 0 are counted together
    for relation in shared:
        place = relation.place(p.relation_cases_needed, p.relation_share_needed)
        standing[max(0, place)] += 1
        for step in range(place + 1):
            if first_week[step] is None:
                first_week[step] = week
    model.role_clarity = share(sum(relation.clarity for relation in shared), len(shared))
    model.relations_untold = share(standing[0], len(shared))
    for step in range(1, N_STEPS):
        setattr(model, f"relations_{step}", share(standing[step], len(shared)))


def look_back(model):
    """At the end of a run: decision times, the undecided counted as undecided."""
    for case in model.open_cases:
        if case.status == DECIDING:
            model.count_wait(case.size, model.weeks - 1 - case.asked, decided=False)
    model.lead_time = mean_wait(model.waits, range(1, N_SIZES))
    model.lead_time_small = mean_wait(model.waits, [1])
    model.lead_time_medium = mean_wait(model.waits, [2])
    model.lead_time_large = mean_wait(model.waits, [3])
    model.weeks_to_step_3 = nan if model.first_week[3] is None else model.first_week[3]
    model.weeks_to_step_4 = nan if model.first_week[4] is None else model.first_week[4]


def mean_wait(waits, sizes):
    """Area under the Kaplan–Meier curve of the share undecided, within the horizon."""
    at_risk = sum(sum(counts) for size in sizes for counts in waits[size])
    if at_risk == 0:
        return nan
    undecided, area = 1.0, 0.0
    for week in range(WAIT_HORIZON):
        decided = sum(waits[size][week][0] for size in sizes)
        lost = sum(waits[size][week][1] for size in sizes)
        if at_risk > 0:
            undecided *= 1.0 - decided / at_risk
        at_risk -= decided + lost
        area += undecided
    return area
