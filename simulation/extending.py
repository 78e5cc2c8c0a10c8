"""Phases of one's own in the week, and rules replaced by one's own, without touching the package.

A file of one's own marks its functions::

    from simulation.extending import phase, rule

    @rule
    def trust_after_kept_promise(trust, gain): ...

    @phase(after="meetings")
    def coffee(structure, parameters, state, record, seed, week): ...

``load_extension`` reads it, ``run_one`` and ``run_many`` take it. Where a rule is replaced, the
functions that lead to it run as plain Python and everything else stays compiled; see ``replacing``.
"""

import inspect
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, wraps
from importlib import import_module, util
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np

import simulation.rules
from simulation.replacing import Function, plain_python, rebuilt
from simulation.schedule import WEEK
from simulation.start import count_cases, set_out
from simulation.summary import close_books, summarise
from simulation.timing import count_wave_cases

Mine = TypeVar("Mine", bound=Callable[..., Any])

PHASE_ARGUMENTS: Final = ("structure", "parameters", "state", "record", "seed", "week")
PLACES: Final = ("before", "after", "instead_of")


class ExtensionError(Exception):
    """A file of rules and phases that cannot be used; one message a user can act on."""


class Place(NamedTuple):
    """Where in the week a phase goes: ``where`` is one of PLACES, ``named`` a phase of WEEK."""

    where: str
    named: str


class Added(NamedTuple):
    """A phase of a user's own and its place in the week."""

    function: Function
    place: Place


class Extension(NamedTuple):
    """What a user changes: ``replaced`` maps a function of the package to the one used instead."""

    name: str = ""
    replaced: Mapping[Function, Function] = {}
    added: tuple[Added, ...] = ()

    def rules(self) -> list[str]:
        """Names of what is replaced, in the order of the file."""
        return [plain_python(function).__name__ for function in self.replaced]


class Machine(NamedTuple):
    """Everything a run goes through, in one place, so that it can be exchanged as a whole."""

    week: tuple[Function, ...]
    count_cases: Function
    count_wave_cases: Function
    set_out: Function
    close_books: Function
    summarise: Function

    @property
    def counting(self) -> tuple[Function, Function]:
        """What counts the cases of a run beforehand: the ordinary ones, and those of waves."""
        return self.count_cases, self.count_wave_cases


def machine_with(extension: Extension | None, phases: Sequence[Function] = WEEK) -> Machine:
    """The week of ``phases`` and what surrounds it, with what ``extension`` changes.

    Raises:
        ExtensionError: a phase of the extension goes beside one that ``phases`` does not have.
    """
    if extension is None:
        return Machine(
            tuple(phases), count_cases, count_wave_cases, set_out, close_books, summarise
        )
    week = [_Slot(plain_python(phase).__name__, phase, None) for phase in phases]
    for function, place in extension.added:
        _put_in(week, function, place)
    parts: list[Function] = [slot.phase for slot in week]
    parts += [count_cases, count_wave_cases, set_out, close_books, summarise]
    made = [rebuilt(part, extension.replaced) for part in parts]
    own = [slot.place is not None for slot in week]
    told = [
        _guarded(part, is_rule=False) if mine else part
        for part, mine in zip(made, own, strict=False)
    ]
    return Machine(tuple(told), *made[len(week) :])


class _Slot(NamedTuple):
    """One phase of a week being put together; ``place`` for one of a user's own."""

    name: str
    phase: Function
    place: Place | None


def _put_in(week: list[_Slot], function: Function, place: Place) -> None:
    """Put a phase into the week; a second one after the same phase comes after the first."""
    names = [slot.name for slot in week]
    if place.named not in names:
        raise ExtensionError(_no_such("phase", place.named, names, function))
    at = names.index(place.named)
    if place.where == "instead_of":
        week[at] = _Slot(place.named, function, place)
        return
    if place.where == "after":
        at += 1
        while at < len(week) and week[at].place == place:
            at += 1
    week.insert(at, _Slot(plain_python(function).__name__, function, place))


def rule(mine: Mine | None = None, *, name: str = "") -> Any:
    """Mark a function as taking the place of the rule of the same name, or of ``name``."""

    def mark(function: Mine) -> Mine:
        function.replaces = name or function.__name__  # type: ignore[attr-defined]
        return function

    return mark if mine is None else mark(mine)


def phase(*, before: str = "", after: str = "", instead_of: str = "") -> Callable[[Mine], Mine]:
    """Mark a function as a phase of the week, before, after or instead of a named phase.

    Raises:
        ExtensionError: not exactly one place is given.
    """
    given = zip(PLACES, (before, after, instead_of), strict=True)
    places = [Place(where, named) for where, named in given if named]
    if len(places) != 1:
        raise ExtensionError(
            f"a phase needs one place in the week, not {len(places)}: "
            'phase(after="meetings"), phase(before=...) or phase(instead_of=...)'
        )

    def mark(function: Mine) -> Mine:
        function.place = places[0]  # type: ignore[attr-defined]
        return function

    return mark


@cache
def rules_by_name() -> dict[str, Function]:
    """Every rule of the package by its name."""
    found: dict[str, Function] = {}
    for about in iter_modules(simulation.rules.__path__):
        module = import_module(f"simulation.rules.{about.name}")
        for name, value in vars(module).items():
            plain = getattr(value, "py_func", value)
            own = inspect.isfunction(plain) and plain.__module__ == module.__name__
            if own and not name.startswith("_"):
                found[name] = value
    return found


