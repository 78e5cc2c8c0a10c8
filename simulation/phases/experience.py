"""Phase 5, experience: what came of it changes trust, ownership, clarity and expectations.

Reads: cases that ended this week, promises due, matters still waiting. Writes: trust,
acquaintance, ownership, attention, role clarity, acceptance, methods, relations' memory of steps.
The step of a case is read here, from what happened in it.
"""

from simulation.columns import (
    ENDED_HIGHER,
    ENDED_LOWER,
    FINISHED,
    GIVEN_UP_CASES,
    HOURS_COORDINATION,
    PROMISES_BROKEN,
    PROMISES_KEPT,
    VALUE,
)
from simulation.compilation import compiled
from simulation.phases.methods import (
    has_method,
    look_after_methods,
    pass_on_method,
    try_for_method,
    use_methods,
)
from simulation.phases.together import come_together
from simulation.places import organisation_in
from simulation.rules.acquaintance import share_of_acquaintance_won
from simulation.rules.allocation import contribution_in_house
from simulation.rules.attention import attention_after_contact
from simulation.rules.boundaries import clarity_after_settling
from simulation.rules.decisions import expected_wait_while_waiting
from simulation.rules.goals import knowledge_after_contact
from simulation.rules.loyalty import share_forgiven
from simulation.rules.ownership import grown, ownership_share
from simulation.rules.staircase import both_on_one_task, step_done
from simulation.rules.trust import (
    loss_after_shared_failure,
    trust_after_broken_promise,
    trust_after_kept_promise,
)
from simulation.rules.work import contribution, share_met, worth_of_case
from simulation.ties import change_trust, talk, trust_of
from simulation.vocabulary import (
    CONSENT_REFUSED,
    DECIDING,
    DIVIDE,
    EVENT_CASE_FINISHED,
    EVENT_CASE_GIVEN_UP,
    EVENT_PROMISE_BROKEN,
    EXECUTING,
    GIVEN_UP,
    N_SLOTS,
    N_STEPS,
    NO_RELATION,
    NOBODY,
    OVERTAKEN,
    TELL,
    TOGETHER,
    WORKING,
)
from simulation.vocabulary import (
    FINISHED as STATUS_FINISHED,
)
from simulation.writing import leave_queue_anywhere, note


@compiled
def experience(structure, parameters, state, record, seed, week):
    """Judge promises, read what happened, learn, and clear the table."""
    for place in range(state.finished_count[0]):
        case = state.finished_now[place]
        if state.case_forum[case] != NOBODY:
            leave_queue_anywhere(state, case)
        _finish(structure, parameters, state, record, seed, week, case)
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        if state.case_status[case] == DECIDING:
            _wait(parameters, state, week, case)
        elif _is_due(state, week, case):
            _judge_promises(structure, parameters, state, record, week, case)
            _sit_down_when_late(structure, parameters, state, record, seed, week, case)
    _close_cases(state)
    look_after_methods(structure, parameters, state, record, seed, week)


@compiled
def _is_due(state, week, case):
    due = state.case_due[case]
    return (due != NOBODY) & (week >= due) & (not state.case_judged[case])


@compiled
def _wait(parameters, state, week, case):
    """People learn from waiting too, not only from answers."""
    waited = week - state.case_asked[case]
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor != NOBODY:
            state.expected_wait[actor] = expected_wait_while_waiting(
                state.expected_wait[actor], waited, parameters.wait_learning,
                parameters.waiting_learning,
            )  # fmt: skip


@compiled
def _delivered(state, case, slot):
    """Share of what was promised in a slot that has been done, 0..1."""
    done = state.case_apart[case, slot] + state.case_joint[case, slot]
    return share_met(done, state.case_need[case, slot])


@compiled
def _judge_promises(structure, parameters, state, record, week, case):
    """At the promised date, or when the case ends before it, each sees if the other delivered.

    The holder made one promise, however many judge it.
    """
    if state.case_judged[case]:
        return
    state.case_judged[case] = True
    holder = state.case_actor[case, 0]
    counts = 1
    for slot in range(1, N_SLOTS):
        partner = state.case_actor[case, slot]
        if partner == NOBODY or state.case_settled[case, slot] < DIVIDE:
            continue
        both_late = (
            _delivered(state, case, 0) < parameters.promise_kept_share
            and _delivered(state, case, slot) < parameters.promise_kept_share
        )
        _judge(
            structure, parameters, state, record, week, case, partner, holder, 0, both_late, counts
        )
        _judge(
            structure, parameters, state, record, week, case, holder, partner, slot, both_late, 1
        )
        counts = 0


