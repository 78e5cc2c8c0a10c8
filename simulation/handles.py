"""How compiled code holds a structure, a state, a record and parameters: by reference.

A NamedTuple of arrays is what people read and write. Passed to compiled code as it is, each call
would copy the addresses of all its arrays (measured: 24 times slower, and minutes to compile). A
handle is a block of those addresses, passed as one pointer: ``state.goals[i, theme]`` reads the
same in both. Without compilation a handle is the NamedTuple itself.

The block is written once and never changes, and compiled code is told so: it may keep an address
it has loaded, where it otherwise had to load it anew after every write. It borrows the arrays and
counts no references; the handle on the Python side keeps them alive.

Compiled code knows three things more of the arrays of a handle. An index is never below zero, so
``x[-1]`` is an error there and not the last entry (measured: without that test at every index a
run takes a fifth less). No two share memory. And how long the last axis is, where the vocabulary
says so.
"""

import hashlib
import operator
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_builtin,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.np.arrayobj import (
    getitem_array_tuple,
    getitem_arraynd_intp,
    make_array,
    populate_array,
    setitem_array,
)

from simulation.compilation import is_interpreted
from simulation.parameters import Parameters
from simulation.state import LAST_AXIS, Record, State
from simulation.structure import Structure

WORD = 8  # bytes of an address, a length and a number
SLOT = 5  # words a field takes: an address and up to four lengths; or one number
_KINDS = {
    "float64": types.float64,
    "int64": types.int64,
    "int32": types.int32,
    "int8": types.int8,
    "bool": types.boolean,
}


class Field(types.Array):
    """Numba's type of one array of a handle, or of a part of it: contiguous, by name."""

    def __init__(self, label: str, dtype: Any, ndim: int, layout: str = "C") -> None:
        self.label = label
        super().__init__(dtype, ndim, layout, name=f"{label}({dtype}, {ndim}d, {layout})")

    @property
    def key(self) -> Any:
        """What tells two types apart."""
        return self.label, *super().key

    @property
    def mangling_args(self) -> Any:
        """What stands in the symbols of functions that take one."""
        return self.label, [self.dtype, self.ndim, self.layout]

    def copy(
        self, dtype: Any = None, ndim: Any = None, layout: Any = None, readonly: Any = None
    ) -> Any:
        """The type of a part of the array."""
        axes = self.ndim if ndim is None else ndim
        return Field(self.label, dtype or self.dtype, axes, layout or self.layout)


register_model(Field)(models.ArrayModel)


class HandleType(types.Type):
    """Numba's type of a handle: names and types of its fields in order, and known last axes."""

    def __init__(self, label: str, fields: tuple[tuple[str, Any, int | None], ...]) -> None:
        self.places = {name: place for place, (name, _, _) in enumerate(fields)}
        self.kinds = {name: kind for name, kind, _ in fields}
        self.last_axis = {name: length for name, _, length in fields}
        digest = hashlib.blake2b(repr(fields).encode(), digest_size=6).hexdigest()
        super().__init__(name=f"{label}Handle{digest}")  # short: it is part of every symbol


register_model(HandleType)(models.OpaqueModel)


class Handle:
    """A NamedTuple of C-contiguous arrays (or of numbers) as compiled code holds it.

    Fields read the same as those of the NamedTuple, which is the same memory.

    Raises:
        ValueError: an array is of a type not in ``_KINDS``, not contiguous, or its last axis is
            not as long as the vocabulary says.
    """

    def __init__(self, named: Any) -> None:
        self.named = named
        words = np.zeros((len(named), SLOT), dtype=np.int64)
        fields: list[tuple[str, Any, int | None]] = []
        for place, (name, value) in enumerate(zip(named._fields, named, strict=True)):
            if isinstance(value, np.ndarray):
                fields.append((name, _array_type(name, value), LAST_AXIS.get(name)))
                words[place, 0] = value.ctypes.data
                words[place, 1 : 1 + value.ndim] = value.shape
            else:
                fields.append((name, types.float64, None))
                words[place, :1].view(np.float64)[0] = value
        self._words = words
        self.address = words.ctypes.data
        self.numba_type = HandleType(type(named).__name__, tuple(fields))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.named, name)


def _array_type(name: str, value: np.ndarray) -> Any:
    kind = _KINDS.get(value.dtype.name)
    if kind is None or not value.flags.c_contiguous or not 1 <= value.ndim < SLOT:
        raise ValueError(
            f"{name} must be a contiguous array of {', '.join(_KINDS)} with one to four axes, "
            f"got {value.dtype.name} with shape {value.shape}"
        )
    if name in LAST_AXIS and value.shape[-1] != LAST_AXIS[name]:
        raise ValueError(
            f"the last axis of {name} must be {LAST_AXIS[name]} long, got shape {value.shape}"
        )
    return Field(name, kind, value.ndim)


