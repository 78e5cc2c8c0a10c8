"""A plan goes on record, with the date and what it comes from, before its first result."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from experiments.keys import Keyed
from experiments.ledger import Ledger
from experiments.plan import Plan
from experiments.store import MANIFEST, Notice, surroundings, write_manifest
from experiments.work import own_code


def register(
    folder: Path,
    ledger: Ledger,
    plan: Plan,
    conditions: list[Keyed],
    experiment: Mapping[str, Any] | None,
    tell: Callable[[Notice], None],
) -> int:
    """Keep a plan in ledger and manifest unless it is the one registered last; its number.

    Results are read through the last registration, so that runs of earlier code, scenarios or
    plans stay in the folder and never mix with it.
    """
    body = {
        "experiment": dict(experiment or {}),
        "code": own_code(),
        **surroundings(),
        "first_seed": plan.first_seed,
        "runs": plan.runs,
        "weeks": plan.weeks,
        "trajectories": plan.trajectories,
        "case_logs": plan.case_logs,
        "run_seconds": plan.run_seconds,
        "conditions": [
            {
                "name": one.condition.name,
                "model": one.condition.model,
                "settings": [list(pair) for pair in one.condition.settings],
                "point": one.condition.point,
                "weeks": one.weeks,
                "key": one.key,
            }
            for one in conditions
        ],
    }
    earlier = ledger.registrations()
    last = earlier[-1] if earlier else None
    if last is not None and _says_it_already(last, body):
        number = int(last["id"])
        if (folder / MANIFEST).exists():
            return number
    else:
        if last is not None and last["code"] != body["code"]:
            tell(Notice("code_changed", {"registered": last["created"]}))
        number = ledger.register(body)
    write_manifest(folder, ledger)
    return number


def _says_it_already(last: dict[str, Any], body: dict[str, Any]) -> bool:
    """True too where the same experiment has been given more runs since, as adaptive ones are."""
    grown = body["experiment"] and last["runs"] > body["runs"]
    runs = last["runs"] if grown else body["runs"]
    return last == {**last, **body, "runs": runs}
