"""What the pages on experiments say works."""

import re
from pathlib import Path

from experiments.experiment import load_experiment
from experiments.experiment_schema import DESIGNS, DISTRIBUTIONS, Entry, ExperimentFile
from tests.experiments.sweeps import write

PAGE = (Path(__file__).parents[2] / "docs" / "experiment-files.md").read_text(encoding="utf-8")


def test_the_example_can_be_planned(tmp_path: Path) -> None:
    example, rule = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    experiment = load_experiment(write(tmp_path, example))
    assert len(experiment.plan().conditions) == 200
    adaptive = example.replace("replications: 30\n", "") + rule
    assert load_experiment(write(tmp_path, adaptive)).until is not None


def test_every_field_design_and_distribution_is_described() -> None:
    for name in (*ExperimentFile.model_fields, *Entry.model_fields, *DESIGNS, *DISTRIBUTIONS):
        assert f"`{name}`" in PAGE, name
