"""What each kind of notice means in OCDS 1.1 (the table is in docs/ocds.md)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from handlers.ocds.values import Json, day, document, moment, reference, value
from handlers.records.notices import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handlers.ocds.course import Course
    from handlers.records.notices import PublishedNotice

#: Reference T-4; negotiations, consultations and quotations follow a public notice here.
_METHODS: Final = {
    "公开招标": "open",
    "邀请招标": "selective",
    "竞争性谈判": "selective",
    "竞争性磋商": "selective",
    "询价": "selective",
    "单一来源": "direct",
    "框架协议": "open",
}
_CATEGORIES: Final = {"A": "goods", "B": "works", "C": "services"}


def add_release(course: Course, notice: PublishedNotice) -> None:
    """Add what a published version says; what the standard has no place for adds nothing."""
    make = _MAKERS.get(notice.kind)
    if make is not None and "parties" in notice.facts:
        make(course, notice)


def _intention(course: Course, notice: PublishedNotice) -> None:
    facts = notice.facts
    planning = {
        "rationale": facts["overview"],
        "budget": {"amount": value(facts["budget"])},
        "milestones": [
            {
                "id": "expected",
                "title": "预计采购时间",
                "type": "preProcurement",
                "dueDate": day(f"{facts['expected_month']}-01"),
                "status": "scheduled",
            }
        ],
        "documents": [document(notice, "plannedProcurementNotice", course.address)],
    }
    tag = "planning" if notice.version == 1 else "planningUpdate"
    tender = course.tender(title=facts["title"], status="planned")
    course.add(notice, [tag], {"planning": planning, "tender": tender})


def _call(course: Course, notice: PublishedNotice) -> None:
    facts = notice.facts
    tags = [_tag_of_call(course, notice)]
    course.is_tendered = True
    if not facts["lots"]:
        # A project that is its own only lot; it may be announced again.
        course.lots = {number: {**lot, "status": "active"} for number, lot in course.lots.items()}
    for lot in facts["lots"]:
        course.lots[lot["number"]] = {
            "id": lot["number"],
            "title": lot["name"],
            "status": "active",
            "value": value(lot["amount"]),
        }
    agency = [one for one in facts["parties"] if "procuringEntity" in one["roles"]]
    buyer = [one for one in facts["parties"] if "buyer" in one["roles"]]
    tender = course.tender(
        title=facts["project_name"],
        description=facts["demand"],
        status="active",
        procuringEntity=reference((agency or buyer)[0]),
        value=value(_total(course.lots) or facts["budget"]),
        procurementMethod=_METHODS[facts["method"]],
        procurementMethodDetails=facts["method"],
        mainProcurementCategory=_CATEGORIES[facts["category_class"]],
        documents=[document(notice, "tenderNotice", course.address)],
    )
    if course.lots:
        tender["lots"] = list(course.lots.values())
    if notice.deadline is not None:
        tender["tenderPeriod"] = {
            "startDate": moment(notice.first_published_at),
            "endDate": moment(notice.deadline),
        }
    if notice.version > 1:
        tender["amendments"] = [_amendment(course, notice)]
    course.add(notice, tags, {"tender": tender})


def _tag_of_call(course: Course, notice: PublishedNotice) -> str:
    if notice.version > 1:
        return "tenderAmendment"
    return "tenderUpdate" if course.is_tendered else "tender"


def _amendment(course: Course, notice: PublishedNotice) -> Json:
    return {
        "id": f"{notice.key}-{notice.version}",
        "date": moment(notice.published_at),
        "rationale": notice.reason,
        "amendsReleaseID": course.of_notice.get(notice.key, f"{notice.key}-1"),
        "releaseID": f"{notice.key}-{notice.version}",
    }


def _termination(course: Course, notice: PublishedNotice) -> None:
    state = "unsuccessful" if notice.facts["again"] else "cancelled"
    for number in notice.facts["lots"]:
        course.lots[number] = {**course.lots.get(number, {"id": number}), "status": state}
    is_whole = all(lot["status"] == state for lot in course.lots.values())
    tender = course.tender(
        lots=list(course.lots.values()),
        documents=[document(notice, "cancellationDetails", course.address)],
        **({"status": state} if is_whole else {}),
    )
    tag = "tenderCancellation" if is_whole and state == "cancelled" else "tenderUpdate"
    course.add(notice, [tag], {"tender": tender})


def _award(course: Course, notice: PublishedNotice) -> None:
    facts = notice.facts
    awards, failed = [], False
    for result in facts["results"]:
        number, is_won = result["lot"], result["status"] == "active"
        state = "complete" if is_won else "unsuccessful"
        course.lots[number] = {**course.lots.get(number, {"id": number}), "status": state}
        failed |= not is_won
        if is_won:
            course.awards[number] = f"{notice.key}-{number}"
            awards.append(_award_of(course, notice, result, facts["awarded_on"]))
    states = {lot["status"] for lot in course.lots.values()}
    tender = course.tender(lots=list(course.lots.values()))
    if "active" not in states:
        tender["status"] = "complete" if "complete" in states else "unsuccessful"
    tags = ["award"] * bool(awards) + ["tenderUpdate"] * failed
    content: Json = {"tender": tender}
    course.add(notice, tags, {**content, "awards": awards} if awards else content)


def _award_of(
    course: Course, notice: PublishedNotice, result: Mapping[str, str], awarded_on: str
) -> Json:
    suppliers = {one["code"]: one for one in notice.facts["parties"]}
    return {
        "id": course.awards[result["lot"]],
        "title": notice.title,
        "status": "active",
        "date": day(awarded_on),
        "value": value(result["amount"]),
        "suppliers": [reference(suppliers[result["supplier"]])],
        "relatedLots": [result["lot"]],
        "documents": [document(notice, "awardNotice", course.address)],
    }


def _award_change(course: Course, notice: PublishedNotice) -> None:
    facts = notice.facts
    before = course.awards.get(facts["lot"])
    course.awards[facts["lot"]] = f"{notice.key}-{facts['lot']}"
    changed = _award_of(
        course, notice, {"lot": facts["lot"], **facts["after"]}, facts["changed_on"]
    )
    cancelled = [{"id": before, "status": "cancelled"}] if before else []
    awards = [*cancelled, {**changed, "description": facts["reason"]}]
    course.add(notice, ["awardUpdate"], {"awards": awards})


def _contract(course: Course, notice: PublishedNotice) -> None:
    facts = notice.facts
    award = next((course.awards[lot] for lot in facts["lots"] if lot in course.awards), "")
    course.contracts[facts["contract_number"]] = award
    contract = {
        "id": facts["contract_number"],
        "awardID": award,
        "title": facts["name"],
        "status": "active",
        "period": {
            "startDate": day(facts["term_from"]),
            "endDate": day(facts["term_to"], ends=True),
        },
        "value": value(facts["amount"]),
        "dateSigned": day(facts["signed_on"]),
        "documents": [document(notice, "contractNotice", course.address)],
    }
    course.add(notice, ["contract"], {"contracts": [contract]})


def _total(lots: Mapping[str, Json]) -> Decimal:
    amounts: Sequence[Decimal] = [
        Decimal(str(lot["value"]["amount"])) for lot in lots.values() if "value" in lot
    ]
    return sum(amounts, Decimal(0))


_MAKERS: Final[Mapping[NoticeKind, Callable[[Course, PublishedNotice], None]]] = {
    NoticeKind.INTENTION: _intention,
    NoticeKind.PREQUALIFICATION: _call,
    NoticeKind.TENDER: _call,
    NoticeKind.COMPETITIVE: _call,
    NoticeKind.SINGLE_SOURCE: _call,
    NoticeKind.TERMINATION: _termination,
    NoticeKind.AWARD: _award,
    NoticeKind.AWARD_CHANGE: _award_change,
    NoticeKind.CONTRACT: _contract,
}
#: Kinds that have a release of their own; a correction is the next release of what it corrects.
RELEASED: Final = frozenset(_MAKERS)
