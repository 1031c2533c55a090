"""Ask whoever has a matter to get on with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.matter import MatterTree
from engine.commands.parts import new_part
from engine.commands.reasons import optional_words
from engine.commands.services import key_of
from engine.commands.urging import Urgent, urging_refusal
from engine.model.notices import NoticeEvent
from engine.model.states import WorkItemKind, WorkItemState

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.model.work import WorkItem


@dataclass(frozen=True, kw_only=True)
class UrgeInstance:
    """催办: everybody who has an open task of the matter is told; it is counted at the task.

    Attributes:
        instance_key: the matter.
        words: what is said to them, at most 500 characters, may be empty.

    Raises:
        NotFoundError: no such matter.
        NotAllowedError: neither initiator, nor earlier handler, nor leader of whoever has it.
        WrongStateError: nobody has it, or it was urged a short time ago.
        ValidationFailedError: too many words.
    """

    instance_key: str
    words: str = ""

    def execute(self, services: Services) -> None:
        """Tell them and remember it under the tasks."""
        tree = MatterTree.load(services, key_of(self.instance_key, "事项", "matter"))
        root = tree.root.row
        items = services.store.work_items.of_matter(root.key)
        urgent = Urgent(tree, items, services)
        refusal = urging_refusal(urgent)
        if refusal is not None:
            raise refusal
        words = optional_words(self.words, "words")
        number = max(item.part for item in items)
        parts = []
        for place, item in enumerate(urgent.now, start=1):
            parts.append(self._remembered(item, number + place, words, services))
            services.tell(
                NoticeEvent.URGED,
                urgent.holders[item.key],
                root_key=root.key,
                work_item_key=item.key,
                step=item.name,
                person=services.actor.login,
            )
        services.store.work_items.add(parts, root)
        services.note(
            "matter_urged",
            root_key=root.key,
            element_name="、".join(dict.fromkeys(item.name for item in urgent.now)),
            detail={"people": urgent.names, "request": words},
        )

    def _remembered(self, item: WorkItem, number: int, words: str, services: Services) -> WorkItem:
        return new_part(
            item,
            WorkItemKind.URGE,
            number,
            assignee=item.assignee,
            state=WorkItemState.COMPLETED,
            sender=services.actor.login,
            request=words,
            created_at=services.now,
            ended_at=services.now,
        )
