"""增加投票人 and 减少投票人."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext, lazy_gettext

from engine.commands import AddVoters, RemoveVoters
from webui.access import execute
from webui.verbs.pages import done_here, finished
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def add(view: WorkItemView, typed: Typed) -> Answer:
    """Let others vote, too; the ballot stays."""
    execute(
        AddVoters(
            work_item_key=view.key,
            people=typed.all_of("add_voters", "people"),
            reason=typed.of("add_voters", "reason"),
        )
    )
    return done_here(view.key, gettext("已增加投票人，对方已收到待办。"))


def remove(view: WorkItemView, typed: Typed) -> Answer:
    """Take ballots back; that may end the round."""
    completed = execute(
        RemoveVoters(
            work_item_key=view.key,
            ballots=typed.all_of("remove_voters", "ballots"),
            reason=typed.of("remove_voters", "reason"),
        )
    )
    if completed.next_steps or completed.state != "active":
        return finished(view, completed)
    return done_here(view.key, gettext("已减少投票人，对方的待办已取消。"))


ADD: Final = Verb(
    key="add_voters",
    name=lazy_gettext("增加投票人"),
    hint=lazy_gettext("请其他人参加本轮表决"),
    dialog="tasks/verbs/add_voters.html",
    confirm=lazy_gettext("确认增加"),
    act=add,
)
REMOVE: Final = Verb(
    key="remove_voters",
    name=lazy_gettext("减少投票人"),
    hint=lazy_gettext("由我增加的，或账号已停用的，尚未投票"),
    dialog="tasks/verbs/remove_voters.html",
    confirm=lazy_gettext("确认减少"),
    act=remove,
)
