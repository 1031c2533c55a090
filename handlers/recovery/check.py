"""Compare what was filled in with the register of suppliers."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.commands.passwords import hash_password
from engine.forms.normalise import numerals
from engine.handler import record_handler
from handlers.records.organisations import supplier_of_uscc
from handlers.records.recovery import Try, account_of_unit, note_try
from handlers.reference.credit_code import is_credit_code

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.organisations import Supplier

_CONTACT: Final = "联系人"
_LEGAL_PERSON: Final = "法人代表"
_NEITHER: Final = "不匹配"


@dataclass(frozen=True, kw_only=True)
class _Found:
    account: str
    phone_role: str
    exists: bool


@record_handler("recovery.check")
def check(context: RecordContext, *, uscc: str, phone: str, public_address: str) -> dict[str, Any]:
    """Write the inputs of R35, and whose account it is.

    Whether the account exists cannot be told from the time that it takes: a request that does
    not match costs the same password hash as one that does (``recovery.issue``).
    """
    code, mobile = numerals(uscc).upper(), numerals(phone)
    attempt = Try(uscc=code, address=public_address, at=context.matter.now)
    too_many = note_try(context.session, attempt)
    valid = is_credit_code(code)
    found = _look_up(context, code if valid else "", mobile)
    matches = valid and found.exists and found.phone_role != _NEITHER
    if valid and not too_many and not matches:
        hash_password(secrets.token_urlsafe(16))
    return {
        "uscc_valid": valid,
        "supplier_exists": found.exists,
        "phone_role": found.phone_role,
        "too_many_attempts": too_many,
        "recovery_account": found.account if matches and not too_many else "",
        "recovery_phone": mobile,
    }


def _look_up(context: RecordContext, code: str, mobile: str) -> _Found:
    """Find supplier and account with the same statements, whatever comes of it."""
    supplier = supplier_of_uscc(context.session, code)
    unit = supplier.code if supplier is not None and supplier.active else ""
    account = account_of_unit(context.session, unit)
    return _Found(
        account=account,
        phone_role=_role_of(mobile, supplier),
        exists=bool(account),
    )


def _role_of(mobile: str, supplier: Supplier | None) -> str:
    if supplier is None or not mobile:
        return _NEITHER
    if mobile == supplier.contact_phone:
        return _CONTACT
    return _LEGAL_PERSON if mobile == supplier.legal_person_phone else _NEITHER
