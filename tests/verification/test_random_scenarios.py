"""Random shipped models keep every invariant: a few for every change, and half of a thousand.

The other half is in a file of its own, so that two processes share them.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.random_scenarios import MODELS, complaints, few, half, some_settings


@few
@given(st.sampled_from(MODELS), some_settings(), st.integers(0, 2**31))
def test_invariants_hold_in_some_scenarios(model: str, changes: dict, seed: int) -> None:
    assert complaints(model, changes, seed) == []


@pytest.mark.verify
@half
@given(st.sampled_from(MODELS), some_settings(), st.integers(0, 2**31))
def test_invariants_hold_in_half_a_thousand_scenarios(model: str, changes: dict, seed: int) -> None:
    assert complaints(model, changes, seed) == []
