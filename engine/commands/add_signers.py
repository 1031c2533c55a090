"""Ask others to sign before or after the task's own decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from engine.commands.asking import ask, asking_refusal
from engine.commands.reasons import require_request
from engine.commands.step import read_step
from engine.errors import field_error
from engine.model.states import WorkItemKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services

_WHEN: Final = {"before": WorkItemKind.SIGN_BEFORE, "after": WorkItemKind.SIGN_AFTER}


@dataclass(frozen=True, kw_only=True)
class AddSigners:
    """加签: before, the task waits for them; after, its decision waits until all have agreed.

    Attributes:
        work_item_key: the task.
        people: logins; property ``sign.people`` says who may be asked.
        when: ``before`` or ``after`` the task's own decision.
        request: what they are asked, 1 to 500 characters.

    Raises:
        NotFoundError: no such work item.
        NotAllowedError: may not act on it.
        TaskGoneError: finished, or somebody else was faster.
        WrongStateError: a draft, delegated, or the step forbids it.
        ValidationFailedError: no request, no time, or somebody who may not be asked.
    """

    work_item_key: str
    people: Sequence[str]
    when: str
    request: str

    def execute(self, services: Services) -> None:
        """Give everybody a part of the task."""
        step = read_step(services, self.work_item_key)
        refusal = asking_refusal(step, "sign")
        if refusal is not None:
            raise refusal
        kind = _WHEN.get(self.when)
        if kind is None:
            raise field_error(
                "when", "ERR_ENUM", "请选择前加签或后加签。", "Choose before or after."
            )
        request = require_request(self.request)
        people = ask(step, kind, self.people, request, services)
        services.note(
            f"signers_added_{self.when}",
            root_key=step.root_key,
            role=step.verdict.role,
            element_name=step.item.name,
            detail={"people": [person.name for person in people], "request": request},
        )
