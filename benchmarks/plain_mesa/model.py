"""The plain Mesa model: build the agents from a structure, step the week, collect."""

import mesa

from benchmarks.plain_mesa.approach import option_tables, take_up
from benchmarks.plain_mesa.building import build_areas, build_fora, build_organisations
from benchmarks.plain_mesa.case import Case
from benchmarks.plain_mesa.covering import refuse_what_is_not_told
from benchmarks.plain_mesa.ending import come_due, finish, wait
from benchmarks.plain_mesa.methods import look_after_methods
from benchmarks.plain_mesa.moves import let_newcomers_bring_ties
from benchmarks.plain_mesa.observing import NEVER, REPORTERS, look_back, observe
from benchmarks.plain_mesa.rules import cases_this_week, chance_of_helper, weekly_kept
from simulation.state import MAX_WAIT
from simulation.vocabulary import (
    CONFLICT,
    DECIDING,
    LEVELS,
    N_PLACES,
    N_SIZES,
    N_SLOTS,
    N_STEPS,
    N_THEMES,
    NOTICED,
    OVERTAKEN,
    WORKING,
)

OPEN = frozenset((NOTICED, DECIDING, WORKING, CONFLICT))
SIZES = range(N_SIZES)
THEMES = range(N_THEMES)


class PlainModel(mesa.Model):
    """One run, as a Mesa user would write it.

    Args:
        structure: the organised world, as for ``simulation.run_many``.
        parameters: strengths of the mechanisms.
        weeks: length of the run.
        rng: seed of this run's own random numbers.

    Raises:
        ValueError: the scenario uses a mechanism that this version does not tell.
    """

    def __init__(self, structure, parameters, weeks=208, rng=None):
        refuse_what_is_not_told(structure)
        super().__init__(rng=rng)
        self.uniform = self.random.random
        self.parameters = parameters
        self.weeks = weeks
        tables = option_tables(parameters)
        self.overhead, self.settling_hours, self.holder_work, self.partner_work = tables
        above = parameters.taken_up_above
        self.readiness = (above, above, parameters.taken_up_tactical, 1.0)  # per level
        self.ties, self.relations = [], []
        self.organisations = build_organisations(self, structure)
        build_fora(self, structure, self.organisations)
        self.areas = build_areas(self, structure, self.organisations)
        self.newcomers, self.leavers = [], []
        self.open_cases = []
        self.living_methods = []
        self.waits = [[[0, 0] for _ in range(MAX_WAIT + 1)] for _ in SIZES]
        self.level_steps = [[0] * N_STEPS for _ in LEVELS]
        self.first_week = [None] * N_STEPS
        self.theme_hours, self.theme_value = [0.0] * N_THEMES, [0.0] * N_THEMES
        self.clear_flows()
        self.known_at_end = None
        self.kept = self.weekly_shares()
        for name in NEVER:
            setattr(self, name, 0)
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    def weekly_shares(self):
        """What is left of each thing after a week of fading."""
        p = self.parameters
        tie = weekly_kept(p.acquaintance_decay)
        return {
            "tie": tie,
            "people": (
                tie,
                weekly_kept(p.goal_drift),
                weekly_kept(p.own_goals_drift),
                weekly_kept(p.knowledge_decay),
                weekly_kept(p.ownership_decay),
                weekly_kept(p.attention_decay),
            ),
            "relations": (weekly_kept(p.clarity_decay), 0.5 ** (1.0 / p.relation_memory)),
            "areas": (weekly_kept(p.acceptance_decay), weekly_kept(p.active_decay)),
        }

    def clear_flows(self):
        """Start counting the week's events from nothing."""
        self.cases_arisen = self.given_up = self.overtaken = 0
        self.finished, self.ladder_places = [0] * N_STEPS, [0] * N_PLACES
        self.ended_lower = self.ended_higher = self.brought_together = 0
        self.decided = self.refused = self.refused_at_home = self.bounced = 0
        self.delegated = self.not_followed = 0
        self.deferred = self.deferred_agenda = self.deferred_disagreement = 0
        self.deferred_quorum = 0
        self.shared_attempts = self.needing_approval = self.consent_refused = self.not_asked = 0
        self.conflicts = self.settled_by_people = self.settled_by_body = 0
        self.settled_at = [0] * len(LEVELS)
        self.double_hours = self.hours_meeting = self.hours_coordination = 0.0
        self.hours_work = self.hours_free = self.hours_activities = self.hours_upkeep = 0.0
        self.follow_up_hours = self.strategic_work = self.value = self.activity_value = 0.0
        self.innovations = self.methods_anchored = self.methods_lost = 0
        self.methods_passed_on = 0
        self.meetings_held = self.meetings_failed = 0
        self.promises_kept = self.promises_broken = 0
        self.introductions = self.no_partner = self.departures = self.moves = 0
        self.climbs = self.falls = 0

    def count_wait(self, size, waited, decided):
        """Note how long a matter waited for its decision, or in vain."""
        self.waits[size][min(waited, MAX_WAIT)][0 if decided else 1] += 1

    def step(self):
        """One week."""
        week = self.steps - 1
        self.come_and_go(week)
        self.hand_out_hours()
        self.let_cases_arise(week)
        self.meet(week)
        for case in self.open_cases:
            if case.status == NOTICED:
                take_up(self, case, week)
        self.work_and_learn(week)
        self.forget()
        observe(self, week)
        if week + 1 == self.weeks:
            self.running = False
            look_back(self)
        self.datacollector.collect(self)
        self.clear_flows()

    def come_and_go(self, week):
        """People leave and arrive; ties go with them, and some come with them."""
        self.newcomers.clear()
        self.leavers.clear()
        self.agents.shuffle_do("come_or_go", week)
        for person in self.leavers:
            person.forget_everyone()
        let_newcomers_bring_ties(self, self.newcomers, week)

    def hand_out_hours(self):
        """The week's hours, and what takes hours before anything else does."""
        self.agents.do("start_week")
        for area in self.areas:
            if area.activity_hours > 0.0:
                area.hold_activities()
        for organisation in self.organisations:
            organisation.keep_up_methods(self)

    def let_cases_arise(self, week):
        """The week's new cases."""
        for area in self.areas:
            count = cases_this_week(area.rate, self.uniform())
            self.open_cases += [self.new_case(area, week) for _ in range(count)]
            self.cases_arisen += count

    def new_case(self, area, week):
        """A case, the desk where it shows up, and who could help."""
        p, uniform, random = self.parameters, self.uniform, self.random
        theme = random.choices(THEMES, area.needs)[0]
        difficulty = uniform()
        size = random.choices(SIZES, area.sizes)[0]
        hours = area.hours_mean * (1.0 + area.hours_spread * (2.0 * uniform() - 1.0))
        self.theme_hours[theme] += hours
        area.hours += hours
        deadline = week + 1 + int(area.urgency * (0.5 + uniform()))
        desks, weights = area.desks[theme]
        origin = random.choices(desks, weights)[0] if desks else None
        chance = chance_of_helper(difficulty, p.helper_chance, p.helper_chance_added)
        wanted = sum(uniform() < chance for _ in range(N_SLOTS - 1))
        helpers = self.find_helpers(area, theme, origin, wanted) if wanted else []
        return Case(self, area, theme, difficulty, size, hours, deadline, origin, helpers)

    def find_helpers(self, area, theme, origin, wanted):
        """Other organisations whose contribution would help, by their relevance."""
        candidates = [
            organisation
            for organisation in area.organisations
            if organisation is not origin and organisation.relevance[theme] > 0.0
        ]
        helpers = []
        while candidates and len(helpers) < wanted:
            weights = [organisation.relevance[theme] for organisation in candidates]
            chosen = self.random.choices(candidates, weights)[0]
            candidates.remove(chosen)
            helpers.append(chosen)
        return helpers

    def meet(self, week):
        """Hold the meetings due, then drop the matters that events have overtaken."""
        for forum in self.fora:
            if week % forum.period == forum.phase:
                forum.hold(week)
        for case in self.open_cases:
            if case.status == DECIDING and week >= case.deadline:
                case.forum.drop(case)
                self.count_wait(case.size, week - case.asked, decided=False)
                case.status = OVERTAKEN
                self.overtaken += 1

    def work_and_learn(self, week):
        """Hours are spent on what is open; outcomes and promises leave experience behind."""
        cases = self.open_cases
        for case in cases:
            if case.status == WORKING and case.start == week:
                case.look_for_trouble(week)
            elif case.status == CONFLICT:
                case.live_with_conflict(week)
            if case.status == WORKING:
                case.ask_for_hours(week)
        self.agents.do("lead")
        ended = []
        for case in cases:
            if case.status == WORKING:
                if case.do_work(week):
                    ended.append(case)
            elif case.status == CONFLICT and case.too_late(week):
                ended.append(case)
        self.agents.do("settle_account")
        for case in ended:
            finish(self, case, week)
        for case in cases:
            if case.status == DECIDING:
                wait(self, case, week)
            elif not case.judged and case.due is not None and week >= case.due:
                come_due(self, case)
        self.open_cases = [case for case in cases if case.status in OPEN]
        look_after_methods(self, week)

    def forget(self):
        """What is not kept up fades."""
        self.agents.do("forget", *self.kept["people"])
        for relation in self.relations:
            if relation.shared:
                relation.forget(*self.kept["relations"])
        for area in self.areas:
            area.forget(*self.kept["areas"])
