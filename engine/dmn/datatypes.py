"""Types of values, from item definitions and FEEL names, and the coercions of DMN 1.5 §10.3.2.9.

A value that does not conform becomes null, never an error; ``coerced`` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from engine import feel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Spellings of DMN 1.1 and of XML Schema that modellers still write.
OLD_NAMES: Final = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "integer": "number",
    "long": "number",
    "double": "number",
}

SIMPLE_NAMES: Final = frozenset(
    {
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


class Mismatch:
    """The answer of ``coerced`` when a value does not conform."""


MISMATCH: Final = Mismatch()


class DataType(Protocol):
    """What the type of an input, a result or a parameter can say."""

    @property
    def name(self) -> str:
        """Return the name people know it by."""

    @property
    def element(self) -> DataType | None:
        """Return the type of the elements when this is a list."""

    def conforms(self, value: object) -> bool:
        """Tell whether ``value`` (not null) is of this type."""


@dataclass(frozen=True)
class AnyType:
    """Everything conforms."""

    name: str = "Any"
    element: DataType | None = None

    def conforms(self, _value: object) -> bool:
        """Accept."""
        return True


@dataclass(frozen=True)
class SimpleType:
    """A type that FEEL knows by name."""

    name: str
    element: DataType | None = None

    def conforms(self, value: object) -> bool:
        """Ask FEEL."""
        return feel.instance_of(value, self.name)


@dataclass(frozen=True)
class ListType:
    """A list whose elements are all of one type."""

    name: str
    element: DataType

    def conforms(self, value: object) -> bool:
        """Accept lists with conforming or null elements."""
        return isinstance(value, list) and all(
            item is None or self.element.conforms(item) for item in value
        )


@dataclass(frozen=True)
class StructureType:
    """A context with named entries; further entries are allowed."""

    name: str
    components: Mapping[str, DataType]
    element: DataType | None = None

    def conforms(self, value: object) -> bool:
        """Accept contexts that have every entry, conforming or null."""
        if not isinstance(value, dict):
            return False
        return all(
            name in value and (value[name] is None or data_type.conforms(value[name]))
            for name, data_type in self.components.items()
        )


@dataclass(frozen=True)
class FunctionType:
    """A function with parameters and a result."""

    name: str
    parameters: tuple[DataType, ...]
    result: DataType
    element: DataType | None = None

    def conforms(self, value: object) -> bool:
        """Accept functions with as many parameters."""
        return isinstance(value, feel.FeelFunction) and len(value.params) == len(self.parameters)


@dataclass(frozen=True)
class RestrictedType:
    """A type with allowed values; in a list each element is asked unless ``whole``."""

    name: str
    base: DataType
    allows: Callable[[object], bool]
    whole: bool = False

    @property
    def element(self) -> DataType | None:
        """Return the element type of the base."""
        return self.base.element

    def conforms(self, value: object) -> bool:
        """Accept what the base accepts and the tests allow."""
        if not self.base.conforms(value):
            return False
        if isinstance(value, list) and not self.whole:
            return all(item is None or self.allows(item) for item in value)
        return self.allows(value)


@dataclass(frozen=True)
class NamedType:
    """A type that is looked up when it is needed, so that definitions may refer to each other."""

    name: str
    find: Callable[[], DataType]

    @property
    def element(self) -> DataType | None:
        """Return the element type of what it names."""
        return self.find().element

    def conforms(self, value: object) -> bool:
        """Ask what it names."""
        return self.find().conforms(value)


ANY: Final = AnyType()


def named(data_type: DataType) -> DataType:
    """Return the type behind a name, with its restrictions."""
    while isinstance(data_type, NamedType):
        data_type = data_type.find()
    return data_type


def underlying(data_type: DataType) -> DataType:
    """Return the type behind names and restrictions."""
    found = named(data_type)
    while isinstance(found, RestrictedType):
        found = named(found.base)
    return found


def coerced(value: object, data_type: DataType) -> object:
    """Return ``value`` as ``data_type`` sees it, ``MISMATCH`` when it does not conform.

    The conversions are those of DMN 1.5 §10.3.2.9.4: a list of one to its element, an element to
    a list of one, a date to midnight UTC.
    """
    if value is None or data_type.conforms(value):
        return value
    element = data_type.element
    if isinstance(value, list):
        if element is None and len(value) == 1:
            return coerced(value[0], data_type)
        return MISMATCH
    if element is not None:
        inner = coerced(value, element)
        return MISMATCH if inner is MISMATCH else [inner]
    if underlying(data_type).name == "date and time" and feel.instance_of(value, "date"):
        moment = feel.coerce(value, "date and time")
        return moment if data_type.conforms(moment) else MISMATCH
    return MISMATCH
