"""The same code with some functions exchanged, made anew and beside the original.

Nothing in the package is changed: a function that calls an exchanged one is built again from its
own code with other names in its globals, and so are those that call it; all the rest is shared as
it is, compiled. What is built again runs as plain Python.
"""

from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

Function = Callable[..., Any]


def rebuilt(function: Function, replaced: Mapping[Function, Function]) -> Function:
    """``function`` with every call of a key of ``replaced``, however deep, led to its value.

    Args:
        function: a function of the package, compiled or not, or one of a user's own.
        replaced: the new function for each one exchanged; with the same arguments.

    Returns:
        ``function`` itself when it reaches none of them, else a plain Python function.
    """
    return _rebuild(function, replaced, {})


def _rebuild(
    function: Function, replaced: Mapping[Function, Function], done: dict[Function, Function]
) -> Function:
    if function in replaced:
        return replaced[function]
    if function in done:
        return done[function]
    done[function] = function  # also ends a recursion
    plain = plain_python(function)
    changes = {}
    for name in _names_in(plain.__code__):
        used: Any = plain.__globals__.get(name)
        if _belongs(used, plain):
            new = _rebuild(used, replaced, done)
            if new is not used:
                changes[name] = new
    if changes:
        done[function] = _with_globals(plain, changes)
    return done[function]


def plain_python(function: Function) -> FunctionType:
    """The Python function behind a compiled one, or the function itself."""
    plain = getattr(function, "py_func", function)
    assert isinstance(plain, FunctionType)
    return plain


def _belongs(used: object, caller: FunctionType) -> bool:
    """True for a function of this package or of the caller's own file, not of a library."""
    plain = getattr(used, "py_func", used)
    if not isinstance(plain, FunctionType):
        return False
    of_package = plain.__module__.partition(".")[0] == __package__
    return of_package or plain.__globals__ is caller.__globals__


def _names_in(code: CodeType) -> Iterator[str]:
    """Global names that ``code`` and the functions inside it may look up."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def _with_globals(plain: FunctionType, changes: Mapping[str, Function]) -> FunctionType:
    new = FunctionType(
        plain.__code__,
        {**plain.__globals__, **changes},
        plain.__name__,
        plain.__defaults__,
        plain.__closure__,
    )
    new.__kwdefaults__ = plain.__kwdefaults__
    new.__doc__ = plain.__doc__
    return new
