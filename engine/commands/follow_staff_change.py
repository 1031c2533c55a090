"""Open work follows what has changed for a person: a post, the account, a recusal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.commands.attempts import attempt
from engine.commands.change_voters import leave_round
from engine.commands.hand_back_work_item import delegation_of
from engine.commands.replacing import Held, keep_offered, place_anew, try_again, why_not
from engine.commands.step import move_or_refuse
from engine.model.pools import sources_of
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.commands.services import Services
    from engine.model.work import WorkItem
    from engine.store.incidents import IncidentRow


@dataclass(frozen=True, kw_only=True)
class FollowStaffChange:
    """One task, or one step that nobody fitted, in one transaction; ``False`` when all is done.

    A task that a person has and may not have any more goes back to its post or on by the step's
    policy. What is offered to a post follows by itself, unless nobody is left who may take it; then
    the policy holds, too. It may be killed at any moment: how far it came is a row. What cannot be
    placed stays where it is, and the trail says why.
    """

    def execute(self, services: Services) -> bool:
        """Take the next one."""
        changes = services.store.staff_changes
        change = changes.next()
        if change is None:
            return False
        item = changes.next_item(change)
        if item is not None:
            changes.move(change, item_key=item.key)
            self._attempt(item.root_key, lambda: _look(item, services), services)
            return True
        incident = changes.next_incident(change)
        if incident is not None:
            changes.move(change, incident_key=incident.key)
            self._attempt(incident.root_key, lambda: retry_nobody(incident, services), services)
            return True
        offer = changes.next_offer(change, _pools_of(change.login, services))
        if offer is not None:
            changes.move(change, offer_key=offer.key)
            self._attempt(offer.root_key, lambda: keep_offered(offer, services), services)
            return True
        changes.end(change)
        return True

    @staticmethod
    def _attempt(root_key: int, work: Callable[[], object], services: Services) -> None:
        error = attempt(services, work)
        if error is not None:
            services.note(
                "work_item_not_replaced", root_key=root_key, detail={"message": error.message_zh}
            )


def _pools_of(login: str, services: Services) -> list[str]:
    """Return where work was offered to a person: by name, and by posts held now or before."""
    person = services.participant(login)
    if person is None:
        return []
    before = replace(
        person,
        memberships=(*person.memberships, *services.store.staff_changes.posts_taken(login)),
    )
    return [source.pool for source in sources_of(before)]


def retry_nobody(incident: IncidentRow, services: Services) -> bool:
    """Look again for somebody for the task of an incident, and close it if there is one now."""
    item = services.store.work_items.get(incident.stopped_key or 0)
    if item is not None and item.is_open:
        held = Held.read(item, services)
        if held.item.is_open and held.item.assignee is None and not try_again(held, services):
            return False
    services.store.incidents.resolve(incident.key, services.actor.login, services.now)
    return True


def _look(item: WorkItem, services: Services) -> None:
    """Place a task anew if whose it is cannot keep it; a part stays with whom it was asked of."""
    if not item.is_task:
        return
    held = Held.read(item, services)
    item = held.item
    services.read_participants([login for login in (item.holder, item.assignee) if login])
    holder = services.participant(item.holder or "")
    deputy = services.participant(item.assignee or "")
    if not item.is_open or holder is None or deputy is None:
        return
    reason = why_not(held, holder)
    if reason and item.owner is not None:
        _give_back(held, reason, services)
    elif reason and not (item.round_key and leave_round(held, reason, services)):
        place_anew(held, reason, services)
    elif item.on_behalf_of and (not deputy.active or deputy.login in held.bars):
        move_or_refuse(
            services, item, WorkItemState.CLAIMED, assignee=holder.login, on_behalf_of=None
        )


def _give_back(held: Held, reason: str, services: Services) -> None:
    """End a delegation: the owner goes on."""
    item = held.item
    owner = services.participant(item.owner or "")
    delegation = delegation_of(item, services)
    move_or_refuse(
        services, delegation, WorkItemState.CANCELLED, opinion=reason, ended_at=services.now
    )
    delegate = services.participant(item.assignee or "")
    services.note(
        "work_item_replaced",
        root_key=item.root_key,
        element_name=item.name,
        detail={"person": delegate.name if delegate else "", "reason": reason},
    )
    values = {"assignee": item.owner, "owner": None, "on_behalf_of": None, "request": ""}
    move_or_refuse(services, item, WorkItemState.CLAIMED, **values)
    returned = Held.read(item, services)
    barred = why_not(returned, owner) if owner is not None else ""
    if barred:
        place_anew(returned, barred, services)
