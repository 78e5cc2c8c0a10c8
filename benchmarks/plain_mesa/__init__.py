"""The same model as a Mesa user would write it: an object per person, body, relation and case.

A second, independent telling of the week. It calls the same rules, as plain Python functions, and
draws from the model's own ``random.Random``; nothing else is shared with ``simulation.phases``. It
serves two ends: to measure what the ensemble's speed is worth, and to find mistakes in either
telling by comparing their observables.
"""

from benchmarks.plain_mesa.batch import run_batch, summaries
from benchmarks.plain_mesa.model import PlainModel

__all__ = ["PlainModel", "run_batch", "summaries"]
