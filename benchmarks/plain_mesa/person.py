"""A person: a post and whoever fills it, with what that person feels, knows and remembers."""

import mesa

from benchmarks.plain_mesa.moves import Former
from benchmarks.plain_mesa.rules import (
    acquaintance_after_talk,
    attention_after_week,
    chance_after_meetings,
    chance_of_attending,
    chance_of_going_first,
    chance_of_return,
    first_trust,
    first_view,
    follow_up_that_counts,
    hours_for_leading,
    hours_freed,
    hours_of_activities,
    knowledge_after_contact,
    meeting_hours_remembered,
    trust_after_openness,
    trust_passed_on,
    view_after_week,
    view_without_direction,
    weeks_in_post,
)
from simulation.vocabulary import CAMP_HELHEDSPLAN

WITHIN, BETWEEN, PARTNERSHIP = range(3)  # kinds of tie


def kind_of_tie(one, other):
    """Within an organisation, between two, or between camps of the partnership."""
    if one.organisation is other.organisation:
        return WITHIN
    if one.camp != other.camp and max(one.camp, other.camp) <= CAMP_HELHEDSPLAN:
        return PARTNERSHIP
    return BETWEEN


class Person(mesa.Agent):
    """One post; its numbers start afresh when someone new takes it."""

    def __init__(
        self, model, organisation, key, level, hours, mandate, mandate_clarity, overlap, skills,
        leads, resident, operates, coordinating, turnover, activity_hours,
    ):  # fmt: skip
        super().__init__(model)
        self.organisation = organisation
        self.camp = organisation.camp
        self.key = key
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
        self.turnover = turnover
        self.activity_hours = activity_hours
        self.hours_for_cases = max(0.0, hours - activity_hours)
        self.carries_goals = self.camp == CAMP_HELHEDSPLAN and coordinating > 0.0
        self.takes_up = model.readiness[level]
        self.present = True
        self.return_week = None
        self.arrived_week = -1
        self.former = None  # who left this post last
        self.hours_available = 0.0
        self.hours_left = 0.0
        self.hours_wanted = 0.0
        self.hours_wanted_own = 0.0  # of those wanted, for the cases one holds
        self.hours_spent = 0.0
        self.hours_activity = 0.0
        self.trust: dict[Person, float] = {}
        self.began_with: dict[Person, float] = {}  # trust at the first meeting in these posts
        self.acquaintance: dict[Person, float] = {}
        self.methods = {}  # by theme, the newest learnt
        self.method_used = {}  # by theme, week
        self.take_post(0)

    # --- coming and going ---

    def take_post(self, week):
        """A person new in a post: the home organisation's goals, nothing lived."""
        p, uniform = self.model.parameters, self.model.uniform
        self.goals = self.views_around_home(p.goal_spread)
        self.own_goals = self.views_around_home(p.own_goals_spread)
        self.ownership = p.first_ownership
        self.knowledge = p.first_knowledge
        if self.camp == CAMP_HELHEDSPLAN:
            self.knowledge = 1.0 if self.carries_goals else p.first_knowledge_plan
        self.attention = self.organisation.attention_left_by_core if self.leads else 0.0
        self.expected_wait = p.first_expected_wait
        self.load = 0.0
        self.meeting_hours = 0.0
        self.leaving_week = week + weeks_in_post(self.turnover, uniform())

    def views_around_home(self, spread):
        """Views of what matters, near those of the home organisation, which sum to one."""
        uniform = self.model.uniform
        views = [first_view(home, uniform(), spread) for home in self.organisation.goals]
        total = sum(views)
        return [view / total for view in views]

    def come_or_go(self, week):
        """Leave when one's time has come; a vacant post is filled when its time has come."""
        model = self.model
        if not self.present:
            if week >= self.return_week:
                self.present = True
                self.arrived_week = week
                self.take_post(week + 1)
                model.newcomers.append(self)
        elif week >= self.leaving_week:
            self.former = Former(self, week)
            for theme in list(self.methods):
                self.forget_method(theme)
            self.present = False
            self.return_week = week + max(1, int(model.parameters.vacancy_weeks))
            self.hours_left = 0.0  # a debt of hours goes with the person
            model.leavers.append(self)
            model.departures += 1

    def forget_everyone(self):
        """The ties of the one who left go too, except what is held in writing."""
        home, colleagues = self.organisation, self.model.parameters.acquaintance_colleagues
        for other in self.trust:
            there = other.organisation
            held = home.relations[there].formal
            for one, two in ((self, other), (other, self)):
                fresh = one.first_trust_in(two)
                one.trust[two] = fresh + held * max(0.0, one.trust[two] - fresh)
                one.began_with[two] = one.trust[two]
            self.set_acquaintance(other, colleagues if there is home else 0.0)

    def start_week(self):
        """Get the week's hours, and run the activities that are on the calendar."""
        model = self.model
        p, hours = model.parameters, 0.0
        self.meeting_hours = meeting_hours_remembered(self.meeting_hours, p.meeting_memory)
        if self.present:
            hours = self.hours
            if not self.leads:
                hours = hours_freed(hours, self.organisation.attention, p.attention_frees)
        self.hours_available = hours
        self.hours_left = left = hours + min(0.0, self.hours_left)
        self.hours_activity = 0.0
        if self.activity_hours > 0.0 and self.present:
            self.hours_activity = spent = hours_of_activities(self.activity_hours, left)
            self.hours_left = left - spent
            model.hours_activities += spent
            areas = self.organisation.areas
            for area in areas:
                area.activity_hours += spent / len(areas)

    # --- ties ---

    def first_trust_in(self, other):
        """What one trusts another at the first meeting."""
        mean = self.organisation.first_trust[other.organisation]
        spread = self.organisation.first_trust_spread[other.organisation]
        if spread < 0.0:
            spread = self.model.parameters.trust_spread
        return first_trust(mean, self.model.uniform(), spread)

    def meet(self, other):
        """Let two who have not met know of each other."""
        if other not in self.trust:
            self.tie_to(other, self.first_trust_in(other), other.first_trust_in(self))
            self.acquaintance[other] = other.acquaintance[self] = 0.0

    def tie_to(self, other, trust, trust_back):
        """Trust one another so much from now on, and be on the model's list of ties."""
        if other not in self.trust:
            self.model.ties.append((self, other, kind_of_tie(self, other)))
        self.trust[other] = self.began_with[other] = trust
        other.trust[self] = other.began_with[self] = trust_back

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

    # --- methods ---

    def has_method(self, theme):
        """Knows a method for the theme, or works where one is part of daily operations."""
        return theme in self.methods or self.organisation.methods[theme] > 0

    def learn_method(self, method, week):
        """Know a method; it takes the place of an older one. A vacant post learns nothing."""
        if not self.present:
            return
        theme = method.theme
        if self.methods.get(theme) is not method:
            self.forget_method(theme)
            self.methods[theme] = method
            method.knowers += 1
        self.method_used[theme] = week

    def forget_method(self, theme):
        """Know no method for the theme any more."""
        method = self.methods.pop(theme, None)
        if method is not None:
            method.knowers -= 1

    def forget_unused(self, last_week):
        """A method last used so long ago is forgotten."""
        for theme in list(self.methods):
            if self.method_used[theme] <= last_week:
                self.forget_method(theme)

    # --- the week ---

    def comes(self):
        """Whether one comes to a meeting."""
        if not self.present:
            return False
        p = self.model.parameters
        chance = chance_of_attending(
            self.ownership,
            self.organisation.attention,
            self.load,
            p.attendance_base,
            p.attendance_from_ownership,
            p.attendance_from_attention,
            p.attendance_load_price,
        )
        chance = chance_after_meetings(
            chance, self.meeting_hours, self.hours, p.attendance_meetings_price
        )
        return self.model.uniform() < chance

    def lead(self):
        """Keep hours for the whole, and feel how far the rest goes."""
        model = self.model
        left, wanted = self.hours_left, self.hours_wanted
        if self.coordinating > 0.0 and left > 0.0:
            available = self.hours_available
            leading = hours_for_leading(
                available, self.coordinating, self.load, model.parameters.leading_absorbed
            )
            used = max(0.0, available - self.hours_activity - left)
            leading = max(0.0, min(left, leading - used))
            self.hours_left = left = left - leading
            model.hours_coordination += leading
            if self.camp == CAMP_HELHEDSPLAN:
                self.follow_up(leading)
                model.follow_up_hours += leading
        unmet = 0.0
        if wanted > 0.0:
            unmet = 1.0 - min(1.0, max(0.0, left) / wanted)
        elif left < 0.0:
            unmet = 1.0
        self.load += model.parameters.load_memory * (unmet - self.load)

    def follow_up(self, hours):
        """Make the plan's goals known in one's own team."""
        p, skill = self.model.parameters, sum(self.skills) / len(self.skills)
        team = [member for member in self.organisation.members if member.hours > 0.0]
        each = follow_up_that_counts(hours, skill, p.follow_up_needs_skill) / len(team)
        for member in team:
            if member.present:
                member.knowledge = knowledge_after_contact(
                    member.knowledge, self.knowledge, each, p.knowledge_gain
                )

    def settle_account(self):
        """Hours nobody asked for lapse; hours overdrawn are next week's debt."""
        left = self.hours_left - self.hours_spent
        if left > 0.0:
            self.model.hours_free += left
            left = 0.0
        self.hours_left = left
        self.hours_spent = self.hours_wanted = self.hours_wanted_own = 0.0

    def forget(
        self, tie_kept, drift_kept, own_kept, knowledge_kept, ownership_kept, attention_kept
    ):
        """Let a week of not keeping up pass."""
        acquaintance, home = self.acquaintance, self.organisation
        for other, level in acquaintance.items():
            acquaintance[other] = level * tie_kept
        control, attention = home.control, home.attention
        self.goals = [
            view_without_direction(
                view_after_week(view, target, drift_kept, control),
                personal, own_kept, control, attention,
            )
            for view, target, personal in zip(self.goals, home.goals, self.own_goals, strict=True)
        ]  # fmt: skip
        if not self.carries_goals:
            self.knowledge *= knowledge_kept
        self.ownership *= ownership_kept
        if self.leads:
            self.attention = attention_after_week(
                self.attention, home.attention_left_by_core, attention_kept
            )
