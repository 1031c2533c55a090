"""Writes the task page from what the engine says and what the person has typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, request, url_for

from engine.queries import (
    AuditTrail,
    ChangesSinceSeen,
    DeskQuery,
    FieldOptions,
    WayAhead,
    WhyQuery,
)
from webui.access import ask
from webui.forms import Surroundings, form_state, searches_in
from webui.language import reader_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.queries.views import WorkItemView
    from webui.forms import FormState
    from webui.typed import Typed


def task_page(view: WorkItemView, typed: Typed) -> str:
    """Return the page's HTML."""
    return render_template(
        "tasks/show.html",
        view=view,
        typed=typed,
        audit=ask(AuditTrail(instance_key=view.matter.instance_key)),
        form_state=_form_state(view, typed) if view.mine else None,
        desk=ask(DeskQuery()),
        why=ask(WhyQuery(work_item_key=view.key)),
        changes=ask(ChangesSinceSeen(work_item_key=view.key)),
        way=_way_ahead(view, typed),
    )


def _way_ahead(view: WorkItemView, typed: Typed) -> Mapping[str, bool]:
    """Tell which of the next steps the matter comes to with what is filled in."""
    if not view.mine or not view.next_steps:
        return {}
    return ask(WayAhead(work_item_key=view.key, answers=typed.answers))


def _form_state(view: WorkItemView, typed: Typed) -> FormState | None:
    form = view.form
    if form is None:
        return None
    options = {
        lookup: ask(FieldOptions(work_item_key=view.key, lookup=lookup))
        for lookup in sorted(form.lookups)
    }
    around = Surroundings(
        errors=typed.errors,
        attachments=view.attachments,
        options=options,
        context=view.context,
        language=reader_language(),
        refresh_url=url_for("tasks.act", key=view.key),
        also="#next-steps" if view.next_steps else "",
        attachment_url=lambda key: url_for("attachments.download", key=key),
        searches=searches_in(request.form),
    )
    return form_state(form, typed.answers, around)
