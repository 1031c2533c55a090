"""The list that a task was opened from: where 上一条, 下一条 and the next one to do are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, url_for

from engine.queries import Around, Neighbours, NextOpen
from webui.access import ask, choices
from webui.worklist.address import ListAddress

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Let task pages lead to what stands beside the task in its list."""
    app.add_template_global(origin)
    app.add_template_global(around)


def origin() -> ListAddress | None:
    """Return the list of open work that the request's task was opened from, ``None`` without."""
    text = request.form.get("_list") or request.args.get("list", "")
    address = ListAddress.from_text(text) if text else None
    return address if address is not None and address.box.is_open_work else None


def task_address(key: str) -> str:
    """Return where a task is, still as one of the list it was opened from."""
    address = origin()
    return url_for("tasks.show", key=key, list=address.text if address else None)


def around(key: str) -> Around:
    """Return the work items before and after one in the list it was opened from."""
    address = origin()
    if address is None:
        return Around()
    return ask(Neighbours(work_item_key=key, box=address.box, narrowing=address.narrowing))


def next_to_do(key: str) -> str:
    """Return the work item that opens after one was completed; empty for none.

    Nothing opens by itself for who does not want it, and after a task that was opened from
    elsewhere than a list.
    """
    address = origin()
    if address is None or not choices()[0].open_next:
        return ""
    return ask(NextOpen(work_item_key=key, box=address.box, narrowing=address.narrowing))
