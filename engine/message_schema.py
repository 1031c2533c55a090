"""Check the data of messages from outside against a marshmallow schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from marshmallow import EXCLUDE, ValidationError

from engine.errors import FieldError, ValidationFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marshmallow import Schema


def load_data(schema: type[Schema], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what ``schema`` makes of ``data``; what it does not know is left out.

    Raises:
        ValidationFailedError: with every field that is wrong.
    """
    try:
        loaded: Mapping[str, Any] = schema(unknown=EXCLUDE).load(data)
    except ValidationError as error:
        raise ValidationFailedError(list(_errors(error.messages, ""))) from None
    return loaded


def _errors(said: Any, path: str) -> Iterator[FieldError]:
    """Flatten marshmallow's nested messages to one error per field."""
    if isinstance(said, Mapping):
        for name, below in said.items():
            yield from _errors(below, f"{path}.{name}".removeprefix("."))
        return
    words = " ".join(str(word) for word in said) if isinstance(said, Sequence) else str(said)
    yield FieldError(
        field=path,
        code="ERR_FIELD",
        message_zh=f"字段“{path}”不符合要求（{words}）。",
        message_en=f"Field {path}: {words}",
    )
