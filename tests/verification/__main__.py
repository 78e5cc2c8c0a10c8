"""``python -m tests.verification``: run all that verifies the model, and end in a table.

Five parts, each in a process of its own: the tests of the claims, the other tests of the tier
``verify``, what is measured with nothing beside it, the orderings from neighbouring work, and the
patterns. What a part came to is kept in ``build/verify`` under a key of all sources, so that an
interrupted verification goes on where it stopped; ``--afresh`` begins again.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.model.mechanisms import mechanisms
from tests.verification.claims import Outcomes, Result, claims, outcomes, result_of
from tests.verification.table import claim_rows, mechanism_rows, pattern_rows, verdict

ROOT = Path(__file__).parents[2]
FOLDERS = ("simulation", "scenarios", "experiments", "analysis", "trappe", "benchmarks", "tests")
SUFFIXES = {".py", ".yaml", ".toml", ".csv", ".json"}
ABLATION = (
    "model/test_ablations.py::test_without_a_mechanism_one_thing_gets_worse_and_another_better"
)
SLOWEST = "tests/verification/test_random_scenarios"  # two files; what takes longest begins first
MEASURED = "tests/benchmarks/test_sweep.py::test_targets_hold"
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"


def key_of_sources() -> str:
    """A hash of everything that could change what comes out."""
    digest = hashlib.sha256(sys.version.encode())
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in SUFFIXES:
                digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def tests_of_claims() -> list[str]:
    """Every test that a claim names, once; those that take longest first."""
    named = {f"tests/{test}" for claim in claims() for test in claim.tests}
    return sorted(named, key=lambda test: (not test.startswith(SLOWEST), test))


def commands(folder: Path, limit: int) -> dict[str, tuple[Path, list[str]]]:
    """Part to the file it writes and its arguments to Python."""
    # A module that cannot be imported counts as one failure and keeps nothing else from running.
    alone = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
    alone += ["-o", "faulthandler_timeout=5400"]  # some of them take longer than any other test
    tests = [*alone, "-n", "auto", "--dist", "loadfile"]  # a process per core, taking whole files
    tests += ["--no-loadscope-reorder"]  # in the order given
    shown, tier, measured = (folder / f"{name}.xml" for name in ("claims", "tier", "measured"))
    patterns = ["-m", "trappe.main", "patterns", "--json", "--limit", str(limit)]
    others = [part for test in (*tests_of_claims(), MEASURED) for part in ("--deselect", test)]
    return {
        "the tests of the claims": (
            shown, [*tests, f"--junitxml={shown}", *tests_of_claims()],
        ),
        "the other tests of the tier verify": (
            tier, [*tests, "-m", "verify", f"--junitxml={tier}", *others],
        ),
        "what is measured with nothing beside it": (
            measured, [*alone, f"--junitxml={measured}", MEASURED],
        ),
        "the orderings from neighbouring work": (
            folder / "orderings.json", [*patterns, "--orderings"],
        ),
        "the patterns": (folder / "patterns.json", patterns),
    }  # fmt: skip


def run_part(name: str, file: Path, arguments: list[str]) -> None:
    """Run one part unless its result is there; a broken one leaves no file."""
    done = file.with_suffix(".done")
    if done.exists():
        print(f"==> {name}: kept from before ({done.read_text(encoding='utf-8')})", flush=True)
        return
    print(f"==> {name}", flush=True)
    began = time.monotonic()
    if file.suffix == ".json":
        run = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, check=False
        )
        whole = run.returncode in (0, 1, 3) and run.stdout.startswith(b"{")
        if whole:
            file.write_bytes(run.stdout)
    else:
        # 0 and 1 are whole runs of pytest, without and with failures.
        run = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False)
        whole = run.returncode in (0, 1)
    if whole:
        minutes = (time.monotonic() - began) / 60.0
        done.write_text(f"{minutes:.1f} minutes", encoding="utf-8")


def read_json(file: Path) -> dict[str, Any] | None:
    if not file.exists():
        return None
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def read_outcomes(file: Path) -> Outcomes:
    return outcomes(file) if file.exists() else {}


def minutes_taken(folder: Path) -> float:
    """Minutes that all parts took, also those kept from before."""
    return sum(float(file.read_text("utf-8").split()[0]) for file in folder.glob("*.done"))


def make_table(folder: Path) -> tuple[bool, str]:
    """The whole table in Markdown, from the files of the parts."""
    found, *others = (
        read_outcomes(folder / name) for name in ("claims.xml", "tier.xml", "measured.xml")
    )
    results = [(claim, result_of(claim, found)) for claim in claims()]
    passes = [passed for part in others for cases in part.values() for passed in cases.values()]
    orderings = read_json(folder / "orderings.json")
    findings = read_json(folder / "patterns.json")
    holds, line = verdict(results, Result(len(passes), passes.count(False)), orderings, findings)
    rows = mechanisms()
    lines = ["### Exact cases and properties", "", *claim_rows(results), ""]
    lines += ["### Mechanisms switched off", ""]
    lines += [*mechanism_rows(rows.values(), found.get(ABLATION, {})), ""]
    for title, document in (("Orderings", orderings), ("Patterns", findings)):
        if document is not None:
            lines += [f"### {title}", "", *pattern_rows(document), ""]
    return holds, "\n".join([*lines, f"**{line}** ({minutes_taken(folder):.0f} minutes)", ""])


def write_into(page: Path, table: str) -> None:
    """Put the table between the marks of a page."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{table}{END}{after}", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.verification", description=__doc__)
    parser.add_argument("--limit", type=int, default=320, help="most runs of each scenario")
    parser.add_argument("--page", type=Path, help="a page to write the table into")
    parser.add_argument("--afresh", action="store_true", help="keep nothing from before")
    given = parser.parse_args()
    folder = ROOT / "build" / "verify" / f"{key_of_sources()}-{given.limit}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (file, arguments) in commands(folder, given.limit).items():
        if given.afresh:
            file.with_suffix(".done").unlink(missing_ok=True)
            file.unlink(missing_ok=True)
        run_part(name, file, arguments)
    holds, table = make_table(folder)
    print(table)
    (folder / "table.md").write_text(table, encoding="utf-8")
    if given.page is not None:
        write_into(given.page, table)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
