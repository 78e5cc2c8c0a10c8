"""What people belong to and share: areas, organisations, and relations between organisations."""

from typing import TYPE_CHECKING

from benchmarks.plain_mesa.rules import (
    acceptance_after_decision,
    acceptance_after_week,
    active_after_week,
    attention_after_contact,
    attention_felt,
    clarity_after_settling,
    clarity_after_week,
    grown,
    reach_of_the_top,
    resting_acceptance,
    share_won_by_hours,
    upkeep_of_methods,
    worth_of_activities,
)
from simulation.vocabulary import CO_DECIDING, N_PLACES, N_STEPS, N_THEMES

if TYPE_CHECKING:
    from benchmarks.plain_mesa.forum import Forum
    from benchmarks.plain_mesa.person import Person


class Area:
    """An estate: where cases arise, and how its residents take the effort."""

    def __init__(
        self, model, number, rate, needs, sizes, hours_mean, hours_spread, urgency, acceptance
    ):  # fmt: skip
        self.model = model
        self.number = number
        self.rate = rate
        self.needs = needs
        self.sizes = sizes
        self.hours_mean = hours_mean
        self.hours_spread = hours_spread
        self.urgency = urgency
        self.acceptance = acceptance
        self.active_residents = model.parameters.active_at_first
        self.say = 0.0
        self.ladder = 0.0
        self.decisions = [0] * N_PLACES  # by the residents' place on the ladder
        self.hours = 0.0  # in the cases that arose
        self.value = 0.0  # of the cases that were finished
        self.activity_hours = 0.0
        self.organisations: list[Organisation] = []
        self.desks: list[tuple[list[Organisation], list[float]]] = []  # per theme, with weights

    def hold_activities(self):
        """Residents gain from the week's activities, accept the effort more, become active."""
        model, hours = self.model, self.activity_hours
        p = model.parameters
        worth = worth_of_activities(
            hours, p.activity_worth, self.acceptance, p.acceptance_matters, self.active_residents,
            p.activity_active,
        )  # fmt: skip
        model.value += worth
        model.activity_value += worth
        accepted = share_won_by_hours(hours, p.acceptance_from_activities)
        self.acceptance = grown(self.acceptance, accepted)
        self.widen_circle(share_won_by_hours(hours, p.active_from_activities))
        self.activity_hours = 0.0

    def widen_circle(self, share):
        """Some residents who stood outside become active."""
        self.active_residents = grown(self.active_residents, share)

    def learn_of_decision(self, place, voice):
        """Residents judge a decision by the place they had in it."""
        model = self.model
        p = model.parameters
        self.acceptance = acceptance_after_decision(
            self.acceptance, place, voice, p.acceptance_from_say, p.acceptance_lost_unheard
        )
        self.say += p.say_memory * ((1.0 if place >= CO_DECIDING else 0.0) - self.say)
        self.ladder += p.say_memory * (place - self.ladder)
        self.decisions[place] += 1
        model.ladder_places[place] += 1

    def forget(self, acceptance_kept, active_kept):
        """Acceptance and activity return to rest."""
        p, active = self.model.parameters, self.active_residents
        rest = resting_acceptance(p.acceptance_rest, p.active_lifts, active, p.active_at_first)
        self.acceptance = acceptance_after_week(self.acceptance, acceptance_kept, rest)
        self.active_residents = active_after_week(active, p.active_at_first, active_kept)


class Organisation:
    """An organisation, its people, and its relations to the others."""

    def __init__(self, camp, goals, relevance, desk, control, attention, middle):
        self.camp = camp
        self.goals = goals
        self.relevance = relevance
        self.desk = desk
        self.control = control
        self.attention_left_by_core = attention
        self.middle_managers_take_part = middle
        self.attention = attention  # as its staff feel it
        self.top_attention = attention
        self.members: list[Person] = []
        self.leaders: list[Person] = []
        self.near_leaders: list[Person] = []
        self.top_leaders: list[Person] = []
        self.operators: list[Person] = []
        self.methods = [0] * N_THEMES
        self.relations: dict[Organisation, Relation] = {}
        self.first_trust: dict[Organisation, float] = {}
        self.first_trust_spread: dict[Organisation, float] = {}  # below 0 as the parameter says
        self.routes: list[list[list[Forum]]] = []  # by area and size
        self.areas: list[Area] = []

    def show_leaders(self, gain):
        """Results that leaders see win their attention."""
        for leader in self.leaders:
            if leader.present:
                leader.attention = attention_after_contact(leader.attention, gain)

    def feel_leaders(self, attention_reach):
        """Staff feel their nearest leaders, and some of what comes from the top."""
        near = [leader.attention for leader in self.near_leaders if leader.present]
        top = [leader.attention for leader in self.top_leaders if leader.present]
        nearest = sum(near) / len(near) if near else self.attention_left_by_core
        self.top_attention = highest = sum(top) / len(top) if top else nearest
        reach = reach_of_the_top(self.middle_managers_take_part, attention_reach)
        self.attention = attention_felt(nearest, highest, reach)

    def keep_up_methods(self, model):
        """Methods in daily operations take hours of those who run them, in equal parts."""
        methods = sum(self.methods)
        if methods == 0:
            return
        people = [person for person in self.operators if person.present]
        if people:
            hours = upkeep_of_methods(methods, model.parameters.anchored_upkeep)
            for person in people:
                person.hours_left -= hours / len(people)
            model.hours_upkeep += hours


class Relation:
    """What two organisations share, whoever is looking."""

    __slots__ = (
        "acquaintance_start",
        "clarity",
        "finished",
        "formal",
        "mediators",
        "shared",
        "standing",
        "steps",
    )

    def __init__(self, clarity, formal, acquaintance_start):
        self.clarity = max(clarity, formal)
        self.formal = formal
        self.acquaintance_start = acquaintance_start
        self.mediators: list[Forum | None] = []  # per level
        self.steps = [0.0] * N_STEPS  # remembered cases, fading
        self.finished = [0] * N_STEPS
        self.shared = False
        self.standing = -1

    def settle(self, gain):
        """A boundary was drawn."""
        self.clarity = clarity_after_settling(self.clarity, gain)

    def mediator(self, highest):
        """The lowest body up to a level, counted from below, in which both sit."""
        for level in range(highest, -1, -1):
            if self.mediators[level] is not None:
                return self.mediators[level]
        return None

    def remember(self, step):
        """A shared case has ended on a step."""
        self.shared = True
        self.steps[step] += 1.0
        self.finished[step] += 1

    def forget(self, clarity_kept, memory_kept):
        """Clarity fades towards what is written, and old cases count less."""
        self.clarity = clarity_after_week(self.clarity, self.formal, clarity_kept)
        self.steps = [cases * memory_kept for cases in self.steps]

    def place(self, cases_needed, share_needed):
        """The highest step that enough of its remembered cases reached; -1 too few to tell."""
        cases = sum(self.steps)
        if cases < cases_needed:
            return -1
        reached, needed = 0.0, share_needed * cases
        for step in range(N_STEPS - 1, -1, -1):
            reached += self.steps[step]
            if reached >= needed:
                return step
        return 0
