"""Send a text message."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from engine.handler import BRIEF, RejectedError, handler
from handlers.clients.partner import Message, deliver

if TYPE_CHECKING:
    from engine.handler import Job, Receipt

#: Stands in a text where the secret goes.
PLACE: Final = "{secret}"


@handler(
    "sms.send",
    partner="sms",
    message_id="sms_id",
    retry=BRIEF,
    hidden=["secret"],
    title=("短信", "Text message"),
)
def send(
    job: Job, *, sms_id: str, phone: str, text: str, secret: str = "", expires_at: str = ""
) -> Receipt:
    """Send a text message once; three more tries, then an administrator is told (catalogue 0.8).

    A secret is written into the text at the last moment, is shown to nobody, and is erased when
    the message is sent. Only the development outbox, which stands for the phone, shows it.

    Args:
        job: the job; the message's id is ``sms_id``.
        sms_id: e.g. ``recovery/20260610-0001``.
        phone: receiver.
        text: with ``{secret}`` where the secret goes.
        secret: e.g. a one-time password.
        expires_at: ISO 8601 with zone; later the message is of no use and is not sent.

    Raises:
        UnreachableError: the gateway does not answer; tried again.
        RejectedError: refused by the gateway, or too late.
    """
    if expires_at and job.matter.now > datetime.fromisoformat(expires_at):
        raise RejectedError("短信已过有效期，未发送", f"expired at {expires_at}, not sent")
    message = Message(
        type="sms.requested",
        subject=sms_id,
        data={"phone": phone, "text": text.replace(PLACE, secret)},
        shown={"phone": f"{phone[:3]}****{phone[-4:]}", "text": text.replace(PLACE, "******")},
    )
    return deliver(job, "sms", message)
