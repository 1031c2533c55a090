"""Writes the task page from what the engine says and what the person has typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template

from engine.queries import AuditTrail
from webui.access import ask

if TYPE_CHECKING:
    from engine.queries.views import WorkItemView
    from webui.typed import Typed


def task_page(view: WorkItemView, typed: Typed) -> str:
    """Return the page's HTML."""
    audit = ask(AuditTrail(instance_key=view.matter.instance_key))
    return render_template("tasks/show.html", view=view, typed=typed, audit=audit)
