"""The result for its readers: before the review time for the drawer alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from engine.clock import OFFICE_ZONE
from engine.exhibit import Exhibit, Words, exhibit
from handlers.draws.protocol import Mode
from handlers.expert_draw.panel import drawn_of, panel_of
from handlers.records.experts import application_of, experts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from engine.exhibit import ExhibitContext
    from handlers.records.draws import Draw

_TITLE: Final = Words("专家抽取结果", "Drawn experts")
_COLUMNS: Final = (
    Words("序号", "No."),
    Words("专业", "Field"),
    Words("姓名", "Name"),
    Words("专家编号", "Code"),
    Words("电话", "Phone"),
)
_MODES: Final = {
    Mode.PARTIES: Words("各方承诺—揭示", "commit and reveal by the parties"),
    Mode.SERVER_AND_DRAWER: Words(
        "系统承诺、抽取人提供随机数（较弱）",
        "server's commitment and drawer's random text (weaker)",
    ),
    Mode.SERVER_ONLY: Words("仅系统承诺（最弱）", "server's commitment only (weakest)"),
}
_SECRET: Final = Words(
    "评审时间之前，专家名单只有抽取人可以查看，每次查看都记入流转记录。",
    "Until the review time only the drawer may see the names; each look is recorded.",
)
_VERIFY: Final = Words(
    "抽取记录可以用 procureflow verify-draw 或独立的核对程序核对，见 docs/draws.md。",
    "The protocols can be checked with procureflow verify-draw; see docs/draws.md.",
)


@exhibit("expert_draw")
def result(context: ExhibitContext) -> Exhibit | None:
    """Return the names from the review time on; before it to the drawer, sealed, else a note."""
    session, subject = context.session, int(context.matter.instance_key)
    drawn = drawn_of(session, subject)
    application = application_of(session, subject)
    if application is None or not drawn:
        return None
    is_open = application.review_at <= context.matter.now
    if not is_open and context.reader not in {item.drawn_by for item in drawn}:
        return Exhibit(title=_TITLE, note=_SECRET, facts=_published(drawn))
    return Exhibit(
        title=_TITLE,
        note=_VERIFY if is_open else _SECRET,
        columns=_COLUMNS,
        rows=_rows(session, subject),
        facts=_published(drawn),
        files={
            f"{item.number}.json": json.dumps(
                item.protocol, ensure_ascii=False, indent=2, sort_keys=True
            ).encode()
            for item in drawn
        },
        sealed=not is_open,
    )


def _published(drawn: Sequence[Draw]) -> list[tuple[Words, str | Words]]:
    """Return what everybody may know at once, to be noted and compared later."""
    facts: list[tuple[Words, str | Words]] = []
    for item in drawn:
        moment = item.drawn_at.astimezone(OFFICE_ZONE) if item.drawn_at else None
        mode = _MODES[Mode(item.mode or Mode.SERVER_ONLY)]
        facts += [
            (Words("抽取编号", "Draw"), item.number or ""),
            (Words("抽取时间", "Drawn at"), f"{moment:%Y-%m-%d %H:%M:%S}" if moment else ""),
            (Words("随机方式", "Randomness"), mode),
            (Words("名单摘要", "Digest of the list"), item.list_sha256 or ""),
            (Words("系统承诺", "Server's commitment"), item.server_commitment),
            (Words("记录摘要", "Digest of the protocol"), item.protocol_sha256 or ""),
        ]
        if item.reason:
            facts.append((Words("重新抽取原因", "Reason of the re-draw"), item.reason))
    return facts


def _rows(session: Session, subject: int) -> list[list[str]]:
    panel = panel_of(session, subject)
    people = experts_of(session, [one.candidate for one in panel])
    return [
        [
            str(place),
            one.group,
            people[one.candidate].name,
            one.candidate,
            people[one.candidate].phone,
        ]
        for place, one in enumerate(panel, start=1)
    ]
