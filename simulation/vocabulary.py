"""The words of the field as numbers: levels, roles, camps, themes, statuses and kinds of event.

Plain integer constants and name tuples, because compiled code reads integers. The position of a
name in its tuple is its number.
"""

from typing import Final

THEMES: Final = ("children_youth", "education_employment", "networks_democracy", "health", "image")
N_THEMES: Final = 5

LEVELS: Final = ("political", "strategic", "tactical", "executing")
POLITICAL: Final = 0
STRATEGIC: Final = 1
TACTICAL: Final = 2
EXECUTING: Final = 3

CAMPS: Final = ("kommune", "boligorganisation", "helhedsplan", "residents", "local_partners")
CAMP_KOMMUNE: Final = 0
CAMP_BOLIGORGANISATION: Final = 1
CAMP_HELHEDSPLAN: Final = 2
CAMP_RESIDENTS: Final = 3
CAMP_LOCAL_PARTNERS: Final = 4

ORGANISATION_KINDS: Final = (
    "council",
    "forvaltning",
    "boligorganisation",
    "helhedsplan",
    "afdelingsbestyrelse",
    "local_partner",
    "områdesekretariat",
)

ROLES: Final = (
    "councillor",
    "forvaltning_leader",
    "middle_manager",
    "consultant",
    "coordinator",
    "front_staff",
    "staff_officer",
    "housing_board_member",
    "housing_director",
    "operations_manager",
    "caretaker",
    "housing_coordinator",
    "projektleder",
    "boligsocial_medarbejder",
    "sekretariatsleder",
    "beboerdemokrat",
    "partner_leader",
    "partner_staff",
)

COUNCILLOR: Final = 0

FORMATS: Final = ("conventional", "dialogic", "informal")
CONVENTIONAL: Final = 0
DIALOGIC: Final = 1
INFORMAL: Final = 2

# Informed: hears of it and passes it on. Advise: its advice travels along. Consent: may put off or
# refuse, but its yes is not final. Decide: up to its mandate, its yes settles the matter.
RIGHTS: Final = ("informed", "advise", "consent", "decide")
INFORMED: Final = 0
ADVISE: Final = 1
CONSENT: Final = 2
DECIDE: Final = 3

# The participation ladder: what residents took part in when a matter was settled. [SFI12 fig. 4.2]
LADDER: Final = ("none", "information", "consultation", "medbestemmelse", "selvbestemmelse")
N_PLACES: Final = 5
NOT_INVOLVED: Final = 0
TOLD: Final = 1
HEARD: Final = 2
CO_DECIDING: Final = 3
SELF_DECIDING: Final = 4

SIZES: Final = ("none", "small", "medium", "large")
N_SIZES: Final = 4
MEDIUM: Final = 2

STEPS: Final = (
    "alone",
    "vidensdeling",
    "negativ koordinering",
    "positiv koordinering",
    "innovation",
)
N_STEPS: Final = 5
# How far two people settle to go. The step of a case is *not* read from this (rule 6).
NOT_AT_ALL: Final = 0
TELL: Final = 1
DIVIDE: Final = 2
TOGETHER: Final = 3
TRY_NEW: Final = 4

CASE_STATUSES: Final = (
    "future",
    "noticed",
    "deciding",
    "working",
    "conflict",
    "finished",
    "given_up",
    "overtaken",
)
FUTURE: Final = 0
NOTICED: Final = 1
DECIDING: Final = 2
WORKING: Final = 3
CONFLICT: Final = 4
FINISHED: Final = 5
GIVEN_UP: Final = 6
OVERTAKEN: Final = 7

# A case has one holder (slot 0) and at most three partners (slots 1 to 3).
N_SLOTS: Final = 4

NO_METHOD: Final = 0
METHOD_ALIVE: Final = 1
METHOD_ANCHORED: Final = 2
METHOD_LOST: Final = 3

NOBODY: Final = -1

# Ties are numbered from 1. A tie is within an organisation, across two of them, or across between
# the camps that run the plan; they lie kind by kind in this order.
NO_TIE: Final = 0
TIE_WITHIN: Final = 0
TIE_ACROSS: Final = 1
TIE_PARTNERS: Final = 2
N_TIE_KINDS: Final = 3

NO_RELATION: Final = 0  # relations between organisations are numbered from 1 too

# Kinds of outside event a scenario may hold.
SHOCKS: Final = ("budget_cut", "election", "acute_wave", "new_period", "funder_demand")
BUDGET_CUT: Final = 0
ELECTION: Final = 1
ACUTE_WAVE: Final = 2
NEW_PERIOD: Final = 3
FUNDER_DEMAND: Final = 4
WEEKS_OF_PERIOD: Final = 208  # between elections, and between plan periods
# Whether information on a named resident may be shared in a case.
CONSENT_UNASKED: Final = 0
CONSENT_NOT_NEEDED: Final = 1
CONSENT_GIVEN: Final = 2
CONSENT_REFUSED: Final = 3

