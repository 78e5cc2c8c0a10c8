"""What a sweep is to run: conditions, and the seeds that all of them share."""

from typing import NamedTuple


class Condition(NamedTuple):
    """One scenario at one design point."""

    name: str  # unique in the experiment, e.g. "central_professionel" or "central_professionel@12"
    model: str  # what `scenarios.load` takes: a name, a+b+c, or a path
    settings: tuple[tuple[str, str], ...]  # path -> value as text (`scenarios.with_settings`)
    point: int  # number of the design point, -1 where there is none


class Plan(NamedTuple):
    """What is to be run: every condition with seeds first_seed .. first_seed + runs - 1."""

    conditions: tuple[Condition, ...]
    first_seed: int
    runs: int
    weeks: int | None  # None: the scenario's own
    trajectories: bool  # also keep weekly columns
    case_logs: bool  # also keep the event log
    run_seconds: float  # limit for one run, after which it counts as hung
