"""The stand-ins' own pages: plain HTML, so that nobody takes them for ours."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader

from handlers.standins.faults import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.standins.storage import Storage

NAMES: Final = {
    "trading_centre": "公共资源交易中心（模拟） · Trading centre stand-in",
    "treasury": "国库（模拟） · Treasury stand-in",
    "sms": "短信网关（模拟） · Text message gateway stand-in",
    "website": "公告网站（模拟） · Announcement website stand-in",
}
_MODES: Final = {
    "up": "正常 / up",
    "down": "停机（503）/ down",
    "slow": "缓慢 / slow",
    "wrong": "乱答 / wrong answer",
    "reject": "拒收（422）/ reject",
    "lose_ack": "回执丢失 / acknowledgement lost",
}


def page(
    storage: Storage,
    systems: Sequence[str],
    system: str,
    outcome: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the page of ``system``, of all of them for ``""``, with what was just answered."""
    received = storage.received(system) if system else []
    text = (
        _environment()
        .get_template("standin.html")
        .render(
            systems=[(name, NAMES.get(name, name)) for name in systems],
            system=system,
            title=NAMES.get(system, "外部系统（模拟） · Stand-ins of outside systems"),
            received=[{**row, "data": _shown(row["data"])} for row in received],
            outgoing=storage.outgoing(system) if system else [],
            plans=[row["subject"] for row in received if row["type"] == "plan.filed"],
            payments=[row["subject"] for row in received if row["type"] == "payment.approved"],
            control=storage.control(system),
            outcome=outcome,
            modes=_MODES,
            faults=KINDS,
        )
    )
    return text.encode()


def _shown(data: str) -> str:
    return json.dumps(json.loads(data), ensure_ascii=False, indent=1)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True
    )
