"""A message that goes out after the commit: a job that no process waits for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.commands.job_step import schedule_of
from engine.errors import ConfigurationError
from engine.model.keys import new_key
from engine.model.states import JobState
from engine.model.work import JobRow

if TYPE_CHECKING:
    from datetime import datetime

    from engine.commands.services import Services
    from engine.exchange import OutsideCall, OutsideContract
    from engine.partners import RetrySchedule

_LONGEST_ID = 150


def send_after_commit(
    call: OutsideCall,
    root_key: int | None,
    services: Services,
    *,
    not_before: datetime | None = None,
) -> bool:
    """Put a message into the outbox in this transaction.

    Args:
        call: handler, id and what it reads.
        root_key: the matter it belongs to, if any.
        services: of the command.
        not_before: UTC, by default at once.

    Returns:
        ``False`` when the same message was put there before.

    Raises:
        ConfigurationError: no outside handler of that name, or no usable id.
    """
    contract, schedule = _contract(call, services)
    row = _row(call, contract, schedule, root_key, not_before or services.now)
    services.makes_work = True
    return services.store.waiting.add_call(replace(row, created_at=services.now))


def _row(
    call: OutsideCall,
    contract: OutsideContract,
    schedule: RetrySchedule,
    root_key: int | None,
    run_at: datetime,
) -> JobRow:
    return JobRow(
        key=new_key(),
        instance_key=None,
        root_key=root_key,
        token_id=None,
        element_id="",
        job_type=call.handler,
        state=JobState.READY,
        run_at=run_at,
        attempt=0,
        max_attempts=schedule.tries,
        fence=0,
        lease_until=None,
        owner="",
        inputs=dict(call.inputs),
        headers={},
        last_error="",
        created_at=run_at,
        partner=contract.partner,
        message_id=call.message_id,
    )


def _contract(call: OutsideCall, services: Services) -> tuple[OutsideContract, RetrySchedule]:
    registered = services.registry.handler(call.handler)
    schedule = schedule_of(call.handler, services)
    if registered is None or registered.contract is None or schedule is None:
        raise ConfigurationError(
            f"没有名为“{call.handler}”的外部消息处理程序，请管理员安装后重试。",
            f"There is no handler {call.handler!r} for outside messages; install it.",
        )
    if not 0 < len(call.message_id) <= _LONGEST_ID:
        raise ConfigurationError(
            f"“{call.handler}”的消息缺少编号或编号过长，请管理员检查流程。",
            f"A message of {call.handler!r} has no usable id; check the model.",
        )
    return registered.contract, schedule
