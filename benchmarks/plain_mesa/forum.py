"""A body: who comes to its meetings, and what talking there does."""

from collections import deque

from benchmarks.plain_mesa.agenda import put_off, work_through_agenda
from benchmarks.plain_mesa.rules import (
    attention_after_contact,
    attention_won,
    knowledge_after_contact,
    share_of_acquaintance_won,
    talk_hours_per_pair,
    view_after_meeting,
    weight_of_others,
)


class Forum:
    """A body with members, a rhythm, an agenda and a queue of matters."""

    def __init__(
        self, model, level, period, phase, capacity, meeting_format, hours, preparation, right,
        mandate, mandate_clarity, of_plan, members,
    ):  # fmt: skip
        self.model = model
        self.level = level
        self.period = period
        self.phase = phase if phase >= 0 else int(model.uniform() * period)
        self.capacity = capacity
        self.format = meeting_format
        self.hours = hours
        self.preparation = preparation
        self.right = right
        self.mandate = mandate
        self.mandate_clarity = mandate_clarity
        self.of_plan = of_plan
        self.members = sorted(members, key=lambda member: member.key)
        self.seated = frozenset(members)
        self.organisations = frozenset(member.organisation for member in members)
        self.queue = deque()
        self.passed = 0
        self.weeks_waited = 0
        self.member_hours = 0.0

    def receive(self, case, week):
        """Put a matter last in the queue."""
        case.forum = self
        case.arrived = week
        self.queue.append(case)

    def drop(self, case):
        """Take a matter out of the queue, wherever in it it stands."""
        self.queue.remove(case)
        case.forum = None

    def let_go(self, case, week):
        """A matter has passed this body."""
        self.passed += 1
        self.weeks_waited += week - case.arrived
        case.forum = None

    def hold(self, week):
        """Hold the meeting due this week."""
        model = self.model
        p = model.parameters
        present = [member for member in self.members if member.comes()]
        each = self.hours + self.preparation
        felt = p.meeting_memory * each
        for person in present:
            person.hours_left -= each
            person.meeting_hours += felt
        model.hours_meeting += each * len(present)
        self.member_hours += each * len(present)
        if not present or len(present) < p.quorum * len(self.members):
            model.meetings_failed += 1
            put_off(self, week)
            return
        model.meetings_held += 1
        talk_hours = talk_hours_per_pair(
            self.format,
            self.hours,
            len(present),
            p.talk_across_table,
            p.small_group,
            p.informal_group,
        )
        self.let_talk(present, talk_hours)
        self.share_goals(present, talk_hours * (len(present) - 1))
        if self.of_plan:
            self.look_at_plan(present)
        if self.queue:
            work_through_agenda(self, present, week)

    def let_talk(self, present, talk_hours):
        """Everyone present gets to know everyone a little, and some dare to go first."""
        share = share_of_acquaintance_won(talk_hours, self.model.parameters.acquaintance_hours)
        for place, one in enumerate(present, start=1):
            for other in present[place:]:
                one.talk(other, share)
                one.go_first(other, talk_hours)
                other.go_first(one, talk_hours)

    def share_goals(self, present, hours_of_talk):
        """Everyone moves towards the mean view of those present."""
        weight = weight_of_others(self.model.parameters.goal_learning, hours_of_talk)
        if weight == 0.0:
            return
        count = len(present)
        views = [person.goals for person in present]
        means = [sum(column) / count for column in zip(*views, strict=True)]
        for person in present:
            person.goals = [
                view_after_meeting(own, mean, weight)
                for own, mean in zip(person.goals, means, strict=True)
            ]

    def look_at_plan(self, present):
        """Who knows the goals best makes them known, and wins the leaders' attention by it."""
        p, hours = self.model.parameters, self.hours
        most = max(person.knowledge for person in present)
        won = attention_won(p.attention_gain, most)
        for person in present:
            if person.leads:
                person.attention = attention_after_contact(person.attention, won)
            person.knowledge = knowledge_after_contact(
                person.knowledge, most, hours, p.knowledge_gain
            )
