"""The verbs of a whole matter; they stand on its own page, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import flash, redirect, url_for
from flask_babel import gettext, lazy_gettext

from engine.commands import (
    CirculateInstance,
    RecallWorkItem,
    ResumeInstance,
    SuspendInstance,
    TerminateInstance,
    UrgeInstance,
    WithdrawInstance,
)
from webui.access import execute
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def carry_out(instance_key: str, typed: Typed) -> None:
    """Do one of ``MATTER_VERBS``, the one that was pressed, and say so.

    Raises:
        ValidationFailedError: no reason given, nobody chosen, or too many words.
        WrongStateError: too late, or too early.
    """
    _DEEDS[typed.verb](instance_key, typed)


def _urge(instance_key: str, typed: Typed) -> None:
    execute(UrgeInstance(instance_key=instance_key, words=typed.of("urge", "words")))
    flash(gettext("已催办，办理人会收到通知。"), "done")


def _circulate(instance_key: str, typed: Typed) -> None:
    execute(
        CirculateInstance(
            instance_key=instance_key,
            people=typed.all_of("circulate", "people"),
            words=typed.of("circulate", "words"),
        )
    )
    flash(gettext("已抄送，阅读情况显示在事项页面和“抄送”列表中。"), "done")


def _recall(_instance_key: str, typed: Typed) -> None:
    execute(
        RecallWorkItem(work_item_key=typed.of("recall", "at"), reason=typed.of("recall", "reason"))
    )
    flash(gettext("已撤回，此环节回到您的待办，可以重新作出决定。"), "done")


def _suspend(instance_key: str, typed: Typed) -> None:
    execute(SuspendInstance(instance_key=instance_key, reason=typed.of("suspend", "reason")))
    flash(gettext("已挂起，恢复前不能办理，期限停止计算。"), "done")


def _resume(instance_key: str, typed: Typed) -> None:
    execute(ResumeInstance(instance_key=instance_key, reason=typed.of("resume", "reason")))
    flash(gettext("已恢复，事项从原处继续办理。"), "done")


def _withdraw(instance_key: str, typed: Typed) -> None:
    execute(WithdrawInstance(instance_key=instance_key, reason=typed.of("withdraw", "reason")))
    flash(gettext("已撤回，事项回到您的草稿中，可以修改后重新提交。"), "done")


def _terminate(instance_key: str, typed: Typed) -> None:
    execute(TerminateInstance(instance_key=instance_key, reason=typed.of("terminate", "reason")))
    flash(gettext("已终止，此事项不再继续办理。"), "done")


def act(view: WorkItemView, typed: Typed) -> Answer:
    """Do it and show the matter; without a reason the page comes back as typed."""
    key = view.matter.instance_key
    carry_out(key, typed)
    return redirect(url_for("instances.show", key=key), code=303)


_DEEDS: Final[Mapping[str, Callable[[str, Typed], None]]] = {
    "urge": _urge,
    "circulate": _circulate,
    "recall": _recall,
    "suspend": _suspend,
    "resume": _resume,
    "withdraw": _withdraw,
    "terminate": _terminate,
}
URGE: Final = Verb(
    key="urge",
    name=lazy_gettext("催办"),
    hint=lazy_gettext("提醒现在的办理人尽快办理"),
    dialog="tasks/verbs/urge.html",
    confirm=lazy_gettext("确认催办"),
    act=act,
)
CIRCULATE: Final = Verb(
    key="circulate",
    name=lazy_gettext("抄送"),
    hint=lazy_gettext("请其他人阅知，不参与办理"),
    dialog="tasks/verbs/circulate.html",
    confirm=lazy_gettext("确认抄送"),
    act=act,
)
RECALL: Final = Verb(
    key="recall",
    name=lazy_gettext("撤回办理"),
    hint=lazy_gettext("收回我刚作出的决定，重新办理"),
    dialog="tasks/verbs/recall.html",
    confirm=lazy_gettext("确认撤回"),
    act=act,
)
SUSPEND: Final = Verb(
    key="suspend",
    name=lazy_gettext("挂起"),
    hint=lazy_gettext("暂停办理，停止计算期限"),
    dialog="tasks/verbs/reason.html",
    confirm=lazy_gettext("确认挂起"),
    act=act,
)
RESUME: Final = Verb(
    key="resume",
    name=lazy_gettext("恢复"),
    hint=lazy_gettext("从原处继续办理"),
    dialog="tasks/verbs/reason.html",
    confirm=lazy_gettext("确认恢复"),
    act=act,
)
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
#: On the matter's own page.
MATTER_VERBS: Final = frozenset(_DEEDS)
