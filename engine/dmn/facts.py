"""Facts from outside become FEEL values of the input's type.

Variables of a process are JSON: a structure may lack entries that nobody filled in, and dates
are texts. Both are put right here and only here; inside a model the rules of DMN hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine import feel
from engine.dmn.datatypes import DataType, StructureType, underlying
from engine.dmn.typed import held

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.dmn.run import Run

_READERS: Final = {
    "date": "date(text)",
    "time": "time(text)",
    "date and time": "date and time(text)",
    "days and time duration": "duration(text)",
    "years and months duration": "duration(text)",
}


def to_facts(context: Mapping[str, object]) -> dict[str, object]:
    """Return plain Python or JSON values as FEEL values."""
    return {name: feel.to_feel(value) for name, value in context.items()}


def input_value(run: Run, name: str, data_type: DataType, element_id: str) -> object:
    """Return the fact ``name`` as ``data_type``; null when it is missing or does not conform."""
    value = run.facts.get(name)
    return None if value is None else held(completed(value, data_type), data_type, element_id, run)


def completed(value: object, data_type: DataType) -> object:
    """Return ``value`` with missing entries as null and temporal texts as temporal values."""
    target = underlying(data_type)
    if isinstance(value, list):
        element = target.element
        return value if element is None else [completed(item, element) for item in value]
    if isinstance(value, dict) and isinstance(target, StructureType):
        known = {name: completed(value.get(name), part) for name, part in target.components.items()}
        return {**value, **known}
    reader = _READERS.get(target.name)
    if isinstance(value, str) and reader is not None:
        read = feel.compile_expression(reader).evaluate_trusted({"text": value})
        return value if read is None else read
    return value
