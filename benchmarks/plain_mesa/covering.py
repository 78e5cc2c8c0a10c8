"""What the plain version tells; a scenario that needs more is refused before it runs."""

# Array of the structure that is empty or all zero where a mechanism is not used, and its name.
NOT_TOLD = {
    "shock_key": "outside events",
    "guest": "lent staff",
    "area_pool_hours": "a pool for joint innovation",
    "area_framing": "the framing of the plan",
    "actor_defined_plan": "defining the plan with others",
    "forum_premeeting": "pre-meetings",
    "organisation_data": "shared data",
    "organisation_geography": "cases given out by place",
    "loyalty": "loyal talk",
    "failure_owned": "failure owned jointly",
}


def refuse_what_is_not_told(structure):
    """Stop before a run that would silently leave a mechanism out.

    Raises:
        ValueError: naming every mechanism the scenario uses that this version does not tell.
    """
    missing = [
        name for field, name in NOT_TOLD.items() if len(array := getattr(structure, field))
        and (field in ("shock_key", "guest") or array.any())
    ]  # fmt: skip
    if missing:
        raise ValueError(f"the plain Mesa version does not tell {', '.join(missing)}")
