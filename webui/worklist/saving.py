"""Saved filters: names for addresses, in the menu of their owner, open to whoever gets one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import ChangeFilter, DeleteFilter, MoveFilter, SaveFilter
from engine.errors import NotFoundError, ValidationFailedError
from engine.model.preferences import COLOURS
from engine.queries import SavedFilter
from engine.queries.views import Box
from webui.access import ask, choices, execute
from webui.auth import local_address
from webui.language import said
from webui.worklist.address import ListAddress

if TYPE_CHECKING:
    from flask import Blueprint
    from werkzeug.wrappers import Response as BaseResponse

    from engine.queries import SavedFilterView


def add_to(blueprint: Blueprint) -> None:
    """Give the lists' blueprint the addresses of saved filters."""
    blueprint.add_url_rule("/worklist/filters", "filters", show)
    blueprint.add_url_rule("/worklist/filters", "save_filter", save, methods=["POST"])
    blueprint.add_url_rule("/worklist/filters/<key>", "change_filter", change, methods=["POST"])
    blueprint.add_app_template_global(filter_address, "filter_address")
    blueprint.add_app_template_global(lambda: COLOURS, "filter_colours")


def filter_address(saved: SavedFilterView) -> ListAddress:
    """Return the list that a saved filter opens."""
    return ListAddress.read(Box(saved.box), {**saved.query, "filter": saved.key})


def shown_filter(address: ListAddress) -> SavedFilterView | None:
    """Return the saved filter that a list was opened from, the own or a colleague's."""
    own = next((one for one in choices()[1] if one.key == address.saved), None)
    if own is not None or not address.saved:
        return own
    return ask(SavedFilter(filter_key=address.saved))


def show() -> str:
    """Show the own filters, to rename, order and delete them."""
    return render_template("worklist/filters.html", refusal="")


def save() -> BaseResponse | tuple[str, int]:
    """Keep the list in the form as a filter of one's own and open it; 422 when refused."""
    address = ListAddress.from_text(request.form.get("list", "")) or ListAddress(box=Box.TODO)
    try:
        key = execute(
            SaveFilter(
                box=address.box.value,
                query=address.kept,
                name=request.form.get("name", ""),
                colour=request.form.get("colour", COLOURS[0]),
            )
        )
    except ValidationFailedError as error:
        page = render_template("worklist/filters.html", refusal=said(error), unsaved=address)
        return page, 422
    flash(gettext("筛选已保存，可从左侧菜单打开，也可以把地址发给同事。"), "done")
    return redirect(address.changed(filter=key).url, code=303)


def change(key: str) -> BaseResponse | tuple[str, int]:
    """Do what the pressed button says to one of the own filters; 404 for anybody else's."""
    action = request.form.get("_action", "")
    try:
        _carry_out(action, key)
    except ValidationFailedError as error:
        return render_template("worklist/filters.html", refusal=said(error)), 422
    back = local_address(request.form.get("back", "")) or url_for("worklist.filters")
    return redirect(back, code=303)


def _carry_out(action: str, key: str) -> None:
    if action in ("up", "down"):
        execute(MoveFilter(filter_key=key, up=action == "up"))
    elif action == "delete":
        execute(DeleteFilter(filter_key=key))
        flash(gettext("筛选已删除。"), "done")
    else:
        _change(key)


def _change(key: str) -> None:
    saved = ask(SavedFilter(filter_key=key))
    if saved is None:
        raise NotFoundError("筛选", "filter", key)
    address = ListAddress.from_text(request.form.get("list", ""))
    execute(
        ChangeFilter(
            filter_key=key,
            name=request.form.get("name", saved.name),
            colour=request.form.get("colour", saved.colour),
            query=address.kept if address is not None else None,
        )
    )
    flash(gettext("筛选已更新。"), "done")
