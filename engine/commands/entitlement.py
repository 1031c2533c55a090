"""Who may read a matter: the one place that decides it for every read-only page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.audience import holders_of
from engine.commands.authority import admitting_membership
from engine.commands.standing_in import principals_in
from engine.errors import NotAllowedError
from engine.model.participants import ADMIN_ROLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.model.participants import Participant
    from engine.model.work import Instance, WorkItem


def may_read(person: Participant, root: Instance, items: Sequence[WorkItem]) -> bool:
    """Tell whether a person may read a matter.

    Entitled are: members of the matter's unit (catalogue 0.6), everybody who did, has or may
    take one of its work items, and administrators. A draft is its author's alone.
    ``require_reader`` knows of others whom the database must be asked about.
    """
    if root.initiator == person.login or person.has_role(ADMIN_ROLE):
        return True
    if not root.submitted:
        return False
    return person.unit.code == root.unit or _has_part(person, items)


def _has_part(person: Participant, items: Sequence[WorkItem]) -> bool:
    return any(
        person.login in (item.ended_by, item.assignee, item.on_behalf_of)
        or admitting_membership(person, item) is not None
        for item in items
    )


def is_entitled(root: Instance, items: Sequence[WorkItem], services: Services) -> bool:
    """Tell whether the acting person may read a matter without having been sent a copy."""
    person = services.person
    # A substitute sees the principal's work, not all that the principal's unit or rank opens.
    return (
        may_read(person, root, items)
        or any(
            principal.login == root.initiator or _has_part(principal, items)
            for principal in principals_in(root, services)
        )
        or _leads(root, items, services)
    )


def require_reader(root: Instance, items: Sequence[WorkItem], services: Services) -> None:
    """Refuse a person who is not entitled; the text says nothing of the matter.

    Entitled are those of ``may_read``, who stands in for one who has or had a part in it, the
    leader of whoever has one of its open work items, and who was sent a copy.

    Raises:
        NotAllowedError: not entitled.
    """
    if not may_see(root, items, services):
        raise no_reader()


def no_reader() -> NotAllowedError:
    """Return the refusal of a person who may not read a matter."""
    return NotAllowedError(
        "您没有查看此事项的权限。如因工作需要，请联系管理员。",
        "You may not see this matter; ask an administrator if your work needs it.",
    )


def may_see(root: Instance, items: Sequence[WorkItem], services: Services) -> bool:
    """Tell whether the acting person may read a matter: whom ``require_reader`` lets in."""
    return is_entitled(root, items, services) or (
        root.submitted and services.store.circulations.has_copy(root.key, services.person.login)
    )


def _leads(root: Instance, items: Sequence[WorkItem], services: Services) -> bool:
    """Tell whether the person leads one of those who have the matter now."""
    if not root.submitted:
        return False
    holders = [login for item in items if item.is_open for login in holders_of(item, services)]
    return bool(services.store.staffing.led_by(services.person.login, holders))
