"""What a run is known by: everything that can move its result, and nothing else.

A condition's key is a hash of the model's sources and the versions that compile them, of the
scenario (its content and the arrays built from it), of the weeks, and of a model function of the
user's own. A run's key is its condition's and its seed.
"""

import hashlib
import pickle
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

import scenarios
from experiments.jobs import ExperimentError
from experiments.plan import Condition, Plan
from experiments.work import Model, code_of, own_code

DIGITS: Final = 16  # bytes


class World(NamedTuple):
    """A condition that has been built."""

    packed: bytes  # pickled (Structure, Parameters)
    content: str  # hash of what is in it


class Keyed(NamedTuple):
    """A condition, what it is known by, and the length of its runs."""

    condition: Condition
    key: str
    weeks: int


Step = Callable[[int, int], None]


class Worlds:
    """Builds conditions, and knows those that were built before without building them."""

    def __init__(self, remembered: Mapping[str, str]) -> None:
        self._remembered = remembered
        self._bases: dict[str, tuple[scenarios.Scenario, str]] = {}
        self.learnt: dict[str, str] = {}
        self._around = _hash(own_code(), _scenario_sources())

    def build(self, condition: Condition) -> World:
        """Load, change and build a condition's scenario. Raises ``ScenarioError``."""
        base, _ = self._base(condition.model)
        scenario = _changed(base, condition)
        structure, parameters = scenarios.build(scenario), scenarios.parameters(scenario)
        digest = hashlib.blake2b(digest_size=DIGITS)
        digest.update(scenarios.content_hash(scenario).encode())
        for name, value in (*structure._asdict().items(), *parameters._asdict().items()):
            array = np.asarray(value)
            digest.update(f"{name}{array.dtype.str}{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).tobytes())
        return World(pickle.dumps((structure, parameters)), digest.hexdigest())

    def content(self, condition: Condition) -> str:
        """Hash of the built scenario."""
        _, text = self._base(condition.model)
        made_from = _hash(self._around, text, repr(condition.settings), self._data(condition))
        known = self._remembered.get(made_from) or self.learnt.get(made_from)
        if known is None:
            known = self.learnt[made_from] = self.build(condition).content
        return known

    def _data(self, condition: Condition) -> str:
        """What stands in the CSV files that a setting names; the same path may hold new data."""
        named = tuple(one for one in condition.settings if one[0].startswith("data."))
        if not named:
            return ""
        data = scenarios.with_settings(self._base(condition.model)[0], dict(named)).data
        return data.model_dump_json() if data else ""

    def weeks(self, condition: Condition) -> int:
        """The length of a run as the scenario gives it."""
        if any(path == "weeks" for path, _ in condition.settings):
            return _changed(self._base(condition.model)[0], condition).weeks
        return self._base(condition.model)[0].weeks

    def _base(self, model: str) -> tuple[scenarios.Scenario, str]:
        if model not in self._bases:
            loaded = scenarios.load(model)
            self._bases[model] = (loaded, loaded.model_dump_json())
        return self._bases[model]


def keyed(plan: Plan, worlds: Worlds, model: Model, step: Step) -> list[Keyed]:
    """Every condition of a plan with its key; ``step`` is told how many of how many are done.

    Raises:
        ScenarioError: a condition's scenario cannot be used.
        ExperimentError: two conditions have the same name.
    """
    _check_names(plan)
    code = code_of(model)
    found = []
    for place, condition in enumerate(plan.conditions):
        weeks = plan.weeks or worlds.weeks(condition)
        key = _hash(code, worlds.content(condition), str(weeks))
        found.append(Keyed(condition, key + _kept(plan), weeks))
        step(place + 1, len(plan.conditions))
    return found


def _kept(plan: Plan) -> str:
    """Runs that also keep their weeks or events are told apart from those that do not."""
    return ("+weekly" if plan.trajectories else "") + ("+events" if plan.case_logs else "")


def _changed(base: scenarios.Scenario, condition: Condition) -> scenarios.Scenario:
    settings = dict(condition.settings)
    return scenarios.with_settings(base, settings) if settings else base


def _check_names(plan: Plan) -> None:
    seen: set[str] = set()
    for condition in plan.conditions:
        if condition.name in seen:
            raise ExperimentError(f"two conditions are called “{condition.name}”")
        seen.add(condition.name)
    if not plan.conditions or plan.runs < 1:
        raise ExperimentError("there must be at least one condition and one run")


def _scenario_sources() -> str:
    folder = Path(scenarios.__file__).parent
    sources = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml"))
    parts = [f"{path.name}\n{path.read_text()}" for path in sources]
    return _hash(*parts)


def _hash(*parts: str) -> str:
    digest = hashlib.blake2b(digest_size=DIGITS)
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()