@compiled
def _judge(structure, parameters, state, record, week, case, me, other, others, both_late, counts):
    """``me`` judges what ``other``, in slot ``others``, delivered; ``counts`` are counted."""
    trust = trust_of(state, me, other)
    if _delivered(state, case, others) >= parameters.promise_kept_share:
        record.flow[PROMISES_KEPT] += counts
        after = trust_after_kept_promise(trust, parameters.trust_gain)
    else:
        record.flow[PROMISES_BROKEN] += counts
        note(record, week, EVENT_PROMISE_BROKEN, case, other, me, -1, trust)
        loss = parameters.trust_loss
        if both_late:
            owned = structure.failure_owned[
                structure.actor_organisation[me], structure.actor_organisation[other]
            ]
            loss = loss_after_shared_failure(
                loss,
                state.ownership[me],
                state.ownership[other],
                share_forgiven(parameters.shared_failure_forgiven, owned),
            )
            if state.present[me]:
                state.hours_left[me] -= owned * parameters.failure_hours
                record.flow[HOURS_COORDINATION] += owned * parameters.failure_hours
        after = trust_after_broken_promise(trust, loss)
    if state.present[me] and state.present[other]:  # a vacant post neither judges nor is judged
        change_trust(structure, parameters, state, me, other, after)


@compiled
def _sit_down_when_late(structure, parameters, state, record, seed, week, case):
    """A part that is not done at the promised date may bring those involved to one table."""
    if state.case_status[case] != WORKING:
        return
    for slot in range(1, N_SLOTS):
        if state.case_settled[case, slot] == DIVIDE:
            chance = parameters.together_when_late
            come_together(structure, parameters, state, record, seed, week, case, slot, chance)


@compiled
def _finish(structure, parameters, state, record, seed, week, case):
    """A case has ended: judge it, read its step, count its worth, learn from it."""
    _judge_promises(structure, parameters, state, record, week, case)
    if _delivered(state, case, 0) < parameters.enough_done:
        state.case_status[case] = GIVEN_UP
        record.flow[GIVEN_UP_CASES] += 1
        note(record, week, EVENT_CASE_GIVEN_UP, case, state.case_actor[case, 0], -1, -1, 0.0)
        return
    state.case_status[case] = STATUS_FINISHED
    highest, level = 0, structure.actor_level[state.case_actor[case, 0]]
    helpers, contributed, agreed = 0, 0.0, 0
    for slot in range(1, N_SLOTS):
        if state.case_helper[case, slot - 1] != NOBODY:
            helpers += 1
        contributed += contribution_in_house(
            state.case_covered[case, slot - 1],
            state.case_difficulty[case],
            parameters.in_house_worth,
        )
        if state.case_actor[case, slot] == NOBODY or state.case_settled[case, slot] < TELL:
            continue
        step = _read_step(structure, parameters, state, record, seed, week, case, slot)
        contributed += _contribution(parameters, state, case, slot, step)
        _learn(structure, parameters, state, record, seed, week, case, slot, step)
        _credit(structure, parameters, state, case, slot, step)
        highest = max(highest, step)
        agreed = max(agreed, state.case_agreed[case, slot])
        level = min(level, structure.actor_level[state.case_actor[case, slot]])
    quality = _delivered(state, case, 0) * (1.0 + contributed) / (1.0 + helpers)
    _count_worth(structure, parameters, state, record, case, quality)
    use_methods(state, week, case)
    _widen_circle(structure, parameters, state, case)
    if agreed > 0:
        _credit(structure, parameters, state, case, 0, highest)
    if highest < agreed:
        record.flow[ENDED_LOWER] += 1
    elif highest > agreed:
        record.flow[ENDED_HIGHER] += 1
    record.flow[FINISHED + highest] += 1
    record.level_steps[level, highest] += 1
    note(record, week, EVENT_CASE_FINISHED, case, state.case_actor[case, 0], -1, -1, highest)


@compiled
def _read_step(structure, parameters, state, record, seed, week, case, slot):
    """What holder and partner did in this case, and the relation's memory of it."""
    together = both_on_one_task(
        state.case_joint[case, 0],
        state.case_joint[case, slot],
        state.case_need[case, 0],
        state.case_need[case, slot],
        parameters.joint_share_needed,
    )
    new_method = together and try_for_method(
        structure, parameters, state, record, seed, week, case, slot
    )
    part_done = _delivered(state, case, slot) >= parameters.promise_kept_share
    step = step_done(
        state.case_informed[case, slot],
        state.case_divided[case, slot],
        part_done,
        together,
        new_method,
    )
    one, other = organisation_in(state, case, 0), organisation_in(state, case, slot)
    one, other = min(one, other), max(one, other)
    state.relation_steps[_relation_of(state, one, other), step] += 1.0
    record.pair_steps[one, other, step] += 1
    return step


