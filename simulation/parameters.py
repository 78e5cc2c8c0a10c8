"""Every number the rules use, with its meaning, unit, range, default and source, in one place.

A source is a place in the project's sources (see ``docs/sources.md``), named literature, or the
word ``assumption``. No source gives a number for any of these: the Danish studies describe
mechanisms and their direction, so the strengths are assumptions with a range. Twelve defaults were
moved by a search over patterns (see ``docs/fit.md``); ``assumed`` keeps what stood there before.
"""

from typing import Annotated, Any, NamedTuple, get_args, get_type_hints


class About(NamedTuple):
    """What is to be known about one parameter."""

    meaning: str
    unit: str
    low: float
    high: float
    source: str = "assumption"
    assumed: float | None = None  # what was assumed before the default was fitted


# fmt: off
class Parameters(NamedTuple):
    """The strengths of the mechanisms; the same for every organisation model that is compared."""

    # --- trust (mechanism 1) ---
    trust_gain: Annotated[float, About(
        "share of the distance to full trust won by one kept promise", "share", 0.0, 0.5)] = 0.06
    trust_loss: Annotated[float, About(
        "share of trust lost by one broken promise", "share", 0.0, 0.9,
        "lit: Slovic 1993 for loss above gain; size is an assumption")] = 0.15
    openness_gain: Annotated[float, About(
        "share of the distance to full trust won when openness is returned", "share", 0.0, 0.3,
        "CFBU15 ch. 3 for the direction; size is an assumption")] = 0.03
    openness_loss: Annotated[float, About(
        "share of trust lost when one's openness is not returned", "share", 0.0, 0.3)] = 0.03
    openness_invites: Annotated[float, About(
        "share of those who do not trust yet that return openness all the same", "share", 0.0, 1.0,
        "CFBU15 ch. 3 for the direction; size is an assumption")] = 0.5
    openness_per_hour: Annotated[float, About(
        "chance per hour of talk between two people that one of them goes first", "1/hour",
        0.0, 1.0)] = 0.25
    trust_spread: Annotated[float, About(
        "standard deviation of first trust between people of the same two organisations",
        "trust", 0.0, 0.3)] = 0.08
    trust_passed_on: Annotated[float, About(
        "share of a person's trust change that a colleague takes over", "share", 0.0, 0.5)] = 0.10
    shared_failure_forgiven: Annotated[float, About(
        "share of the loss spared when both own a shared failure openly", "share", 0.0, 1.0,
        "CFBU15 ch. 3 for the direction; size is an assumption")] = 0.6
    # --- acquaintance (mechanism 2) ---
    acquaintance_hours: Annotated[float, About(
        "hours of talk between two people that close 63 % of the distance to full acquaintance",
        "hours", 1.0, 200.0)] = 12.0
    acquaintance_decay: Annotated[float, About(
        "rate at which acquaintance fades without contact", "1/year", 0.0, 2.3,
        "lit: Burt 2002, bridge decay, is the upper end")] = 0.5
    acquaintance_needed: Annotated[float, About(
        "acquaintance from which a person is someone one would call",
        "share", 0.0, 1.0, assumed=0.1)] = 0.0436
    acquaintance_matters: Annotated[float, About(
        "how far it counts whom one knows (0: everyone is as good as well known)", "share",
        0.0, 1.0)] = 1.0
    skill_least: Annotated[float, About(
        "what someone without skill in a theme still counts for when a person is sought", "weight",
        0.01, 1.0)] = 0.2
    overlap_least: Annotated[float, About(
        "what someone whose own tasks do not touch the plan's work still counts for", "weight",
        0.01, 1.0)] = 0.5
    trust_least: Annotated[float, About(
        "what someone without trust still counts for when a partner is sought", "weight",
        0.01, 1.0)] = 0.1
    known_at_start: Annotated[float, About(
        "chance that two people of the same level in different organisations know each other at "
        "the start (half of it across levels)", "probability", 0.0, 1.0)] = 0.10
    acquaintance_colleagues: Annotated[float, About(
        "acquaintance between colleagues at the start", "share", 0.0, 1.0)] = 0.6
    acquaintance_by_introduction: Annotated[float, About(
        "acquaintance right after being introduced by a broker", "share", 0.0, 1.0)] = 0.12
    introduction_chance: Annotated[float, About(
        "chance that a well-acquainted broker manages to introduce two people", "probability",
        0.0, 1.0)] = 0.6
    cold_call_chance: Annotated[float, About(
        "chance that asking at the front door of an organisation where one knows nobody reaches "
        "someone", "probability", 0.0, 1.0)] = 0.35
    cold_call_above: Annotated[float, About(
        "how readily someone above the tactical level answers at the front door, others 1",
        "weight", 0.0, 1.0)] = 0.1
    broker_hours: Annotated[float, About(
        "hours an introduction costs the broker and the one who asks, each; a cold call costs the "
        "one who asks the same", "hours",
        0.0, 8.0)] = 1.0
    # --- goals (mechanism 3) ---
    goal_learning: Annotated[float, About(
        "share of the way towards the others' mean view moved per hour of own share of talk",
        "1/hour", 0.0, 1.0)] = 0.08
    goal_drift: Annotated[float, About(
        "rate at which a fully controlled person's view returns to the home goals", "1/year",
        0.0, 5.0)] = 1.0
    goal_spread: Annotated[float, About(
        "how far a person's first view lies from the home organisation's goals", "share",
        0.0, 1.0)] = 0.3
    knowledge_gain: Annotated[float, About(
        "share of the distance to what the other knows of the plan's goals that is won per hour of "
        "talk", "1/hour", 0.0, 1.0)] = 0.15
    first_knowledge: Annotated[float, About(
        "knowledge of the plan's goals of a newcomer outside the plan's own staff (whose leader "
        "knows all)", "share", 0.0, 1.0)] = 0.1
    first_knowledge_plan: Annotated[float, About(
        "knowledge of the plan's goals of a newcomer among the plan's own staff", "share",
        0.0, 1.0)] = 0.5
    knowledge_decay: Annotated[float, About(
        "rate at which knowledge of the plan's goals fades", "1/year", 0.0, 3.0)] = 0.6
    # --- role clarity and conflicts (mechanism 4) ---
    clarity_gain: Annotated[float, About(
        "share of missing role clarity won by one settled conflict or one clean division of work",
        "share", 0.0, 1.0)] = 0.10
    clarity_decay: Annotated[float, About(
        "rate at which role clarity fades towards what is held in writing", "1/year",
        0.0, 3.0)] = 0.4
    conflict_chance: Annotated[float, About(
        "chance of a boundary conflict in a shared case without any role clarity", "probability",
        0.0, 1.0)] = 0.35
    settling_chance: Annotated[float, About(
        "weekly chance that two people with full trust and acquaintance settle a conflict",
        "probability", 0.0, 1.0)] = 0.6
    conflict_patience: Annotated[float, About(
        "weeks before an unsettled conflict is taken to a body", "weeks", 1.0, 26.0)] = 3.0
    conflict_trust_loss: Annotated[float, About(
        "share of trust lost by both when a conflict begins", "share", 0.0, 0.5)] = 0.05
    agreement_rigidity: Annotated[float, About(
        "share of the gain of doing together that a fully written agreement takes away by "
        "hardening boundaries", "share", 0.0, 1.0)] = 0.15
    # --- decisions (mechanisms 5, 6) ---
    agreement_base: Annotated[float, About(
        "chance that a body approves with no shared goals and no trust", "probability",
        0.0, 1.0)] = 0.30
    agreement_from_goals: Annotated[float, About(
        "added chance at fully shared goals", "probability", 0.0, 1.0)] = 0.35
    agreement_from_trust: Annotated[float, About(
        "added chance at full trust in the one who proposes", "probability", 0.0, 1.0)] = 0.30
    refusal_share: Annotated[float, About(
        "share of the non-approvals that are refusals (the rest are deferrals)", "share",
        0.0, 1.0)] = 0.25
    resident_agenda_price: Annotated[float, About(
        "share of agenda capacity lost when half of those present are residents with a say",
        "share", 0.0, 0.8)] = 0.25
    advice_weight: Annotated[float, About(
        "how far the advice of a body that may only advise moves the chance of approval later on",
        "share", 0.0, 1.0)] = 0.4
    detail_steering: Annotated[float, About(
        "extra places on the agenda that a large matter takes where nobody is confident",
        "places", 0.0, 3.0)] = 1.0
    delegation_confidence: Annotated[float, About(
        "shared goals times trust in the proposer from which a body lets small matters pass "
        "without talk (above 1: never)", "share", 0.0, 1.1)] = 0.5
    premeeting_gain: Annotated[float, About(
        "share of the non-approvals spared when everyone present has met beforehand in their camp",
        "share", 0.0, 1.0)] = 0.4
    cover_mistrust: Annotated[float, About(
        "share of trust lost by who might have decided and asks a body for cover", "share",
        0.0, 0.3, "SFI13 for the direction; size is an assumption")] = 0.02
    goodwill_needed: Annotated[float, About(
        "chance that a distrustful organisation without a seat in the body that decided does not "
        "go along", "probability", 0.0, 1.0,
        "SFI12 ch. 5 for the direction; size is an assumption")] = 0.2
    data_turns: Annotated[float, About(
        "share of the non-approvals that fully used shared data turn into agreement", "share",
        0.0, 1.0, "SFI13 for the direction; size is an assumption")] = 0.6
    data_hours: Annotated[float, About(
        "hours a week that each of the staff uses to feed fully shared data", "hours/week",
        0.0, 4.0)] = 0.25
    wait_learning: Annotated[float, About(
        "share of the way towards a lived decision time that expectation moves", "share",
        0.0, 1.0)] = 0.3
    waiting_learning: Annotated[float, About(
        "how much a wait that goes on teaches a week, of what an answer teaches", "share",
        0.0, 1.0)] = 0.25
    wait_price: Annotated[float, About(
        "how much a week of expected waiting makes a shared effort less attractive",
        "gain per week", 0.0, 0.2)] = 0.03
    # --- meetings (mechanism 7) ---
    attendance_base: Annotated[float, About(
        "chance to attend without ownership, load or the leaders' attention",
        "probability", 0.0, 1.0, assumed=0.65)] = 0.462
    attendance_from_ownership: Annotated[float, About(
        "added chance at full ownership", "probability", 0.0, 0.5)] = 0.20
    attendance_from_attention: Annotated[float, About(
        "added chance at full attention of the home organisation's leaders", "probability",
        0.0, 0.5)] = 0.15
    attendance_load_price: Annotated[float, About(
        "chance lost at full overload", "probability", 0.0, 1.0)] = 0.30
    attendance_meetings_price: Annotated[float, About(
        "share of the chance to attend lost by who spends all hours in meetings", "share",
        0.0, 1.0, "CFBU15 ch. 4 for the direction; size is an assumption")] = 0.5
    meeting_memory: Annotated[float, About(
        "weight of the newest week in the felt burden of meetings", "share a week",
        0.01, 1.0)] = 0.2
    linking_gain: Annotated[float, About(
        "share of the non-approvals spared when someone from the body before presents the matter",
        "share", 0.0, 1.0, "SFI12 ch. 4 for the direction; size is an assumption")] = 0.25
    linking_hours: Annotated[float, About(
        "hours it takes a linking person to present a matter from one body in another", "hours",
        0.0, 8.0)] = 0.5
    quorum: Annotated[float, About(
        "share of the members that must attend for a body to decide", "share", 0.0, 1.0)] = 0.5
    talk_across_table: Annotated[float, About(
        "share of a conventional meeting that is talk between members rather than reports",
        "share", 0.1, 1.0)] = 0.5
    small_group: Annotated[float, About(
        "people who talk together at a time in a dialogic meeting", "people", 2.0, 8.0)] = 4.0
    informal_group: Annotated[float, About(
        "people who talk together at a time over coffee", "people", 2.0, 8.0)] = 3.0
    # --- leaders' attention (mechanism 8) ---
    attention_gain: Annotated[float, About(
        "share of missing attention won by attending a body of the plan", "share", 0.0, 1.0)] = 0.12
    attention_from_results: Annotated[float, About(
        "share of missing attention won per well-finished shared case of one's organisation",
        "share", 0.0, 0.2)] = 0.01
    attention_decay: Annotated[float, About(
        "rate at which attention returns to what one's core operations leave", "1/year",
        0.0, 5.0)] = 1.0
    attention_frees: Annotated[float, About(
        "share of the staff's hours for this work that depends on their leaders' attention",
        "share", 0.0, 0.9)] = 0.4
    attention_reach: Annotated[float, About(
        "share of top leaders' extra attention that reaches daily practice when middle managers "
        "take no part", "share", 0.0, 1.0,
        "SFI12 boks 4.1, 4.2 for the direction; size is an assumption")] = 0.4
    doors_opened: Annotated[float, About(
        "share of the non-approvals at home spared by full attention at the top", "share",
        0.0, 1.0, "SFI12 boks 4.1 for the direction; size is an assumption")] = 0.3
    # --- control and freedom (mechanism 9) ---
    control_narrows: Annotated[float, About(
        "share of the gain of shared work that full control takes away", "share", 0.0, 1.0)] = 0.5
    free_riding: Annotated[float, About(
        "share of promised hours that people with full freedom and no ownership hold back",
        "share", 0.0, 1.0)] = 0.35
    control_stifles: Annotated[float, About(
        "share of the gain of trying something new that full control takes away", "share",
        0.0, 1.0, "CFBU15 ch. 5 for the direction; size is an assumption")] = 0.5
    # --- choosing how far to go (mechanisms 1, 3, 5, 6, 9, 10) ---
    gain_tell: Annotated[float, About(
        "gain of telling each other", "gain", 0.0, 2.0, assumed=0.22)] = 0.0887
    gain_divide: Annotated[float, About(
        "gain of dividing the work", "gain", 0.0, 2.0, assumed=0.5)] = 0.194
    gain_together: Annotated[float, About(
        "gain of doing it together, at full trust, shared goals and a hard problem", "gain",
        0.0, 4.0, assumed=2.2)] = 2.09
    gain_try_new: Annotated[float, About(
        "gain of trying something new together under the same conditions",
        "gain", 0.0, 5.0, assumed=2.6)] = 4.64
    interest_most: Annotated[float, About(
        "highest interest in a theme, an even view of the five themes being 1", "interest",
        1.0, 5.0)] = 2.0
    dividing_lost_on_hard: Annotated[float, About(
        "share of the gain of dividing that a fully complex problem takes away", "share",
        0.0, 1.0, "CFBU15 ch. 2 for the direction; size is an assumption", assumed=0.5)] = 0.734
    dividing_lost_unclear: Annotated[float, About(
        "share of the gain of dividing that is lost without any role clarity", "share",
        0.0, 1.0)] = 0.5
    new_left_with_method: Annotated[float, About(
        "share of the gain of trying something new that is left when a method is known", "share",
        0.0, 1.0)] = 0.25
    hour_price: Annotated[float, About(
        "price of an hour to a person with normal load",
        "gain per hour", 0.0, 0.2, assumed=0.012)] = 0.0129
    load_price: Annotated[float, About(
        "how much dearer an hour is to someone fully overloaded, as a share on top", "share",
        0.0, 10.0)] = 2.0
    choice_noise: Annotated[float, About(
        "scale of the logistic noise in weighing the options", "gain", 0.01, 1.0)] = 0.12
    # --- work ---
    taken_up_tactical: Annotated[float, About(
        "how readily a case is taken up on the tactical level, executing level 1", "weight",
        0.0, 1.0)] = 0.4
    taken_up_above: Annotated[float, About(
        "how readily a case is taken up above the tactical level, executing level 1", "weight",
        0.0, 1.0)] = 0.05
    load_deters: Annotated[float, About(
        "how much full overload holds a person back from taking up a case", "weight",
        0.0, 20.0)] = 3.0
    load_memory: Annotated[float, About(
        "weight of the newest week in a person's felt load", "share a week", 0.01, 1.0)] = 0.2
    enough_done: Annotated[float, About(
        "share of the holder's part below which an ended case counts as given up", "share",
        0.0, 1.0)] = 0.5
    talk_in_joint_work: Annotated[float, About(
        "share of the hours on one task that is talk between those who share it", "share",
        0.0, 1.0)] = 0.3
    tell_hours: Annotated[float, About(
        "hours telling each other costs each side", "hours", 0.0, 8.0)] = 1.0
    divide_hours: Annotated[float, About(
        "hours agreeing on a division costs each side", "hours", 0.0, 16.0)] = 2.0
    together_hours: Annotated[float, About(
        "hours of planning a joint effort costs each side", "hours", 0.0, 24.0, assumed=4)] = 1.68
    partner_share: Annotated[float, About(
        "share of a case's work that one helping partner can take", "share", 0.0, 0.5)] = 0.25
    holder_share_least: Annotated[float, About(
        "share of a case's work that always stays with who holds it", "share", 0.05, 1.0)] = 0.1
    joint_overhead: Annotated[float, About(
        "extra work of doing a task together", "share", 0.0, 1.0)] = 0.15
    new_overhead: Annotated[float, About(
        "extra work of trying something new", "share", 0.0, 2.0)] = 0.40
    fragmentation: Annotated[float, About(
        "share of a contribution lost when a fully complex problem is solved in separate parts",
        "share", 0.0, 1.0)] = 0.5
    information_worth: Annotated[float, About(
        "share of a partner's contribution that information alone gives", "share", 0.0, 0.5)] = 0.15
    double_work_chance: Annotated[float, About(
        "chance that a relevant organisation that was not told starts on the same case",
        "probability", 0.0, 1.0)] = 0.30
    double_work_share: Annotated[float, About(
        "share of a case's work that is done twice before it is discovered", "share",
        0.0, 1.0)] = 0.2
    hours_per_week_planned: Annotated[float, About(
        "hours of work on one case that people plan for a week", "hours/week", 1.0, 40.0)] = 4.0
    most_hours_a_week: Annotated[float, About(
        "most hours that a person gives one case in a week",
        "hours/week", 1.0, 40.0, assumed=8)] = 7.79
    notice: Annotated[float, About(
        "weeks of notice that come on top of the work when a date is promised", "weeks",
        0.0, 12.0)] = 2.0
    patience: Annotated[float, About(
        "weeks after the promised date at which a case ends with what has been done", "weeks",
        1.0, 52.0)] = 8.0
    promise_kept_share: Annotated[float, About(
        "share of the promised hours from which a promise counts as kept", "share", 0.1, 1.0)] = 0.8
    joint_share_needed: Annotated[float, About(
        "share of the promised joint hours both must have spent for work to count as joint",
        "share", 0.05, 1.0)] = 0.2
    common_time: Annotated[float, About(
        "chance that two people who are not pressed find a time for their shared task in a week",
        "probability", 0.0, 1.0)] = 0.9
    ahead_of_others: Annotated[float, About(
        "how far ahead of the other one works on a shared task before the promised date, as a "
        "share of what was promised", "share", 0.05, 1.0, assumed=0.3)] = 0.446
    sitting_hours: Annotated[float, About(
        "hours both must give a shared task in a week for all of them to count as joint", "hours",
        0.0, 8.0)] = 0.5
    together_after_conflict: Annotated[float, About(
        "chance that settling a conflict turns divided work into joint work, at full trust",
        "probability", 0.0, 1.0)] = 0.5
    together_when_late: Annotated[float, About(
        "chance that an unfinished part at the promised date brings two people together, at full "
        "trust", "probability", 0.0, 1.0)] = 0.4
    # --- ownership and acceptance (mechanism 11) ---
    ownership_from_say: Annotated[float, About(
        "share of missing ownership won by taking part in a decision", "share", 0.0, 0.5,
        "SFI12 ch. 6 for the direction; size is an assumption")] = 0.06
    ownership_from_hours: Annotated[float, About(
        "share of missing ownership won per ten hours of shared work", "share", 0.0, 0.5,
        "CFBU15 ch. 1 for the direction; size is an assumption")] = 0.05
    ownership_decay: Annotated[float, About(
        "rate at which ownership fades", "1/year", 0.0, 3.0)] = 0.2
    refusal_hurts: Annotated[float, About(
        "share of ownership lost by a refusal", "share", 0.0, 0.5)] = 0.05
    acceptance_from_say: Annotated[float, About(
        "share of missing acceptance won by a decision that residents took part in", "share",
        0.0, 0.3)] = 0.02
    acceptance_from_results: Annotated[float, About(
        "share of missing acceptance won by a well-finished case", "share", 0.0, 0.3)] = 0.004
    acceptance_lost_unheard: Annotated[float, About(
        "share of acceptance lost by a decision about the area that no resident took part in",
        "share", 0.0, 0.3)] = 0.012
    acceptance_decay: Annotated[float, About(
        "rate at which acceptance returns to rest", "1/year", 0.0, 3.0)] = 0.2
    acceptance_rest: Annotated[float, About(
        "acceptance to which it returns without events", "share", 0.0, 1.0)] = 0.5
    acceptance_matters: Annotated[float, About(
        "share of a case's worth that depends on the residents' acceptance", "share",
        0.0, 1.0)] = 0.4
    say_memory: Annotated[float, About(
        "weight of the newest decision in the observed share of residents' say", "share",
        0.005, 0.5)] = 0.05
    # --- programme leadership (mechanism 12) ---
    leading_absorbed: Annotated[float, About(
        "share of a leader's coordinating hours that full load pulls into single projects",
        "share", 0.0, 1.0)] = 0.6
    # --- methods (mechanism 14 and innovation) ---
    distance_best: Annotated[float, About(
        "cognitive distance at which trying something new succeeds most", "distance",
        0.1, 0.9, "lit: Nooteboom et al. 2007 for the inverted U; place is an assumption")] = 0.45
    innovation_chance: Annotated[float, About(
        "chance that a finished joint trial gives a working new method, at the best distance",
        "probability", 0.0, 1.0)] = 0.7
    method_bonus: Annotated[float, About(
        "extra worth of a case solved by a new method", "share", 0.0, 1.0)] = 0.25
    anchoring_chance: Annotated[float, About(
        "weekly chance that a living method is taken into daily operations, when people from "
        "operations followed it and leaders give it full attention", "probability",
        0.0, 0.5)] = 0.015
    anchoring_without_operations: Annotated[float, About(
        "what the chance of anchoring is without people from operations who know the method, "
        "as a share", "share", 0.0, 1.0)] = 0.2
    distance_from_skills: Annotated[float, About(
        "weight of skills in the cognitive distance between two people, views the rest", "share",
        0.0, 1.0)] = 0.5
    method_life: Annotated[float, About(
        "weeks after which a person has forgotten a method that was not used", "weeks",
        4.0, 208.0)] = 52.0
    # --- activities and active residents (mechanisms 11, 12) ---
    activity_worth: Annotated[float, About(
        "worth to residents of an hour of activities that all accept and many come to",
        "worth/hour", 0.0, 2.0)] = 0.3
    activity_active: Annotated[float, About(
        "share of the worth of activities that depends on how many residents are active",
        "share", 0.0, 1.0)] = 0.5
    active_at_first: Annotated[float, About(
        "share of residents who ordinarily take an active part",
        "share", 0.0, 1.0)] = 0.1
    active_from_activities: Annotated[float, About(
        "share of the residents not yet active won by ten hours of activities",
        "share", 0.0, 0.1)] = 0.0005
    active_from_tasks: Annotated[float, About(
        "share of the residents not yet active won by a small task done with residents",
        "share", 0.0, 0.3,
        "SFI12 ch. 3–4 for the direction; size is an assumption")] = 0.01
    active_decay: Annotated[float, About(
        "rate at which activity returns to what it ordinarily is",
        "1/year", 0.0, 5.0)] = 1.0
    active_lifts: Annotated[float, About(
        "how much higher acceptance comes to rest when all residents are active",
        "share", 0.0, 1.0)] = 0.4
    acceptance_from_activities: Annotated[float, About(
        "share of missing acceptance won by ten hours of activities",
        "share", 0.0, 0.05)] = 0.0003
    follow_up_needs_skill: Annotated[float, About(
        "share of the effect of follow-up that depends on the leader's skills",
        "share", 0.0, 1.0,
        "SFI12 ch. 6 for the direction; size is an assumption")] = 0.5
    # --- lent staff (mechanisms 5, 10) ---
    lent_torn: Annotated[float, About(
        "share of the hours lost by someone lent half time between wholly unlike goals",
        "share", 0.0, 0.9,
        "CFBU15 ch. 6 for the direction; size is an assumption")] = 0.3
    lent_suspicion: Annotated[float, About(
        "rate at which both sides lose trust in someone lent half time between wholly "
        "unlike goals",
        "1/year", 0.0, 3.0,
        "SFI12 ch. 5 for the direction; size is an assumption")] = 0.5
    lent_local_trust: Annotated[float, About(
        "rate at which someone posted full time gains the trust of the host's people",
        "1/year", 0.0, 2.0,
        "CFBU15 ch. 6 for the direction; size is an assumption")] = 0.3
    lent_talk_hours: Annotated[float, About(
        "hours a week that someone posted full time talks with each of the host's people",
        "hours/week", 0.0, 4.0)] = 0.25
    lent_out_of_touch: Annotated[float, About(
        "how much faster acquaintance at home fades for someone posted full time, as a "
        "share on top",
        "share", 0.0, 5.0,
        "CFBU15 ch. 6 for the direction; size is an assumption")] = 1.0
    # --- loyal talk and failure owned jointly (mechanism 1) ---
    loyal_silence: Annotated[float, About(
        "share of the chance of settling a conflict that full loyalty takes away, as it is "
        "not spoken of",
        "share", 0.0, 1.0)] = 0.4
    failure_hours: Annotated[float, About(
        "hours each spends on owning a shared failure where that is fully agreed",
        "hours", 0.0, 24.0)] = 1.0
    # --- defining and framing the plan (mechanism 11) ---
    defining_owns: Annotated[float, About(
        "ownership added for who defined the plan, taken away from whom it was imposed on",
        "share", 0.0, 0.7,
        "SFI12 ch. 6 for the direction; size is an assumption")] = 0.25
    defining_accepted: Annotated[float, About(
        "acceptance added at the start when the residents defined the plan",
        "share", 0.0, 0.5)] = 0.15
    defining_resists: Annotated[float, About(
        "share of the interest in shared work lost by whom the plan was imposed on",
        "share", 0.0, 1.0,
        "SFI13 for the direction; size is an assumption")] = 0.3
    defining_hours: Annotated[float, About(
        "hours a week that defining the plan with others takes in the first weeks",
        "hours/week", 0.0, 10.0)] = 2.0
    defining_weeks: Annotated[float, About(
        "weeks that defining the plan with others takes",
        "weeks", 0.0, 52.0)] = 8.0
    framing_mobilises: Annotated[float, About(
        "acceptance and active residents added at the start by a wholly civil framing",
        "share", 0.0, 0.5,
        "SFI12 ch. 3–4 for the direction; size is an assumption")] = 0.1
    framing_parts: Annotated[float, About(
        "share of the agreement between plan and kommune won by a public framing, lost by a "
        "civil one",
        "share", 0.0, 1.0,
        "SFI12 ch. 3–4 for the direction; size is an assumption")] = 0.3
    # --- direction (mechanism 9) ---
    own_goals_drift: Annotated[float, About(
        "rate at which a free person without any direction turns to goals of the own",
        "1/year", 0.0, 5.0,
        "CFBU15 ch. 5–6 for the direction; size is an assumption")] = 0.8
    own_goals_spread: Annotated[float, About(
        "how far goals that people make up for themselves lie from the home organisation's",
        "share", 0.0, 1.0)] = 0.9
    direction_for_new: Annotated[float, About(
        "share of the gain of trying something new that freedom without any direction takes "
        "away",
        "share", 0.0, 1.0,
        "CFBU15 ch. 5–6 for the direction; size is an assumption")] = 0.4
    # --- who asks, who gains, who gets the case (mechanism 10) ---
    in_house_suffices: Annotated[float, About(
        "share of the occasions at which a team with full skill asks nobody else",
        "share", 0.0, 1.0,
        "SFI12 ch. 4 for the direction; size is an assumption")] = 0.4
    in_house_worth: Annotated[float, About(
        "share of another's contribution that full skill of one's own makes up for in a "
        "plain problem",
        "share", 0.0, 1.0)] = 0.5
    gains_elsewhere: Annotated[float, About(
        "share of the gain that falls to others where a theme is not the own organisation's",
        "share", 0.0, 1.0,
        "CFBU15 ch. 5 for the direction; size is an assumption")] = 0.2
    geography_concentrates: Annotated[float, About(
        "how strongly cases given out by place gather on few people",
        "exponent", 0.0, 20.0)] = 2.0
    # --- consent (mechanism 2) ---
    named_resident: Annotated[float, About(
        "share of cases that concern a named resident",
        "share", 0.0, 1.0)] = 0.3
    consent_base: Annotated[float, About(
        "chance of consent where nobody accepts the effort",
        "probability", 0.0, 1.0)] = 0.6
    consent_from_acceptance: Annotated[float, About(
        "added chance of consent at full acceptance",
        "probability", 0.0, 1.0)] = 0.4
    consent_hours: Annotated[float, About(
        "hours it takes to ask for consent",
        "hours", 0.0, 8.0)] = 1.0
    acceptance_from_consent: Annotated[float, About(
        "share of missing acceptance won by asking a named resident for consent", "share",
        0.0, 0.1)] = 0.002
    general_knowledge: Annotated[float, About(
        "worth of general knowledge alone, as a share of that of information on the case",
        "share", 0.0, 1.0)] = 0.4
    # --- pool for joint innovation ---
    pool_application_hours: Annotated[float, About(
        "hours an application to the pool takes",
        "hours", 0.0, 40.0)] = 5.0
    # --- methods of persons (mechanism 14) ---
    method_passed_on: Annotated[float, About(
        "chance an hour of work or talk together that a method is passed on",
        "1/hour", 0.0, 1.0)] = 0.04
    passing_on_hours: Annotated[float, About(
        "hours that passing a method on takes of each of the two", "hours", 0.0, 24.0)] = 2.0
    anchored_upkeep: Annotated[float, About(
        "hours a week that an anchored method takes of those who run daily operations",
        "hours/week", 0.0, 5.0)] = 0.25
    # --- moves (mechanism 2) ---
    move_chance: Annotated[float, About(
        "chance that a vacant post is filled by someone who lately left one elsewhere in "
        "the partnership",
        "probability", 0.0, 1.0)] = 0.15
    move_memory: Annotated[float, About(
        "weeks after which someone who left is no longer to be had",
        "weeks", 1.0, 104.0)] = 26.0
    # --- the world outside (mechanism 15) ---
    helper_chance: Annotated[float, About(
        "chance that one more organisation could contribute to a plain problem", "probability",
        0.0, 1.0, assumed=0.35)] = 0.95
    helper_chance_added: Annotated[float, About(
        "added chance when the problem is fully complex", "probability", 0.0, 1.0,
        "CFBU15 ch. 1 for the direction; size is an assumption")] = 0.5
    wave_hours: Annotated[float, About(
        "share of the hours that an acute wave draws away from the plan", "share", 0.0, 0.9)] = 0.1
    wave_attention: Annotated[float, About(
        "share of missing attention that an acute wave wins from leaders", "share",
        0.0, 1.0)] = 0.2
    imposed_hurts: Annotated[float, About(
        "share of ownership lost when a funder forces organisations together", "share",
        0.0, 1.0)] = 0.1
    period_renewal: Annotated[float, About(
        "how far a new plan period opens goals and knowledge of them again", "share",
        0.0, 1.0)] = 0.5
    insecure_weeks: Annotated[float, About(
        "weeks before a plan period ends in which its staff look elsewhere", "weeks",
        1.0, 104.0)] = 26.0
    vacancy_weeks: Annotated[float, About(
        "weeks a post stands empty", "weeks", 0.0, 52.0)] = 8.0
    first_ownership: Annotated[float, About(
        "ownership of a newcomer", "share", 0.0, 1.0)] = 0.3
    first_expected_wait: Annotated[float, About(
        "decision time a person expects who has not lived one", "weeks", 0.0, 52.0)] = 4.0
    # --- observation ---
    relation_memory: Annotated[float, About(
        "weeks after which a shared case counts half in a relation's place on the staircase",
        "weeks", 4.0, 104.0)] = 26.0
    relation_cases_needed: Annotated[float, About(
        "remembered shared cases below which a relation has too few to tell", "cases",
        0.5, 20.0)] = 2.0
    relation_share_needed: Annotated[float, About(
        "share of a relation's remembered cases that must have reached a step for it to stand "
        "there", "share", 0.05, 1.0)] = 0.25

# fmt: on


def parameter_catalogue() -> dict[str, tuple[float, About]]:
    """All parameters in order: name to (default, what is known about it)."""
    hints: dict[str, Any] = get_type_hints(Parameters, include_extras=True)
    return {
        name: (Parameters._field_defaults[name], get_args(hint)[1]) for name, hint in hints.items()
    }
