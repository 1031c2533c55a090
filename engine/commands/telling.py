"""The notices of a command as they are written: with their channels still to be served or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.model.keys import new_key
from engine.model.notices import CANDIDATES, Notice, NoticeEvent

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.commands.services import Services


def to_tell(services: Services, wanted: Collection[str]) -> list[Notice]:
    """Return the rows of a command.

    A new task has a row only while somebody wants new tasks by a channel, and then a single one
    for all who may take it: the worker finds out who they are.

    Args:
        services: of the command.
        wanted: events that anybody wants by a channel.
    """
    told = [replace(notice, spread=notice.event not in wanted) for notice in services.notices]
    if NoticeEvent.TASK in wanted:
        told += [
            Notice(
                key=new_key(),
                login=CANDIDATES,
                event=NoticeEvent.TASK,
                root_key=item.root_key,
                work_item_key=item.key,
                detail={"step": item.name},
                at=services.now,
                spread=False,
            )
            for item in services.new_tasks
            if item.assignee != services.actor.login and item.returned_from is None
        ]
    return told