@compiled
def _relation_of(state, one, other):
    """Number of the relation between two organisations, which begins with the first shared case."""
    relation = state.relation_at[one, other]
    if relation == NO_RELATION:
        relation = state.relation_count[0]
        state.relation_count[0] = relation + 1
        state.relation_at[one, other] = relation
        state.relation_first[relation] = one
        state.relation_second[relation] = other
        state.relation_place[relation] = -1
        for step in range(N_STEPS):
            state.relation_steps[relation, step] = 0.0
    return relation


@compiled
def _contribution(parameters, state, case, slot, step):
    """What the partner's part adds to how well the case is met, 0..1."""
    if state.case_settled[case, slot] < DIVIDE:
        if state.case_consent[case] == CONSENT_REFUSED:
            return parameters.information_worth * parameters.general_knowledge
        return parameters.information_worth
    added = contribution(
        _delivered(state, case, slot),
        state.case_difficulty[case],
        step >= TOGETHER,
        parameters.fragmentation,
    )
    return max(parameters.information_worth, added)


@compiled
def _learn(structure, parameters, state, record, seed, week, case, slot, step):
    """Working together makes people know each other and see the boundary between them."""
    holder, partner = state.case_actor[case, 0], state.case_actor[case, slot]
    joint = min(state.case_joint[case, 0], state.case_joint[case, slot])
    hours = parameters.tell_hours + parameters.talk_in_joint_work * joint
    share = share_of_acquaintance_won(hours, parameters.acquaintance_hours)
    both = state.present[holder] and state.present[partner]
    if both:
        talk(structure, parameters, state, seed, holder, partner, share)
    for one, two in ((holder, partner), (partner, holder)):
        if not both:
            continue
        state.knowledge[one] = knowledge_after_contact(
            state.knowledge[one], state.knowledge[two], hours, parameters.knowledge_gain
        )
        if step >= TOGETHER:
            pass_on_method(
                structure, parameters, state, record, seed, week, state.case_key[case], two, one,
                state.case_theme[case], hours,
            )  # fmt: skip
    one, other = organisation_in(state, case, 0), organisation_in(state, case, slot)
    if step >= DIVIDE:
        clearer = clarity_after_settling(state.role_clarity[one, other], parameters.clarity_gain)
        state.role_clarity[one, other] = clearer
        state.role_clarity[other, one] = clearer


@compiled
def _credit(structure, parameters, state, case, slot, step):
    """One who took part, once a case: hours given make the work one's own, results are seen."""
    actor = state.case_actor[case, slot]
    spent = state.case_apart[case, slot] + state.case_joint[case, slot]
    share = ownership_share(spent, parameters.ownership_from_hours)
    state.ownership[actor] = grown(state.ownership[actor], share)
    if step >= DIVIDE:
        _show_leaders(structure, parameters, state, organisation_in(state, case, slot))


@compiled
def _widen_circle(structure, parameters, state, case):
    """Small concrete tasks done with residents at the executing level widen the circle."""
    resident, executing = False, False
    for slot in range(N_SLOTS):
        actor = state.case_actor[case, slot]
        if actor == NOBODY or (slot > 0 and state.case_settled[case, slot] < DIVIDE):
            continue
        if structure.actor_resident[actor]:
            resident = True
        elif structure.actor_level[actor] == EXECUTING:
            executing = True
    if resident and executing and state.case_size[case] == 0:
        area = state.case_area[case]
        state.active_residents[area] = grown(
            state.active_residents[area], parameters.active_from_tasks
        )


@compiled
def _show_leaders(structure, parameters, state, organisation):
    """Results that leaders see win their attention."""
    first, end = structure.member_start[organisation], structure.member_start[organisation + 1]
    for place in range(first, end):
        actor = structure.member[place]
        if structure.actor_leads[actor] and state.present[actor]:
            state.attention[actor] = attention_after_contact(
                state.attention[actor], parameters.attention_from_results
            )


@compiled
def _count_worth(structure, parameters, state, record, case, quality):
    area = state.case_area[case]
    bonus = 0.0
    holder, home = state.case_actor[case, 0], organisation_in(state, case, 0)
    if has_method(state, holder, home, state.case_theme[case]):
        bonus = parameters.method_bonus
    worth = worth_of_case(
        state.case_hours[case],
        quality,
        state.acceptance[area],
        parameters.acceptance_matters,
        bonus,
    )
    record.flow[VALUE] += worth
    record.theme_worth[state.case_theme[case], 1] += worth
    record.area_worth[area, 1] += worth
    share = parameters.acceptance_from_results * quality
    state.acceptance[area] = grown(state.acceptance[area], share)


@compiled
def _close_cases(state):
    """Take the ended cases off the list of open ones, keeping the order of the rest."""
    kept = 0
    for place in range(state.open_count[0]):
        case = state.open_cases[place]
        status = state.case_status[case]
        ended = (status == STATUS_FINISHED) | (status == GIVEN_UP) | (status == OVERTAKEN)
        state.open_cases[kept] = case
        kept += not ended
    state.open_count[0] = kept
