"""What is claimed, and the tests that show it."""

import tomllib
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

FILE = Path(__file__).with_suffix(".toml")
TESTS = Path(__file__).parents[1]
# Test as folder/file.py::function to its cases, by what stands in brackets, and if each passed.
Outcomes = dict[str, dict[str, bool]]


class Claim(NamedTuple):
    """A claim, where it comes from, and its tests as ``folder/file.py`` or ``...::function``."""

    text: str
    source: str
    tests: tuple[str, ...]


class Result(NamedTuple):
    """How many tests ran for a claim, and how many of them did not pass."""

    ran: int
    failed: int

    @property
    def holds(self) -> bool:
        """All its tests ran and passed; a claim of which nothing ran does not hold."""
        return self.ran > 0 and self.failed == 0


def claims() -> list[Claim]:
    """All claims of ``claims.toml``, in its order."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["claim"]
    return [Claim(one["text"], one["source"], tuple(one["tests"])) for one in entries]


def outcomes(report: Path) -> Outcomes:
    """What became of each case of each test, from a JUnit file.

    A skipped case counts as one that did not pass: nothing was shown.
    """
    found: Outcomes = {}
    for case in ElementTree.parse(report).iter("testcase"):
        file = case.get("classname", "").removeprefix("tests.").replace(".", "/") + ".py"
        function, _, rest = case.get("name", "").partition("[")
        cases = found.setdefault(f"{file}::{function}", {})
        cases[rest.removesuffix("]")] = not case.findall("*[@message]")
    return found


def result_of(claim: Claim, found: Outcomes) -> Result:
    """What the tests of a claim came to; a test that did not run at all counts as failed."""
    ran = failed = 0
    for wanted in claim.tests:
        cases = [
            passed
            for name, passes in found.items()
            if name == wanted or name.startswith(f"{wanted}::")
            for passed in passes.values()
        ]
        ran += len(cases)
        failed += cases.count(False) if cases else 1
    return Result(ran, failed)
