"""What the plain version tells; a scenario that needs more is refused before it runs."""

# Arrays of the structure that are empty, or all zero, where a mechanism is not used.
EMPTY_UNLESS_USED = {
    "shock_key": "outside events",
    "guest": "lent staff",
    "measured_first": "measured pairs",
}
ZERO_UNLESS_USED = {
    "area_pool_hours": "a pool for joint innovation",
    "area_framing": "the framing of the plan",
    "actor_defined_plan": "defining the plan with others",
    "forum_premeeting": "pre-meetings",
    "shared_data": "shared data",
    "organisation_geography": "cases given out by place",
    "loyalty": "loyal talk",
    "failure_owned": "failure owned jointly",
}
NOT_TOLD = EMPTY_UNLESS_USED | ZERO_UNLESS_USED


def refuse_what_is_not_told(structure):
    """Stop before a run that would silently leave a mechanism out.

    Raises:
        ValueError: naming every mechanism the scenario uses that this version does not tell.
    """
    used = [name for field, name in EMPTY_UNLESS_USED.items() if len(getattr(structure, field))]
    used += [name for field, name in ZERO_UNLESS_USED.items() if getattr(structure, field).any()]
    if used:
        raise ValueError(f"the plain Mesa version does not tell {', '.join(used)}")
