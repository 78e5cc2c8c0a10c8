"""The plain Mesa model: build the agents from a structure, step the week, collect."""

from math import nan

import mesa

from benchmarks.plain_mesa.approach import option_tables, take_up
from benchmarks.plain_mesa.building import build_areas, build_fora, build_organisations
from benchmarks.plain_mesa.case import Case
from benchmarks.plain_mesa.observing import KNOWN_AT_END, REPORTERS, look_back, observe
from benchmarks.plain_mesa.rules import (
    acceptance_after_week,
    cases_this_week,
    chance_of_helper,
    clarity_after_week,
    weekly_kept,
)
from simulation.state import MAX_WAIT
from simulation.vocabulary import (
    CONFLICT,
    DECIDING,
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
    """

    def __init__(self, structure, parameters, weeks=208, rng=None):
        super().__init__(rng=rng)
        self.uniform = self.random.random
        self.parameters = parameters
        self.weeks = weeks
        tables = option_tables(parameters)
        self.overhead, self.settling_hours, self.holder_work, self.partner_work = tables
        above = parameters.taken_up_above
        self.readiness = (above, above, parameters.taken_up_tactical, 1.0)  # per level
        self.relations = []
        self.organisations = build_organisations(self, structure)
        build_fora(self, structure, self.organisations)
        self.areas = build_areas(structure, self.organisations)
        self.open_cases = []
        self.living_methods = []
        self.waits = [[[0, 0] for _ in range(MAX_WAIT + 1)] for _ in SIZES]
        self.level_steps = [[0] * N_STEPS for _ in range(4)]
        self.first_week = [None] * N_STEPS
        self.clear_flows()
        for name in KNOWN_AT_END:
            setattr(self, name, nan)
        self.kept = self.weekly_shares()
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    def weekly_shares(self):
        """What is left of each thing after a week of fading."""
        p = self.parameters
        return {
            "people": (
                weekly_kept(p.acquaintance_decay),
                weekly_kept(p.goal_drift),
                weekly_kept(p.knowledge_decay),
                weekly_kept(p.ownership_decay),
                weekly_kept(p.attention_decay),
            ),
            "clarity": weekly_kept(p.clarity_decay),
            "acceptance": weekly_kept(p.acceptance_decay),
            "memory": 0.5 ** (1.0 / p.relation_memory),
        }

    def clear_flows(self):
        """Start counting the week's events from nothing."""
        self.cases_arisen = self.given_up = self.overtaken = 0
        self.finished = [0] * N_STEPS
        self.decided = self.deferred = self.refused = 0
        self.shared_attempts = self.needing_approval = 0
        self.conflicts = self.settled_by_people = self.settled_by_body = 0
        self.double_hours = self.hours_meeting = self.hours_coordination = 0.0
        self.hours_work = self.hours_free = self.follow_up_hours = self.value = 0.0
        self.innovations = self.methods_anchored = self.methods_lost = 0
        self.meetings_held = self.meetings_failed = 0
        self.promises_kept = self.promises_broken = 0
        self.introductions = self.no_partner = self.departures = 0

    def count_wait(self, size, waited, decided):
        """Note how long a matter waited for its decision, or in vain."""
        self.waits[size][min(waited, MAX_WAIT)][0 if decided else 1] += 1

    def step(self):
        """One week."""
        week = self.steps - 1
        self.agents.shuffle_do("start_week", week)
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
                case.ask_for_hours()
        self.agents.shuffle_do("lead")
        ended = []
        for case in cases:
            if case.status == WORKING:
                if case.do_work(week):
                    ended.append(case)
            elif case.status == CONFLICT and case.too_late(week):
                ended.append(case)
        self.agents.do("settle_account")
        for case in ended:
            case.finish(week)
        for case in cases:
            if case.status == DECIDING:
                case.wait(week)
            elif case.due is not None and week >= case.due:
                case.judge_promises()
        self.open_cases = [case for case in cases if case.status in OPEN]
        self.living_methods = [case for case in self.living_methods if case.method_lives_on(week)]

    def forget(self):
        """What is not kept up fades."""
        self.agents.do("forget", *self.kept["people"])
        clarity_kept, memory_kept = self.kept["clarity"], self.kept["memory"]
        for relation in self.relations:
            if relation.shared:
                relation.clarity = clarity_after_week(
                    relation.clarity, relation.formal, clarity_kept
                )
                relation.steps = [cases * memory_kept for cases in relation.steps]
        for area in self.areas:
            area.acceptance = acceptance_after_week(area.acceptance, self.kept["acceptance"])
