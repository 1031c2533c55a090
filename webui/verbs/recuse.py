"""回避 of the person himself, from the task page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext, lazy_gettext

from engine.commands import AddRecusal
from webui.access import execute
from webui.verbs.pages import to_list
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def act(view: WorkItemView, typed: Typed) -> Answer:
    """Keep away from the matter from now on; without a reason the page comes back as typed."""
    execute(AddRecusal(instance_key=view.matter.instance_key, reason=typed.of("recuse", "reason")))
    return to_list(gettext("已登记回避，此事项由同岗位其他人员办理。"))


VERB: Final = Verb(
    key="recuse",
    name=lazy_gettext("回避"),
    hint=lazy_gettext("与本事项有利害关系，不再参与"),
    dialog="tasks/verbs/reason.html",
    confirm=lazy_gettext("确认回避"),
    act=act,
    danger=True,
)
