"""A case: who takes part in it, the work on it, the trouble with it, and what is learnt from it."""

from collections import deque

from benchmarks.plain_mesa.rules import (
    acquaintance_that_counts,
    both_on_one_task,
    chance_of_anchoring,
    chance_of_conflict,
    chance_of_new_method,
    chance_of_settling,
    contribution,
    expected_wait_while_waiting,
    grown,
    hours_held_back,
    knowledge_after_contact,
    loss_after_shared_failure,
    share_of_acquaintance_won,
    share_of_wanted_given,
    step_done,
    trust_after_broken_promise,
    trust_after_kept_promise,
    weeks_promised,
    worth_of_case,
)
from simulation.vocabulary import (
    CONFLICT,
    DECIDING,
    DIVIDE,
    FINISHED,
    GIVEN_UP,
    N_THEMES,
    NOTICED,
    TELL,
    TOGETHER,
    TRY_NEW,
    WORKING,
)

ALL_DONE = 0.999  # share of the promised hours that counts as all: guards against rounding


class Part:
    """One person's part in a case: the holder's is the first, then a partner's each."""

    __slots__ = (
        "actor", "apart", "divided", "informed", "joint", "need", "organisation", "settled",
        "wanted",
    )  # fmt: skip

    def __init__(self, organisation):
        self.organisation = organisation
        self.actor = None
        self.settled = 0
        self.informed = False
        self.divided = False
        self.need = 0.0
        self.apart = 0.0
        self.joint = 0.0
        self.wanted = 0.0

    def delivered(self):
        """Share of what was promised that has been done."""
        if self.need <= 0.0:
            return 1.0
        return min(1.0, (self.apart + self.joint) / self.need)


