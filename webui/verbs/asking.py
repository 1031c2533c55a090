"""征求意见, 加签 and 减签, and the answers of those who were asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import gettext, lazy_gettext

from engine.commands import (
    AddSigners,
    AnswerConsultation,
    CancelParts,
    ConsultPeople,
    SignWorkItem,
)
from webui.access import execute
from webui.verbs.pages import done_here, finished, to_list
from webui.verbs.verb import Verb

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed
    from webui.verbs.verb import Answer


def consult(view: WorkItemView, typed: Typed) -> Answer:
    """Ask; the task stays."""
    execute(
        ConsultPeople(
            work_item_key=view.key,
            people=typed.all_of("consult", "people"),
            request=typed.of("consult", "request"),
        )
    )
    return done_here(view.key, gettext("已发出征求意见，答复会显示在本页。"))


def sign(view: WorkItemView, typed: Typed) -> Answer:
    """Add signers; the task stays."""
    execute(
        AddSigners(
            work_item_key=view.key,
            people=typed.all_of("sign", "people"),
            when=typed.of("sign", "when"),
            request=typed.of("sign", "request"),
        )
    )
    return done_here(view.key, gettext("已加签，签署情况会显示在本页。"))


def cancel_parts(view: WorkItemView, typed: Typed) -> Answer:
    """Take questions and signers back."""
    completed = execute(
        CancelParts(
            work_item_key=view.key,
            parts=typed.all_of("cancel_parts", "parts"),
            reason=typed.of("cancel_parts", "reason"),
        )
    )
    if completed.next_steps or completed.state != "active":
        return finished(view, completed)
    return done_here(view.key, gettext("已撤销所选人员，对方的待办已取消。"))


def answer(view: WorkItemView, typed: Typed) -> Answer:
    """Answer a question."""
    execute(AnswerConsultation(work_item_key=view.key, opinion=typed.opinion))
    return to_list(gettext("已答复，您的意见已显示在对方的任务中。"))


def agree(view: WorkItemView, typed: Typed) -> Answer:
    """Sign."""
    return _signed(view, typed, agreed=True)


def refuse(view: WorkItemView, typed: Typed) -> Answer:
    """Refuse to sign."""
    return _signed(view, typed, agreed=False)


def _signed(view: WorkItemView, typed: Typed, *, agreed: bool) -> Answer:
    completed = execute(SignWorkItem(work_item_key=view.key, agree=agreed, opinion=typed.opinion))
    return finished(view, completed)


CONSULT: Final = Verb(
    key="consult",
    name=lazy_gettext("征求意见"),
    hint=lazy_gettext("请几个人答复意见，任务留在我这里"),
    dialog="tasks/verbs/consult.html",
    confirm=lazy_gettext("确认征求"),
    act=consult,
)
SIGN: Final = Verb(
    key="sign",
    name=lazy_gettext("加签"),
    hint=lazy_gettext("请其他人在我之前或之后签署"),
    dialog="tasks/verbs/sign.html",
    confirm=lazy_gettext("确认加签"),
    act=sign,
)
CANCEL_PARTS: Final = Verb(
    key="cancel_parts",
    name=lazy_gettext("减签、撤销征求"),
    hint=lazy_gettext("不再等待尚未答复的人"),
    dialog="tasks/verbs/cancel_parts.html",
    confirm=lazy_gettext("确认撤销"),
    act=cancel_parts,
)
ANSWER: Final = Verb(key="answer", name=lazy_gettext("答复"), act=answer, primary=True)
AGREE: Final = Verb(key="agree", name=lazy_gettext("同意"), act=agree, primary=True)
REFUSE: Final = Verb(
    key="refuse", name=lazy_gettext("不同意"), act=refuse, primary=True, danger=True
)
