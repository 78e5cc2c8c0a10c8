"""Where each observable stands in a row of numbers, as constants that compiled code can read."""

from simulation.observables import SUMMARY, WEEKLY

_weekly = {name: column for column, name in enumerate(WEEKLY)}
_summary = {name: column for column, name in enumerate(SUMMARY)}

TRUST_BETWEEN = _weekly["trust_between"]
TRUST_WITHIN = _weekly["trust_within"]
TRUST_PARTNERSHIP = _weekly["trust_partnership"]
ACQUAINTANCE_BETWEEN = _weekly["acquaintance_between"]
TIES_BETWEEN = _weekly["ties_between"]
GOAL_ALIGNMENT = _weekly["goal_alignment"]
ROLE_CLARITY = _weekly["role_clarity"]
KNOWLEDGE_OF_GOALS = _weekly["knowledge_of_goals"]
LEADERSHIP_ATTENTION = _weekly["leadership_attention"]
OWNERSHIP_STAFF = _weekly["ownership_staff"]
OWNERSHIP_RESIDENTS = _weekly["ownership_residents"]
ACCEPTANCE = _weekly["acceptance"]
SAY = _weekly["say"]
OPEN_CASES = _weekly["open_cases"]
QUEUE = _weekly["queue"]
OVERLOAD = _weekly["overload"]
RELATIONS_UNTOLD = _weekly["relations_untold"]  # the four columns after it: steps 1 to 4

CASES_ARISEN = _weekly["cases_arisen"]
FINISHED = _weekly["finished_0"]  # the four columns after it: steps 1 to 4
GIVEN_UP_CASES = _weekly["given_up"]
OVERTAKEN_CASES = _weekly["overtaken"]
DECIDED = _weekly["decided"]
DEFERRED = _weekly["deferred"]
REFUSED = _weekly["refused"]
SHARED_ATTEMPTS = _weekly["shared_attempts"]
NEEDING_APPROVAL = _weekly["needing_approval"]
CONFLICTS = _weekly["conflicts"]
SETTLED_BY_PEOPLE = _weekly["settled_by_people"]
SETTLED_BY_BODY = _weekly["settled_by_body"]
DOUBLE_HOURS = _weekly["double_hours"]
HOURS_MEETING = _weekly["hours_meeting"]
HOURS_COORDINATION = _weekly["hours_coordination"]
HOURS_WORK = _weekly["hours_work"]
HOURS_FREE = _weekly["hours_free"]
VALUE = _weekly["value"]
INNOVATIONS = _weekly["innovations"]
METHODS_ANCHORED = _weekly["methods_anchored"]
METHODS_LOST = _weekly["methods_lost"]
MEETINGS_HELD = _weekly["meetings_held"]
MEETINGS_FAILED = _weekly["meetings_failed"]
FOLLOW_UP_HOURS = _weekly["follow_up_hours"]
PROMISES_KEPT = _weekly["promises_kept"]
PROMISES_BROKEN = _weekly["promises_broken"]
INTRODUCTIONS = _weekly["introductions"]
NO_PARTNER = _weekly["no_partner"]
DEPARTURES = _weekly["departures"]
BROUGHT_TOGETHER = _weekly["brought_together"]
ENDED_LOWER = _weekly["ended_lower"]
ENDED_HIGHER = _weekly["ended_higher"]

SHARE_ALONE = _summary["share_alone"]  # the four columns after it: steps 1 to 4
SHARE_JOINT = _summary["share_joint"]
LEAD_TIME = _summary["lead_time"]  # the three columns after it: small, medium, large
WEEKS_TO_STEP_3 = _summary["weeks_to_step_3"]
WEEKS_TO_STEP_4 = _summary["weeks_to_step_4"]
VALUE_PER_HOUR = _summary["value_per_hour"]
HOURS_PER_WEEK = _summary["hours_per_week"]
MEETING_SHARE = _summary["meeting_share"]
DOUBLE_SHARE = _summary["double_share"]
CONFLICTS_PER_100 = _summary["conflicts_per_100"]