EVENTS: Final = (
    "case_arose",
    "case_taken_up",
    "partner_found",
    "broker_found",
    "no_partner",
    "settled",
    "sent_to_body",
    "meeting_held",
    "meeting_failed",
    "approved",
    "sent_on",
    "deferred",
    "refused",
    "decided",
    "overtaken",
    "conflict_began",
    "conflict_settled",
    "conflict_escalated",
    "double_work",
    "promise_broken",
    "case_finished",
    "case_given_up",
    "method_born",
    "method_anchored",
    "method_lost",
    "person_left",
    "person_arrived",
    "advised",
    "not_followed",
    "outside_event",
    "brought_together",
    "consent_refused",
    "not_asked",
    "pool_granted",
    "method_passed_on",
    "person_moved",
)
(
    EVENT_CASE_AROSE,
    EVENT_CASE_TAKEN_UP,
    EVENT_PARTNER_FOUND,
    EVENT_BROKER_FOUND,
    EVENT_NO_PARTNER,
    EVENT_SETTLED,
    EVENT_SENT_TO_BODY,
    EVENT_MEETING_HELD,
    EVENT_MEETING_FAILED,
    EVENT_APPROVED,
    EVENT_SENT_ON,
    EVENT_DEFERRED,
    EVENT_REFUSED,
    EVENT_DECIDED,
    EVENT_OVERTAKEN,
    EVENT_CONFLICT_BEGAN,
    EVENT_CONFLICT_SETTLED,
    EVENT_CONFLICT_ESCALATED,
    EVENT_DOUBLE_WORK,
    EVENT_PROMISE_BROKEN,
    EVENT_CASE_FINISHED,
    EVENT_CASE_GIVEN_UP,
    EVENT_METHOD_BORN,
    EVENT_METHOD_ANCHORED,
    EVENT_METHOD_LOST,
    EVENT_PERSON_LEFT,
    EVENT_PERSON_ARRIVED,
    EVENT_ADVISED,
    EVENT_NOT_FOLLOWED,
    EVENT_OUTSIDE,
    EVENT_BROUGHT_TOGETHER,
    EVENT_CONSENT_REFUSED,
    EVENT_NOT_ASKED,
    EVENT_POOL_GRANTED,
    EVENT_METHOD_PASSED_ON,
    EVENT_PERSON_MOVED,
) = range(36)

# What a draw is for. Every draw is keyed by seed, purpose, week and the stable ids of those it
# concerns (randomness.py); a purpose belongs to one phase, so the phase needs no key of its own.
(
    DRAW_CASE_COUNT,
    DRAW_CASE_THEME,
    DRAW_CASE_DIFFICULTY,
    DRAW_CASE_SIZE,
    DRAW_CASE_URGENCY,
    DRAW_CASE_HOURS,
    DRAW_CASE_ORIGIN,
    DRAW_CASE_HELPERS,
    DRAW_CASE_HELPER_COUNT,
    DRAW_DEPARTURE,
    DRAW_FIRST_TRUST,
    DRAW_FIRST_GOALS,
    DRAW_ATTENDANCE,
    DRAW_OPENNESS,
    DRAW_AGREEMENT,
    DRAW_CLARITY,
    DRAW_REFUSAL,
    DRAW_MEDIATION,
    DRAW_HOLDER,
    DRAW_PARTNER,
    DRAW_BROKER,
    DRAW_INTRODUCTION,
    DRAW_CHOICE,
    DRAW_CONFLICT,
    DRAW_SETTLING,
    DRAW_DOUBLE_WORK,
    DRAW_DOUBLE_WORKER,
    DRAW_METHOD,
    DRAW_ANCHORING,
    DRAW_KNOWN_AT_START,
    DRAW_COLD_CALL,
    DRAW_CALENDAR,
    DRAW_PREMEETING,
    DRAW_FOLLOWING,
    DRAW_SHOCK,
    DRAW_WAVE,
    DRAW_ELECTION,
    DRAW_INSECURITY,
    DRAW_COMMON_TIME,
    DRAW_TOGETHER,
    DRAW_OWN_GOALS,
    DRAW_PLACE,
    DRAW_ASKING,
    DRAW_NAMED,
    DRAW_CONSENT,
    DRAW_PASSING_ON,
    DRAW_MOVE,
    DRAW_MOVER,
) = range(48)
