"""What every command and query works with; made anew for each by ``engine.runtime``."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from engine.catalog import Binding
from engine.errors import NotAllowedError, NotFoundError
from engine.model.duties import acting_name
from engine.model.keys import new_key, parse_key
from engine.model.notices import Notice
from engine.model.participants import PUBLIC, SYSTEM, Actor, Participant
from engine.model.work import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from engine.catalog import Catalog
    from engine.catalog.definitions import BoundedCache
    from engine.handler import HandlerRegistry
    from engine.model.duties import Substitution
    from engine.model.notices import NoticeEvent
    from engine.model.work import WorkItem
    from engine.settings import Settings
    from engine.store.blobs import BlobStore
    from engine.store.unit_of_work import UnitOfWork

Result_co = TypeVar("Result_co", covariant=True)


@dataclass(eq=False)
class Services:
    """The doors a command may use; nothing else is in reach.

    Attributes:
        store: the open unit of work.
        catalog: parsed definitions by hash.
        bindings: what instances pinned, by hash.
        registry: handlers and lookups.
        blobs: contents of attachments.
        settings: the installation's settings.
        now: the one moment of this command, UTC.
        machine_time: the machine's time, which differs from ``now`` where the office's clock was
            set for a demonstration; signatures are dated by it.
        actor: who issued it, and from where.
        writing: a command, which locks its matter; ``False`` for a query.
        audit_lines: lines so far, written with the command's transaction.
        notices: what people are told, written in one statement with the command's transaction.
        new_tasks: work items that this command made; told by the channels that people chose.
        makes_work: there is something new for workers to do; wakes them after the commit.
        chooses_notices: what this process knows of people's wishes is out of date afterwards.
        publishes_calendar: what this process knows of the calendar is out of date afterwards.
        near: logins of people who had to do with the matter.
        locked: root instances whose rows this command has locked.
        acting_for: the principal for whom a substitute acts, ``None`` in one's own right.
        root_key: the matter the command turned out to be about, for the line of a refusal.
    """

    store: UnitOfWork
    catalog: Catalog
    bindings: BoundedCache[str, Binding]
    registry: HandlerRegistry
    blobs: BlobStore
    settings: Settings
    now: datetime
    machine_time: datetime
    actor: Actor
    writing: bool
    audit_lines: list[AuditEntry] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    new_tasks: list[WorkItem] = field(default_factory=list)
    acting_for: Participant | None = None
    root_key: int | None = None
    near: set[str] = field(default_factory=set)
    _read: dict[str, Participant | None] = field(default_factory=dict)
    makes_work: bool = False
    publishes_calendar: bool = False
    chooses_notices: bool = False
    locked: set[int] = field(default_factory=set)

    @property
    def _account(self) -> Participant | None:
        return self.participant(self.actor.login)

    def participant(self, login: str) -> Participant | None:
        """Return a person as of this command, read once; ``None`` if unknown.

        Those who are ``near`` are read along: one statement, not one each.
        """
        if login not in self._read:
            self.read_participants([login, *self.near])
        return self._read.get(login)

    def read_participants(self, logins: Sequence[str]) -> None:
        """Read several people in one statement, for ``participant``."""
        wanted = {login for login in logins if login} - set(self._read)
        if wanted:
            found = {person.login: person for person in self.store.people.named(sorted(wanted))}
            self._read.update({login: found.get(login) for login in wanted})

    def meet(self, login: str, person: Participant | None) -> None:
        """Keep somebody whom another statement has read along, for ``participant``."""
        self._read[login] = person

    @cached_property
    def substitutions(self) -> Sequence[Substitution]:
        """The substitutions in force in which the actor is principal or substitute."""
        return self.store.substitutions.current(self.actor.login, self.now)

    @cached_property
    def principals(self) -> Sequence[tuple[Substitution, Participant]]:
        """The people for whom the actor stands in now, with the scope, read in one statement."""
        found = self.store.substitutions.principals(self.actor.login, self.now)
        self._read.update({person.login: person for _scope, person in found})
        return found

    @property
    def person(self) -> Participant:
        """The acting participant with unit and roles.

        Raises:
            NotAllowedError: unknown or disabled, or the password must be changed first.
        """
        person = self.account
        if person.must_change_password:
            raise NotAllowedError(
                "请先修改密码，修改后重新登录即可办理。",
                "Change your password first, then log in again.",
            )
        return person

    @property
    def account(self) -> Participant:
        """The acting participant, also one who can do nothing but change the password.

        Raises:
            NotAllowedError: unknown or disabled.
        """
        person = self._account
        if person is None or not person.active:
            raise NotAllowedError(
                "您的账号已停用或不存在，请联系管理员。",
                "Your account is disabled or unknown; ask an administrator.",
            )
        return person

    @property
    def language(self) -> str:
        """The reader's language, ``zh`` for the system."""
        account = None if self.actor.login == SYSTEM.login else self._account
        return account.language if account else "zh"

    def binding(self, sha256: str) -> Binding:
        """Return what an instance pinned at its start.

        Raises:
            NotFoundError: the binding is not in the database.
        """
        return self.bindings.get(sha256, lambda: self._read_binding(sha256))

    def _read_binding(self, sha256: str) -> Binding:
        document = self.store.definitions.binding(sha256)
        if document is None:
            raise NotFoundError("流程绑定", "binding", sha256)
        return Binding.from_json(document)

    def keyed(self, purpose: str) -> bytes:
        """Return 32 bytes for a purpose that only holders of the installation's secret can make."""
        secret = bytes.fromhex(self.settings.secret_key())
        return hmac.digest(secret, f"handlers/{purpose}".encode(), "sha256")

    def note(self, action: str, **facts: Any) -> None:
        """Add a line to the audit trail, written with the command's own transaction.

        Args:
            action: stable name, past participle.
            facts: fields of ``AuditEntry``; who, where and when are filled in.
        """
        line = AuditEntry(
            at=self.now, login=self.actor.login, action=action, address=self.actor.address, **facts
        )
        account = None if self.actor.login == SYSTEM.login else self._account
        if account is not None:
            principal = self.acting_for.name if self.acting_for else ""
            line = replace(
                line, person=acting_name(account.name, principal), unit=account.unit.name
            )
        self.audit_lines.append(line)

    def tell(
        self,
        event: NoticeEvent,
        logins: Iterable[str],
        *,
        root_key: int | None = None,
        work_item_key: int | None = None,
        **detail: str,
    ) -> None:
        """Put a line on people's bells, written with the command's own transaction.

        Nobody is told of what he does himself.

        Args:
            event: why.
            logins: whom; the worker finds out for ``CANDIDATES``.
            root_key: the matter it is about.
            work_item_key: the work item.
            detail: names and words that the event's sentence needs.
        """
        for login in dict.fromkeys(logins):
            if login not in (self.actor.login, SYSTEM.login, PUBLIC.login):
                self.notices.append(
                    Notice(
                        key=new_key(),
                        login=login,
                        event=event,
                        root_key=root_key,
                        work_item_key=work_item_key,
                        detail=detail,
                        at=self.now,
                    )
                )


class Command(Protocol[Result_co]):
    """A verb: a frozen dataclass whose ``execute`` changes one matter in one transaction."""

    def execute(self, services: Services) -> Result_co:
        """Do it; an exception leaves no trace but one audit line."""


class Query(Protocol[Result_co]):
    """A question: a frozen dataclass whose ``answer`` reads and changes nothing."""

    def answer(self, services: Services) -> Result_co:
        """Return a frozen view."""


def key_of(text: str, kind_zh: str, kind_en: str) -> int:
    """Return a row key from its text.

    Raises:
        NotFoundError: it cannot be a key.
    """
    key = parse_key(text)
    if key is None:
        raise NotFoundError(kind_zh, kind_en, text)
    return key
