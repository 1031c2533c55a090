"""The only place for the state document: one small, versioned JSON text without the model.

Version 1: ``{"v":1,"n":last token number,"e":[end events],"t":[row, …]}`` with one row per live
token, ``[id, parent id, spec name, state, data, internal data]``, oldest and therefore outermost
first, empty values at the end of a row left out. A finished instance has no rows but ``"d"``, its
variables.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from engine.bpmn.errors import StateCodecError
from engine.bpmn.token import READY, Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bpmn.machine import Machine
    from engine.bpmn.process_spec import ProcessSpec

VERSION: Final = 1
_TAGS: Final[dict[str, Callable[[str], object]]] = {
    "$dec": Decimal,
    "$at": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
    "$us": lambda text: timedelta(microseconds=int(text)),
}
#: (type, tag, its text); a datetime is also a date and therefore comes first.
_WRITERS: Final[tuple[tuple[type, str, Callable[[Any], str]], ...]] = (
    (Decimal, "$dec", str),
    (datetime, "$at", datetime.isoformat),
    (date, "$date", date.isoformat),
    (time, "$time", time.isoformat),
    (timedelta, "$us", lambda value: str(value // timedelta(microseconds=1))),
)


def _tagged(value: object) -> Any:
    """Write what JSON lacks as ``{"$dec": "1.10"}`` and the like; the rest becomes its text."""
    for kind, tag, text in _WRITERS:
        if isinstance(value, kind):
            return {tag: text(value)}
    return list(value) if isinstance(value, (tuple, set, frozenset)) else str(value)


def _untagged(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        ((key, value),) = found.items()
        maker = _TAGS.get(key)
        if maker is not None and isinstance(value, str):
            try:
                return maker(value)
            except (ValueError, InvalidOperation):
                return found
    return found


#: Writes a value of any kind that variables have; ``decode`` reads it back.
encode: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_tagged, check_circular=False
).encode
decode: Final = json.JSONDecoder(object_hook=_untagged).decode


def dump(machine: Machine) -> str:
    """Return the state document."""
    document: dict[str, Any] = {"v": VERSION, "n": machine.last_number}
    if machine.end_events:
        document["e"] = machine.end_events
    if machine.completed:
        document["d"] = machine.root.data
    else:
        document["t"] = [_row(token) for token in machine.tasks.values()]
    return encode(document)


def _row(token: Token) -> list[Any]:
    row: list[Any] = [token.id, token._parent or "", token.task_spec.name, token._state]
    if token.data or token.internal_data:
        row.append(token.data)
        if token.internal_data:
            row.append(token.internal_data)
    return row


def load(spec: ProcessSpec, text: str, machine: Machine) -> None:
    """Fill an empty machine from a state document.

    Raises:
        StateCodecError: not a document of a known version, or an element is not in the model.
    """
    try:
        document = decode(text) if '{"$' in text else json.loads(text)
        if document["v"] != VERSION:
            raise _unknown(f"version {document['v']}")
        machine.last_number = document["n"]
        machine.end_events = list(document.get("e", ()))
        if "t" in document:
            _load_rows(spec, document["t"], machine)
        else:
            machine.root = Token(machine, spec.root, None, "1")
            machine.root.data = document["d"]
            machine.completed = True
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise _unknown(str(error)) from error


def _load_rows(spec: ProcessSpec, rows: list[list[Any]], machine: Machine) -> None:
    specs, tasks = spec.task_specs, machine.tasks
    for row in rows:
        node = specs.get(row[2])
        if node is None:
            raise _unknown(f"element {row[2]}")
        token = Token(machine, node, tasks[row[1]] if row[1] else None, row[0], row[3])
        if len(row) > 4:
            token.data = row[4]
        if len(row) > 5:
            token.internal_data = row[5]
        if token._state == READY:
            machine.ready.append(token)
    machine.root = tasks[rows[0][0]]


def _unknown(what: str) -> StateCodecError:
    return StateCodecError(
        f"流程实例的状态无法读取（{what}），可能由更新的版本写入，请升级后重试。",
        f"The interpreter state cannot be read ({what}).",
    )