def load_extension(file: Path | str) -> Extension:
    """The rules and phases marked in a Python file.

    Raises:
        ExtensionError: the file cannot be read or run, marks nothing, names a rule or phase that
            does not exist, or a function takes the wrong number of arguments. The message names
            the file and, where there is one, the line.
    """
    file = Path(file)
    replaced: dict[Function, Function] = {}
    added: list[Added] = []
    for value in _marked_functions(_run_file(file), file):
        if hasattr(value, "replaces"):
            original, mine = _replacement(value)
            if original in replaced:
                raise ExtensionError(
                    f"{_where(value)}: the rule {value.replaces} is replaced twice"
                )
            replaced[original] = mine
        else:
            _check_arguments(value, PHASE_ARGUMENTS, "a phase")
            added.append(Added(value, value.place))
    if not replaced and not added:
        raise ExtensionError(
            f"{file}: marks no rule and no phase; write @rule or @phase(after=...) above one"
        )
    extension = Extension(file.name, replaced, tuple(added))
    machine_with(extension)  # finds out about places that do not exist
    return extension


def _run_file(file: Path) -> ModuleType:
    """The module in ``file``; its folder can be imported from while it runs."""
    if not file.is_file():
        told = "is a folder, not a Python file" if file.is_dir() else "there is no such file"
        raise ExtensionError(f"{file}: {told}")
    if file.suffix != ".py":
        raise ExtensionError(f"{file}: rules and phases stand in a Python file, as my_rules.py")
    spec = util.spec_from_loader(file.stem, None, origin=str(file))
    assert spec is not None
    module = util.module_from_spec(spec)
    module.__file__ = str(file)
    folder = str(file.resolve().parent)
    sys.path.insert(0, folder)
    try:
        exec(compile(file.read_bytes(), str(file), "exec"), vars(module))
    except SyntaxError as error:
        raise ExtensionError(f"{_line(file, error.lineno)}: not Python: {error.msg}") from error
    except UnicodeDecodeError as error:
        raise ExtensionError(f"{file}: not text in UTF-8") from error
    except OSError as error:
        raise ExtensionError(f"{file}: cannot be read: {error.strerror}") from error
    except Exception as error:
        raise _failed(str(file), "", error) from error
    finally:
        sys.path.remove(folder)
    return module


def _marked_functions(module: ModuleType, file: Path) -> list[Any]:
    """Functions of the file that carry a mark, in the order in which they are written."""
    marked = {
        id(value): value
        for value in vars(module).values()
        if hasattr(value, "replaces") or hasattr(value, "place")
    }
    own = [
        value for value in marked.values() if inspect.isfunction(getattr(value, "py_func", value))
    ]
    return sorted(own, key=lambda value: plain_python(value).__code__.co_firstlineno)


def _replacement(mine: Any) -> tuple[Function, Function]:
    known = rules_by_name()
    if mine.replaces not in known:
        raise ExtensionError(_no_such("rule", mine.replaces, known, mine))
    original = known[mine.replaces]
    _check_arguments(mine, inspect.signature(plain_python(original)).parameters, mine.replaces)
    return original, _guarded(mine, is_rule=True)


def _check_arguments(mine: Function, wanted: Sequence[str] | Mapping[str, Any], what: str) -> None:
    try:
        inspect.signature(plain_python(mine)).bind(*wanted)
    except TypeError as error:
        given = ", ".join(inspect.signature(plain_python(mine)).parameters) or "none"
        raise ExtensionError(
            f"{_where(mine)}: {what} takes {len(wanted)} arguments ({', '.join(wanted)}); "
            f"{plain_python(mine).__name__} has {given}"
        ) from error


def _guarded(mine: Function, is_rule: bool) -> Function:
    """``mine``, telling in one sentence where it failed or that a rule gave no number."""
    file, name = plain_python(mine).__code__.co_filename, plain_python(mine).__name__

    @wraps(plain_python(mine))
    def call(*arguments: Any) -> Any:
        if is_rule:  # plain numbers, so that a division by zero is an error and not a warning
            arguments = tuple(
                one.item() if isinstance(one, np.generic) else one for one in arguments
            )
        try:
            result = mine(*arguments)
        except Exception as error:
            raise _failed(file, f"{name} failed: ", error) from error
        if is_rule and not _is_number(result):
            raise ExtensionError(f"{_where(mine)}: {name} must return a number, got {result!r}")
        return result

    return call


def _is_number(result: object) -> bool:
    if isinstance(result, tuple):
        return all(_is_number(part) for part in result)
    is_numeric = isinstance(result, bool | int | float | np.bool_ | np.integer | np.floating)
    return is_numeric and not math.isnan(result)  # type: ignore[arg-type]


def _failed(file: str, told: str, error: Exception) -> ExtensionError:
    """Where in the user's file something went wrong: the innermost of its lines."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    plain = str(error) if isinstance(error, ExtensionError) else f"{type(error).__name__}: {error}"
    return ExtensionError(f"{_line(file, line)}: {told}{plain}")


def _line(file: Path | str, line: int | None) -> str:
    return f"{file}, line {line}" if line else str(file)


def _where(mine: Function) -> str:
    code = plain_python(mine).__code__
    return _line(code.co_filename, code.co_firstlineno)


def _no_such(what: str, given: str, known: Sequence[str] | Mapping[str, Any], mine: Any) -> str:
    message = f"{_where(mine)}: there is no {what} “{given}”"
    near = get_close_matches(given, list(known), n=1, cutoff=0.5)
    if near:
        return f"{message}. Did you mean “{near[0]}”?"
    return f"{message}; there are {', '.join(sorted(known))}"
