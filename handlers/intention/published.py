"""What a published intention says now, and whether it may be corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import field_error
from engine.handler import Option, lookup
from handlers.records.intentions import intention_of, published_by
from handlers.records.notices import NoticeKind, notices_of_project
from handlers.records.projects import project_of_intention

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.intentions import Intention
    from handlers.records.notices import PublishedNotice


@lookup("intention.correctable")
def correctable(context: RecordContext) -> list[Option]:
    """Return the unit's own intentions that no live plan holds, oldest first."""
    found = published_by(context.session, context.matter.unit, int(context.matter.instance_key))
    return [
        Option(
            value=item.code,
            label=item.title,
            hint=f"{item.code} · {item.published_on.isoformat()} · ¥{item.budget:,.2f}",
        )
        for item, holding in found
        if not holding.held_by_other
    ]


def correctable_intention(context: RecordContext, code: str) -> Intention:
    """Return the intention that is to be corrected.

    Raises:
        ValidationFailedError: it does not exist, is another unit's, or a plan holds it.
    """
    found = intention_of(context.session, code, int(context.matter.instance_key))
    if found is None or found[0].unit != context.matter.unit:
        raise field_error(
            "corrected",
            "NOT_OWN_UNIT",
            "只能更正本单位公开的采购意向，请重新选择。",
            "Only your own unit's intentions can be corrected; choose another.",
        )
    if found[1].held_by_other:
        raise field_error(
            "corrected",
            "ALREADY_LINKED",
            "该采购意向已被采购计划关联，不能更正；请先撤回采购计划。",
            "A plan holds this intention; withdraw the plan first.",
        )
    return found[0]


def latest_notice(context: RecordContext, code: str) -> PublishedNotice:
    """Return the announcement of an intention in its latest version.

    Raises:
        LookupError: it was never published.
    """
    project = project_of_intention(context.session, code)
    if project is not None:
        for item in notices_of_project(context.session, project.key):
            if item.kind is NoticeKind.INTENTION:
                return item
    message = f"intention {code} has no notice"
    raise LookupError(message)


def shown_before(context: RecordContext, code: str) -> dict[str, Any]:
    """Return what the form begins with: the content of the latest version."""
    facts = latest_notice(context, code).facts
    return {
        "code": code,
        "project_name": facts["title"],
        "overview": facts["overview"],
        "budget": facts["budget"],
        "expected_month": facts["expected_month"],
        "sme_only": "yes" if facts.get("sme_only") == "是" else "no",
        "remark": facts["remark"],
    }