class Case:
    """A matter that arises in an area and shows up at a desk."""

    __slots__ = (
        "area", "arrived", "asked", "conflict", "conflict_week", "deadline", "difficulty",
        "due", "forum", "hours", "judged", "method_from", "method_week", "model", "origin",
        "parts", "patience", "route", "size", "start", "status", "theme", "workers",
    )  # fmt: skip

    def __init__(self, model, area, theme, difficulty, size, hours, deadline, origin, helpers):
        self.model = model
        self.area = area
        self.theme = theme
        self.difficulty = difficulty
        self.size = size
        self.hours = hours
        self.deadline = deadline
        self.origin = origin
        self.parts = [Part(origin), *map(Part, helpers)]
        self.workers = []
        self.status = NOTICED
        self.start = self.due = self.asked = self.arrived = None
        self.patience = int(model.parameters.patience)
        self.judged = False
        self.conflict = None
        self.conflict_week = None
        self.route = deque()
        self.forum = None
        self.method_from = None
        self.method_week = None

    def people(self):
        """Everyone who takes part."""
        return [part.actor for part in self.parts if part.actor is not None]

    # --- getting started ---

    def plan_work(self):
        """Who promises how many hours, given how far they have settled to go."""
        p, holder = self.model.parameters, self.parts[0]
        factor = self.model.overhead[holder.settled]
        left = 1.0
        for part in self.parts[1:]:
            part.need = 0.0
            part.divided = part.settled >= DIVIDE
            if part.divided:
                left -= p.partner_share
                together = factor if part.settled >= TOGETHER else 1.0
                part.need = self.hours * p.partner_share * together
        holder.need = self.hours * max(0.1, left) * factor

    def start_work(self, week):
        """Everyone promises their part by a date that the largest part sets."""
        self.workers = [part for part in self.parts if part.actor is not None and part.need > 0.0]
        largest = max(part.need for part in self.workers)
        self.status = WORKING
        self.start = week
        self.due = week + weeks_promised(largest, self.model.parameters.hours_per_week_planned)

    def ask_for_decision(self, week):
        """Send the matter on the way from its area and the holder's organisation, if any."""
        area = self.model.areas.index(self.area)
        route = self.parts[0].actor.organisation.routes[area][self.size]
        if not route:
            return False
        self.status = DECIDING
        self.asked = week
        self.route = deque(route)
        self.route.popleft().receive(self, week)
        return True

    # --- trouble ---

    def look_for_trouble(self, week):
        """A grey zone may become a conflict; someone who was not told may start as well."""
        for part in self.parts[1:]:
            if not part.informed:
                self.work_twice(part.organisation)
            elif part.settled >= DIVIDE and self.conflict is None:
                self.meet_grey_zone(part, week)

    def work_twice(self, organisation):
        """A relevant organisation that knows nothing of the case may start on it too."""
        model, p = self.model, self.model.parameters
        if model.uniform() >= p.double_work_chance * organisation.relevance[self.theme]:
            return
        idle = [
            member
            for member in organisation.members
            if member.present and member.hours_left > 0.0 and member.hours > 0.0
        ]
        if not idle:
            return
        worker = model.random.choices(idle, [member.hours for member in idle])[0]
        hours = min(p.double_work_share * self.hours, worker.hours_left)
        worker.hours_left -= hours
        model.double_hours += hours

    def meet_grey_zone(self, part, week):
        """Where boundaries are unclear, the two may come into conflict."""
        model, p = self.model, self.model.parameters
        holder, partner = self.parts[0].actor, part.actor
        home, there = holder.organisation, partner.organisation
        chance = chance_of_conflict(
            home.relations[there].clarity,
            acquaintance_that_counts(holder.acquaintance[partner], p.acquaintance_matters),
            0.5 * (holder.trust[partner] + partner.trust[holder]),
            min(home.relevance[self.theme], there.relevance[self.theme]),
            p.conflict_chance,
        )
        if model.uniform() >= chance:
            return
        for one, two in ((holder, partner), (partner, holder)):
            one.trust[two] = trust_after_broken_promise(one.trust[two], p.conflict_trust_loss)
        self.conflict = part
        self.conflict_week = week
        self.status = CONFLICT
        model.conflicts += 1

    def live_with_conflict(self, week):
        """Those involved try to settle it; after some weeks it is taken to a body."""
        model, p = self.model, self.model.parameters
        holder, partner = self.parts[0].actor, self.conflict.actor
        relation = holder.organisation.relations[partner.organisation]
        chance = chance_of_settling(
            acquaintance_that_counts(holder.acquaintance[partner], p.acquaintance_matters),
            0.5 * (holder.trust[partner] + partner.trust[holder]),
            p.settling_chance,
        )
        if model.uniform() < chance:
            if self.forum is not None:
                self.forum.drop(self)
            relation.settle(p.clarity_gain)
            self.conflict = None
            self.status = WORKING
            model.settled_by_people += 1
        elif (
            self.forum is None
            and relation.mediator is not None
            and week - self.conflict_week >= p.conflict_patience
        ):
            relation.mediator.receive(self, week)

    # --- work ---

    def ask_for_hours(self):
        """Everyone says how many hours they would like to give the case this week."""
        most = 2.0 * self.model.parameters.hours_per_week_planned
        for part in self.workers:
            part.wanted = min(max(0.0, part.need - part.apart - part.joint), most)
            part.actor.hours_wanted += part.wanted

    def do_work(self, week):
        """Everyone gives it hours; true when it has ended."""
        model = self.model
        holder = self.parts[0]
        done = True
        for part in self.workers:
            wanted = part.wanted
            actor = part.actor
            if wanted > 0.0 and actor.hours_left > 0.0:
                control = actor.organisation.control
                helps = part is not holder
                given = wanted * share_of_wanted_given(
                    actor.hours_left / actor.hours_wanted, control, helps
                )
                if helps:
                    given -= hours_held_back(
                        given, control, actor.ownership, model.parameters.free_riding
                    )
                actor.hours_spent += given
                model.hours_work += given
                if part.settled >= TOGETHER:
                    part.joint += given
                else:
                    part.apart += given
            if part.apart + part.joint < ALL_DONE * part.need:
                done = False
        return done or self.too_late(week)

    def too_late(self, week):
        """Patience with it has run out."""
        return week >= self.due + self.patience

    # --- experience ---

    def wait(self, week):
        """People learn from waiting too, not only from answers."""
        waited, learning = week - self.asked, self.model.parameters.wait_learning
        for person in self.people():
            person.expected_wait = expected_wait_while_waiting(
                person.expected_wait, waited, learning
            )

    def judge_promises(self):
        """At the promised date, or when the case ends before it, each sees if others delivered."""
        if self.judged:
            return
        self.judged = True
        holder, enough = self.parts[0], self.model.parameters.promise_kept_share
        for part in self.parts[1:]:
            if part.settled >= DIVIDE:
                both_late = holder.delivered() < enough and part.delivered() < enough
                self.judge(part.actor, holder, both_late)
                self.judge(holder.actor, part, both_late)

    def judge(self, me, part, both_late):
        """One judges what another delivered."""
        model, p, other = self.model, self.model.parameters, part.actor
        trust = me.trust[other]
        if part.delivered() >= p.promise_kept_share:
            model.promises_kept += 1
            after = trust_after_kept_promise(trust, p.trust_gain)
        else:
            model.promises_broken += 1
            loss = p.trust_loss
            if both_late:
                loss = loss_after_shared_failure(
                    loss, me.ownership, other.ownership, p.shared_failure_forgiven
                )
            after = trust_after_broken_promise(trust, loss)
        me.change_trust(other, after)

    def finish(self, week):
        """A case has ended: judge it, read its step, count its worth, learn from it."""
        model = self.model
        if self.forum is not None:
            self.forum.drop(self)
        self.judge_promises()
        holder = self.parts[0]
        if holder.delivered() < model.parameters.enough_done:
            self.status = GIVEN_UP
            model.given_up += 1
            return
        self.status = FINISHED
        highest, level, contributed = 0, holder.actor.level, 0.0
        for part in self.parts[1:]:
            if part.settled >= TELL:
                step = self.read_step(part, week)
                contributed += self.worth_of_part(part, step)
                self.learn(part, step)
                highest = max(highest, step)
                level = min(level, part.actor.level)
        self.count_worth(holder.delivered() * (1.0 + contributed) / len(self.parts))
        model.finished[highest] += 1
        model.level_steps[level][highest] += 1

    def read_step(self, part, week):
        """What holder and partner did in this case, and the relation's memory of it."""
        p, holder = self.model.parameters, self.parts[0]
        together = both_on_one_task(
            holder.joint, part.joint, holder.need, part.need, p.joint_share_needed
        )
        step = step_done(
            part.informed,
            part.divided,
            part.delivered() >= p.promise_kept_share,
            together,
            together and self.try_for_method(part, week),
        )
        relation = holder.actor.organisation.relations[part.actor.organisation]
        relation.shared = True
        relation.steps[step] += 1.0
        relation.finished[step] += 1
        return step

    def worth_of_part(self, part, step):
        """What the partner's part adds to how well the case is met."""
        p = self.model.parameters
        if part.settled < DIVIDE:
            return p.information_worth
        added = contribution(part.delivered(), self.difficulty, step >= TOGETHER, p.fragmentation)
        return max(p.information_worth, added)

    def learn(self, part, step):
        """Working together makes people know each other, own the work, and see the boundary."""
        p, holder = self.model.parameters, self.parts[0]
        one, two = holder.actor, part.actor
        hours = p.tell_hours + p.talk_in_joint_work * min(holder.joint, part.joint)
        one.talk(two, share_of_acquaintance_won(hours, p.acquaintance_hours))
        one.knowledge = knowledge_after_contact(
            one.knowledge, two.knowledge, hours, p.knowledge_gain
        )
        two.knowledge = knowledge_after_contact(
            two.knowledge, one.knowledge, hours, p.knowledge_gain
        )
        for own in (holder, part):
            share = min(1.0, 0.1 * (own.apart + own.joint) * p.ownership_from_hours)
            own.actor.ownership = grown(own.actor.ownership, share)
        if step >= DIVIDE:
            one.organisation.relations[two.organisation].settle(p.clarity_gain)
            one.organisation.show_leaders(p.attention_from_results)
            two.organisation.show_leaders(p.attention_from_results)

    def count_worth(self, quality):
        """Value for residents, and what it does to their acceptance."""
        p, area = self.model.parameters, self.area
        holder = self.parts[0].actor.organisation
        bonus = p.method_bonus if holder.methods[self.theme] > 0 else 0.0
        self.model.value += worth_of_case(
            self.hours, quality, area.acceptance, p.acceptance_matters, bonus
        )
        area.acceptance = grown(area.acceptance, p.acceptance_from_results * quality)

    # --- methods ---

    def try_for_method(self, part, week):
        """Did a joint trial give a method that is new to both?"""
        if part.settled < TRY_NEW:
            return False
        if self.method_from is not None:
            return True  # the same trial, made with this partner too
        if self.parts[0].actor.organisation.methods[self.theme] > 0 and (
            part.actor.organisation.methods[self.theme] > 0
        ):
            return False  # neither of them is without a method for this
        model, p = self.model, self.model.parameters
        chance = chance_of_new_method(
            cognitive_distance(self.parts[0].actor, part.actor),
            p.distance_best,
            p.innovation_chance,
        )
        if model.uniform() >= chance:
            return False
        self.method_from = (self.parts[0].actor.organisation, part.actor.organisation)
        self.method_week = week
        for organisation in self.method_from:
            organisation.methods[self.theme] += 1
        model.living_methods.append(self)
        model.innovations += 1
        return True

    def method_lives_on(self, week):
        """A living method is anchored, lost, or lives on for another week."""
        model, p, people = self.model, self.model.parameters, self.people()
        followed = any(person.operates for person in people)
        attention = sum(person.organisation.attention for person in people) / len(people)
        if model.uniform() < chance_of_anchoring(followed, attention, p.anchoring_chance):
            model.methods_anchored += 1
            return False
        if week - self.method_week >= p.method_life:
            for organisation in self.method_from:
                organisation.methods[self.theme] -= 1
            model.methods_lost += 1
            return False
        return True


def cognitive_distance(one, other):
    """How differently two people see and can: mean distance in skills and in views."""
    skills = sum(abs(a - b) for a, b in zip(one.skills, other.skills, strict=True))
    views = sum(abs(a - b) for a, b in zip(one.goals, other.goals, strict=True))
    return 0.5 * (skills / N_THEMES) + 0.5 * (0.5 * views)
