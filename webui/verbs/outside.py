"""退回外部 and its recall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import url_for
from flask_babel import gettext, lazy_gettext

from engine.commands import RecallOutside, ReturnOutside
from webui.access import execute
from webui.verbs.pages import done_here
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def send(view: WorkItemView, typed: Typed) -> Answer:
    """Send the link; the task stays."""
    execute(
        ReturnOutside(
            work_item_key=view.key,
            party=typed.of("return_outside", "party"),
            phone=typed.of("return_outside", "phone"),
            reason=typed.of("return_outside", "reason"),
            link=url_for("outside_answers.show", token="", _external=True),
        )
    )
    return done_here(view.key, gettext("已退回外部单位，链接以短信发送；答复后会通知您。"))


def recall(view: WorkItemView, typed: Typed) -> Answer:
    """Take the link back."""
    execute(RecallOutside(work_item_key=view.key, reason=typed.of("recall_outside", "reason")))
    return done_here(view.key, gettext("已撤回，外部链接已失效。"))


SEND: Final = Verb(
    key="return_outside",
    name=lazy_gettext("退回外部单位"),
    hint=lazy_gettext("供应商、代理机构凭一次性链接补正"),
    dialog="tasks/verbs/return_outside.html",
    confirm=lazy_gettext("发送链接"),
    act=send,
)
RECALL: Final = Verb(
    key="recall_outside",
    name=lazy_gettext("撤回外部退回"),
    hint=lazy_gettext("不再等待外部单位补正"),
    dialog="tasks/verbs/recall_outside.html",
    confirm=lazy_gettext("确认撤回"),
    act=recall,
)
