"""What people belong to and share: areas, organisations, and relations between organisations."""

from typing import TYPE_CHECKING

from benchmarks.plain_mesa.rules import attention_after_contact, clarity_after_settling
from simulation.vocabulary import N_STEPS, N_THEMES

if TYPE_CHECKING:
    from benchmarks.plain_mesa.forum import Forum
    from benchmarks.plain_mesa.person import Person


class Area:
    """An estate: where cases arise, and how its residents take the effort."""

    def __init__(self, rate, needs, sizes, hours_mean, hours_spread, urgency, acceptance):
        self.rate = rate
        self.needs = needs
        self.sizes = sizes
        self.hours_mean = hours_mean
        self.hours_spread = hours_spread
        self.urgency = urgency
        self.acceptance = acceptance
        self.say = 0.0
        self.organisations: list[Organisation] = []
        self.desks: list[tuple[list[Organisation], list[float]]] = []  # per theme, with weights


class Organisation:
    """An organisation, its people, and its relations to the others."""

    def __init__(self, camp, goals, relevance, desk, control, attention):
        self.camp = camp
        self.goals = goals
        self.relevance = relevance
        self.desk = desk
        self.control = control
        self.attention_left_by_core = attention
        self.attention = attention
        self.members: list[Person] = []
        self.leaders: list[Person] = []
        self.methods = [0] * N_THEMES
        self.relations: dict[Organisation, Relation] = {}
        self.first_trust: dict[Organisation, float] = {}
        self.routes: list[list[list[Forum]]] = []  # by area and size

    def show_leaders(self, gain):
        """Results that leaders see win their attention."""
        for leader in self.leaders:
            if leader.present:
                leader.attention = attention_after_contact(leader.attention, gain)

    def ask_leaders(self):
        """Mean attention of the leaders in post, which staff feel next week."""
        mine = [leader.attention for leader in self.leaders if leader.present]
        self.attention = sum(mine) / len(mine) if mine else self.attention_left_by_core
        return mine


class Relation:
    """What two organisations share, whoever is looking."""

    __slots__ = (
        "acquaintance_start",
        "clarity",
        "finished",
        "formal",
        "mediator",
        "shared",
        "steps",
    )

    def __init__(self, clarity, formal, acquaintance_start):
        self.clarity = max(clarity, formal)
        self.formal = formal
        self.acquaintance_start = acquaintance_start
        self.mediator: Forum | None = None
        self.steps = [0.0] * N_STEPS  # remembered cases, fading
        self.finished = [0] * N_STEPS
        self.shared = False

    def settle(self, gain):
        """A boundary was drawn."""
        self.clarity = clarity_after_settling(self.clarity, gain)

    def place(self, cases_needed, share_needed):
        """The highest step that enough of its remembered cases reached; -1 too few to tell."""
        cases = sum(self.steps)
        if cases < cases_needed:
            return -1
        reached = 0.0
        for step in range(N_STEPS - 1, -1, -1):
            reached += self.steps[step]
            if reached >= share_needed * cases:
                return step
        return 0
