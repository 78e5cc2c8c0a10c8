"""A person: a post and whoever fills it, with what that person feels, knows and remembers."""

import mesa

from benchmarks.plain_mesa.rules import (
    acquaintance_after_talk,
    attention_after_week,
    chance_of_attending,
    chance_of_going_first,
    chance_of_return,
    first_trust,
    first_view,
    hours_for_leading,
    hours_freed,
    knowledge_after_contact,
    trust_after_openness,
    trust_passed_on,
    view_after_week,
)
from simulation.vocabulary import CAMP_HELHEDSPLAN


class Person(mesa.Agent):
    """One post; its numbers start afresh when someone new takes it."""

    def __init__(
        self, model, organisation, level, hours, mandate, mandate_clarity, overlap, skills, leads,
        resident, operates, coordinating, turnover,
    ):  # fmt: skip
        super().__init__(model)
        self.organisation = organisation
        self.camp = organisation.camp
        self.level = level
        self.hours = hours
        self.mandate = mandate
        self.mandate_clarity = mandate_clarity
        self.overlap = overlap
        self.skills = skills
        self.leads = leads
        self.resident = resident
        self.operates = operates
        self.coordinating = coordinating
        self.carries_goals = self.camp == CAMP_HELHEDSPLAN and coordinating > 0.0
        self.weekly_turnover = 1.0 - (1.0 - turnover) ** (1.0 / 52.0)
        self.takes_up = model.readiness[level]
        self.present = True
        self.return_week = -1
        self.hours_available = 0.0
        self.hours_left = 0.0
        self.hours_wanted = 0.0
        self.hours_spent = 0.0
        self.trust: dict[Person, float] = {}
        self.acquaintance: dict[Person, float] = {}
        self.take_post()

    # --- coming and going ---

    def take_post(self):
        """A person new in a post: the home organisation's goals, nothing lived."""
        p, uniform = self.model.parameters, self.model.uniform
        views = [first_view(home, uniform(), p.goal_spread) for home in self.organisation.goals]
        total = sum(views)
        self.goals = [view / total for view in views]
        self.ownership = p.first_ownership
        self.knowledge = p.first_knowledge
        if self.camp == CAMP_HELHEDSPLAN:
            self.knowledge = 1.0 if self.carries_goals else 0.5
        self.attention = self.organisation.attention_left_by_core if self.leads else 0.0
        self.expected_wait = p.first_expected_wait
        self.load = 0.0

    def start_week(self, week):
        """Leave or arrive, and get the week's hours."""
        model = self.model
        if not self.present:
            if week >= self.return_week:
                self.present = True
                self.take_post()
        elif model.uniform() < self.weekly_turnover:
            self.present = False
            self.return_week = week + max(1, int(model.parameters.vacancy_weeks))
            self.hours_left = 0.0  # a debt of hours goes with the person
            self.forget_everyone()
            model.departures += 1
        hours = 0.0
        if self.present:
            hours = self.hours
            if not self.leads:
                hours = hours_freed(
                    hours, self.organisation.attention, model.parameters.attention_frees
                )
        self.hours_available = hours
        self.hours_left = hours + min(0.0, self.hours_left)

    def forget_everyone(self):
        """The ties of the one who leaves go too, except what is held in writing."""
        home, colleagues = self.organisation, self.model.parameters.acquaintance_colleagues
        for other in self.trust:
            there = other.organisation
            held = home.relations[there].formal
            for one, two in ((self, other), (other, self)):
                fresh = one.first_trust_in(two)
                one.trust[two] = fresh + held * max(0.0, one.trust[two] - fresh)
            level = colleagues if there is home else 0.0
            self.acquaintance[other] = other.acquaintance[self] = level

    # --- ties ---

    def first_trust_in(self, other):
        """What one trusts another at the first meeting."""
        mean = self.organisation.first_trust[other.organisation]
        return first_trust(mean, self.model.uniform(), self.model.parameters.trust_spread)

    def meet(self, other):
        """Let two who have not met know of each other."""
        if other not in self.trust:
            self.trust[other] = self.first_trust_in(other)
            other.trust[self] = other.first_trust_in(self)
            self.acquaintance[other] = other.acquaintance[self] = 0.0

    def set_acquaintance(self, other, level):
        """Acquaintance is mutual."""
        self.acquaintance[other] = other.acquaintance[self] = level

    def talk(self, other, share_won):
        """Two people talk: they know each other better afterwards."""
        if other not in self.trust:
            self.meet(other)
        better = acquaintance_after_talk(self.acquaintance[other], share_won)
        self.acquaintance[other] = other.acquaintance[self] = better

    def go_first(self, other, talk_hours):
        """One may be open about a weakness; the other may return it."""
        model = self.model
        p, trust = model.parameters, self.trust[other]
        if model.uniform() >= chance_of_going_first(talk_hours, trust, p.openness_per_hour):
            return
        back = other.trust[self]
        returned = model.uniform() < chance_of_return(back, p.openness_invites)
        self.trust[other] = trust_after_openness(trust, returned, p.openness_gain, p.openness_loss)
        if returned:
            other.trust[self] = trust_after_openness(back, True, p.openness_gain, p.openness_loss)

    def change_trust(self, other, new_trust):
        """Trust another differently; colleagues who know the other take over a part."""
        change = new_trust - self.trust[other]
        self.trust[other] = new_trust
        share = self.model.parameters.trust_passed_on
        for colleague in self.organisation.members:
            if colleague is not self and colleague.present and other in colleague.trust:
                colleague.trust[other] = trust_passed_on(
                    colleague.trust[other], change, colleague.acquaintance.get(self, 0.0), share
                )

    # --- the week ---

    def comes(self):
        """Whether one comes to a meeting."""
        p = self.model.parameters
        return self.present and self.model.uniform() < chance_of_attending(
            self.ownership,
            self.organisation.attention,
            self.load,
            p.attendance_base,
            p.attendance_from_ownership,
            p.attendance_from_attention,
            p.attendance_load_price,
        )

    def lead(self):
        """Keep hours for the whole, and feel how far the rest goes."""
        model = self.model
        left = self.hours_left
        if self.coordinating > 0.0 and left > 0.0:
            leading = hours_for_leading(
                self.hours_available,
                self.coordinating,
                self.load,
                model.parameters.leading_absorbed,
            )
            used = max(0.0, self.hours_available - left)
            leading = max(0.0, min(left, leading - used))
            self.hours_left = left = left - leading
            if self.camp == CAMP_HELHEDSPLAN:
                self.follow_up(leading)
                model.follow_up_hours += leading
                model.hours_coordination += leading
            else:
                model.hours_free += leading
        unmet = 0.0
        if self.hours_wanted > 0.0:
            unmet = 1.0 - min(1.0, max(0.0, left) / self.hours_wanted)
        elif left < 0.0:
            unmet = 1.0
        self.load += model.parameters.load_memory * (unmet - self.load)

    def follow_up(self, hours):
        """Make the plan's goals known in one's own team."""
        team = [member for member in self.organisation.members if member.hours > 0.0]
        each, gain = hours / len(team), self.model.parameters.knowledge_gain
        for member in team:
            if member.present:
                member.knowledge = knowledge_after_contact(
                    member.knowledge, self.knowledge, each, gain
                )

    def settle_account(self):
        """Hours nobody asked for lapse; hours overdrawn are next week's debt."""
        left = self.hours_left - self.hours_spent
        if left > 0.0:
            self.model.hours_free += left
            left = 0.0
        self.hours_left = left
        self.hours_spent = 0.0
        self.hours_wanted = 0.0

    def forget(self, tie_kept, drift_kept, knowledge_kept, ownership_kept, attention_kept):
        """Let a week of not keeping up pass."""
        acquaintance, home = self.acquaintance, self.organisation
        for other, level in acquaintance.items():
            acquaintance[other] = level * tie_kept
        control = home.control
        self.goals = [
            view_after_week(own, target, drift_kept, control)
            for own, target in zip(self.goals, home.goals, strict=True)
        ]
        if not self.carries_goals:
            self.knowledge *= knowledge_kept
        self.ownership *= ownership_kept
        if self.leads:
            self.attention = attention_after_week(
                self.attention, home.attention_left_by_core, attention_kept
            )
