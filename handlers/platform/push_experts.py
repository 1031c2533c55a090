"""Tell the trading centre who evaluates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import handler
from handlers.clients.partner import Message, deliver

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.handler import Job, Receipt


@handler(
    "platform.push_experts",
    partner="trading_centre",
    message_id="draw_number",
    hidden=["experts"],
    title=("推送评审专家", "Push experts"),
)
def push_experts(
    job: Job,
    *,
    draw_number: str,
    project_number: str,
    review: Mapping[str, Any],
    experts: Sequence[Mapping[str, Any]],
    platform: str = "",
) -> Receipt:
    """Push the drawn experts at the review time, once per draw (seed 004); writes ``push_ack``.

    The names are secret until then, so they are erased from the job when it is over, and the
    receipt keeps only how many there were.

    Args:
        job: the job; the message's id is the draw number.
        draw_number: of the draw.
        project_number: of the project.
        review: ``{"at": ISO 8601 with zone, "lots": [numbers], …}``.
        experts: ``[{"code": …, "name": …, "field": …, "phone": …}]``.
        platform: which trading centre; empty or unknown = the one for everywhere.

    Raises:
        UnreachableError: the centre does not answer; tried again.
        RejectedError: the centre refuses the list.
    """
    about = {"draw_number": draw_number, "project_number": project_number, "review": dict(review)}
    message = Message(
        type="experts.drawn",
        subject=project_number,
        data={**about, "experts": list(experts)},
        shown={**about, "experts": len(experts)},
    )
    receipt = deliver(job, "trading_centre", message, place=platform)
    return receipt.giving(push_ack=str(receipt.answer.get("ack", "")))
