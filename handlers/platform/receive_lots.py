"""The trading centre says which lots a plan is divided into."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from marshmallow import Schema, ValidationError, fields, validate

from engine.errors import ConfigurationError, UnmatchedError, field_error
from engine.handler import inbound_handler
from handlers.records.lots import lots_of
from handlers.records.projects import project_of_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.handler import InboundContext
    from handlers.records.projects import Project

#: Message name of the model ``lot_intake``.
LOTS_RECEIVED: Final = "lots.received"
_MOST_LOTS: Final = 200
_LARGEST: Final = Decimal("9999999999999.99")


def _is_yuan(amount: Decimal) -> None:
    if not 0 < amount <= _LARGEST or amount != amount.quantize(Decimal("0.01")):
        raise ValidationError(["应为大于 0、最多两位小数的金额（元）", "yuan > 0, two places"])


class LotSchema(Schema):
    """A lot: number (full, or what follows the plan's number), name, amount in yuan."""

    number = fields.String(required=True, validate=validate.Length(min=1, max=60))
    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    amount = fields.Decimal(required=True, allow_nan=False, validate=_is_yuan)


class LotsSchema(Schema):
    """The message ``lots.published``."""

    plan_number = fields.String(required=True, validate=validate.Length(min=1, max=60))
    project_number = fields.String(load_default="", validate=validate.Length(max=60))
    lots = fields.List(
        fields.Nested(LotSchema),
        required=True,
        validate=validate.Length(min=1, max=_MOST_LOTS),
    )


@inbound_handler(
    "trading_centre",
    "lots.published",
    accepts=LotsSchema,
    title=("推送标段", "Lots of a plan"),
)
def receive_lots(
    context: InboundContext,
    *,
    plan_number: str,
    lots: Sequence[Mapping[str, Any]],
    project_number: str = "",
) -> dict[str, Any]:
    """Start the intake of the lots (seed 004 line 21, catalogue 69).

    Returns:
        ``{"plan_number", "lots", "total", "plan_amount", "warning"}``; the warning is empty or
        says that the lots exceed the plan.

    Raises:
        UnmatchedError: no plan of that number is filed: the message waits for an administrator.
        ValidationFailedError: the plan is not interconnected, or a lot number is used twice.
        ConfigurationError: the procedure of the intake is not deployed.
    """
    project = project_of_number(context.session, plan_number)
    if project is None:
        raise UnmatchedError(
            f"没有计划编号“{plan_number}”的已备案计划，标段未登记。",
            f"No plan {plan_number!r} is filed; its lots were not stored.",
        )
    _require_interconnected(project)
    incoming = [{**lot, "number": _full_number(plan_number, lot["number"])} for lot in lots]
    _refuse_repeated([lot["number"] for lot in incoming])
    facts = {
        "plan_number": plan_number,
        "platform_number": project_number,
        "message_id": context.message.id,
        "lots": [{**lot, "amount": str(lot["amount"])} for lot in incoming],
    }
    if context.publish(LOTS_RECEIVED, plan_number, facts, unit=project.unit) is None:
        raise ConfigurationError(
            "没有部署标段接收流程 lot_intake，请管理员部署后重新处理。",
            "The procedure lot_intake is not deployed; deploy it and take the message again.",
        )
    return _answer(context, project)


def _require_interconnected(project: Project) -> None:
    if project.platform is None:
        raise field_error(
            "plan_number",
            "ERR_STATE",
            f"计划“{project.number}”没有选择交易平台，不接收标段。",
            f"Plan {project.number} has no trading platform; it takes no lots.",
        )


def _full_number(plan_number: str, number: str) -> str:
    """Return ``<plan number>-<nn>`` (reference T-13), whichever way the centre writes it."""
    trimmed = number.strip()
    return trimmed if trimmed.startswith(f"{plan_number}-") else f"{plan_number}-{trimmed}"


def _refuse_repeated(numbers: Sequence[str]) -> None:
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        named = "、".join(twice)
        raise field_error(
            "lots",
            "ERR_DUPLICATE",
            f"标段编号重复：{named}，请改正后用新的消息编号发送。",
            f"Lot numbers are used twice: {named}; correct them and send with a new id.",
        )


def _answer(context: InboundContext, project: Project) -> dict[str, Any]:
    stored = lots_of(context.session, project.key)
    total = sum((lot.amount for lot in stored), Decimal(0))
    is_over = total > project.amount
    return {
        "plan_number": project.number,
        "lots": len(stored),
        "total": str(total),
        "plan_amount": str(project.amount),
        "warning": "标段金额合计超过采购计划金额" if is_over else "",
    }
