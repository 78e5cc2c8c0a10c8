"""The fitted defaults are those of the file that tells where they came from."""

from pathlib import Path

import experiments.calibration
from experiments.calibration.accepted import read_sets
from simulation.parameters import parameter_catalogue

ADOPTED = Path(experiments.calibration.__file__).with_name("adopted.yaml")


def test_the_first_kept_set_is_the_default() -> None:
    sets, catalogue = read_sets(ADOPTED), parameter_catalogue()
    first = next(iter(sets.values()))
    assert {name: catalogue[name][0] for name in first} == first


def test_what_was_fitted_tells_what_was_assumed() -> None:
    sets, catalogue = read_sets(ADOPTED), parameter_catalogue()
    fitted = {name for name, (_, about) in catalogue.items() if about.assumed is not None}
    assert fitted == set(next(iter(sets.values())))
