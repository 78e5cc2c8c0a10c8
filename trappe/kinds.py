"""What kind of file one seems to be, so that a wrong one is told by its own rules."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

Kind = Literal["scenario", "experiment", "pattern", "sets"]

LIKE: Final = 0.75  # how alike a misspelt field and a field are
ARTICLE: Final[dict[Kind, str]] = {
    "scenario": "an organisation model",
    "experiment": "an experiment file",
    "pattern": "a pattern file",
    "sets": "a file of parameter sets",
}
USE: Final[dict[Kind, str]] = {
    "scenario": "trappe show {0}, trappe run {0} or trappe compare {0}",
    "experiment": "trappe sweep {0}",
    "pattern": "trappe patterns {0}",
    "sets": "trappe patterns --parameters {0} or trappe compare --parameters {0}",
}
BESIDE_A_MODEL: Final = {
    ".csv": "a table; a survey or a network goes beside a model, as in: "
    "trappe show MODEL --set data.trust={0}",
    ".py": "Python; rules and phases of your own go beside a model, as in: "
    "trappe run MODEL --phases {0}",
}
SWEEP_LEDGER: Final = "ledger.sqlite"


def kind_of(name_or_path: str, in_doubt: Kind = "scenario") -> Kind:
    """The kind whose fields stand at the top, misspelt ones too.

    Raises ``ScenarioError`` for a file that cannot be read.
    """
    from experiments.calibration.accepted import FilePart
    from experiments.experiment_schema import ExperimentFile
    from experiments.patterns.reading import MANY
    from experiments.patterns.schema import Pattern
    from scenarios.composing import SUFFIXES
    from scenarios.explaining import fields_at
    from scenarios.reading import read

    file = Path(name_or_path)
    if file.suffix not in SUFFIXES or not file.is_file():
        return in_doubt
    what = "a scenario or a block" if in_doubt == "scenario" else ARTICLE[in_doubt]
    given = read(file, what).data
    fields: dict[Kind, list[str]] = {
        "scenario": fields_at(()),
        "experiment": list(ExperimentFile.model_fields),
        "pattern": [*Pattern.model_fields, MANY],
        "sets": list(FilePart.model_fields),
    }
    fitting = {kind: _fitting(given, names) for kind, names in fields.items()}
    return max([in_doubt, *fields], key=lambda kind: fitting[kind])  # the first of the best


def _fitting(given: Iterable[str], fields: list[str]) -> float:
    return sum(
        1.0 if key in fields else 0.7 * bool(get_close_matches(key, fields, n=1, cutoff=LIKE))
        for key in given
    )


def refuse_other_kinds(name_or_path: str, wanted: Kind = "scenario") -> None:
    """Stop where the file is not of the ``wanted`` kind: which command takes it, what it lacks.

    Raises ``ScenarioError``.
    """
    from scenarios import ScenarioError

    if wanted != "scenario" and _is_model(name_or_path):
        raise _refusal(name_or_path, "the name of an organisation model", wanted, "scenario")
    refuse_what_is_no_yaml(Path(name_or_path), ARTICLE[wanted])
    kind = kind_of(name_or_path, in_doubt=wanted)
    if kind == wanted:
        return
    wrong = ""
    try:
        check_as(kind, name_or_path)
    except ScenarioError as reason:
        wrong = f". In it, {reason}"
    raise _refusal(name_or_path, ARTICLE[kind], wanted, kind, wrong)


def _refusal(name: str, is_this: str, wanted: Kind, kind: Kind, wrong: str = "") -> Exception:
    from scenarios.errors import Place, explain

    return explain(
        f"this seems to be {is_this}, not {ARTICLE[wanted]}; use: {USE[kind].format(name)}{wrong}",
        place=Place(name, 0),
    )


def _is_model(name: str) -> bool:
    from scenarios import names

    return not Path(name).exists() and all(part in names() for part in name.split("+"))


def refuse_what_is_no_yaml(file: Path, wanted: str) -> None:
    """Tell folders of sweeps, and files that go beside a model, from what is ``wanted``.

    Raises ``ScenarioError``.
    """
    from scenarios.errors import Place, explain

    if (file / SWEEP_LEDGER).is_file():
        told = f"the folder of a sweep, not {wanted}; use: trappe report {file}"
    elif file.suffix in BESIDE_A_MODEL and file.is_file():
        told = BESIDE_A_MODEL[file.suffix].format(file)
    else:
        return
    raise explain(f"this seems to be {told}", place=Place(str(file), 0))


def check_as(kind: Kind, path: str) -> None:
    """Read the file as what it is. Raises ``ScenarioError`` with the first thing wrong in it."""
    if kind == "scenario":
        from scenarios import load

        load(path)
    elif kind == "experiment":
        from experiments.experiment import load_experiment

        load_experiment(path)
    elif kind == "sets":
        from experiments.calibration.accepted import read_sets

        read_sets(Path(path))
    else:
        from experiments.patterns.reading import read_patterns
        from experiments.patterns.settling import prepared

        for one in read_patterns([Path(path)]):
            prepared(one)
