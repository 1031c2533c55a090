"""Makes what a matter has to show, for whoever may read the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.automatic import matter_facts
from engine.commands.entitlement import require_reader
from engine.commands.matter import MatterTree
from engine.commands.services import key_of
from engine.exhibit import ExhibitContext

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.exhibit import Exhibit


def exhibit_of(instance_key: str, services: Services) -> Exhibit | None:
    """Return the exhibit of a matter for the acting person, ``None`` when it has none.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: not entitled to read the matter.
    """
    tree = MatterTree.load(services, key_of(instance_key, "事项", "matter"))
    root = tree.root.row
    require_reader(root, services.store.work_items.of_matter(root.key), services)
    maker = services.registry.exhibit(root.process_id)
    if maker is None:
        return None
    context = ExhibitContext(
        matter=matter_facts(tree, tree.root, "", services),
        session=services.store.session,
        reader=services.person.login,
    )
    return maker(context)
