"""Put a text message into the outbox; the process goes on at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import OutsideCall, record_handler

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("sms.queue")
def queue(
    context: RecordContext,
    *,
    sms_id: str,
    phone: str,
    text: str,
    secret: str = "",
    expires_at: str = "",
) -> None:
    """Send a text message after the commit; what becomes of it never stops the process.

    The same ``sms_id`` is sent once. The parameters are those of ``sms.send``.
    """
    inputs = {"sms_id": sms_id, "phone": phone, "text": text}
    if secret:
        inputs["secret"] = secret
    if expires_at:
        inputs["expires_at"] = expires_at
    context.send(OutsideCall(handler="sms.send", message_id=sms_id, inputs=inputs))
