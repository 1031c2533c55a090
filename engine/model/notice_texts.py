"""What a message says that leaves the product: what is needed to act, and no more.

A text message and a group robot are read by others too, so neither names the matter nor people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.model.notices import Channel, NoticeEvent

if TYPE_CHECKING:
    from engine.model.notices import Notice

_ZH: Final = {
    NoticeEvent.TASK: "您有新的待办“{step}”",
    NoticeEvent.RETURNED: "有事项退回给您，环节“{step}”",
    NoticeEvent.URGED: "您的待办“{step}”被催办",
    NoticeEvent.DUE_SOON: "您的待办“{step}”将于 {due} 到期",
    NoticeEvent.OVERDUE: "您的待办“{step}”已于 {due} 到期",
    NoticeEvent.ESCALATED: "环节“{step}”逾期未办",
    NoticeEvent.DUE_MOVED: "工作日历更新，您的待办“{step}”改为 {due} 到期",
    NoticeEvent.CIRCULATED: "有事项抄送给您",
    NoticeEvent.CONSULTED: "有事项征求您的意见，环节“{step}”",
    NoticeEvent.ANSWERED: "外部单位已补正，环节“{step}”",
    NoticeEvent.LAPSED: "外部单位逾期未补正，环节“{step}”",
    NoticeEvent.FINISHED: "您发起的事项已办结",
    NoticeEvent.SUBSTITUTION: "与您有关的代理安排有变动",
}
_EN: Final = {
    NoticeEvent.TASK: "You have a new task “{step}”",
    NoticeEvent.RETURNED: "Something was returned to you at “{step}”",
    NoticeEvent.URGED: "Your task “{step}” is urged",
    NoticeEvent.DUE_SOON: "Your task “{step}” is due {due}",
    NoticeEvent.OVERDUE: "Your task “{step}” was due {due}",
    NoticeEvent.ESCALATED: "The step “{step}” is overdue",
    NoticeEvent.DUE_MOVED: "New working calendar: your task “{step}” is due {due}",
    NoticeEvent.CIRCULATED: "A matter was sent to you as a copy",
    NoticeEvent.CONSULTED: "Your opinion is asked for at “{step}”",
    NoticeEvent.ANSWERED: "Somebody outside has answered at “{step}”",
    NoticeEvent.LAPSED: "Somebody outside has not answered in time at “{step}”",
    NoticeEvent.FINISHED: "A matter that you started is finished",
    NoticeEvent.SUBSTITUTION: "A substitution that concerns you has changed",
}


def message_text(
    notice: Notice, channel: Channel, title: str, language: str, *, stands_in: bool = False
) -> str:
    """Return the text of a message.

    Args:
        notice: why.
        channel: by which way; only an e-mail names the matter.
        title: of the matter, may be empty.
        language: of the reader, ``en`` or else Chinese.
        stands_in: the reader is told for somebody for whom he stands in.
    """
    english = language == "en"
    facts = {"step": notice.detail.get("step", ""), "due": notice.detail.get("due", "")}
    text = (_EN if english else _ZH)[notice.event].format(**facts)
    if channel is Channel.EMAIL and title:
        text += f" ({title})" if english else f"（{title}）"
    if stands_in:
        text = f"As a substitute: {text}" if english else f"您代理的工作：{text}"
    end = ". Please log in to act." if english else "，请登录系统办理。"
    return text + end
