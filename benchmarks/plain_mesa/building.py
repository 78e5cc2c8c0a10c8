"""From the arrays of a structure to objects: organisations, people, bodies, areas."""

from benchmarks.plain_mesa.forum import Forum
from benchmarks.plain_mesa.person import Person
from benchmarks.plain_mesa.places import Area, Organisation, Relation
from simulation.vocabulary import N_SIZES, N_THEMES, NOBODY, TACTICAL


def build_organisations(model, structure):
    """Organisations with their relations and people; people who know each other at the start."""
    organisations = [
        Organisation(*values)
        for values in zip(
            structure.organisation_camp.tolist(),
            structure.organisation_goals.tolist(),
            structure.organisation_relevance.tolist(),
            structure.organisation_desk.tolist(),
            structure.organisation_control.tolist(),
            structure.organisation_attention.tolist(),
            structure.organisation_middle.tolist(),
            strict=True,
        )
    ]
    _relate(model, structure, organisations)
    _employ(model, structure, organisations)
    _let_people_meet(model)
    return organisations


def _relate(model, structure, organisations):
    clarity = structure.role_clarity.tolist()
    formal = structure.formal_agreement.tolist()
    acquaintance = structure.acquaintance_start.tolist()
    trust = structure.trust_start.tolist()
    spread = structure.trust_start_spread.tolist()
    for i, one in enumerate(organisations):
        one.first_trust = dict(zip(organisations, trust[i], strict=True))
        one.first_trust_spread = dict(zip(organisations, spread[i], strict=True))
        for j in range(i, len(organisations)):
            relation = Relation(clarity[i][j], formal[i][j], acquaintance[i][j])
            one.relations[organisations[j]] = organisations[j].relations[one] = relation
            model.relations.append(relation)


def _employ(model, structure, organisations):
    columns = (
        structure.actor_key, structure.actor_level, structure.actor_hours, structure.actor_mandate,
        structure.actor_mandate_clarity, structure.actor_overlap, structure.actor_skill,
        structure.actor_leads, structure.actor_resident, structure.actor_operates,
        structure.actor_coordinating, structure.actor_turnover, structure.actor_activity_hours,
    )  # fmt: skip
    homes = structure.actor_organisation.tolist()
    for home, *values in zip(homes, *(column.tolist() for column in columns), strict=True):
        person = Person(model, organisations[home], *values)
        organisation = person.organisation
        organisation.members.append(person)
        if person.leads:
            organisation.leaders.append(person)
            nearest = person.level >= TACTICAL
            (organisation.near_leaders if nearest else organisation.top_leaders).append(person)
        if person.operates and person.hours > 0.0:
            organisation.operators.append(person)


def _let_people_meet(model):
    """Colleagues know each other, and some know someone elsewhere, whatever the bodies are."""
    p, people = model.parameters, list(model.agents)
    for place, one in enumerate(people, start=1):
        home = one.organisation
        for other in people[place:]:
            there = other.organisation
            if there is home:
                one.meet(other)
                one.set_acquaintance(other, p.acquaintance_colleagues)
            elif one.hours > 0.0 and other.hours > 0.0:
                same = 1.0 if one.level == other.level else 0.5
                if model.uniform() < p.known_at_start * same:
                    one.meet(other)
                    one.set_acquaintance(other, home.relations[there].acquaintance_start)


def build_fora(model, structure, organisations):
    """Bodies, the routes that lead to them, and which of them mediates between whom."""
    people = list(model.agents)
    columns = (
        structure.forum_level, structure.forum_period, structure.forum_phase,
        structure.forum_capacity,
        structure.forum_format, structure.forum_hours, structure.forum_preparation,
        structure.forum_right, structure.forum_mandate, structure.forum_mandate_clarity,
        structure.forum_of_plan,
    )  # fmt: skip
    starts, members = structure.forum_start.tolist(), structure.forum_member.tolist()
    fora = [
        Forum(model, *values, [people[actor] for actor in members[starts[k] : starts[k + 1]]])
        for k, values in enumerate(zip(*(column.tolist() for column in columns), strict=True))
    ]
    model.fora = [fora[k] for k in structure.forum_order.tolist()]
    starts, stops = structure.route_start.tolist(), structure.route_stop.tolist()
    mediators = structure.mediating_forum.tolist()
    for i, organisation in enumerate(organisations):
        for area in range(len(structure.area_key)):
            first = (area * len(organisations) + i) * N_SIZES
            organisation.routes.append(
                [
                    [fora[stop] for stop in stops[starts[one] : starts[one + 1]]]
                    for one in range(first, first + N_SIZES)
                ]
            )
        for j, other in enumerate(organisations):
            organisation.relations[other].mediators = [
                fora[level[i][j]] if level[i][j] != NOBODY else None for level in mediators
            ]


def build_areas(model, structure, organisations):
    """Areas, who takes part in each, and at which desks its cases show up."""
    areas = [
        Area(model, number, *values)
        for number, values in enumerate(
            zip(
                structure.area_case_rate.tolist(),
                structure.area_needs.tolist(),
                structure.area_size_share.tolist(),
                structure.area_hours_mean.tolist(),
                structure.area_hours_spread.tolist(),
                structure.area_urgency_weeks.tolist(),
                structure.area_acceptance.tolist(),
                strict=True,
            )
        )
    ]
    takes_part = structure.organisation_in_area.tolist()
    for k, area in enumerate(areas):
        area.organisations = [
            one for one, row in zip(organisations, takes_part, strict=True) if row[k]
        ]
        for organisation in area.organisations:
            organisation.areas.append(area)
        for theme in range(N_THEMES):
            desks = [one for one in area.organisations if one.desk * one.relevance[theme] > 0.0]
            area.desks.append((desks, [one.desk * one.relevance[theme] for one in desks]))
    return areas
