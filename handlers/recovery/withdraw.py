"""Withdraw a temporary password that nobody has used to set a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.handler import record_handler
from engine.store.public_access import PublicAccess

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("recovery.withdraw")
def withdraw(context: RecordContext, *, recovery_account: str) -> None:
    """Remove it, unless a later request has issued another one by now."""
    access = PublicAccess(context.session)
    access.withdraw(recovery_account, context.matter.instance_key)
