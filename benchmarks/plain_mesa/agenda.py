"""The agenda of one meeting: matters are approved, advised on, deferred, refused or decided."""

from collections import deque

from benchmarks.plain_mesa.rules import (
    advice_after_body,
    agreement_on_theme,
    chance_after_advice,
    chance_of_approval,
    chance_of_following,
    chance_through_open_doors,
    chance_when_carried,
    confidence_of_body,
    expected_wait_after_answer,
    grown,
    is_delegated,
    matters_handled,
    may_decide,
    place_on_ladder,
    places_taken,
    shrunk,
    trust_after_seeking_cover,
)
from simulation.vocabulary import (
    ADVISE,
    CONFLICT,
    CONSENT,
    DECIDE,
    DIVIDE,
    INFORMED,
    TOGETHER,
    WORKING,
)


def put_off(forum, week):
    """A meeting that fell through puts off every matter that was ready for it."""
    ready = sum(case.arrived < week for case in forum.queue)
    forum.model.deferred += ready
    forum.model.deferred_quorum += ready


def work_through_agenda(forum, present, week):
    """Take matters in the order they came, until the places on the agenda are used."""
    model = forum.model
    resident_share = sum(person.resident for person in present) / len(present)
    price = model.parameters.resident_agenda_price if forum.right >= ADVISE else 0.0
    room = float(matters_handled(forum.capacity, resident_share, price))
    waiting, forum.queue = forum.queue, deque()
    staying = deque()
    while waiting:
        case = waiting.popleft()
        stays = True
        if case.arrived < week:
            matter = Matter(forum, case, present, resident_share, week)
            if matter.places > 0.0 and room <= 0.0:
                model.deferred += 1
                model.deferred_agenda += 1
            else:
                room -= matter.places
                stays = matter.take_up()
        if stays:
            staying.append(case)
    staying.extend(forum.queue)  # what came here during the meeting
    forum.queue = staying


