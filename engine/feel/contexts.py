"""The only place for the context functions (DMN 1.5 §10.3.4.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.errors import NullResultError
from engine.feel.library import Definitions, signature
from engine.feel.limits import check_list_size

if TYPE_CHECKING:
    from engine.feel.values import FeelFunction

Context = dict[str, object]


def _wrong_key() -> NullResultError:
    return NullResultError("键必须是文本。", "A key must be a string.")


def _get_nested(context: Context, keys: list[object]) -> object:
    found: object = context
    if not keys:
        raise _wrong_key()
    for key in keys:
        if not isinstance(key, str):
            raise _wrong_key()
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _get_entries(context: Context) -> list[object]:
    return [{"key": key, "value": value} for key, value in context.items()]


def _context(entries: list[object]) -> Context:
    """Make a context of ``{key, value}`` entries; a key twice is wrong."""
    found: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or "key" not in entry or "value" not in entry:
            raise NullResultError("每项须有 key 与 value。", "Each entry needs key and value.")
        key = entry["key"]
        if not isinstance(key, str) or key in found:
            raise _wrong_key()
        found[key] = entry["value"]
    return found


def _put_nested(context: object, keys: list[object], value: object) -> Context:
    if not keys or not isinstance(context, dict):
        raise NullResultError("键的路径无效。", "Invalid path of keys.")
    first, *rest = keys
    if not isinstance(first, str):
        raise _wrong_key()
    if not rest:
        return {**context, first: value}
    return {**context, first: _put_nested(context.get(first, {}), rest, value)}


def _merge(contexts: list[object]) -> Context:
    merged: Context = {}
    for one in contexts:
        if not isinstance(one, dict):
            raise NullResultError("列表中只能有上下文。", "The list may hold contexts only.")
        merged |= one
        check_list_size(len(merged))
    return merged


DEFINITIONS: Definitions = {
    "get entries": ("m: context", _get_entries),
    "context": ("entries: list", _context),
    "context merge": ("contexts: list", _merge),
}


def functions() -> list[FeelFunction]:
    """Return the functions that take their arguments in several ways."""
    return [
        signature("get value", "m: context, key: string", lambda m, key: m.get(key)).also(
            signature("get value", "m: context, keys: list", _get_nested)
        ),
        signature(
            "context put",
            "context: context, key: string, value: any",
            lambda context, key, value: {**context, key: value},
        ).also(signature("context put", "context: context, keys: list, value: any", _put_nested)),
    ]
