"""Send a notice by e-mail, WeCom or DingTalk: whatever apprise knows, by one address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from engine.handler import BRIEF, Receipt, RejectedError, UnreachableError, handler

if TYPE_CHECKING:
    from engine.handler import Job

#: Subject of e-mails and heading of group messages.
TITLE: Final = "采购流程平台"
#: In place of an address: kept in the development outbox, nobody is told.
DEVELOPMENT: Final = "development"


@handler(
    "bell.deliver",
    partner="notices",
    message_id="notice_id",
    retry=BRIEF,
    title=("个人通知", "Personal notice"),
)
def deliver(job: Job, *, notice_id: str, channel: str, receiver: str, text: str) -> Receipt:
    """Send one message; three more tries, then an administrator is told (catalogue 0.8).

    Args:
        job: the job; it knows the installation's address of the channel.
        notice_id: the same one is sent once.
        channel: ``email``, ``wecom`` or ``dingtalk``.
        receiver: e-mail address or telephone number, put into the address for ``{receiver}``.
        text: what it says.

    Raises:
        UnreachableError: the service did not take it; tried again.
        RejectedError: the channel is not configured, or its address makes no sense.
    """
    address = job.channel(channel)
    if not address:
        raise RejectedError("通知渠道没有配置", f"the channel {channel} is not configured")
    if address != DEVELOPMENT:
        _send(address.replace("{receiver}", quote(receiver, safe="")), channel, text)
    return Receipt(
        partner="notices",
        type=f"notice.{channel}",
        subject=notice_id,
        body={"receiver": _hidden(receiver), "text": text},
        answer={"status": DEVELOPMENT if address == DEVELOPMENT else "accepted"},
        delivered=address != DEVELOPMENT,
    )


def _send(address: str, channel: str, text: str) -> None:
    from apprise import Apprise  # noqa: PLC0415, RUF100 (slow import: 130 plugins)

    sender = Apprise()
    if not sender.add(address):
        raise RejectedError("通知渠道的地址无法识别", f"the address of {channel} makes no sense")
    if not sender.notify(title=TITLE, body=text):
        raise UnreachableError("通知渠道没有接受", f"{channel} did not take the message")


def _hidden(receiver: str) -> str:
    """Return enough to recognise the receiver by, and no more."""
    name, at, domain = receiver.partition("@")
    return f"{name[:1]}***{at}{domain}" if at else f"{receiver[:3]}****{receiver[-4:]}"
