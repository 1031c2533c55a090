"""回避 as people see it: one's own, and everybody's for an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.commands.entitlement import may_read
from engine.commands.services import key_of
from engine.errors import NotAllowedError, NotFoundError
from engine.model.participants import ADMIN_ROLE
from engine.queries.language import translator
from engine.queries.views import RecusalView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services
    from engine.model.duties import Recusal


@dataclass(frozen=True, kw_only=True)
class RecusalsPage:
    """The page.

    Attributes:
        everybody: the reader arranges everybody's.
        lines: the latest first.
        instance_key: the matter that is to be added, empty for none.
        title: its title.
    """

    everybody: bool
    lines: Sequence[RecusalView]
    instance_key: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Recusals:
    """The recusals of the reader, or of everybody for an administrator.

    Attributes:
        instance_key: the matter of which there is talk, empty for none.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: the matter is none of the reader's business.
    """

    instance_key: str = ""

    def answer(self, services: Services) -> RecusalsPage:
        """Read them."""
        reader = services.person
        everybody = reader.has_role(ADMIN_ROLE)
        duties = services.store.duties
        rows = duties.recusals(participant="" if everybody else reader.login)
        titles = services.store.notices.titles({row.root_key for row in rows if row.root_key})
        people = services.store.identity.people(list({row.participant for row in rows}))
        units = services.store.identity.unit_names([row.unit for row in rows if row.unit])

        def target(row: Recusal) -> str:
            if row.unit:
                return units.get(row.unit, row.unit)
            matter = titles.get(row.root_key or 0)
            return _title(matter, services) if matter else str(row.root_key)

        return RecusalsPage(
            everybody=everybody,
            lines=[
                RecusalView(
                    key=str(row.key),
                    person=people.get(row.participant, (row.participant, "", True))[0],
                    target=target(row),
                    instance_key=str(row.root_key or ""),
                    reason=row.reason,
                    until=row.last_day,
                    holds=row.holds(services.now),
                    added_at=row.created_at,
                )
                for row in rows
            ],
            instance_key=self.instance_key,
            title=self._matter(services) if self.instance_key else "",
        )

    def _matter(self, services: Services) -> str:
        key = key_of(self.instance_key, "事项", "matter")
        tree = services.store.instances.tree(key)
        if not tree:
            raise NotFoundError("事项", "matter", self.instance_key)
        items = services.store.work_items.of_matter(key)
        if not may_read(services.person, tree[0], items):
            raise NotAllowedError
        return _title(tree[0], services)


def _title(matter: Any, services: Services) -> str:
    return str(matter.title or translator(services, matter.binding).process_name)