class Matter:
    """A case on the table of one body, at one meeting."""

    __slots__ = (
        "case", "forum", "goals", "in_conflict", "model", "places", "present", "resident_share",
        "talked", "trust", "week",
    )  # fmt: skip

    def __init__(self, forum, case, present, resident_share, week):
        self.model = forum.model
        self.forum = forum
        self.case = case
        self.present = present
        self.resident_share = resident_share
        self.week = week
        self.in_conflict = case.status == CONFLICT
        self.share_ground()
        self.places, self.talked = self.how_many_places()

    def share_ground(self):
        """Do those present want the same, and do they trust who proposes it?"""
        case, present = self.case, self.present
        theme, proposer, count = case.theme, case.parts[0].actor, len(present)
        home = proposer.organisation
        views = [person.goals[theme] for person in present]
        mean = sum(views) / count
        self.goals = sum([agreement_on_theme(view, mean) for view in views]) / count
        trusted = 0.0
        for person in present:
            if person is proposer:
                trusted += 1.0
            else:
                trust = person.trust.get(proposer)
                trusted += person.organisation.first_trust[home] if trust is None else trust
        self.trust = trusted / count

    def how_many_places(self):
        """Places on the agenda the matter takes, and whether it is talked about at all."""
        if self.in_conflict or self.forum.right < CONSENT:
            return 1.0, True
        p, size = self.model.parameters, self.case.size
        confidence = confidence_of_body(self.goals, self.trust)
        if is_delegated(size, confidence, p.delegation_confidence):
            return 0.0, False
        return places_taken(size, confidence, p.detail_steering), True

    def take_up(self):
        """Handle the matter; true when it stays in the queue."""
        model, forum, case = self.model, self.forum, self.case
        right, in_conflict, talked = forum.right, self.in_conflict, self.talked
        goes_on = bool(case.route) and not in_conflict
        if right == INFORMED and goes_on:
            return self.send_on(right)
        if not in_conflict:
            self.notice_cover()
        agrees = not talked or model.uniform() < self.chance_of_agreeing()
        if right == ADVISE and goes_on:
            case.advice = advice_after_body(case.advice, agrees)
            self.take_part()
            return self.send_on(right)
        if not agrees:
            return self.turn_down()
        forum.let_go(case, self.week)
        if in_conflict:
            self.mediate()
        else:
            if talked:
                self.take_part()
            else:
                model.delegated += 1
            self.decide_or_send_on()
        return False

    def turn_down(self):
        """A conflict goes up, a matter is put off or refused; true when it stays in the queue."""
        model, forum, case, week = self.model, self.forum, self.case, self.week
        in_conflict = self.in_conflict
        if in_conflict:
            above = case.relation_in_conflict().mediator(forum.level - 1)
            if above is not None:
                forum.let_go(case, week)
                above.receive(case, week)
                return False
        if in_conflict or model.uniform() >= model.parameters.refusal_share:
            model.deferred += 1
            model.deferred_disagreement += 1
            return True
        forum.let_go(case, week)
        self.refuse()
        return False

    # --- what speaks for it ---

    def chance_of_agreeing(self):
        """Chance that those present approve, or advise in favour."""
        p, case, forum = self.model.parameters, self.case, self.forum
        chance = chance_of_approval(
            self.goals,
            self.trust,
            p.agreement_base,
            p.agreement_from_goals,
            p.agreement_from_trust,
        )
        if not self.in_conflict and self.is_carried():
            chance = chance_when_carried(chance, p.linking_gain)
        if not forum.of_plan:
            at_top = case.parts[0].actor.organisation.top_attention
            chance = chance_through_open_doors(chance, at_top, p.doors_opened)
        if self.in_conflict:
            return chance
        return chance_after_advice(chance, case.advice, p.advice_weight)

    def is_carried(self):
        """Someone present who sat in the body where it came from presents it, in own time."""
        model, before = self.model, self.case.came_from
        p = model.parameters
        if before is None or p.linking_gain <= 0.0:
            return False
        link = next((person for person in self.present if person in before.seated), None)
        if link is None:
            return False
        link.hours_left -= p.linking_hours
        model.hours_coordination += p.linking_hours
        return True

    def notice_cover(self):
        """Those who could have decided and come for cover are trusted a little less."""
        case = self.case
        if case.cover_noticed:
            return
        case.cover_noticed = True
        mistrust, people = self.model.parameters.cover_mistrust, case.people()
        for part in case.parts:
            actor = part.actor
            if actor is None or part.settled < TOGETHER or actor.mandate < case.size:
                continue
            for other in people:
                if actor in other.trust:
                    other.trust[actor] = trust_after_seeking_cover(other.trust[actor], mistrust)

    # --- what becomes of it ---

    def hear(self, right, settles):
        """Remember the highest place on the ladder, and the strongest resident voice."""
        case, share = self.case, self.resident_share
        case.place = max(case.place, place_on_ladder(right, share, settles))
        case.voice = max(case.voice, share)

    def take_part(self):
        """People own what they had a say in."""
        if self.forum.right >= ADVISE:
            won = self.model.parameters.ownership_from_say
            for person in self.present:
                person.ownership = grown(person.ownership, won)

    def send_on(self, right):
        """From a body that only hears of it or advises, a matter goes on to the next."""
        self.forum.let_go(self.case, self.week)
        self.hear(right, False)
        self.case.go_on(self.forum, self.week)
        return False

    def decide_or_send_on(self):
        """The yes settles it if the body may and dares, or if nobody comes after it."""
        model, forum, case, week = self.model, self.forum, self.case, self.week
        allowed = forum.right == DECIDE and may_decide(forum.mandate, case.size)
        settles = not case.route or (allowed and model.uniform() < forum.mandate_clarity)
        self.hear(forum.right if self.talked else INFORMED, settles)
        if not settles:
            model.bounced += allowed
            case.go_on(forum, week)
            return
        self.answer()
        self.see_who_follows()
        case.area.learn_of_decision(case.place, case.voice)
        model.decided += 1
        case.start_work(week)

    def answer(self):
        """An answer has come: count the wait, and let those involved learn from it."""
        model, case = self.model, self.case
        waited, learning = self.week - case.asked, model.parameters.wait_learning
        model.count_wait(case.size, waited, decided=True)
        for person in case.people():
            person.expected_wait = expected_wait_after_answer(
                person.expected_wait, waited, learning
            )

    def see_who_follows(self):
        """A partner whose organisation has no seat here goes along by goodwill, or does not."""
        model, case, seated = self.model, self.case, self.forum.organisations
        holder, needed = case.parts[0], model.parameters.goodwill_needed
        relations, left = holder.actor.organisation.relations, False
        for part in case.parts[1:]:
            there = part.organisation
            if part.settled < TOGETHER or there in seated:
                continue
            trust = part.actor.trust[holder.actor]
            if model.uniform() >= chance_of_following(trust, relations[there].formal, needed):
                part.settled = DIVIDE
                model.not_followed += 1
                left = True
        if left:
            holder.settled = max(part.settled for part in case.parts[1:])
            case.plan_work()

    def refuse(self):
        """A refusal ends the shared attempt; each does what needs no approval."""
        model, case = self.model, self.case
        model.refused += 1
        model.refused_at_home += not self.forum.of_plan
        self.answer()
        hurts = model.parameters.refusal_hurts
        for person in case.people():
            person.ownership = shrunk(person.ownership, hurts)
        for part in case.parts:
            part.settled = min(part.settled, DIVIDE)
        case.plan_work()
        case.start_work(self.week)

    def mediate(self):
        """A body settles a boundary conflict; the boundary is clearer afterwards."""
        model, case = self.model, self.case
        case.relation_in_conflict().settle(model.parameters.clarity_gain)
        case.conflict = None
        case.status = WORKING
        model.settled_by_body += 1
        model.settled_at[self.forum.level] += 1
