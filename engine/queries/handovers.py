"""离职交接: what there is to hand over and who could have it, and what has become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from engine.commands.administering import require_administrator
from engine.commands.hand_over import things_of
from engine.commands.hand_over_items import refusal_of_item, refusal_of_matter
from engine.commands.manage_people import require_person
from engine.commands.matter import MatterTree
from engine.commands.naming import require_active
from engine.commands.replacing import Held
from engine.commands.services import key_of
from engine.errors import NotFoundError
from engine.model.handovers import HandoverKind, HandoverState
from engine.queries.process_names import process_names
from engine.queries.views import HandoverLineView, HandoverPlan, HandoverResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.hand_over import Thing
    from engine.commands.services import Services
    from engine.errors import WorkflowError
    from engine.model.participants import Participant

#: Things that a page looks at one by one.
LOOKED_AT: Final = 100


@dataclass(frozen=True, kw_only=True)
class HandoverPreview:
    """What a person would leave behind, and whether the successor could have each thing.

    Attributes:
        leaver: login.
        to: login or full name, empty = nobody is chosen yet.
        by_process: ``{root process: login or full name}``.

    Raises:
        NotFoundError: no such person.
        NotAllowedError: not an administrator.
        ValidationFailedError: at ``to`` or ``to.<process>``.
    """

    leaver: str
    to: str = ""
    by_process: Mapping[str, str] = field(default_factory=dict)

    def answer(self, services: Services) -> HandoverPlan:
        """Look at it; nothing is written."""
        require_administrator(services)
        leaver = require_person(self.leaver, services)
        names = process_names(services)
        things = list(things_of(leaver.login, services))
        chosen = {
            process_id: require_active(text, f"to.{process_id}", services)
            for process_id, text in self.by_process.items()
            if text.strip()
        }
        default = require_active(self.to, "to", services) if self.to.strip() else None
        acts = services.store.handovers.of(leaver.login)
        return HandoverPlan(
            login=leaver.login,
            name=leaver.name,
            count=len(things),
            lines=[
                _planned(thing, chosen.get(thing.process_id, default), names, services)
                for thing in things[:LOOKED_AT]
            ],
            processes=[
                (key, names.get(key, key))
                for key in sorted({thing.process_id for thing in things if thing.process_id})
            ],
            earlier=[(str(act.key), act.reason, act.created_at) for act in acts],
        )


@dataclass(frozen=True, kw_only=True)
class HandoverOutcome:
    """What has become of a hand-over, refused things first.

    Raises:
        NotFoundError: there is none.
        NotAllowedError: not an administrator.
    """

    handover_key: str

    def answer(self, services: Services) -> HandoverResult:
        """Read it."""
        require_administrator(services)
        act = services.store.handovers.get(key_of(self.handover_key, "交接", "hand-over"))
        if act is None:
            raise NotFoundError("交接", "hand-over", self.handover_key)
        lines = services.store.handovers.lines(act.key, LOOKED_AT)
        counts = services.store.handovers.counts(act.key)
        logins = [act.leaver, act.created_by, *(line.new_owner for line in lines)]
        people = services.store.identity.people(logins)
        english = services.language == "en"
        return HandoverResult(
            key=str(act.key),
            login=act.leaver,
            name=people.get(act.leaver, (act.leaver, "", True))[0],
            by=people.get(act.created_by, (act.created_by, "", True))[0],
            reason=act.reason,
            at=act.created_at,
            waiting=counts[HandoverState.WAITING],
            done=counts[HandoverState.DONE],
            refused=counts[HandoverState.REFUSED],
            lines=[
                HandoverLineView(
                    kind=line.kind,
                    instance_key=str(line.root_key or ""),
                    name=line.name,
                    to=people.get(line.new_owner, (line.new_owner, "", True))[0],
                    state=line.state,
                    reason=line.message_en if english else line.message_zh,
                )
                for line in lines
            ],
        )


def _planned(
    thing: Thing, to: Participant | None, names: Mapping[str, str], services: Services
) -> HandoverLineView:
    refusal = _refusal(thing, to, services) if to is not None else None
    return HandoverLineView(
        kind=thing.kind,
        instance_key=str(thing.root_key or ""),
        name=names.get(thing.name, thing.name),
        to=to.name if to else "",
        state=HandoverState.REFUSED if refusal else HandoverState.WAITING,
        reason=refusal.message(services.language) if refusal else "",
    )


def _refusal(thing: Thing, to: Participant, services: Services) -> WorkflowError | None:
    if thing.kind is HandoverKind.SUBSTITUTION:
        return None
    if thing.kind is HandoverKind.MATTER:
        return refusal_of_matter(MatterTree.load(services, thing.root_key), to)
    item = services.store.work_items.get(thing.key)
    return None if item is None else refusal_of_item(Held.read(item, services), to)
