"""Hand a notice to the announcement website."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import handler
from handlers.clients.partner import Message, deliver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Job, Receipt


@handler(
    "website.publish",
    partner="website",
    message_id="notice_id",
    title=("发布公告", "Publish a notice"),
)
def publish(
    job: Job,
    *,
    notice_id: str,
    kind: str,
    title: str,
    content: Mapping[str, Any],
    address: str = "",
) -> Receipt:
    """Publish a notice, once per notice and version; writes ``website_ack``.

    Args:
        job: the job; the message's id is the notice's.
        notice_id: with its version, e.g. ``PDS-CG-2026-0001/1``.
        kind: kind of the notice (reference T-6).
        title: heading.
        content: what is published, e.g. the notice and its OCDS release.
        address: permanent address on our own public site.

    Raises:
        UnreachableError: the website does not answer; tried again.
        RejectedError: the website refuses the notice.
    """
    data = {
        "notice_id": notice_id,
        "kind": kind,
        "title": title,
        "address": address,
        "content": dict(content),
    }
    message = Message(type="notice.published", subject=notice_id, data=data)
    receipt = deliver(job, "website", message)
    return receipt.giving(website_ack=str(receipt.answer.get("ack", "")))
