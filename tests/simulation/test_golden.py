"""Every rule against cases worked by hand, kept as data in ``golden.yaml``."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.simulation.rules import public_rules

GOLDEN = yaml.safe_load(Path(__file__).with_name("golden.yaml").read_text(encoding="utf-8"))
RULES = public_rules()
CASES = [
    pytest.param(rule, case, id=f"{rule}-{number}")
    for rule, cases in GOLDEN.items()
    for number, case in enumerate(cases)
]

pytestmark = pytest.mark.interpreted


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_rule_gives_the_value_worked_by_hand(rule: str, case: dict[str, Any]) -> None:
    value = RULES[rule](**case["given"])

    assert value == pytest.approx(case["expect"], rel=1e-9, abs=1e-10), case["working"]


def test_every_rule_has_a_golden_case() -> None:
    assert set(RULES) - set(GOLDEN) == set()


def test_every_golden_case_belongs_to_a_rule() -> None:
    assert set(GOLDEN) - set(RULES) == set()


@pytest.mark.parametrize("rule", sorted(GOLDEN))
def test_golden_cases_name_every_argument_and_show_their_working(rule: str) -> None:
    function = getattr(RULES[rule], "py_func", RULES[rule])
    arguments = set(function.__code__.co_varnames[: function.__code__.co_argcount])

    assert all(set(case) == {"given", "expect", "working"} for case in GOLDEN[rule])
    assert all(set(case["given"]) == arguments for case in GOLDEN[rule])
