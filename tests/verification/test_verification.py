"""That the table of verification says what happened."""

import ast
from pathlib import Path

import pytest

from tests.verification.claims import TESTS, Claim, Result, claims, outcomes, result_of
from tests.verification.table import count, verdict

REPORT = """<testsuites><testsuite>
<testcase classname="tests.model.test_a" name="test_good[1]"/>
<testcase classname="tests.model.test_a" name="test_good[2]"/>
<testcase classname="tests.model.test_a" name="test_bad[1]"><failure message="no"/></testcase>
<testcase classname="tests.model.test_a" name="test_not_run"><skipped message="no"/></testcase>
</testsuite></testsuites>"""
ALL_WELL = {"patterns": [{"verdict": "reproduced"}, {"verdict": "not_reproduced"}]}
PASSED = Result(3, 0)


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.text[:40])
def test_every_test_of_a_claim_exists(claim: Claim) -> None:
    for test in claim.tests:
        file, _, function = test.partition("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert not function or function in names, test


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        (("model/test_a.py::test_good",), Result(2, 0)),
        (("model/test_a.py::test_bad",), Result(1, 1)),
        (("model/test_a.py::test_not_run",), Result(1, 1)),
        (("model/test_a.py",), Result(4, 2)),
        (("model/test_a.py::test_good", "model/test_a.py::test_gone"), Result(2, 1)),
    ],
)
def test_a_claim_holds_only_if_all_its_tests_ran_and_passed(
    tests: tuple[str, ...], expected: Result, tmp_path: Path
) -> None:
    file = tmp_path / "report.xml"
    file.write_text(REPORT, encoding="utf-8")

    result = result_of(Claim("", "", tests), outcomes(file))

    assert result == expected
    assert result.holds == (expected.failed == 0)


def test_a_finding_that_is_not_reproduced_is_told_and_is_no_fault() -> None:
    claim = Claim("a claim", "", ())

    assert count(ALL_WELL) == "1 of 2 reproduced"
    assert verdict([(claim, PASSED)], PASSED, ALL_WELL, ALL_WELL)[0]
    for broken in (Result(3, 1), Result(0, 0)):
        assert not verdict([(claim, broken)], PASSED, ALL_WELL, ALL_WELL)[0]
        assert not verdict([(claim, PASSED)], broken, ALL_WELL, ALL_WELL)[0]
    holds, line = verdict([(claim, PASSED)], PASSED, None, ALL_WELL)
    assert not holds
    assert "orderings: could not be run" in line
