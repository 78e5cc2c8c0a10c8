"""The other half of a thousand random shipped models keep every invariant too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.random_scenarios import MODELS, complaints, half, some_settings

OTHER_HALF = st.integers(2**31 + 1, 2**32)


@pytest.mark.verify
@half
@given(st.sampled_from(MODELS), some_settings(), OTHER_HALF)
def test_invariants_hold_in_the_other_half_of_a_thousand_scenarios(
    model: str, changes: dict, seed: int
) -> None:
    assert complaints(model, changes, seed) == []
