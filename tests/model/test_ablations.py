"""What each mechanism gives and what it costs, named beforehand, by switching it off.

A mechanism has its price as well as its benefit: without it one observable gets worse and another
gets better. Where the model does not show what was expected, the table says so under ``not_seen``
and that is tested the other way round.
"""

import numpy as np
import pytest

from simulation import OBSERVABLES
from simulation.ablation import MECHANISMS
from tests.model.mechanisms import ALL_SIDES, changes_when_off, mechanisms

TABLE = mechanisms()
SEEDS = np.arange(1, 61)
STANDARD_ERRORS = 3.0


@pytest.mark.parametrize("name", TABLE)
def test_without_a_mechanism_one_thing_gets_worse_and_another_better(name: str) -> None:
    row = TABLE[name]
    found = changes_when_off(row, SEEDS)

    assert found
    seen = {side: change > STANDARD_ERRORS for side, change in found.items()}
    assert seen == {side: side not in row.not_seen for side in found}, found


@pytest.mark.parametrize("name", TABLE)
def test_worse_and_better_are_what_the_catalogue_says(name: str) -> None:
    """Observables of which neither more nor less is better may stand for either."""
    for side, better in zip(ALL_SIDES, (-1, 1, -1, 1), strict=True):
        expected = getattr(TABLE[name], side)
        if expected is not None:
            observable, sign = expected
            assert OBSERVABLES[observable].direction in (0, better * sign)


def test_what_is_not_seen_is_among_what_was_expected() -> None:
    for row in TABLE.values():
        assert all(getattr(row, side) is not None for side in row.not_seen), row.name


def test_every_mechanism_is_in_the_table() -> None:
    assert set(TABLE) == set(MECHANISMS)
