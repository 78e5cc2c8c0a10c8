"""The one place where the simulation is compiled.

Everything marked ``@compiled`` also runs as plain Python: set ``NUMBA_DISABLE_JIT=1`` and put a
breakpoint in any rule. Numba's own cache does not notice a change in an imported function, so the
cache folder is named by a hash of every source file of this package and of the versions of Python,
numba and numpy; an edited rule therefore always takes effect.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy
from numba.core import codegen
from platformdirs import user_cache_path

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGE = Path(__file__).parent


def source_hash() -> str:
    """Hash of all sources and tables of this package, and of the versions that compile them.

    Returns:
        16 hexadecimal digits.
    """
    digest = hashlib.blake2b(digest_size=8)
    versions = (sys.version_info[:3], numba.__version__, numpy.__version__)
    digest.update(repr(versions).encode())
    for path in sorted((*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.csv"))):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where compiled code is kept; ``TRAPPE_CACHE`` overrides the user's cache folder."""
    base = os.environ.get("TRAPPE_CACHE")
    return (Path(base) if base else user_cache_path("trappe")) / "compiled" / source_hash()


def is_interpreted() -> bool:
    """True when compilation is switched off (``NUMBA_DISABLE_JIT=1``)."""
    return bool(numba.config.DISABLE_JIT)


def _finished() -> Path:
    """The mark of a finished compilation; numba's cache goes by the sources' place too."""
    place = hashlib.blake2b(str(PACKAGE).encode(), digest_size=8).hexdigest()
    return cache_folder() / f"finished-{place}"


def is_warm() -> bool:
    """True when a finished compilation of exactly these sources lies in the cache."""
    return is_interpreted() or _finished().exists()


def mark_warm() -> None:
    """Note that everything a run needs has been compiled into the cache."""
    if not is_interpreted():
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        _finished().touch()


if not is_interpreted():
    numba.config.CACHE_DIR = str(cache_folder())
    numba.config.SLP_VECTORIZE = 1  # several sums of one row at once, in the order they are written


def compiled(function: Function) -> Function:
    """Compile ``function``, cached on disk; IEEE arithmetic, no fast-math, so bits agree."""
    return cast(Function, numba.njit(cache=True, error_model="numpy")(function))


def compiled_aside(function: Function) -> Function:
    """Compile ``function`` so that Python's other threads go on while it runs.

    For what takes long and touches no Python object: beside it a page is served, and workers get
    their next batches and get rid of their results.
    """
    return cast(Function, numba.njit(cache=True, error_model="numpy", nogil=True)(function))


def inlined(function: Function) -> Function:
    """Compile ``function`` into those that call it: for what is called for every open case.

    There a call costs as much as the few sums it stands for. What is compiled in several places
    takes longer to compile, so it is for functions that are called in one.
    """
    return cast(Function, numba.njit(cache=True, error_model="numpy", forceinline=True)(function))


def _keep_to_itself(library: Any, name: str) -> None:
    """Mark the functions that a compiled library has taken in as its own.

    Numba leaves them open to callers elsewhere, of whom there are none: each library has copies.
    Of functions that are its own the compiler may drop what no caller needs. They get names of
    their own, too: by the old ones the loader would hand them to other libraries.
    """
    module = library._final_module
    for function in module.functions:
        if not function.is_declaration and name not in function.name:
            function.linkage = "internal"
            function.name = f"{function.name}.of.{name}"


def keep_own_functions(name: str) -> None:
    """Compile the function called ``name`` with all it calls as one whole.

    Numba has no option for it, so its step of optimisation is wrapped; where a later numba has
    that step no more, nothing is changed but the speed.
    """
    library = codegen.CPUCodeLibrary
    optimise = getattr(library, "_optimize_final_module", None)
    if optimise is None:
        return

    def optimise_whole(self: Any) -> Any:
        if self.name == name:
            _keep_to_itself(self, name)
        return optimise(self)

    library._optimize_final_module = optimise_whole


def is_compiled(function: Callable[..., Any]) -> bool:
    """True for a compiled function, false for a plain Python one (a phase of a user's own)."""
    return hasattr(function, "py_func")
