"""A person or program throws a BPMN error at an open user task."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.bpmn import UncaughtError
from engine.commands.progress import Cause, Progress
from engine.commands.step import move_or_refuse, read_step
from engine.model.states import WorkItemState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.commands.services import Services


@dataclass(frozen=True, kw_only=True)
class ThrowError:
    """The error goes to the innermost catcher of ``code``, which may be a caller's.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished.
        UncaughtError: nobody catches it; nothing was changed.
    """

    work_item_key: str
    code: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def execute(self, services: Services) -> None:
        """Throw and run the matter to rest."""
        step = read_step(services, self.work_item_key)
        step.require_actor()
        move_or_refuse(
            services,
            step.item,
            WorkItemState.CANCELLED,
            ended_at=services.now,
            ended_by=services.actor.login,
            on_behalf_of=step.verdict.on_behalf_of,
            outcome_label=self.code,
        )
        caught = step.tree.throw(
            step.node, step.item.token_id, self.code, self.variables, services.now
        )
        if caught is None:
            raise UncaughtError(step.element.id, self.code)
        Progress(step.tree, services, Cause(services.actor.login)).run(caught)
        services.note(
            "error_thrown",
            root_key=step.root_key,
            element_name=step.item.name,
            detail={"code": self.code},
        )
