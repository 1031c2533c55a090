"""Issue a temporary password."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from engine.commands.passwords import hash_password
from engine.handler import record_handler
from engine.store.public_access import PublicAccess, TemporaryPassword
from handlers.recovery.temporary import LIFETIME, password_for

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("recovery.issue")
def issue(context: RecordContext, *, recovery_account: str) -> dict[str, str]:
    """Store the hash of a fresh password; one issued before is worth nothing any more.

    Nothing else changes before it is used: whoever knows code and phone of a supplier, which are
    no secrets, cannot shut it out. The password itself is stored nowhere.

    Writes ``recovery_nonce`` (from which it is made again for the SMS), ``recovery_expires_at``
    and ``recovery_reference`` (what the change of the password answers to).
    """
    matter = context.matter
    nonce = secrets.token_hex(16)
    expires_at = matter.now + LIFETIME
    PublicAccess(context.session).issue(
        TemporaryPassword(
            participant=recovery_account,
            password_hash=hash_password(password_for(nonce, context.keyed)),
            reference=matter.instance_key,
            issued_at=matter.now,
            expires_at=expires_at,
        )
    )
    return {
        "recovery_nonce": nonce,
        "recovery_expires_at": expires_at.isoformat(),
        "recovery_reference": matter.instance_key,
    }
