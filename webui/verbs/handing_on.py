"""转办, 委派, 交回 and 收回委派."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext, lazy_gettext

from engine.commands import (
    DelegateWorkItem,
    HandBackWorkItem,
    TakeBackWorkItem,
    TransferWorkItem,
)
from webui.access import execute
from webui.verbs.pages import again, to_list
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def transfer(view: WorkItemView, typed: Typed) -> Answer:
    """Give the task away; it leaves this person's list."""
    execute(
        TransferWorkItem(
            work_item_key=view.key,
            to=typed.of("transfer", "person"),
            reason=typed.of("transfer", "reason"),
            answers=typed.answers,
        )
    )
    return to_list(gettext("已转办，由对方继续办理。"))


def delegate(view: WorkItemView, typed: Typed) -> Answer:
    """Let somebody do it; it comes back."""
    execute(
        DelegateWorkItem(
            work_item_key=view.key,
            to=typed.of("delegate", "person"),
            reason=typed.of("delegate", "reason"),
            answers=typed.answers,
        )
    )
    return to_list(gettext("已委派，对方交回后会回到您的待办。"))


def hand_back(view: WorkItemView, typed: Typed) -> Answer:
    """Give it back to its owner with an opinion."""
    execute(HandBackWorkItem(work_item_key=view.key, opinion=typed.opinion, answers=typed.answers))
    return to_list(gettext("已交回委派人，由委派人作出决定。"))


def take_back(view: WorkItemView, typed: Typed) -> Answer:
    """Go on with a delegated task oneself."""
    reason = typed.of("take_back", "reason")
    execute(TakeBackWorkItem(work_item_key=view.key, reason=reason))
    return again(view.key, typed, status=200)


TRANSFER: Final = Verb(
    key="transfer",
    name=lazy_gettext("转办"),
    hint=lazy_gettext("交给其他人办理和决定"),
    dialog="tasks/verbs/hand_on.html",
    confirm=lazy_gettext("确认转办"),
    act=transfer,
)
DELEGATE: Final = Verb(
    key="delegate",
    name=lazy_gettext("委派"),
    hint=lazy_gettext("请他人代办，交回后由我决定"),
    dialog="tasks/verbs/hand_on.html",
    confirm=lazy_gettext("确认委派"),
    act=delegate,
)
HAND_BACK: Final = Verb(
    key="hand_back", name=lazy_gettext("交回委派人"), act=hand_back, primary=True
)
TAKE_BACK: Final = Verb(
    key="take_back",
    name=lazy_gettext("收回委派"),
    hint=lazy_gettext("不等对方交回，由我继续"),
    dialog="tasks/verbs/reason.html",
    confirm=lazy_gettext("确认收回"),
    act=take_back,
)
