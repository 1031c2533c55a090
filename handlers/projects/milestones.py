"""The stages of a project with the days between them and what is late."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from engine.dossier import DossierNote, Milestone, Progress
from engine.exhibit import Words
from handlers.notice.lots import short_number
from handlers.projects.facts import day
from handlers.projects.periods import SIGNING, contract_notes, notice_notes
from handlers.records.notices.kinds import Family
from handlers.records.projects import Stage
from handlers.records.treasury_receipts import TreasuryResult

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from handlers.projects.facts import ProjectFacts

_NAMES: Final = {
    Stage.INTENTION: Words("采购意向", "Intention"),
    Stage.PLANNED: Words("计划备案", "Plan"),
    Stage.ANNOUNCED: Words("采购公告", "Call"),
    Stage.AWARDED: Words("结果公告", "Result"),
    Stage.CONTRACTED: Words("合同备案", "Contract"),
    Stage.SETTLED: Words("支付完成", "Paid whole"),
}


def milestones_of(facts: ProjectFacts) -> list[Milestone]:
    """Return the stages in their order."""
    reached = _reached(facts)
    last = max((place for place, on in enumerate(reached.values()) if on), default=-1)
    is_over = facts.item.stage is Stage.TERMINATED
    found, before = [], None
    for place, (stage, on) in enumerate(reached.items()):
        waits = place == last + 1 and not is_over
        since = on or (facts.today if waits else None)
        found.append(
            Milestone(
                name=_NAMES[stage],
                progress=_progress(place, last, on, waits),
                on=on,
                days=(since - before).days if since and before else None,
                notes=_notes(facts, stage, on, waits),
            )
        )
        before = on or before
    return found


def _progress(place: int, last: int, on: date | None, waits: bool) -> Progress:
    if on is not None:
        return Progress.DONE
    if place < last:
        return Progress.SKIPPED
    return Progress.CURRENT if waits else Progress.COMING


def _reached(facts: ProjectFacts) -> dict[Stage, date | None]:
    """Return the day of every stage."""
    call, result = facts.first_notice(Family.CALL), facts.first_notice(Family.AWARD)
    intention = facts.first_notice(Family.PLANNING)
    filed = [one.filed_at for one in facts.contracts if one.filed_at is not None]
    paid = [one.received_at for one in facts.receipts if one.result is TreasuryResult.PAID]
    is_settled = facts.item.stage is Stage.SETTLED and paid
    return {
        Stage.INTENTION: _day(intention.first_published_at if intention else None),
        Stage.PLANNED: _day(facts.filing.filed_at if facts.filing else None),
        Stage.ANNOUNCED: _day(call.first_published_at if call else None),
        Stage.AWARDED: _day(result.first_published_at if result else None),
        Stage.CONTRACTED: _day(min(filed, default=None)),
        Stage.SETTLED: _day(max(paid) if is_settled else None),
    }


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else day(moment)


def _notes(
    facts: ProjectFacts, stage: Stage, on: date | None, waits: bool
) -> Sequence[DossierNote]:
    """Return what was late at a stage, and how far payment is."""
    if stage is Stage.ANNOUNCED or stage is Stage.AWARDED:
        family = Family.CALL if stage is Stage.ANNOUNCED else Family.AWARD
        notices = [one for one in facts.notices if one.kind.family is family]
        return [note for one in notices for note in notice_notes(facts, one) if note.late]
    if stage is Stage.CONTRACTED:
        late = [n for one in facts.contracts for n in contract_notes(facts, one) if n.late]
        return [*late, *_unsigned(facts)] if on or waits else []
    if stage is Stage.SETTLED and facts.receipts:
        paid = sum((facts.paid_of(one) for one in facts.contracts), Decimal(0))
        total = sum((one.amount for one in facts.contracts if one.filed_at), Decimal(0))
        words = Words(f"已付 {paid:,.2f} / {total:,.2f} 元", f"{paid:,.2f} of {total:,.2f} yuan")
        return [DossierNote(words=words)]
    return []


def _unsigned(facts: ProjectFacts) -> list[DossierNote]:
    """Say which results have waited too long for their contract, and of which lots."""
    held = {lot for one in facts.contracts for lot in one.lots}
    notices = {one.key: day(one.first_published_at) for one in facts.notices}
    waiting = {
        one.lot: (facts.today - notices[one.notice]).days
        for one in facts.awards
        if one.lot not in held
    }
    late = {lot: days for lot, days in waiting.items() if days > SIGNING}
    if not late:
        return []
    days = max(late.values())
    numbers = "、".join(short_number(lot, facts.item) for lot in facts.lots if lot.key in late)
    zh, en = (f"标段 {numbers} ", f" for lot {numbers}") if len(facts.lots) > 1 else ("", "")
    words = Words(
        f"{zh}结果公告已 {days} 天，未签合同", f"no contract{en} {days} days after the result"
    )
    return [DossierNote(words=words, late=True)]
