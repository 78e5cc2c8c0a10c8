"""What is observed each week and at the end, under the names of the common catalogue."""

from math import nan

from benchmarks.plain_mesa.person import PARTNERSHIP, WITHIN
from simulation.observables import WEEKLY
from simulation.summary import WAIT_HORIZON
from simulation.vocabulary import (
    CAMP_BOLIGORGANISATION,
    DECIDING,
    LEVELS,
    N_PLACES,
    N_SIZES,
    N_STEPS,
    TACTICAL,
)

# What a scenario with a mechanism would count that this version refuses to run.
NEVER = ("deferred_late", "hours_torn", "pool_hours")
REPORTERS = {name: name for name in (*WEEKLY, "known_at_end")} | {"open_cases": "open_cases_count"}
FINISHED = [(step, f"finished_{step}") for step in range(N_STEPS)]
LADDER = [(place, f"ladder_{place}") for place in range(N_PLACES)]
SETTLED = [(level, f"settled_at_{name}") for level, name in enumerate(LEVELS)]
STANDING = [(step, f"relations_{step}") for step in range(1, N_STEPS)]


def share(total, count):
    """A mean, 0 where there is nothing to take it over."""
    return total / count if count else 0.0


def observe(model, week):
    """Set the week's observables as attributes of the model, where the collector reads them."""
    people = [person for person in model.agents if person.present]
    observe_ties(model)
    observe_people(model, people)
    observe_goals(model, people)
    observe_relations(model, week)
    model.open_cases_count = len(model.open_cases)
    model.queue = sum(len(forum.queue) for forum in model.fora)
    observe_areas(model)
    for names, counts in (
        (FINISHED, model.finished),
        (LADDER, model.ladder_places),
        (SETTLED, model.settled_at),
    ):
        for place, name in names:
            setattr(model, name, counts[place])


def observe_areas(model):
    """How residents take the effort, and what they take part in."""
    areas = model.areas
    model.acceptance = sum(area.acceptance for area in areas) / len(areas)
    model.say = sum(area.say for area in areas) / len(areas)
    model.ladder = sum(area.ladder for area in areas) / len(areas)
    model.active_residents = sum(area.active_residents for area in areas) / len(areas)


def observe_ties(model):
    """Trust and acquaintance between people in post."""
    needed = model.parameters.acquaintance_needed
    within = between = partnership = familiar = w_within = w_partnership = 0.0
    n_between = called = 0
    for one, other, kind in model.ties:
        if not (one.present and other.present):
            continue
        level = one.acquaintance[other]
        trusted = 0.5 * level * (one.trust[other] + other.trust[one])
        if kind == WITHIN:
            within += trusted
            w_within += level
            continue
        between += trusted
        familiar += level
        n_between += 1
        if level >= needed:
            called += 2
        if kind == PARTNERSHIP:
            partnership += trusted
            w_partnership += level
    model.trust_between = share(between, familiar)
    model.trust_within = share(within, w_within)
    model.trust_partnership = share(partnership, w_partnership)
    model.acquaintance_between = share(familiar, n_between)
    model.ties_between = called / len(model.agents)


def observe_people(model, people):
    """Means over people in post."""
    staff = [person.ownership for person in people if not person.resident]
    residents = [person.ownership for person in people if person.resident]
    knowing = [
        person.knowledge for person in people if person.level >= TACTICAL and not person.resident
    ]
    model.ownership_staff = share(sum(staff), len(staff))
    model.ownership_residents = share(sum(residents), len(residents))
    model.knowledge_of_goals = share(sum(knowing), len(knowing))
    model.overload = share(sum(person.load for person in people), len(people))
    observe_attention(model)


def observe_attention(model):
    """Leaders' attention in kommune and boligorganisationer, and what each staff feels of it."""
    reach = model.parameters.attention_reach
    levels, felt, staff = [], 0.0, 0
    for one in model.organisations:
        one.feel_leaders(reach)
        if one.camp <= CAMP_BOLIGORGANISATION:
            levels += [leader.attention for leader in one.leaders if leader.present]
            felt += len(one.members) * one.attention
            staff += len(one.members)
    model.leadership_attention = share(sum(levels), len(levels))
    model.attention_felt = share(felt, staff)


def observe_goals(model, people):
    """1 minus half the mean absolute distance of views from their mean."""
    count, distance = len(people), 0.0
    for views in zip(*[person.goals for person in people], strict=True):
        mean = sum(views) / count
        distance += sum([abs(view - mean) for view in views])
    model.goal_alignment = 1.0 - 0.5 * distance / count if count else 0.0


def observe_relations(model, week):
    """Where each relation stands, and which have climbed or fallen."""
    p, first_week = model.parameters, model.first_week
    needed, share_needed = p.relation_cases_needed, p.relation_share_needed
    shared = [relation for relation in model.relations if relation.shared]
    standing, highest = [0] * N_STEPS, -1  # too few cases and step 0 are counted together
    for relation in shared:
        place, before = relation.place(needed, share_needed), relation.standing
        if place != before:
            relation.standing = place
            if place >= 0 and before >= 0:
                model.climbs += place > before
            model.falls += 0 <= place < before
        standing[max(0, place)] += 1
        highest = max(highest, place)
    for step in range(highest + 1):
        if first_week[step] is None:
            first_week[step] = week
    model.role_clarity = share(sum(relation.clarity for relation in shared), len(shared))
    model.relations_untold = share(standing[0], len(shared))
    for step, name in STANDING:
        setattr(model, name, share(standing[step], len(shared)))


def look_back(model):
    """At the end of a run: decision times, profiles by level, and how evenly value fell."""
    for case in model.open_cases:
        if case.status == DECIDING:
            model.count_wait(case.size, model.weeks - 1 - case.asked, decided=False)
    known = {
        "lead_time": mean_wait(model.waits, range(1, N_SIZES)),
        "lead_time_small": mean_wait(model.waits, [1]),
        "lead_time_medium": mean_wait(model.waits, [2]),
        "lead_time_large": mean_wait(model.waits, [3]),
        "trust_change": trust_won(model.ties),
        "even_themes": evenness(model.theme_hours, model.theme_value),
        "even_areas": evenness(
            [area.hours for area in model.areas], [area.value for area in model.areas]
        ),
    }
    for step in (3, 4):
        week = model.first_week[step]
        known[f"weeks_to_step_{step}"] = nan if week is None else week
    for level, counts in zip(LEVELS, model.level_steps, strict=True):
        finished = sum(counts)
        for step, count in enumerate(counts):
            known[f"{level}_step_{step}"] = count / finished if finished else nan
    model.known_at_end = known


def trust_won(ties):
    """How far trust between organisations is above what people in post began with."""
    pairs = [(one, other) for one, other, kind in ties
             if kind != WITHIN and one.present and other.present]  # fmt: skip
    won = sum(
        [
            one.trust[other] - one.began_with[other] + other.trust[one] - other.began_with[one]
            for one, other in pairs
        ]
    )
    return 0.5 * won / len(pairs) if pairs else nan


def evenness(hours, value):
    """1 minus half the difference between the shares of the hours and those of the value."""
    hours_in_all, value_in_all = sum(hours), sum(value)
    if hours_in_all <= 0.0 or value_in_all <= 0.0:
        return nan
    pairs = zip(hours, value, strict=True)
    return 1.0 - 0.5 * sum(abs(v / value_in_all - h / hours_in_all) for h, v in pairs)


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
