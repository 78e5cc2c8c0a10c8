"""How compiled code holds a structure, a state, a record and parameters: by reference.

A NamedTuple of arrays is what people read and write. Passed to compiled code as it is, each call
would copy the addresses of all its arrays (measured: 24 times slower, and minutes to compile). A
handle is a numba ``structref`` with the same fields on the same memory, passed as one pointer:
``state.trust[i, j]`` reads the same in both. Without compilation a handle is the NamedTuple itself.
"""

from typing import Any, NamedTuple

from numba import types
from numba.experimental import structref

from simulation.compilation import compiled, is_interpreted
from simulation.parameters import Parameters
from simulation.state import Record, State
from simulation.structure import Structure


class _HandleType(types.StructRef):
    def preprocess_fields(self, fields: Any) -> Any:
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


@structref.register
class StructureType(_HandleType):
    """Numba's type of a structure held by reference."""


@structref.register
class ParametersType(_HandleType):
    """Numba's type of parameters held by reference."""


@structref.register
class StateType(_HandleType):
    """Numba's type of a state held by reference."""


@structref.register
class RecordType(_HandleType):
    """Numba's type of a record held by reference."""


class StructureHandle(structref.StructRefProxy):
    """A structure as compiled code holds it."""


class ParametersHandle(structref.StructRefProxy):
    """Parameters as compiled code holds them."""


class StateHandle(structref.StructRefProxy):
    """A state as compiled code holds it."""


class RecordHandle(structref.StructRefProxy):
    """A record as compiled code holds it."""


structref.define_proxy(StructureHandle, StructureType, list(Structure._fields))
structref.define_proxy(ParametersHandle, ParametersType, list(Parameters._fields))
structref.define_proxy(StateHandle, StateType, list(State._fields))
structref.define_proxy(RecordHandle, RecordType, list(Record._fields))


@compiled
def _structure_handle(named):
    return StructureHandle(*named)


@compiled
def _parameters_handle(named):
    return ParametersHandle(*named)


@compiled
def _state_handle(named):
    return StateHandle(*named)


@compiled
def _record_handle(named):
    return RecordHandle(*named)


class Handles(NamedTuple):
    """The four things every phase gets, as it gets them."""

    structure: Any
    parameters: Any
    state: Any
    record: Any


def hold(structure: Structure, parameters: Parameters, state: State, record: Record) -> Handles:
    """Handles on the same memory: what one side writes the other reads."""
    if is_interpreted():
        return Handles(structure, parameters, state, record)
    return Handles(
        _structure_handle(structure),
        _parameters_handle(Parameters(*map(float, parameters))),
        _state_handle(state),
        _record_handle(record),
    )
