"""The project that a matter of notices is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import field_error
from handlers.records.projects import project_of_number

if TYPE_CHECKING:
    from engine.handler import RecordContext
    from handlers.records.projects import Project


def chosen_project(context: RecordContext, form_id: str) -> Project:
    """Return the project chosen in the field ``project`` of a form.

    Raises:
        ValidationFailedError: there is none of that number, or it is another unit's.
    """
    number = str(context.matter.answers.get(form_id, {}).get("project") or "")
    found = project_of_number(context.session, number) if number else None
    if found is None or found.unit != context.matter.unit:
        raise field_error(
            "project",
            "ERR_ENUM",
            "请选择本单位已备案的采购项目。",
            "Choose a filed project of your own unit.",
        )
    return found
