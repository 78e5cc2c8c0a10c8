"""A case: who takes part in it, the trouble with it, and the work on it."""

from collections import deque

from benchmarks.plain_mesa.rules import (
    acquaintance_that_counts,
    chance_of_coming_together,
    chance_of_common_time,
    chance_of_conflict,
    chance_of_settling,
    hours_held_back,
    hours_in_step,
    may_decide,
    share_done_together,
    share_given_to_others,
    share_given_to_own,
    share_met,
    trust_after_broken_promise,
    weeks_promised,
)
from simulation.vocabulary import (
    CONFLICT,
    CONSENT_REFUSED,
    CONSENT_UNASKED,
    DECIDING,
    DIVIDE,
    EXECUTING,
    NOTICED,
    TOGETHER,
    WORKING,
)

ALL_DONE = 0.999  # share of the promised hours that counts as all: guards against rounding


class Part:
    """One person's part in a case: the holder's is the first, then a partner's each."""

    __slots__ = (
        "actor", "agreed", "apart", "covered", "divided", "informed", "joint", "need",
        "organisation", "settled", "wanted",
    )  # fmt: skip

    def __init__(self, organisation):
        self.organisation = organisation
        self.actor = None
        self.settled = 0
        self.agreed = 0  # before anything happened
        self.covered = 0.0  # own skill relied on instead of asking
        self.informed = False
        self.divided = False
        self.need = 0.0
        self.apart = 0.0
        self.joint = 0.0
        self.wanted = 0.0

    def progress(self):
        """Hours done as a share of those promised."""
        if self.need <= 0.0:
            return 1.0
        return (self.apart + self.joint) / self.need

    def delivered(self):
        """Share of what was promised that has been done."""
        return min(1.0, self.progress())

    def left(self):
        """Hours promised and not yet done."""
        return max(0.0, self.need - self.apart - self.joint)

    def hours_given(self, free_riding, own):
        """Hours this week; own cases come before others' where control is tight."""
        actor = self.actor
        left, wanted = actor.hours_left, self.wanted
        if left <= 0.0 or wanted <= 0.0:
            return 0.0
        wanted_in_all = actor.hours_wanted
        control = actor.organisation.control
        share = share_given_to_others(share_met(left, wanted_in_all), control)
        if own:
            mine = actor.hours_wanted_own
            return wanted * share_given_to_own(left, mine, wanted_in_all - mine, share)
        hours = wanted * share
        return hours - hours_held_back(hours, control, actor.ownership, free_riding)


