"""Store the lots that the trading centre pushed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.records.lots import IncomingLot, receive
from handlers.records.projects import note_platform_number, project_of_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.handler import RecordContext


@record_handler("lot.register")
def register(
    context: RecordContext,
    *,
    plan_number: str,
    lots: Sequence[Mapping[str, str]],
    message_id: str,
    platform_number: str = "",
) -> dict[str, Any]:
    """Store new lots and changes of lots that no live notice announces.

    Writes ``project_name``, ``plan_amount`` and ``lots_total`` (yuan as text), ``over_plan``, and
    ``frozen``: numbers of lots that are announced and were therefore left as they are.

    Raises:
        LookupError: the plan is not filed (the message was not checked).
    """
    session, now = context.session, context.matter.now
    project = project_of_number(session, plan_number)
    if project is None:
        message = f"no project of number {plan_number}"
        raise LookupError(message)
    incoming = [
        IncomingLot(number=lot["number"], name=lot["name"], amount=Decimal(lot["amount"]))
        for lot in lots
    ]
    intake = receive(session, project.key, incoming, message_id, now)
    if platform_number:
        note_platform_number(session, project.key, platform_number)
    return {
        "project_name": project.name,
        "plan_amount": str(project.amount),
        "lots_total": str(intake.total),
        "over_plan": intake.total > project.amount,
        "added": list(intake.added),
        "changed": list(intake.changed),
        "frozen": list(intake.frozen),
    }
