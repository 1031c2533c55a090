"""单位: administrators arrange units, their superiors and the offices that serve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from engine.commands import PutRelation, PutUnit
from engine.errors import ValidationFailedError
from engine.queries import Unit, UnitList
from webui.access import ask, execute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response as BaseResponse

blueprint = Blueprint("units", __name__, url_prefix="/units")


@blueprint.get("")
def index() -> str:
    """Show units by division, or those that a search finds."""
    search = request.args.get("q", "").strip()[:60]
    return render_template("units/list.html", units=ask(UnitList(search=search)), search=search)


@blueprint.get("/new")
def new() -> str:
    """Show the form of a new unit."""
    return _new_page({})


@blueprint.post("/new")
def create() -> BaseResponse | tuple[str, int]:
    """Create a unit; refused input (422) comes back as typed."""
    command = _command(request.form.get("code", "").strip(), is_new=True)
    try:
        execute(command)
    except ValidationFailedError as error:
        return _new_page(request.form, error), 422
    flash(gettext("单位已新建。"), "done")
    return redirect(url_for(".show", code=command.code), code=303)


@blueprint.get("/of/<code>")
def show(code: str) -> str:
    """Show a unit."""
    return _page(code)


@blueprint.post("/of/<code>")
def change(code: str) -> BaseResponse | tuple[str, int]:
    """Change a unit."""
    return _done(_command(code, is_new=False), code)


@blueprint.post("/of/<code>/relations")
def relate(code: str) -> BaseResponse | tuple[str, int]:
    """Say which office serves the unit, or end that."""
    form = request.form
    relation, office = form.get("relation", ""), form.get("office", "")
    return _done(PutRelation(unit=code, relation=relation, office=office), code)


def _command(code: str, *, is_new: bool) -> PutUnit:
    form = request.form
    return PutUnit(
        code=code,
        name=form.get("name", ""),
        kind=form.get("kind", ""),
        division=form.get("division", ""),
        parent=form.get("parent", ""),
        leader=form.get("leader", ""),
        is_new=is_new,
    )


def _done(command: PutUnit | PutRelation, code: str) -> BaseResponse | tuple[str, int]:
    try:
        execute(command)
    except ValidationFailedError as error:
        return _page(code, error), 422
    flash(gettext("已保存。"), "done")
    return redirect(url_for(".show", code=code), code=303)


def _page(code: str, error: ValidationFailedError | None = None) -> str:
    view = ask(Unit(code=code))
    present = {
        "name": view.name,
        "kind": view.kind,
        "division": view.division,
        "parent": view.parent,
        "leader": view.leader,
    }
    return render_template(
        "units/unit.html",
        view=view,
        typed={**present, **request.form} if error else present,
        errors={fault.field: fault for fault in error.errors} if error else {},
        units=ask(UnitList()),
    )


def _new_page(typed: Mapping[str, str], error: ValidationFailedError | None = None) -> str:
    errors = {fault.field: fault for fault in error.errors} if error else {}
    return render_template("units/new.html", typed=typed, errors=errors, units=ask(UnitList()))
