"""Lets a running instance go on with another definition; only active elements matter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from engine.bpmn import codec
from engine.bpmn.compensation import TO_UNDO
from engine.bpmn.compiler import compiled
from engine.bpmn.errors import MigrationRefusedError
from engine.bpmn.gateways import ARRIVALS, AWAITED
from engine.bpmn.machine import Machine
from engine.bpmn.records import RECORDS
from engine.bpmn.scopes import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from engine.bpmn.model import Element, ProcessModel

Row = list[Any]


def migrated(
    state: str, old: ProcessModel, new: ProcessModel, mapping: Mapping[str, str], now: datetime
) -> Machine:
    """Return the instance of ``state`` on the definition ``new``.

    Variables and tokens stay; boundary events and event sub-processes that only the new definition
    has begin to listen.

    Args:
        state: the state document on ``old``.
        old: the definition that it was made with.
        new: the definition to go on with.
        mapping: new element id by old element id, where they differ.
        now: the present moment.

    Raises:
        StateCodecError: the document cannot be read.
        MigrationRefusedError: an active element has no counterpart.
    """
    spec = compiled(new)
    machine = Machine(compiled(old), now)
    codec.load(compiled(old), state, machine)
    document = json.loads(codec.dump(machine))
    translation = _Translation(old, new, mapping)
    document["t"] = [row for row in map(translation.row, document.get("t", ())) if row]
    missing = translation.missing
    if missing or machine.completed:
        raise MigrationRefusedError(tuple(dict.fromkeys(missing)))
    moved = Machine(spec, now)
    codec.load(spec, json.dumps(document, ensure_ascii=False), moved)
    _listen_to_what_is_new(moved, old)
    return moved


def _listen_to_what_is_new(machine: Machine, old: ProcessModel) -> None:
    for token in list(machine.tasks.values()):
        spec = token.task_spec
        catchers = (*getattr(spec, "boundaries", ()), *getattr(spec, "handlers", ()))
        for catcher in catchers:
            if catcher.element.id not in old.elements and not spec.is_subscription:
                catcher.subscribe(token)


class _Translation:
    """Rewrites rows; remembers what has no counterpart."""

    def __init__(self, old: ProcessModel, new: ProcessModel, mapping: Mapping[str, str]) -> None:
        self._old = old
        self._new = new
        self._mapping = mapping
        self._names = compiled(new).task_specs
        self.missing: list[str] = []

    def row(self, row: Row) -> Row | None:
        """Return the row for the new definition; ``None`` drops a listener that is gone."""
        name = row[2]
        if name != ROOT:
            old_id, _, suffix = name.partition("#")
            new_id = self._mapping.get(old_id, old_id)
            name = f"{new_id}#{suffix}" if suffix else new_id
            if not self._fits(old_id, new_id) or name not in self._names:
                if suffix == "listen":
                    return None
                self.missing.append(old_id)
        remembered = row[5] if len(row) > 5 else {}
        self.missing += self._lost(remembered)
        return [*row[:2], name, *row[3:]]

    def _fits(self, old_id: str, new_id: str) -> bool:
        one, other = self._old.elements.get(old_id), self._new.elements.get(new_id)
        return one is not None and other is not None and self._same(one, other)

    def _same(self, one: Element, other: Element) -> bool:
        places = [
            tuple(self._mapping.get(key or "", key) for key in (one.parent, _host(one))),
            (other.parent, _host(other)),
        ]
        return (
            one.kind is other.kind
            and one.event_type is other.event_type
            and _loop(one) == _loop(other)
            and places[0] == places[1]
        )

    def _lost(self, remembered: dict[str, Any]) -> Iterator[str]:
        """Yield joins, flows and handlers in a scope's memory that the new definition lacks."""
        for gateway, flows in {
            **remembered.get(ARRIVALS, {}),
            **remembered.get(AWAITED, {}),
        }.items():
            incoming = {flow.id for flow in self._new.incoming.get(gateway, ())}
            if not self._fits(gateway, gateway) or not set(flows) <= incoming:
                yield gateway
        for entry in (*remembered.get(RECORDS, ()), *remembered.get(TO_UNDO, ())):
            yield from (
                key
                for key in entry[:2]
                if isinstance(key, str) and key and key not in self._new.elements
            )


def _host(element: Element) -> str | None:
    return element.event.attached_to if element.event else None


def _loop(element: Element) -> tuple[bool, bool, bool] | None:
    loop, votes = element.loop, element.vote is not None
    return (loop.standard, loop.sequential, votes) if loop else None
