"""Worlds and parameters for hypothesis, and worlds with people and organisations renumbered."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from simulation.parameters import Parameters, parameter_catalogue
from simulation.state import STATE_SHAPES, State
from simulation.ties import acquaintance_matrix, both_ways, trust_matrix
from simulation.vocabulary import N_SIZES, N_THEMES, NO_RELATION, NOBODY
from tests.simulation.worlds import Body, Person, World

SHARE = st.floats(0.0, 1.0)


@st.composite
def some_parameters(draw: st.DrawFn) -> Parameters:
    """A few parameters anywhere in their ranges, ends included, the others as they are."""
    catalogue = parameter_catalogue()
    chosen = draw(st.lists(st.sampled_from(sorted(catalogue)), max_size=12, unique=True))
    values = {}
    for name in chosen:
        _, about = catalogue[name]
        values[name] = draw(st.floats(about.low, about.high))
    return Parameters(**values)


@st.composite
def some_people(draw: st.DrawFn, organisations: int) -> list[Person]:
    count = draw(st.integers(organisations, 10))
    homes = list(range(organisations))
    homes += [draw(st.integers(0, organisations - 1)) for _ in range(count - organisations)]
    return [
        Person(
            f"person {place}",
            homes[place],
            hours=draw(st.sampled_from([0.0, 2.0, 10.0, 37.0])),
            level=draw(st.integers(0, 3)),
            mandate=float(draw(st.integers(0, 3))),
            mandate_clarity=draw(SHARE),
            overlap=draw(SHARE),
            skill=tuple(draw(st.lists(SHARE, min_size=N_THEMES, max_size=N_THEMES))),
            leads=draw(st.booleans()),
            resident=draw(st.booleans()),
            operates=draw(st.booleans()),
            coordinating=draw(st.sampled_from([0.0, 0.5, 1.0])),
            turnover=draw(st.sampled_from([0.0, 0.2, 0.95])),
            activity_hours=draw(st.sampled_from([0.0, 0.0, 5.0])),
            defined_plan=draw(st.sampled_from([-1.0, 0.0, 0.7])),
            **draw(some_lending(organisations, homes[place])),
        )
        for place in range(count)
    ]


@st.composite
def some_lending(draw: st.DrawFn, organisations: int, home: int) -> dict:
    """Up to one in three is lent to another organisation."""
    host = draw(st.integers(-2 * organisations, organisations - 1))
    if host < 0 or host == home:
        return {}
    return {"lent_to": host, "lent_share": draw(SHARE), "host_leads": draw(SHARE)}


@st.composite
def some_bodies(draw: st.DrawFn, people: int) -> list[Body]:
    bodies = []
    for place in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.integers(0, people - 1), min_size=1, max_size=6, unique=True))
        period = draw(st.sampled_from([1, 2, 4, 13]))
        bodies.append(
            Body(
                f"body {place}",
                members,
                period=period,
                phase=draw(st.integers(0, period - 1)),
                capacity=draw(st.sampled_from([0, 1, 3, 100])),
                format=draw(st.integers(0, 2)),
                hours=draw(st.sampled_from([0.0, 2.0, 8.0])),
                preparation=draw(st.sampled_from([0.0, 1.0])),
                right=draw(st.integers(0, 3)),
                mandate=float(draw(st.integers(0, 3))),
                clarity=draw(SHARE),
                of_plan=draw(st.booleans()),
                level=draw(st.integers(0, 3)),
                premeeting=draw(st.sampled_from([0, 0, 1])) if period > 1 else 0,
            )
        )
    return bodies


@st.composite
def some_worlds(draw: st.DrawFn) -> World:
    """One to four organisations, up to ten people and four bodies, any routes among them."""
    organisations = draw(st.integers(1, 4))
    people = draw(some_people(organisations))
    bodies = draw(some_bodies(len(people)))
    stops = st.lists(st.integers(0, len(bodies) - 1), min_size=1, max_size=3, unique=True)
    sizes = draw(st.lists(st.floats(0.01, 1.0), min_size=N_SIZES, max_size=N_SIZES))
    return World(
        [f"organisation {place}" for place in range(organisations)],
        people,
        bodies,
        routes={(k, size): draw(stops) for k in range(organisations) for size in range(1, N_SIZES)},
        case_rate=draw(st.sampled_from([0.0, 0.5, 3.0, 12.0])),
        size_share=tuple(size / sum(sizes) for size in sizes),
        trust=draw(SHARE),
        acquaintance=draw(SHARE),
        clarity=draw(SHARE),
        formal=draw(SHARE),
        control=draw(SHARE),
        urgency=draw(st.sampled_from([1.0, 8.0, 1000.0])),
        data=draw(SHARE),
        framing=draw(st.floats(-1.0, 1.0)),
        pool=draw(st.sampled_from([0.0, 30.0])),
        geography=draw(SHARE),
        loyalty=draw(SHARE),
        failure_owned=draw(SHARE),
    )


# --- renumbering ---


def renumbered(world: World, people: list[int], organisations: list[int]) -> World:
    """The same world with people and organisations in another order.

    ``people[new]`` is the old number of the person who now has number ``new``; so for
    organisations. Lists of members keep their order.
    """
    new_person = np.argsort(people).tolist()
    new_home = np.argsort(organisations).tolist()
    new_host = [*new_home, NOBODY]  # lent to none is the last place
    camps = world.camps or list(range(len(world.organisations)))
    goals = world.goals
    return replace(
        world,
        organisations=[world.organisations[old] for old in organisations],
        people=[
            replace(
                world.people[old],
                organisation=new_home[world.people[old].organisation],
                lent_to=new_host[world.people[old].lent_to],
            )
            for old in people
        ],
        bodies=[
            replace(body, members=[new_person[i] for i in body.members]) for body in world.bodies
        ],
        camps=[camps[old] for old in organisations],
        routes={(new_home[k], size): stops for (k, size), stops in world.routes.items()},
        goals=None if goals is None else goals[organisations],
    )


# Lists whose order is free, places on routes, which are numbered by organisation, and the sums of
# an observation, to which an idle person counts as well, like where someone may be known; and what
# the last race and choice left.
LISTS = (
    "may_know_at",
    "attending", "view_weight", "case_route", "theme_mean", "theme_distance",
    "race_who", "race_weight", "race_uniform", "race_time", "noise_uniform", "noise", "may_help",
)  # fmt: skip
NAMES_OF_PEOPLE = ("case_actor",)
NAMES_OF_ORGANISATIONS = ("case_origin", "case_helper")
TRIANGLES = ("relation_steps", "relation_place")


def _arrays(state: State) -> Iterator[tuple[str, str, np.ndarray]]:
    """Name, letters of its shape, and values of each array; ties as matrices over people."""
    for name, (shape, _) in STATE_SHAPES.items():
        if name not in LISTS and not name.startswith(("tie_", "relation_")):
            yield name, shape, _arisen(state, name, shape)
    yield "trust", "AA", trust_matrix(state)
    yield "first_trust", "AA", both_ways(state, state.tie_first_trust)
    known = both_ways(state, state.tie_former_known)
    yield "former_known", "AA", known
    for name in ("tie_former_acquaintance", "tie_former_trust", "tie_former_trusted"):
        yield name, "AA", np.where(known, both_ways(state, getattr(state, name)), 0.0)
    yield "acquaintance", "AA", acquaintance_matrix(state)
    yield "relation_steps", "OOK", state.relation_steps[state.relation_at]
    places = np.where(state.relation_at == NO_RELATION, -1, state.relation_place[state.relation_at])
    yield "relation_place", "OO", places


def _arisen(state: State, name: str, shape: str) -> np.ndarray:
    """An array of the state, without the cases that have not arisen."""
    values: np.ndarray = getattr(state, name)
    return values[: state.cases_arisen[0]] if shape.startswith("C") else values


def renumber_back(
    state: State, people: list[int], organisations: list[int]
) -> dict[str, np.ndarray]:
    """Arrays of a renumbered world in the old numbering; lists of pairs are left out."""
    orders = {"A": np.argsort(people), "O": np.argsort(organisations)}
    names = {
        "A": np.append(np.array(people), NOBODY),
        "O": np.append(np.array(organisations), NOBODY),
    }
    arrays = {}
    for name, shape, values in _arrays(state):
        for axis, letter in enumerate(shape):
            if letter in orders:
                values = np.take(values, orders[letter], axis=axis)
        if name in NAMES_OF_PEOPLE:
            values = names["A"][values]
        if name in NAMES_OF_ORGANISATIONS:
            values = names["O"][values]
        if name in TRIANGLES:
            values = np.maximum(values, np.swapaxes(values, 0, 1))
        arrays[name] = values
    return arrays


def first_ones(state: State, people: int, organisations: int) -> dict[str, np.ndarray]:
    """Arrays of the first people and organisations only, lists of pairs left out."""
    counts = {"A": people, "O": organisations}
    arrays = {}
    for name, shape, values in _arrays(state):
        arrays[name] = values[tuple(slice(counts.get(letter)) for letter in shape)]
    return arrays


def differences(
    one: dict[str, np.ndarray], other: dict[str, np.ndarray], tolerance: float = 0.0
) -> list[str]:
    """Names of the arrays that differ by more than the tolerance."""
    return [
        name
        for name, values in one.items()
        if values.shape != other[name].shape
        or not np.allclose(values, other[name], rtol=0.0, atol=tolerance, equal_nan=True)
    ]
