"""What has been tried, in a file that grows by a line per set, so that a search can go on.

A search makes the same proposals in the same order from the same seed. Asked for a set that is in
the file it takes the answer from there, so going on after an interruption is running again.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from experiments.calibration.distance import Distance, Score, Values
from experiments.jobs import ExperimentError
from experiments.storage import told_plainly

DIGITS: Final = 10  # of a parameter's value, so that a set read back is the set that was written
Line = dict[str, Any]


class Ledger:
    """Scores of sets of parameters, kept in ``file``."""

    def __init__(self, file: Path, header: Line) -> None:
        """Open or begin ``file``.

        Raises:
            ExperimentError: the file was made with another ``header`` (code, patterns, runs, seed),
                or cannot be read.
            OutputError: it cannot be written.
        """
        self._file = file
        self._known: dict[str, Score] = {}
        lines = _read(file) if file.exists() else []
        if not lines:
            with told_plainly(file.parent):
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(header) + "\n", encoding="utf-8")
        elif lines[0] != header:
            raise ExperimentError(
                f"{file} was made with other {_differing(lines[0], header)}; "
                "remove it or choose another --out"
            )
        for line in lines[1:]:
            self._known[_key(line["parameters"])] = _score(line)

    def __len__(self) -> int:
        """How many sets have been tried."""
        return len(self._known)

    def is_known(self, values: Values) -> bool:
        """Whether the set has been tried."""
        return _key(values) in self._known

    def scores(self, candidates: Sequence[Values], distance: Distance) -> list[Score]:
        """Scores from the file, and those that are missing from ``distance``, which are added."""
        missing = list({
            _key(one): one for one in candidates if not self.is_known(one)
        }.values())  # fmt: skip
        for values, score in zip(missing, distance.scores(missing), strict=True):
            self._add(values, score)
        return [self._known[_key(one)] for one in candidates]

    def tried(self) -> list[tuple[dict[str, float], Score]]:
        """Every set and its score, in the order in which they were tried."""
        return [(json.loads(key), score) for key, score in self._known.items()]

    def _add(self, values: Values, score: Score) -> None:
        self._known[_key(values)] = score
        line = {
            "parameters": json.loads(_key(values)),
            "distance": score.distance,
            "patterns": score.patterns,
            "requirements": list(score.requirements),
        }
        with told_plainly(self._file.parent), self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _key(values: Values) -> str:
    return json.dumps({name: float(f"{values[name]:.{DIGITS}g}") for name in sorted(values)})


def _score(line: Line) -> Score:
    return Score(line["distance"], line["patterns"], tuple(line["requirements"]))


def _read(file: Path) -> list[Line]:
    """All whole lines; one that an interruption cut short is left out and cut off."""
    with told_plainly(file.parent):
        text = file.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            file.write_text(whole, encoding="utf-8")
    try:
        lines: list[Line] = [json.loads(line) for line in whole.splitlines()]
    except json.JSONDecodeError as error:
        raise ExperimentError(f"{file} is no record of a search: {error}") from error
    return lines


def _differing(old: Line, new: Line) -> str:
    names: Callable[[Line], set[str]] = set
    return ", ".join(
        sorted(name for name in names(old) | names(new) if old.get(name) != new.get(name))
    )
