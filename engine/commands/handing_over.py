"""Hand a message or signal to one waiting token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.matter import MatterTree
from engine.commands.progress import Cause, Progress

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.commands.services import Services
    from engine.store.waiting import SubscriptionRow


def hand_over(
    kind: str, row: SubscriptionRow, variables: Mapping[str, Any], services: Services
) -> bool:
    """Deliver and run the matter to rest; ``False`` when the token has moved on."""
    tree = MatterTree.load(services, row.root_key)
    node = tree.nodes[row.instance_key]
    if not node.is_active or not node.hear(row.token_id, variables, services.now):
        return False
    services.store.waiting.drop_subscriptions(row.instance_key, [row.token_id])
    Progress(tree, services, Cause(services.actor.login)).run(node)
    element = node.model.elements.get(row.element_id)
    services.note(
        f"{kind}_received",
        root_key=row.root_key,
        element_name=element.name if element else "",
        detail={"name": row.name},
    )
    return True
