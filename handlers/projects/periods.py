"""Days that the law gives between the stages of a project, and whether they were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dossier import DossierNote
from engine.exhibit import Words
from handlers.projects.facts import day
from handlers.records.notices import NoticeKind
from handlers.records.notices.kinds import Family
from handlers.records.periods import working_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.projects.facts import ProjectFacts
    from handlers.records.contracts import Contract
    from handlers.records.notices import PublishedNotice

#: 财库〔2020〕10号: the intention is public at least 30 days before the procurement begins.
_BEFORE_CALL: Final = 30
#: 87号令 art. 69: the result is announced within 2 working days after the winner is fixed.
_RESULT: Final = 2
#: 政府采购法 art. 46: the contract is signed within 30 days after the notice of award.
SIGNING: Final = 30
#: 政府采购法 art. 47: it is filed within 7 working days after the signature.
_FILING: Final = 7
#: 政府采购法实施条例 art. 50: it is published within 2 working days after the signature.
_CONTRACT_NOTICE: Final = 2


def notice_notes(facts: ProjectFacts, one: PublishedNotice) -> list[DossierNote]:
    """Say how long after what a notice was published."""
    return list(_of_notice(facts, one))


def _of_notice(facts: ProjectFacts, one: PublishedNotice) -> Iterator[DossierNote]:
    published, family = day(one.first_published_at), one.kind.family
    intention = facts.first_notice(Family.PLANNING)
    if family is Family.CALL and intention is not None and one == facts.first_notice(family):
        days = (published - day(intention.first_published_at)).days
        yield _within(
            days >= _BEFORE_CALL,
            Words(f"意向公开后 {days} 天", f"{days} days after the intention"),
            Words(f"，不足 {_BEFORE_CALL} 天", f", fewer than {_BEFORE_CALL}"),
        )
    if one.kind is NoticeKind.AWARD:
        fixed = [award.awarded_on for award in facts.awards if award.notice == one.key]
        if fixed:
            days = working_days(min(fixed), published)
            yield _within(
                days <= _RESULT,
                Words(
                    f"中标人确定后 {days} 个工作日",
                    f"{days} working days after the winner was fixed",
                ),
                Words(f"，超过 {_RESULT} 个工作日", f", more than {_RESULT}"),
            )
    signed = [item for item in facts.contracts if item.instance_key == one.instance_key]
    if one.kind is NoticeKind.CONTRACT and signed:
        days = working_days(signed[0].signed_on, published)
        yield _within(
            days <= _CONTRACT_NOTICE,
            Words(f"签订后 {days} 个工作日", f"{days} working days after the signature"),
            Words(f"，超过 {_CONTRACT_NOTICE} 个工作日", f", more than {_CONTRACT_NOTICE}"),
        )


def contract_notes(facts: ProjectFacts, one: Contract) -> list[DossierNote]:
    """Say how long after the result a contract was signed, and how long after that filed."""
    return list(_of_contract(facts, one))


def _of_contract(facts: ProjectFacts, one: Contract) -> Iterator[DossierNote]:
    result = facts.award_notice_of(one)
    if result is not None:
        days = max(0, (one.signed_on - day(result.first_published_at)).days)
        yield _within(
            days <= SIGNING,
            Words(f"结果公告后 {days} 天签订", f"signed {days} days after the result"),
            Words(f"，超过 {SIGNING} 天", f", more than {SIGNING}"),
        )
    filed = day(one.filed_at) if one.filed_at is not None else facts.today
    days = working_days(one.signed_on, filed)
    yield _within(
        days <= _FILING,
        Words(f"签订后 {days} 个工作日备案", f"filed {days} working days after the signature")
        if one.filed_at is not None
        else Words(f"签订已 {days} 个工作日", f"signed {days} working days ago"),
        Words(f"，超过 {_FILING} 个工作日", f", more than {_FILING}"),
    )


def _within(kept: bool, said: Words, beyond: Words) -> DossierNote:
    if kept:
        return DossierNote(words=said)
    return DossierNote(words=Words(said.zh + beyond.zh, said.en + beyond.en), late=True)
