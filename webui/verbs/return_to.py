"""退回."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import lazy_gettext

from engine.commands import ReturnWorkItem
from webui.access import execute
from webui.verbs.pages import finished
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def act(view: WorkItemView, typed: Typed) -> Answer:
    """Return to the chosen step; what the page said about it is sent along."""
    target = typed.of("return", "target")
    completed = execute(
        ReturnWorkItem(
            work_item_key=view.key,
            target=target,
            reason=typed.of("return", "reason"),
            policy=typed.of("return", "policy"),
            seen=typed.of("return", f"seen.{target}"),
            idempotency_key=typed.idempotency_key,
        )
    )
    return finished(view, completed)


VERB: Final = Verb(
    key="return",
    name=lazy_gettext("退回到…"),
    dialog="tasks/verbs/return.html",
    confirm=lazy_gettext("确认退回"),
    act=act,
)
