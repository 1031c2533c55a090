"""Drives one matter through the real engine; facts are plain values, verbs are few."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.commands import (
    AddAttachment,
    ClaimWorkItem,
    CompleteWorkItem,
    FireDueTimer,
    ReturnWorkItem,
    SaveDraft,
    StartInstance,
    TerminateInstance,
    WithdrawInstance,
)
from engine.commands.authority import admitting_membership
from engine.model.participants import Actor
from engine.queries import AuditTrail, InstanceQuery
from engine.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from engine.clock import FakeClock
    from engine.commands import Completed
    from engine.model.work import Instance, WorkItem
    from engine.queries.views import AuditRow, InstanceView
    from engine.runtime import Engine


@dataclass
class ProcessDriver:
    """One matter.

    Attributes:
        engine: the engine under test.
        instance_key: the root instance.
        initiator: login of the person who started it.
    """

    engine: Engine
    instance_key: str
    initiator: str

    @classmethod
    def start(cls, engine: Engine, process_id: str, *, by: str) -> ProcessDriver:
        """Start a procedure as ``by``."""
        started = engine.execute(StartInstance(process_id=process_id), Actor(login=by))
        return cls(engine, started.instance_key, by)

    # facts

    @property
    def root(self) -> Instance:
        """The root instance's row."""
        with self.engine.database.session(write=False) as session:
            return UnitOfWork(session).instances.tree(int(self.instance_key))[0]

    @property
    def state(self) -> str:
        """State of the root instance."""
        return self.root.state

    @property
    def number(self) -> str:
        """Business number, empty until given."""
        return self.root.number

    @property
    def work_items(self) -> list[WorkItem]:
        """Every work item of the matter, oldest first."""
        with self.engine.database.session(write=False) as session:
            return UnitOfWork(session).work_items.of_matter(int(self.instance_key))

    @property
    def waiting_at(self) -> set[str]:
        """Ids of the user tasks that are open."""
        return {item.element_id for item in self.work_items if item.is_open}

    @property
    def passed(self) -> list[str]:
        """Ids of completed elements and taken flows in order, called processes included."""
        with self.engine.database.session(write=False) as session:
            history = UnitOfWork(session).instances.history(int(self.instance_key))
        return [e.element_id for e in history if e.event in ("completed", "taken")]

    def people_at(self, element_id: str) -> set[str]:
        """Logins of those who may do an open user task now."""
        item = self._open(element_id)
        if item.assignee:
            return {item.assignee}
        with self.engine.database.session(write=False) as session:
            identity = UnitOfWork(session).identity
            found = identity.holders([candidate.role for candidate in item.candidates])
            people = [identity.participant(login) for login, _name, _unit, _m in found]
        return {p.login for p in people if p is not None and admitting_membership(p, item)}

    def audit(self, *, by: str = "") -> list[AuditRow]:
        """The audit trail, oldest first, as the initiator (or ``by``) sees it."""
        query = AuditTrail(instance_key=self.instance_key)
        return list(self.engine.ask(query, Actor(login=by or self.initiator)))

    def view(self, *, by: str = "") -> InstanceView:
        """The instance page as the initiator (or ``by``) sees it."""
        query = InstanceQuery(instance_key=self.instance_key)
        return self.engine.ask(query, Actor(login=by or self.initiator))

    # verbs

    def complete(
        self,
        element_id: str,
        outcome: str = "complete",
        *,
        by: str,
        answers: Mapping[str, Any] | None = None,
        opinion: str = "同意。",
    ) -> Completed:
        """Finish an open user task."""
        command = CompleteWorkItem(
            work_item_key=self.key_at(element_id),
            outcome=outcome,
            answers=answers or {},
            opinion=opinion,
        )
        return self.engine.execute(command, Actor(login=by))

    def save_draft(self, element_id: str, answers: Mapping[str, Any], *, by: str) -> None:
        """Keep what was typed."""
        command = SaveDraft(work_item_key=self.key_at(element_id), answers=answers)
        self.engine.execute(command, Actor(login=by))

    def attach(self, element_id: str, field: str, *, by: str, name: str = "shuoming.pdf") -> str:
        """Upload a small real PDF to a file field; returns the attachment's key."""
        command = AddAttachment(
            work_item_key=self.key_at(element_id), field=field, name=name, content=TINY_PDF
        )
        return str(self.engine.execute(command, Actor(login=by)).key)

    def claim(self, element_id: str, *, by: str) -> None:
        """Claim an open user task."""
        self.engine.execute(ClaimWorkItem(work_item_key=self.key_at(element_id)), Actor(login=by))

    def return_to(self, element_id: str, target: str, *, by: str, reason: str) -> Completed:
        """Return from an open user task to an earlier step."""
        command = ReturnWorkItem(
            work_item_key=self.key_at(element_id), target=target, reason=reason
        )
        return self.engine.execute(command, Actor(login=by))

    def withdraw(self, *, by: str, reason: str) -> Completed:
        """Withdraw the matter."""
        command = WithdrawInstance(instance_key=self.instance_key, reason=reason)
        return self.engine.execute(command, Actor(login=by))

    def terminate(self, *, by: str, reason: str) -> None:
        """Terminate the matter."""
        self.engine.execute(
            TerminateInstance(instance_key=self.instance_key, reason=reason), Actor(login=by)
        )

    def pass_time(self, clock: FakeClock, delta: timedelta) -> None:
        """Move the clock and fire every timer that is then due."""
        clock.advance(delta)
        while self.engine.execute(FireDueTimer()):
            pass

    def key_at(self, element_id: str) -> str:
        """Key of the open work item of an element."""
        return str(self._open(element_id).key)

    def _open(self, element_id: str) -> WorkItem:
        for item in self.work_items:
            if item.is_open and item.element_id == element_id:
                return item
        message = f"expected a work item at {element_id}, but it waits at {self.waiting_at or '-'}"
        raise AssertionError(message)


#: The smallest file that the checks accept as a PDF.
TINY_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
