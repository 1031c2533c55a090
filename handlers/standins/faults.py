"""Messages that a broken or hostile program would send; the page has a button for each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from handlers.standins import lots
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
    "unknown_plan": "未知计划 / unknown plan",
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
    parts = [{"number": "01", "name": "标段", "amount": "1.00"}]
    body = json.dumps(lots.message(f"fault/{number}", number, number, parts)).encode()
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
