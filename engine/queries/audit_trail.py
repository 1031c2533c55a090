"""流转记录: every action on a matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.entitlement import require_reader
from engine.commands.services import key_of
from engine.errors import NotFoundError
from engine.queries.language import translator
from engine.queries.views import AuditRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class AuditTrail:
    """The lines of a matter, oldest first.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: not entitled.
    """

    instance_key: str

    def answer(self, services: Services) -> Sequence[AuditRow]:
        """Read them."""
        key = key_of(self.instance_key, "事项", "matter")
        services.root_key = key
        tree = services.store.instances.tree(key)
        if not tree:
            raise NotFoundError("事项", "matter", self.instance_key)
        require_reader(tree[0], services.store.work_items.of_matter(key), services)
        words = translator(services, tree[0].binding)
        roles = services.store.identity.roles()
        english = services.language == "en"
        rows = []
        for line in services.store.records.audit_trail(key):
            role = roles.get(line.role)
            name = (role.name_en if english else "") or role.name if role else line.role
            rows.append(
                AuditRow(
                    at=line.at,
                    who=line.person or ("System" if english else "系统"),
                    role=name,
                    unit=line.unit,
                    action=line.action,
                    element_name=words(line.element_name),
                    detail=line.detail,
                    changes=line.changes,
                    address=line.address,
                )
            )
        return rows
