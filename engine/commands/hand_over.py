"""离职交接: all open work of a person goes to somebody else, each thing judged by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.commands.administering import require_administrator
from engine.commands.attempts import attempt
from engine.commands.hand_over_items import NothingLeftError, hand_line
from engine.commands.manage_people import require_person
from engine.commands.naming import require_active
from engine.commands.reasons import require_reason
from engine.commands.services import key_of
from engine.errors import NotFoundError, WrongStateError, field_error
from engine.model.handovers import Handover, HandoverKind, HandoverLine, HandoverState
from engine.model.keys import new_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.commands.services import Services
    from engine.model.participants import Participant

#: Letters of a line's name that are kept.
_NAME: Final = 400


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """交接: tasks, delegations, matters and substitutions of a person; workers hand them on.

    Attributes:
        leaver: login of the person whose work it is.
        to: login or full name of whoever gets it.
        reason: 1 to 500 characters.
        by_process: ``{root process: login or full name}`` where somebody else gets it.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
        WrongStateError: there is nothing to hand over.
        ValidationFailedError: at ``to``, ``to.<process>`` or ``reason``.
    """

    leaver: str
    to: str
    reason: str
    by_process: Mapping[str, str] = field(default_factory=dict)

    def execute(self, services: Services) -> int:
        """Write down what there is; returns the key of the hand-over."""
        require_administrator(services)
        leaver = require_person(self.leaver, services)
        owners = {"": _owner(self.to, "to", leaver, services)}
        for process_id, text in self.by_process.items():
            if text.strip():
                owners[process_id] = _owner(text, f"to.{process_id}", leaver, services)
        row = Handover(
            key=new_key(),
            leaver=leaver.login,
            reason=require_reason(self.reason),
            created_at=services.now,
            created_by=services.actor.login,
        )
        lines = [
            HandoverLine(
                handover_key=row.key,
                kind=thing.kind,
                object_key=thing.key,
                root_key=thing.root_key,
                name=thing.name[:_NAME],
                new_owner=owners.get(thing.process_id, owners[""]),
                state=HandoverState.WAITING,
                tried_at=services.now,
            )
            for thing in things_of(leaver.login, services)
        ]
        if not lines:
            raise WrongStateError(
                f"{leaver.name}没有需要移交的事项。", f"{leaver.name} has nothing to hand over."
            )
        services.store.handovers.add(row, lines)
        services.makes_work = True
        services.note(
            "work_handed_over",
            detail={"person": leaver.name, "number": len(lines), "reason": row.reason},
        )
        return row.key


@dataclass(frozen=True, kw_only=True)
class RetryHandover:
    """重试: what was refused is tried again, e.g. after the successor got the post.

    Raises:
        NotFoundError: there is none.
        NotAllowedError: not an administrator.
        WrongStateError: nothing was refused.
    """

    handover_key: str

    def execute(self, services: Services) -> None:
        """Let the refused lines wait again."""
        require_administrator(services)
        row = services.store.handovers.get(key_of(self.handover_key, "交接", "hand-over"))
        if row is None:
            raise NotFoundError("交接", "hand-over", self.handover_key)
        if not services.store.handovers.wait_again(row.key):
            raise WrongStateError(
                "没有未能移交的事项，请刷新页面。", "Nothing was refused; reload the page."
            )
        services.makes_work = True


@dataclass(frozen=True, kw_only=True)
class HandOverNext:
    """Hand one thing on, in one transaction; ``False`` when nothing waits."""

    def execute(self, services: Services) -> bool:
        """Judge it and hand it on; a refusal is its result."""
        handovers = services.store.handovers
        line = handovers.next_line()
        row = handovers.get(line.handover_key) if line else None
        if line is None or row is None:
            return False
        error = attempt(services, lambda: hand_line(line, row, services))
        refused = error is not None and not isinstance(error, NothingLeftError)
        handovers.settle(
            line,
            state=HandoverState.REFUSED if refused else HandoverState.DONE,
            message_zh=error.message_zh if error else "",
            message_en=error.message_en if error else "",
            tries=line.tries + 1,
            tried_at=services.now,
        )
        return True


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something that a person would leave behind."""

    kind: HandoverKind
    key: int
    root_key: int
    process_id: str
    name: str


def things_of(login: str, services: Services) -> Iterator[Thing]:
    """Yield everything that a person would leave behind."""
    store = services.store
    held, delegated = store.staff_changes.held(login), store.handovers.delegated(login)
    titles = store.handovers.titles([item.root_key for item in (*held, *delegated)])
    kinds = ((HandoverKind.WORK_ITEM, held), (HandoverKind.DELEGATION, delegated))
    for kind, items in kinds:
        for item in items:
            yield Thing(
                kind=kind,
                key=item.key,
                root_key=item.root_key,
                process_id=item.root_process_id,
                name=" · ".join(text for text in (titles.get(item.root_key), item.name) if text),
            )
    for matter in store.handovers.started(login):
        yield Thing(
            kind=HandoverKind.MATTER,
            key=matter.key,
            root_key=matter.key,
            process_id=matter.process_id,
            name=matter.title or matter.number or matter.process_id,
        )
    for row in store.substitutions.unended(login, services.now):
        other = row.principal if row.substitute == login else row.substitute
        person = services.participant(other)
        yield Thing(
            kind=HandoverKind.SUBSTITUTION,
            key=row.key,
            root_key=0,
            process_id="",
            name=f"{person.name if person else other} {row.first_day} 至 {row.last_day}",
        )


def _owner(text: str, name: str, leaver: Participant, services: Services) -> str:
    person = require_active(text, name, services)
    if person.login == leaver.login:
        raise field_error(name, "ERR_ASSIGNEE", "接手人不能是移交人本人。", "Choose somebody else.")
    return person.login