class Case:
    """A matter that arises in an area and shows up at a desk."""

    __slots__ = (
        "advice", "area", "arrived", "asked", "came_from", "conflict", "conflict_week", "consent",
        "cover_noticed", "deadline", "difficulty", "due", "forum", "hours", "judged", "method",
        "model", "origin", "parts", "patience", "place", "route", "size", "start", "status",
        "theme", "voice", "workers",
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
        self.consent = CONSENT_UNASKED
        self.conflict = self.conflict_week = None
        self.route = deque()
        self.forum = self.came_from = None
        self.advice = 0.0  # from -1 against to 1 for
        self.place = 0  # highest on the participation ladder so far
        self.voice = 0.0  # largest share of residents at a stop so far
        self.cover_noticed = False
        self.method = None

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
        holder.need = self.hours * max(p.holder_share_least, left) * factor

    def start_work(self, week):
        """Everyone promises their part by a date that the largest part sets."""
        p = self.model.parameters
        self.workers = [part for part in self.parts if part.actor is not None and part.need > 0.0]
        largest = max(part.need for part in self.workers)
        self.status = WORKING
        self.start = week
        self.due = week + weeks_promised(largest, p.hours_per_week_planned, p.notice)

    def ask_for_decision(self, week):
        """Send the matter on the way from its area and where it showed up, if there is one."""
        route = self.origin.routes[self.area.number][self.size]
        if not route:
            return False
        self.status = DECIDING
        self.asked = week
        self.route = deque(route)
        self.route.popleft().receive(self, week)
        return True

    def go_on(self, forum, week):
        """On from one body to the next of the route."""
        self.came_from = forum
        self.route.popleft().receive(self, week)

    # --- trouble ---

    def look_for_trouble(self, week):
        """A grey zone may become a conflict; someone who was not told may start as well."""
        refused = self.consent == CONSENT_REFUSED
        for part in self.parts[1:]:
            if refused or not part.informed:
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

    def standing(self, part):
        """Acquaintance and mean trust between the holder and a partner."""
        holder, partner = self.parts[0].actor, part.actor
        return (
            acquaintance_that_counts(
                holder.acquaintance[partner], self.model.parameters.acquaintance_matters
            ),
            0.5 * (holder.trust[partner] + partner.trust[holder]),
        )

    def relation_in_conflict(self):
        """The relation between the two who are in conflict."""
        return self.origin.relations[self.conflict.organisation]

    def meet_grey_zone(self, part, week):
        """Where boundaries are unclear, the two may come into conflict."""
        model, p, theme = self.model, self.model.parameters, self.theme
        home, there = self.origin, part.organisation
        chance = chance_of_conflict(
            home.relations[there].clarity,
            *self.standing(part),
            min(home.relevance[theme], there.relevance[theme]),
            p.conflict_chance,
        )
        if model.uniform() >= chance:
            return
        holder, partner = self.parts[0].actor, part.actor
        for one, two in ((holder, partner), (partner, holder)):
            one.trust[two] = trust_after_broken_promise(one.trust[two], p.conflict_trust_loss)
        self.conflict = part
        self.conflict_week = week
        self.status = CONFLICT
        model.conflicts += 1

    def live_with_conflict(self, week):
        """Those involved try to settle it; after some weeks it is taken to a body."""
        model, p, part = self.model, self.model.parameters, self.conflict
        relation = self.relation_in_conflict()
        if model.uniform() < chance_of_settling(*self.standing(part), p.settling_chance):
            if self.forum is not None:
                self.forum.drop(self)
            relation.settle(p.clarity_gain)
            self.conflict = None
            self.status = WORKING
            model.settled_by_people += 1
            self.come_together(part, p.together_after_conflict)
        elif self.forum is None and week - self.conflict_week >= p.conflict_patience:
            mediator = relation.mediator(EXECUTING)
            if mediator is not None:
                mediator.receive(self, week)

    # --- divided work that becomes joint ---

    def come_together(self, part, chance):
        """Two may do together what is left, if both dare and nobody else has to be asked."""
        model, holder = self.model, self.parts[0]
        one, two, size = holder.actor, part.actor, self.size
        if part.settled != DIVIDE or self.asked is not None:
            return
        if not (may_decide(one.mandate, size) or may_decide(two.mandate, size)):
            return
        if model.uniform() >= chance_of_coming_together(one.trust[two], two.trust[one], chance):
            return
        part.settled = TOGETHER
        holder.settled = max(TOGETHER, holder.settled)
        self.share_what_is_left(part)
        model.brought_together += 1

    def share_what_is_left(self, part):
        """Each keeps what is left of the own part; one who has none takes half of the other's."""
        holder = self.parts[0]
        own, others = holder.left(), part.left()
        if own <= 0.0:
            own = others = 0.5 * others
        elif others <= 0.0:
            own = others = 0.5 * own
        factor = 1.0 + self.model.parameters.joint_overhead
        holder.need = holder.apart + holder.joint + own * factor
        part.need = part.apart + part.joint + others * factor

    # --- work ---

    def ask_for_hours(self, week):
        """Everyone says how many hours they would like to give the case this week."""
        p, holder = self.model.parameters, self.parts[0]
        most, early = p.most_hours_a_week, week < self.due
        for part in self.workers:
            need, done = part.need, part.apart + part.joint
            wanted = min(max(0.0, need - done), most)
            if early and part.settled >= TOGETHER:
                others = self.slowest() if part is holder else holder.progress()
                wanted = min(wanted, hours_in_step(need, done, others, p.ahead_of_others))
            part.wanted = wanted
            actor = part.actor
            actor.hours_wanted += wanted
            if part is holder:
                actor.hours_wanted_own += wanted

    def slowest(self):
        """How far the partner has come who is furthest behind on the shared task."""
        return min(1.0, *[part.progress() for part in self.parts[1:] if part.settled >= TOGETHER])

    def do_work(self, week):
        """Everyone gives it hours, and what two give side by side is joint; true when done."""
        model, holder = self.model, self.parts[0]
        free_riding = model.parameters.free_riding
        done, given_by_holder, joint_for_holder = True, 0.0, 0.0
        for part in self.workers:
            own = part is holder
            given = part.hours_given(free_riding, own)
            part.actor.hours_spent += given
            model.hours_work += given
            if own:
                given_by_holder = given
                continue
            joint = 0.0
            if given > 0.0 and given_by_holder > 0.0 and part.settled >= TOGETHER:
                joint = self.side_by_side(part, given_by_holder, given)
                joint_for_holder = max(joint_for_holder, joint)
            part.joint += joint * given
            part.apart += (1.0 - joint) * given
            done = done and part.apart + part.joint >= ALL_DONE * part.need
        holder.joint += joint_for_holder * given_by_holder
        holder.apart += (1.0 - joint_for_holder) * given_by_holder
        done = done and holder.apart + holder.joint >= ALL_DONE * holder.need
        return done or self.too_late(week)

    def side_by_side(self, part, given_by_holder, given):
        """Share of this week's hours that holder and partner spent on the task together."""
        model, p = self.model, self.model.parameters
        joint = share_done_together(given_by_holder, given, p.sitting_hours)
        chance = chance_of_common_time(self.parts[0].actor.load, part.actor.load, p.common_time)
        return joint if model.uniform() < chance else 0.0

    def too_late(self, week):
        """Patience with it has run out."""
        return week >= self.due + self.patience
