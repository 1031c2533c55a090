"""Makes what a matter has to show, for whoever may read the matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.automatic import matter_facts
from engine.commands.entitlement import is_entitled, require_reader
from engine.commands.matter import MatterTree
from engine.commands.services import key_of
from engine.exhibit import ExhibitContext

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.exhibit import Exhibit


def exhibit_of(instance_key: str, services: Services) -> Exhibit | None:
    """Return the exhibit of a matter, ``None`` when it has none for the acting person.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: not entitled to read the matter.
    """
    tree = MatterTree.load(services, key_of(instance_key, "事项", "matter"))
    root = tree.root.row
    items = services.store.work_items.of_matter(root.key)
    require_reader(root, items, services)
    maker = services.registry.exhibit(root.process_id)
    # who was only sent a copy reads the matter's own pages
    if maker is None or not is_entitled(root, items, services):
        return None
    context = ExhibitContext(
        matter=matter_facts(tree, tree.root, "", services),
        session=services.store.session,
        reader=services.person.login,
    )
    return maker(context)