@typeof_impl.register(Handle)
def _type_of_handle(handle: Handle, context: Any) -> HandleType:
    return handle.numba_type


@unbox(HandleType)
def _unbox_handle(kind: HandleType, handle: Any, context: Any) -> NativeValue:
    number = context.pyapi.object_getattr_string(handle, "address")
    address = context.pyapi.long_as_voidptr(number)
    context.pyapi.decref(number)
    return NativeValue(address)


@infer_getattr
class _HandleFields(AttributeTemplate):
    key = HandleType

    def generic_resolve(self, kind: HandleType, name: str) -> Any:
        return kind.kinds.get(name)


@lower_getattr_generic(HandleType)
def _load_field(context: Any, builder: Any, kind: HandleType, handle: Any, name: str) -> Any:
    field = kind.kinds[name]
    first = kind.places[name] * SLOT
    if not isinstance(field, types.Array):
        return _load_word(builder, handle, first, ir.DoubleType())
    word = ir.IntType(8 * WORD)
    array = make_array(field)(context, builder)
    data = _load_word(builder, handle, first, array.data.type)
    shape = [_load_word(builder, handle, first + 1 + axis, word) for axis in range(field.ndim)]
    if kind.last_axis[name] is not None:
        shape[-1] = ir.Constant(word, kind.last_axis[name])
    size = context.get_abi_sizeof(context.get_data_type(field.dtype))
    strides = [ir.Constant(word, size)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    populate_array(
        array, data=data, shape=shape, strides=strides, itemsize=ir.Constant(word, size),
        meminfo=cgutils.voidptr_t(None),
    )  # fmt: skip
    return array._getvalue()


def _load_word(builder: Any, handle: Any, place: int, kind: Any) -> Any:
    """Load one word of the block; it never changes, so compiled code may keep it."""
    address = builder.gep(handle, [ir.Constant(ir.IntType(32), place * WORD)])
    loaded = builder.load(builder.bitcast(address, kind.as_pointer()))
    loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
    return loaded


def _one_item(field: Field, kind: Any) -> bool:
    """Does an index of this type name one item, and not a part of the array?"""
    kinds = kind.types if isinstance(kind, types.BaseTuple) else (kind,)
    whole = all(isinstance(one, types.Integer) for one in kinds)
    return whole and len(kinds) == field.ndim and field.layout == "C"


def _address(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    """Where an item lies."""
    field, kind = signature.args[:2]
    array = make_array(field)(context, builder, arguments[0])
    kinds, indices = (kind,), [arguments[1]]
    if isinstance(kind, types.BaseTuple):
        kinds, indices = kind.types, cgutils.unpack_tuple(builder, arguments[1], len(kind))
    place = context.cast(builder, indices[0], kinds[0], types.intp)
    lengths = cgutils.unpack_tuple(builder, array.shape, field.ndim)
    for axis in range(1, field.ndim):
        index = context.cast(builder, indices[axis], kinds[axis], types.intp)
        place = builder.add(builder.mul(place, lengths[axis]), index)
    return builder.gep(array.data, [place], inbounds=True)


def _mark(builder: Any, instruction: Any, field: Field) -> None:
    """Tell the compiler that arrays of different names never share memory."""
    module, zero = builder.module, ir.Constant(ir.IntType(64), 0)
    root = module.add_metadata(["arrays of handles"])
    name = module.add_metadata([field.label, root, zero])
    instruction.set_metadata("tbaa", module.add_metadata([name, name, zero]))


def _get(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    field, kind = signature.args
    if not _one_item(field, kind):
        part = getitem_array_tuple if isinstance(kind, types.BaseTuple) else getitem_arraynd_intp
        return part(context, builder, signature, arguments)
    loaded = builder.load(_address(context, builder, signature, arguments))
    _mark(builder, loaded, field)
    return context.data_model_manager[field.dtype].from_data(builder, loaded)


lower_builtin(operator.getitem, Field, types.Integer)(_get)
lower_builtin(operator.getitem, Field, types.BaseTuple)(_get)


@lower_builtin(operator.setitem, Field, types.Any, types.Any)
def _set(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    field, kind, given = signature.args
    if not _one_item(field, kind):
        return setitem_array(context, builder, signature, arguments)
    value = context.cast(builder, arguments[2], given, field.dtype)
    data = context.data_model_manager[field.dtype].as_data(builder, value)
    stored = builder.store(data, _address(context, builder, signature, arguments))
    _mark(builder, stored, field)
    return context.get_dummy_value()


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
    numbers = Parameters(*map(float, parameters))
    return Handles(Handle(structure), Handle(numbers), Handle(state), Handle(record))
