"""Read what an outside system sent: a CloudEvents 1.0 envelope in JSON, strictly."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from engine.errors import MalformedMessageError
from engine.exchange import InboundMessage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Largest message, bytes.
MESSAGE_BYTES: Final = 256 * 1024
#: Deepest nesting; what is deeper is no business message.
_DEEPEST: Final = 20
_FORMS: Final = {
    "specversion": re.compile(r"1\.0"),
    "id": re.compile(r"[^\s\x00-\x1f\x7f]{1,100}"),
    "type": re.compile(r"[a-z0-9_.-]{1,60}"),
    "subject": re.compile(r"[^\x00-\x1f\x7f]{0,150}"),
}


def read_message(partner: str, body: bytes) -> InboundMessage:
    """Return the message in ``body``; numbers with a point stay their exact text.

    Raises:
        MalformedMessageError: no JSON, no envelope, or something that no database can keep.
    """
    envelope = _json(body)
    said = {name: envelope.get(name, "") for name in _FORMS}
    for name, form in _FORMS.items():
        if not isinstance(said[name], str) or not form.fullmatch(said[name]):
            raise MalformedMessageError(f"“{name}”缺失或无效", f"{name} is missing or not valid")
    data = envelope.get("data", {})
    if not isinstance(data, dict):
        raise MalformedMessageError("“data”必须是对象", "data must be an object")
    return InboundMessage(
        partner=partner, id=said["id"], type=said["type"], subject=said["subject"], data=data
    )


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(
            body.decode("utf-8"),
            parse_float=str,
            parse_constant=_refuse_constant,
            object_pairs_hook=_no_pair_twice,
        )
        _check(value, 0)
    except (ValueError, RecursionError):
        raise MalformedMessageError("不是有效的 JSON", "not valid JSON") from None
    if not isinstance(value, dict):
        raise MalformedMessageError("必须是 JSON 对象", "a JSON object is needed")
    return value


def _check(value: Any, depth: int) -> None:
    """Refuse what is nested too deeply and characters that no database keeps."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("null character")
        value.encode("utf-8")  # a lone surrogate is a ValueError
    elif isinstance(value, dict):
        for name, item in value.items():
            _check(name, depth)
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)


def _no_pair_twice(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
