"""The model: people of several organisations who meet, trust, decide and work together.

The week is in ``schedule``, the rules in ``rules``, what changes in ``state``, what is observed in
``observables``. ``run_one`` and ``run_many`` are the two ways to run it; ``simulation.mesa_model``
is the same for people who know Mesa.
"""

from typing import TYPE_CHECKING, Any

from simulation.observables import OBSERVABLES, SUMMARY, WEEKLY, Observable
from simulation.parameters import About, Parameters, parameter_catalogue

if TYPE_CHECKING:
    from simulation.extending import Extension, load_extension
    from simulation.runs import Ensemble, Run, prepare, run_many, run_one, warm_up
    from simulation.schedule import WEEK
    from simulation.structure import Structure

_LAZY = {
    "Ensemble": "runs", "Run": "runs", "prepare": "runs", "run_many": "runs", "run_one": "runs",
    "Extension": "extending", "load_extension": "extending",
    "warm_up": "runs", "WEEK": "schedule", "Structure": "structure",
}  # fmt: skip

__all__ = [
    "OBSERVABLES",
    "SUMMARY",
    "WEEK",
    "WEEKLY",
    "About",
    "Ensemble",
    "Extension",
    "Observable",
    "Parameters",
    "Run",
    "Structure",
    "load_extension",
    "parameter_catalogue",
    "prepare",
    "run_many",
    "run_one",
    "warm_up",
]


def __getattr__(name: str) -> Any:
    """Load what runs the model only when asked for, so that other commands start at once."""
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(f"simulation.{_LAZY[name]}"), name)
    raise AttributeError(f"module 'simulation' has no attribute {name!r}")
