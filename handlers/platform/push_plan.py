"""Tell the trading centre that a plan is filed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.handler import RejectedError, handler
from handlers.clients.partner import Message, deliver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.handler import Job, Receipt


#: What a trading centre cannot do without (scenario S4-O01).
_NEEDED: Final = ("name", "amount", "items", "purchaser")


@handler(
    "platform.push_plan",
    partner="trading_centre",
    message_id="plan_number",
    title=("推送采购计划", "Push a plan"),
)
def push_plan(
    job: Job, *, plan_number: str, plan: Mapping[str, Any], platform: str = ""
) -> Receipt:
    """Push a filed plan, once per plan number (seed 004 line 13, rule R27); writes ``push_ack``.

    Args:
        job: the job; the message's id is the plan number.
        plan_number: of the filing.
        plan: ``{"name": …, "amount": "1274000.00", "items": [{…}], "purchaser": {"name": …,
            "uscc": …}}`` and whatever else the centre should know; amounts in yuan as text.
        platform: which trading centre; empty or unknown = the one for everywhere.

    Raises:
        UnreachableError: the centre does not answer; tried again.
        RejectedError: the centre refuses the plan, or the plan is not complete.
    """
    if missing := [name for name in _NEEDED if not plan.get(name)]:
        raise RejectedError("推送内容不完整", f"the plan lacks {', '.join(missing)}")
    message = Message(
        type="plan.filed", subject=plan_number, data={"plan_number": plan_number, **plan}
    )
    receipt = deliver(job, "trading_centre", message, place=platform)
    return receipt.giving(push_ack=str(receipt.answer.get("ack", "")))
