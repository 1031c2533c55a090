"""撤回 and 终止: they concern the whole matter, and stand on its own page too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import flash, redirect, url_for
from flask_babel import gettext, lazy_gettext

from engine.commands import TerminateInstance, WithdrawInstance
from webui.access import execute
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def carry_out(verb: str, instance_key: str, reason: str) -> None:
    """Withdraw or terminate a matter and say so.

    Raises:
        ValidationFailedError: no reason given.
        WrongStateError: too late.
    """
    if verb == "withdraw":
        execute(WithdrawInstance(instance_key=instance_key, reason=reason))
        flash(gettext("已撤回，事项回到您的草稿中，可以修改后重新提交。"), "done")
        return
    execute(TerminateInstance(instance_key=instance_key, reason=reason))
    flash(gettext("已终止，此事项不再继续办理。"), "done")


def act(view: WorkItemView, typed: Typed) -> Answer:
    """Do it and show the matter; without a reason the page comes back as typed."""
    key = view.matter.instance_key
    carry_out(typed.verb, key, typed.of(typed.verb, "reason"))
    return redirect(url_for("instances.show", key=key), code=303)


WITHDRAW: Final = Verb(
    key="withdraw",
    name=lazy_gettext("撤回"),
    dialog="tasks/verbs/reason.html",
    confirm=lazy_gettext("确认撤回"),
    act=act,
    danger=True,
)
TERMINATE: Final = Verb(
    key="terminate",
    name=lazy_gettext("终止"),
    dialog="tasks/verbs/reason.html",
    confirm=lazy_gettext("确认终止"),
    act=act,
    danger=True,
)
