"""New methods: born in joint trials, known by persons, passed on, anchored or lost."""

from benchmarks.plain_mesa.rules import (
    chance_of_anchoring,
    chance_of_new_method,
    chance_of_passing_on,
)
from simulation.vocabulary import N_THEMES, TRY_NEW


class Method:
    """A way of working on a theme that came of one case; alive, anchored or lost."""

    __slots__ = ("knowers", "lost", "organisations", "theme")

    def __init__(self, theme, organisations):
        self.theme = theme
        self.organisations = organisations
        self.knowers = 0
        self.lost = False

    def lives_on(self, model):
        """Anchored by who runs daily operations, lost with the last knower, or alive."""
        anchored = [place for place in self.organisations if self.is_anchored(model, place)]
        for organisation in anchored:
            organisation.methods[self.theme] += 1
        if anchored:
            model.methods_anchored += 1
            return False
        if self.knowers == 0:
            self.lost = True
            model.methods_lost += 1
            return False
        return True

    def is_anchored(self, model, organisation):
        """Does an organisation take the method into its daily operations this week?"""
        theme = self.theme
        knowing = [one for one in organisation.members if one.methods.get(theme) is self]
        if not knowing:
            return False
        p = model.parameters
        chance = chance_of_anchoring(
            any(person.operates for person in knowing),
            organisation.attention,
            p.anchoring_chance,
            p.anchoring_without_operations,
        )
        return model.uniform() < chance


def try_for_method(model, case, part, week):
    """Did a joint trial give a method that is new to both?"""
    holder, partner, theme = case.parts[0].actor, part.actor, case.theme
    if part.settled < TRY_NEW or partner.has_method(theme):
        return False
    if case.method is not None:  # the same trial, made with this partner too
        partner.learn_method(case.method, week)
        return True
    if holder.has_method(theme):
        return False
    p = model.parameters
    distance = cognitive_distance(holder, partner, p.distance_from_skills)
    chance = chance_of_new_method(distance, p.distance_best, p.innovation_chance)
    if model.uniform() >= chance:
        return False
    case.method = method = Method(theme, [one.organisation for one in case.parts if one.actor])
    holder.learn_method(method, week)
    partner.learn_method(method, week)
    model.living_methods.append(method)
    model.innovations += 1
    return True


def pass_on_method(model, teacher, learner, theme, hours, week):
    """Who knows a method may pass it on in hours of work or talk together."""
    method = teacher.methods.get(theme)
    if method is None or not learner.present or learner.has_method(theme):
        return
    p = model.parameters
    if model.uniform() >= chance_of_passing_on(hours, p.method_passed_on):
        return
    learner.learn_method(method, week)
    spent = p.passing_on_hours
    teacher.hours_left -= spent
    learner.hours_left -= spent
    model.hours_upkeep += 2.0 * spent
    model.methods_passed_on += 1


def look_after_methods(model, week):
    """Forget what was not used for long; anchor or lose what lives."""
    life = model.parameters.method_life
    for person in model.agents:
        if person.methods:
            person.forget_unused(week - life)
    model.living_methods = [one for one in model.living_methods if one.lives_on(model)]


def cognitive_distance(one, other, weight_of_skills):
    """How differently two people see and can: distance in skills and in views, weighed."""
    skills = sum(abs(a - b) for a, b in zip(one.skills, other.skills, strict=True))
    views = sum(abs(a - b) for a, b in zip(one.goals, other.goals, strict=True))
    return weight_of_skills * (skills / N_THEMES) + (1.0 - weight_of_skills) * (0.5 * views)
