"""A body: who comes to its meetings, what talking does, and the work on its agenda."""

from collections import deque

from benchmarks.plain_mesa.rules import (
    acceptance_after_decision,
    agreement_on_theme,
    attention_after_contact,
    chance_of_approval,
    expected_wait_after_answer,
    grown,
    knowledge_after_contact,
    matters_handled,
    may_decide,
    share_of_acquaintance_won,
    shrunk,
    talk_hours_per_pair,
    view_after_meeting,
    weight_of_others,
)
from simulation.vocabulary import ADVISE, CONFLICT, DECIDE, DIVIDE, WORKING


class Forum:
    """A body with members, a rhythm, an agenda and a queue of matters."""

    def __init__(
        self, model, period, phase, capacity, meeting_format, hours, preparation, right, mandate,
        mandate_clarity, of_plan, members,
    ):  # fmt: skip
        self.model = model
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
        self.members = members
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

    def hold(self, week):
        """Hold the meeting due this week."""
        model = self.model
        present = [member for member in self.members if member.comes()]
        each = self.hours + self.preparation
        for person in present:
            person.hours_left -= each
        model.hours_meeting += each * len(present)
        self.member_hours += each * len(present)
        if not present or len(present) < model.parameters.quorum * len(self.members):
            model.meetings_failed += 1
            return
        model.meetings_held += 1
        p = model.parameters
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
            self.work_through_agenda(present, week)

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
        """Leaders give attention to what they sit with; who knows the goals makes them known."""
        p, hours = self.model.parameters, self.hours
        most = max(person.knowledge for person in present)
        for person in present:
            if person.leads:
                person.attention = attention_after_contact(person.attention, p.attention_gain)
            person.knowledge = knowledge_after_contact(
                person.knowledge, most, hours, p.knowledge_gain
            )

    def work_through_agenda(self, present, week):
        """Take matters in the order they came, as many as the agenda holds."""
        p = self.model.parameters
        resident_share = sum(person.resident for person in present) / len(present)
        price = p.resident_agenda_price if self.right >= ADVISE else 0.0
        places = matters_handled(self.capacity, resident_share, price)
        waiting, self.queue = self.queue, deque()
        staying = deque()
        while waiting:
            case = waiting.popleft()
            if places > 0 and case.arrived < week:
                places -= 1
                if not self.take_up(case, present, resident_share, week):
                    continue
            staying.append(case)
        staying.extend(self.queue)  # what came here during the meeting
        self.queue = staying

    def take_up(self, case, present, resident_share, week):
        """Handle one matter; true when it stays in the queue."""
        model = self.model
        uniform = model.uniform
        in_conflict = case.status == CONFLICT
        if self.right < ADVISE and case.route and not in_conflict:
            self.let_go(case, week)
            case.route.popleft().receive(case, week)  # a body only informed passes matters on
            return False
        if uniform() >= self.chance_of_approving(case, present):
            if in_conflict or uniform() >= model.parameters.refusal_share:
                model.deferred += 1
                return True
            self.let_go(case, week)
            self.refuse(case, week)
            return False
        self.let_go(case, week)
        if in_conflict:
            self.mediate(case)
            return False
        if self.right >= ADVISE:
            won = model.parameters.ownership_from_say
            for person in present:
                person.ownership = grown(person.ownership, won)
        self.decide_or_send_on(case, resident_share, week)
        return False

    def let_go(self, case, week):
        """A matter has passed this body."""
        self.passed += 1
        self.weeks_waited += week - case.arrived
        case.forum = None

    def chance_of_approving(self, case, present):
        """Do those present want the same, and trust who proposes it?"""
        p, theme, proposer = self.model.parameters, case.theme, case.parts[0].actor
        home, count = proposer.organisation, len(present)
        views = [person.goals[theme] for person in present]
        mean = sum(views) / count
        agreed = sum(agreement_on_theme(view, mean) for view in views)
        trusted = 0.0
        for person in present:
            if person is proposer:
                trusted += 1.0
            else:
                trust = person.trust.get(proposer)
                trusted += person.organisation.first_trust[home] if trust is None else trust
        return chance_of_approval(
            agreed / count,
            trusted / count,
            p.agreement_base,
            p.agreement_from_goals,
            p.agreement_from_trust,
        )

    def decide_or_send_on(self, case, resident_share, week):
        """Decide what is within the mandate, send on the rest."""
        model = self.model
        last = not case.route
        allowed = self.right == DECIDE and may_decide(self.mandate, case.size)
        if not (last or (allowed and model.uniform() < self.mandate_clarity)):
            case.route.popleft().receive(case, week)
            return
        self.answer(case, week)
        p, area = model.parameters, case.area
        area.acceptance = acceptance_after_decision(
            area.acceptance, resident_share, p.acceptance_from_say, p.acceptance_lost_unheard
        )
        area.say += p.say_memory * ((1.0 if resident_share > 0.0 else 0.0) - area.say)
        model.decided += 1
        case.start_work(week)

    def answer(self, case, week):
        """An answer has come: count the wait, and let those involved learn from it."""
        model = self.model
        waited, learning = week - case.asked, model.parameters.wait_learning
        model.count_wait(case.size, waited, decided=True)
        for person in case.people():
            person.expected_wait = expected_wait_after_answer(
                person.expected_wait, waited, learning
            )

    def refuse(self, case, week):
        """A refusal ends the shared attempt; each does what needs no approval."""
        model = self.model
        model.refused += 1
        self.answer(case, week)
        for person in case.people():
            person.ownership = shrunk(person.ownership, model.parameters.refusal_hurts)
        for part in case.parts:
            part.settled = min(part.settled, DIVIDE)
        case.plan_work()
        case.start_work(week)

    def mediate(self, case):
        """A body settles a boundary conflict; the boundary is clearer afterwards."""
        model = self.model
        home = case.parts[0].actor.organisation
        there = case.conflict.actor.organisation
        home.relations[there].settle(model.parameters.clarity_gain)
        case.conflict = None
        case.status = WORKING
        model.settled_by_body += 1
