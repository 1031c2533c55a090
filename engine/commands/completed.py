"""The answer to a command that moved a matter: where it is now and who has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.commands.authority import admitting_membership
from engine.model.participants import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.commands.matter import MatterTree
    from engine.commands.resting import RowBatch
    from engine.commands.services import Services
    from engine.model.work import WorkItem


@dataclass(frozen=True)
class Remark:
    """A sentence that the person must read, in both languages."""

    message_zh: str
    message_en: str

    def message(self, language: str) -> str:
        """Return the sentence in ``language`` (``en``, else Chinese)."""
        return self.message_en if language == "en" else self.message_zh


@dataclass(frozen=True)
class Completed:
    """What happened.

    Attributes:
        instance_key: the root instance.
        state: its state now.
        next_steps: names of the steps whose work items were just made.
        number: business number, empty until given.
        next_work_item_key: a new work item of the same person, ``None`` if there is none.
        remarks: why the matter went another way than the person may expect.
    """

    instance_key: str
    state: str
    next_steps: Sequence[str]
    number: str
    next_work_item_key: str | None
    remarks: Sequence[Remark] = ()

    @classmethod
    def from_answer(cls, answer: Mapping[str, Any]) -> Completed:
        """Rebuild a remembered answer."""
        return cls(
            answer["instance_key"],
            answer["state"],
            answer["next_steps"],
            answer["number"],
            answer["next_work_item_key"],
            tuple(Remark(zh, en) for zh, en in answer.get("remarks", ())),
        )


def answer_of(completed: Completed) -> dict[str, Any]:
    """Return the answer as JSON values."""
    return {
        "instance_key": completed.instance_key,
        "state": completed.state,
        "next_steps": list(completed.next_steps),
        "number": completed.number,
        "next_work_item_key": completed.next_work_item_key,
        "remarks": [[one.message_zh, one.message_en] for one in completed.remarks],
    }


def remarked(remarks: Sequence[Remark]) -> str:
    """Return remarks as the audit trail keeps them."""
    return "".join(one.message_zh for one in remarks)


def standing(tree: MatterTree) -> Completed:
    """Say where the matter is when it has not moved."""
    root = tree.root.row
    return Completed(str(root.key), root.state, [], root.number, None)


def describe(
    tree: MatterTree, batch: RowBatch, services: Services, remarks: Sequence[Remark] = ()
) -> Completed:
    """Say where the matter is after a run."""
    root = tree.root.row
    return Completed(
        instance_key=str(root.key),
        state=root.state,
        next_steps=[item.name for item in batch.work_items],
        number=root.number,
        next_work_item_key=_own(batch.work_items, services),
        remarks=tuple(remarks),
    )


def _own(items: Sequence[WorkItem], services: Services) -> str | None:
    if services.actor.login == SYSTEM.login:
        return None
    for item in items:
        if item.assignee == services.actor.login:
            return str(item.key)
        if item.assignee is None and admitting_membership(services.person, item):
            return str(item.key)
    return None
