"""The review time has come: the names are no secret any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.handler import record_handler
from handlers.expert_draw.panel import drawn_of, panel_of
from handlers.records.experts import application_of, experts_of, open_names
from handlers.records.lots import lots_of
from handlers.records.projects import project_of_key

if TYPE_CHECKING:
    from engine.handler import RecordContext


@record_handler("expert_draw.open_names")
def open_result(context: RecordContext) -> dict[str, Any]:
    """Write what the trading centre is told: ``experts``, ``review`` and the numbers.

    Raises:
        ValueError: the matter has no application.
    """
    matter, session = context.matter, context.session
    subject = int(matter.instance_key)
    application = application_of(session, subject)
    if application is None:
        message = f"matter {subject} has no application"
        raise ValueError(message)
    open_names(session, subject, matter.now)
    panel = panel_of(session, subject)
    people = experts_of(session, [one.candidate for one in panel])
    project = project_of_key(session, application.project) if application.project else None
    lots = lots_of(session, application.project) if application.project else []
    return {
        "draw_number": drawn_of(session, subject)[-1].number,
        "platform": project.platform if project else "",
        "project_number": (project.number or "") if project else "",
        "review": {
            "at": application.review_at.isoformat(),
            "place": application.place,
            "lots": [one.number for one in lots if one.key in application.lots],
        },
        "experts": [
            {
                "code": one.candidate,
                "name": people[one.candidate].name,
                "field": one.group,
                "phone": people[one.candidate].phone,
            }
            for one in panel
        ],
    }
