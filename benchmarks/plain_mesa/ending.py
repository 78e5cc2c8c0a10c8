"""What came of a case: promises are judged, its step is read, and those involved learn."""

from benchmarks.plain_mesa.methods import pass_on_method, try_for_method
from benchmarks.plain_mesa.rules import (
    both_on_one_task,
    contribution,
    contribution_in_house,
    expected_wait_while_waiting,
    grown,
    knowledge_after_contact,
    loss_after_shared_failure,
    ownership_share,
    share_of_acquaintance_won,
    step_done,
    trust_after_broken_promise,
    trust_after_kept_promise,
    worth_of_case,
)
from simulation.vocabulary import (
    CONSENT_REFUSED,
    DIVIDE,
    EXECUTING,
    FINISHED,
    GIVEN_UP,
    MEDIUM,
    TELL,
    TOGETHER,
    WORKING,
)


def wait(model, case, week):
    """People learn from waiting too, not only from answers."""
    p, waited = model.parameters, week - case.asked
    learning, share = p.wait_learning, p.waiting_learning
    for person in case.people():
        person.expected_wait = expected_wait_while_waiting(
            person.expected_wait, waited, learning, share
        )


def come_due(model, case):
    """At the promised date each sees if others delivered, and two who are late may sit down."""
    judge_promises(model, case)
    if case.status == WORKING:
        for part in case.parts[1:]:
            if part.settled == DIVIDE:
                case.come_together(part, model.parameters.together_when_late)


def judge_promises(model, case):
    """Each sees if others delivered; the holder made one promise, however many judge it."""
    if case.judged:
        return
    case.judged = True
    holder, enough = case.parts[0], model.parameters.promise_kept_share
    counts = 1
    for part in case.parts[1:]:
        if part.settled >= DIVIDE:
            both_late = holder.delivered() < enough and part.delivered() < enough
            judge(model, part.actor, holder, both_late, counts)
            judge(model, holder.actor, part, both_late, 1)
            counts = 0


def judge(model, me, part, both_late, counts):
    """One judges what another delivered."""
    p, other = model.parameters, part.actor
    trust = me.trust[other]
    if part.delivered() >= p.promise_kept_share:
        model.promises_kept += counts
        after = trust_after_kept_promise(trust, p.trust_gain)
    else:
        model.promises_broken += counts
        loss = p.trust_loss
        if both_late:
            loss = loss_after_shared_failure(
                loss, me.ownership, other.ownership, p.shared_failure_forgiven
            )
        after = trust_after_broken_promise(trust, loss)
    if me.present and other.present:
        me.change_trust(other, after)


def finish(model, case, week):
    """A case has ended: judge it, read its step, count its worth, learn from it."""
    if case.forum is not None:
        case.forum.drop(case)
    judge_promises(model, case)
    holder = case.parts[0]
    if case.size >= MEDIUM and holder.settled >= TOGETHER:
        model.strategic_work += sum(part.apart + part.joint for part in case.parts)
    if holder.delivered() < model.parameters.enough_done:
        case.status = GIVEN_UP
        model.given_up += 1
        return
    case.status = FINISHED
    highest, agreed, level, contributed = 0, 0, holder.actor.level, 0.0
    for part in case.parts[1:]:
        if part.covered > 0.0:
            contributed += contribution_in_house(
                part.covered, case.difficulty, model.parameters.in_house_worth
            )
        if part.settled >= TELL:
            step = read_step(model, case, part, week)
            contributed += worth_of_part(model, case, part, step)
            learn(model, case, part, step, week)
            credit(model, part, step)
            highest = max(highest, step)
            agreed = max(agreed, part.agreed)
            level = min(level, part.actor.level)
    count_worth(model, case, holder.delivered() * (1.0 + contributed) / len(case.parts))
    widen_circle(model, case)
    for person in case.people():
        if case.theme in person.methods:
            person.method_used[case.theme] = week
    if agreed > 0:
        credit(model, holder, highest)
    model.ended_lower += highest < agreed
    model.ended_higher += highest > agreed
    model.finished[highest] += 1
    model.level_steps[level][highest] += 1


def read_step(model, case, part, week):
    """What holder and partner did in this case, and the relation's memory of it."""
    p, holder = model.parameters, case.parts[0]
    together = both_on_one_task(
        holder.joint, part.joint, holder.need, part.need, p.joint_share_needed
    )
    step = step_done(
        part.informed,
        part.divided,
        part.delivered() >= p.promise_kept_share,
        together,
        together and try_for_method(model, case, part, week),
    )
    case.origin.relations[part.organisation].remember(step)
    return step


def worth_of_part(model, case, part, step):
    """What the partner's part adds to how well the case is met."""
    p = model.parameters
    if part.settled < DIVIDE:
        known = p.general_knowledge if case.consent == CONSENT_REFUSED else 1.0
        return p.information_worth * known
    added = contribution(part.delivered(), case.difficulty, step >= TOGETHER, p.fragmentation)
    return max(p.information_worth, added)


def learn(model, case, part, step, week):
    """Working together makes people know each other, and see the boundary between them."""
    p, holder = model.parameters, case.parts[0]
    one, two = holder.actor, part.actor
    hours = p.tell_hours + p.talk_in_joint_work * min(holder.joint, part.joint)
    if one.present and two.present:
        one.talk(two, share_of_acquaintance_won(hours, p.acquaintance_hours))
        learn_goals = knowledge_after_contact
        one.knowledge = learn_goals(one.knowledge, two.knowledge, hours, p.knowledge_gain)
        two.knowledge = learn_goals(two.knowledge, one.knowledge, hours, p.knowledge_gain)
        if step >= TOGETHER:
            pass_on_method(model, two, one, case.theme, hours, week)
            pass_on_method(model, one, two, case.theme, hours, week)
    if step >= DIVIDE:
        case.origin.relations[part.organisation].settle(p.clarity_gain)


def credit(model, part, step):
    """One who took part, once a case: hours make the work one's own, results are seen."""
    p, actor = model.parameters, part.actor
    share = ownership_share(part.apart + part.joint, p.ownership_from_hours)
    actor.ownership = grown(actor.ownership, share)
    if step >= DIVIDE:
        part.organisation.show_leaders(p.attention_from_results)


def widen_circle(model, case):
    """Small concrete tasks done with residents at the executing level widen the circle."""
    if case.size > 0:
        return
    holder = case.parts[0]
    doing = [part.actor for part in case.parts if part is holder or part.settled >= DIVIDE]
    if any(person.resident for person in doing) and any(
        person.level == EXECUTING and not person.resident for person in doing
    ):
        case.area.widen_circle(model.parameters.active_from_tasks)


def count_worth(model, case, quality):
    """Value for residents, and what it does to their acceptance."""
    p, area, theme = model.parameters, case.area, case.theme
    bonus = p.method_bonus if case.parts[0].actor.has_method(theme) else 0.0
    worth = worth_of_case(case.hours, quality, area.acceptance, p.acceptance_matters, bonus)
    model.value += worth
    area.value += worth
    model.theme_value[theme] += worth
    area.acceptance = grown(area.acceptance, p.acceptance_from_results * quality)
