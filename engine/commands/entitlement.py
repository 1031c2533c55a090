"""Who may read a matter: the one place that decides it for every read-only page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.authority import admitting_membership
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
    """
    if root.initiator == person.login or person.has_role(ADMIN_ROLE):
        return True
    if not root.submitted:
        return False
    if person.unit.code == root.unit:
        return True
    return any(
        person.login in (item.ended_by, item.assignee)
        or admitting_membership(person, item) is not None
        for item in items
    )


def require_reader(root: Instance, items: Sequence[WorkItem], services: Services) -> None:
    """Refuse a person who is not entitled; the text says nothing of the matter.

    Raises:
        NotAllowedError: not entitled.
    """
    if not may_read(services.person, root, items):
        raise NotAllowedError(
            "您没有查看此事项的权限。如因工作需要，请联系管理员。",
            "You may not see this matter; ask an administrator if your work needs it.",
        )
