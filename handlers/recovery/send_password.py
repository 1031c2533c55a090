"""Send user name and temporary password to the phone that was given."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.handler import BRIEF, RejectedError, handler
from handlers.clients.partner import Message, deliver
from handlers.recovery.temporary import password_for

if TYPE_CHECKING:
    from engine.handler import Job, Receipt


@handler(
    "recovery.send_password",
    partner="sms",
    message_id="recovery_reference",
    retry=BRIEF,
    title=("找回密码短信", "Password recovery"),
)
def send_password(
    job: Job,
    *,
    recovery_reference: str,
    recovery_account: str,
    recovery_phone: str,
    recovery_nonce: str,
    recovery_expires_at: str,
) -> Receipt:
    """Send the SMS once; the password is made again from the nonce and stored nowhere.

    Only the development outbox, which stands for the phone, shows it.

    Args:
        job: the job; the message's id is the matter's key.
        recovery_reference: key of the matter.
        recovery_account: user name.
        recovery_phone: receiver, contact or legal person as registered.
        recovery_nonce: what ``recovery.issue`` has drawn.
        recovery_expires_at: ISO 8601 with zone; later the password is worth nothing.

    Raises:
        UnreachableError: the gateway does not answer; tried again.
        RejectedError: refused by the gateway, or too late.
    """
    if job.matter.now >= datetime.fromisoformat(recovery_expires_at):
        raise RejectedError("临时密码已失效，未发送。", "The password has lapsed; it was not sent.")
    words = _words(recovery_account, password_for(recovery_nonce, job.keyed))
    shown = f"{recovery_phone[:3]}****{recovery_phone[-4:]}"
    message = Message(
        type="sms.requested",
        subject=recovery_account,
        data={"phone": recovery_phone, "text": words},
        shown={"phone": shown, "text": _words(recovery_account, "******")},
    )
    return deliver(job, "sms", message)


def _words(account: str, password: str) -> str:
    return (
        f"您的用户名：{account}，临时密码：{password}。"
        "30 分钟内有效，只能登录一次，登录后请立即修改。"
        "如非本人操作，请不要理会，原密码不受影响。"
    )
