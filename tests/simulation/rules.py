"""All rules of the simulation, found by looking."""

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType
from typing import Any

import simulation.rules


def rule_modules() -> dict[str, ModuleType]:
    """Modules of rules by their short name."""
    found = pkgutil.iter_modules(simulation.rules.__path__)
    return {
        info.name: importlib.import_module(f"{simulation.rules.__name__}.{info.name}")
        for info in found
    }


def public_rules() -> dict[str, Callable[..., Any]]:
    """Rules by ``module.name``; a rule belongs to the module that defines it."""
    return {
        f"{name}.{attribute}": rule
        for name, module in rule_modules().items()
        for attribute, rule in vars(module).items()
        if callable(rule)
        and not attribute.startswith("_")
        and getattr(rule, "__module__", "") == module.__name__
    }
