"""A run as a digest of the bits of everything in it; also a program, for other processes.

python -m tests.simulation.digest WORLD SEED WEEKS
"""

import hashlib
import sys
from collections.abc import Callable

import numpy as np

from simulation.parameters import Parameters, parameter_catalogue
from simulation.runs import Run, run_one
from simulation.state import Record, State
from simulation.structure import Structure
from simulation.vocabulary import ADVISE, CONSENT, SHOCKS
from tests.simulation.worlds import Body, Shock, ordinary_world


def lively_world() -> Structure:
    """Every format and right, people who leave or are lent, residents, matters overtaken."""
    world = ordinary_world(case_rate=6.0, urgency=26.0, formal=0.3, clarity=0.1)
    for place, person in enumerate(world.people):
        person.skill = tuple(((place * 7 + theme * 3) % 10) / 9 for theme in range(5))
        person.overlap = (place % 5) / 4
        person.turnover = 0.6
        person.mandate = float(place % 3)
        person.mandate_clarity = 0.7
        person.activity_hours = 2.0 * (place % 3 == 2)
        person.defined_plan = (place % 3) - 1.0
    for place, host, share in ((2, 2, 0.5), (6, 2, 1.0), (11, 0, 0.3)):
        person = world.people[place]
        person.lent_to, person.lent_share, person.host_leads = host, share, 0.5
    world.measured = [(0, 9, 0.9, -1.0, 0.4), (1, 2, 0.2, 0.3, 0.0), (3, 14, -1.0, -1.0, 0.0)]
    world.framing, world.pool, world.geography = -0.5, 100.0, 0.6
    world.loyalty, world.failure_owned = 0.5, 0.5
    monthly, quarterly = world.bodies
    monthly.format, monthly.clarity, monthly.capacity = 1, 0.5, 2
    world.shocks = [
        Shock(f"shock_{kind}", kind, rate=0.8, weeks=4, size=1.5 if kind == 2 else 0.3)
        for kind in range(len(SHOCKS))
    ]
    world.shocks[3].week = 40
    quarterly.premeeting, world.data = 2, 0.5
    quarterly.format, quarterly.right, quarterly.of_plan = 2, CONSENT, False
    world.bodies.append(Body("advisers", [2, 6, 10], right=ADVISE))
    for home in range(len(world.organisations)):
        world.routes[home, 3] = [2, 0, 1]
    return world.build()


def trusting_world() -> Structure:
    """People with hours enough who trust each other and differ in what they can."""
    world = ordinary_world(case_rate=6.0, trust=0.95, acquaintance=0.9, control=0.0)
    for place, person in enumerate(world.people):
        person.skill = tuple(((place * 7 + theme * 3) % 10) / 9 for theme in range(5))
        person.hours = 30.0
    return world.build()


def plain_world() -> Structure:
    return ordinary_world().build()


def highest() -> Parameters:
    """Every parameter at the upper end of its range."""
    return Parameters(*(about.high for _, about in parameter_catalogue().values()))


def inventive() -> Parameters:
    """Trying something new pays, succeeds, and is soon anchored or lost."""
    return Parameters(
        gain_try_new=5.0, innovation_chance=1.0, distance_best=0.2, anchoring_chance=0.2,
        method_life=6.0, refusal_share=0.5, goodwill_needed=1.0,
    )  # fmt: skip


def passing_on() -> Parameters:
    """Whoever knows a method works together with others who do not, and passes it on;
    what is not used is soon forgotten.
    """
    return Parameters(
        gain_together=4.0, gain_try_new=5.0, new_left_with_method=0.0, distance_best=0.2,
        innovation_chance=0.5, method_passed_on=1.0, named_resident=0.0, in_house_suffices=0.0,
        common_time=1.0, sitting_hours=0.0, method_life=4.0,
    )  # fmt: skip


WORLDS: dict[str, Callable[[], tuple[Structure, Parameters]]] = {
    "plain": lambda: (plain_world(), Parameters()),
    "lively": lambda: (lively_world(), Parameters()),
    "inventive": lambda: (lively_world(), inventive()),
    "passing_on": lambda: (trusting_world(), passing_on()),
    "highest": lambda: (lively_world(), highest()),
}


def lines_of(state: State, record: Record) -> list[str]:
    """One line per array: its name, its shape, and a digest of its bits.

    Cases that never arose, events beyond those kept and scratch are left as they were found.
    """
    return [
        f"{name} {array.shape} {_bits(array)}"
        for things in (state, record)
        for name, array in things._asdict().items()
    ]


def _bits(array: np.ndarray) -> str:
    return hashlib.blake2b(np.ascontiguousarray(array).tobytes(), digest_size=8).hexdigest()


def run_world(name: str, seed: int, weeks: int) -> Run:
    structure, parameters = WORLDS[name]()
    return run_one(structure, parameters, seed, weeks, events=20_000)


def summary_lines(summary: dict[str, float]) -> list[str]:
    return [f"{name} {value.hex()}" for name, value in summary.items()]


def main() -> None:
    name, seed, weeks = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    run = run_world(name, seed, weeks)
    print("\n".join([*lines_of(run.state, run.record), *summary_lines(run.summary)]))


if __name__ == "__main__":
    main()
