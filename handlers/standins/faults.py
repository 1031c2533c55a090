"""Messages that a broken or hostile program would send; the page has a button for each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from handlers.standins import lots, receipts
from handlers.standins.courier import path_of
from handlers.standins.signature import sign

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.standins.courier import Courier
    from handlers.standins.signature import Keys

KINDS: Final = {
    "malformed": "损坏的 JSON / malformed",
    "oversized": "过大 / oversized",
    "unsigned": "未签名 / unsigned",
    "wrongly_signed": "签名错误 / wrongly signed",
    "stale": "时间过期 / stale",
    "replayed": "重放 / replayed",
    "unknown": "未知编号 / unknown number",
}
#: More than the procurement system takes.
_TOO_MUCH: Final = 300 * 1024
_AN_HOUR: Final = 3600


def send(
    kind: str, system: str, courier: Courier, keys: Keys, now: Callable[[], datetime]
) -> dict[str, Any]:
    """Send one bad message; return what the procurement system answers."""
    moment = now().timestamp()
    number = f"X-{int(moment * 1000)}"
    body = json.dumps(_message(system, number, now())).encode()
    if kind == "malformed":
        body = body[: len(body) // 2]
    elif kind == "oversized":
        body += b" " * _TOO_MUCH
    headers = sign(keys, path_of(system), body, moment - _AN_HOUR * (kind == "stale"))
    if kind == "unsigned":
        headers = {}
    elif kind == "wrongly_signed":
        headers["Signature"] = sign(keys, "/elsewhere", body, moment)["Signature"]
    elif kind == "replayed":
        courier.send(system, body, headers)
    status, answer = courier.send(system, body, headers)
    return {"status": status, "answer": answer}


def _message(system: str, number: str, now: datetime) -> dict[str, Any]:
    """Return a message that is well formed; nothing belongs to it."""
    if system == "treasury":
        return receipts.message({"payment_number": number, "amount": "1.00"}, "paid", now)
    parts = [{"number": "01", "name": "标段", "amount": "1.00"}]
    return lots.message(f"fault/{number}", number, number, parts)
