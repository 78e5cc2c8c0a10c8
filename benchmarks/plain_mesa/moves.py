"""Moves inside the partnership: who fills a vacant post may bring ties and methods along."""

from benchmarks.plain_mesa.rules import acquaintance_brought_along


class Former:
    """Who left a post: what they knew of others, and others of them."""

    __slots__ = ("acquaintance", "methods", "moved", "trust", "trusted", "week")

    def __init__(self, person, week):
        self.week = week
        self.trust = dict(person.trust)
        self.acquaintance = dict(person.acquaintance)
        self.trusted = {other: other.trust[person] for other in person.trust}
        self.methods = dict(person.methods)
        self.moved = False


def let_newcomers_bring_ties(model, newcomers, week):
    """Someone new this week may be known already: they lately left another post here."""
    p = model.parameters
    for person in newcomers:
        if person.hours <= 0.0 or model.uniform() >= p.move_chance:
            continue
        posts = [one for one in model.agents if may_move(one, person, week, p.move_memory)]
        if posts:
            former = model.random.choice(posts).former
            former.moved = True
            bring_along(model, person, former, week)
            model.moves += 1


def may_move(post, person, week, memory):
    """Of the same level, from elsewhere, gone for a while, and not in a post again already."""
    former = post.former
    return (
        former is not None
        and former.week < week <= former.week + memory
        and not former.moved
        and post.hours > 0.0
        and post.level == person.level
        and post.organisation is not person.organisation
    )


def bring_along(model, person, former, week):
    """Ties to those who are still in their posts, and methods that still live, come along."""
    kept, weeks = model.kept["tie"], week - former.week
    for other, acquaintance in former.acquaintance.items():
        if other is person or not other.present or other.arrived_week >= former.week:
            continue
        level = acquaintance_brought_along(acquaintance, kept, weeks)
        if level > person.acquaintance.get(other, 0.0):
            person.tie_to(other, former.trust[other], former.trusted[other])
            person.set_acquaintance(other, level)
    for method in former.methods.values():
        if not method.lost:
            person.learn_method(method, week)
