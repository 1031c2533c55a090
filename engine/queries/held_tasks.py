"""The open tasks of a person, and what happens with each when the person cannot keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.commands import nobody
from engine.commands.assignment import Search
from engine.commands.replacing import Held
from engine.errors import WorkflowError
from engine.model.states import AssignedBy, WorkItemState
from engine.queries.language import translator
from engine.queries.views import HeldTask

if TYPE_CHECKING:
    from engine.commands.assignment import Assignment
    from engine.commands.services import Services
    from engine.model.work import WorkItem

#: Tasks that a page looks at one by one.
LOOKED_AT: Final = 50
_WAYS: Final = {
    AssignedBy.INCIDENT: ("无人可办，将提示管理员", "nobody fits; administrators are told"),
    AssignedBy.SUPERIOR: ("由上级单位同岗位办理", "the same post of the superior unit"),
    AssignedBy.ADMINISTRATOR: ("由管理员办理", "administrators"),
    AssignedBy.SKIPPED: ("无人可办，按流程规定跳过", "nobody fits; left out as the model says"),
}


def held_tasks(login: str, services: Services) -> tuple[list[HeldTask], int]:
    """Return the first open tasks of a person with what happens to them, and how many there are."""
    items = services.store.staff_changes.held(login)
    return [_of(item, login, services) for item in items[:LOOKED_AT]], len(items)


def _of(item: WorkItem, login: str, services: Services) -> HeldTask:
    held = Held.read(item, services)
    root = held.tree.root.row
    words = translator(services, root.binding)
    fate, stuck = _fate(held, login, services)
    return HeldTask(
        key=str(item.key),
        instance_key=str(item.root_key),
        process_id=item.root_process_id,
        step=words(item.name),
        title=root.title or words.process_name,
        fate=fate,
        stuck=stuck,
    )


def _fate(held: Held, login: str, services: Services) -> tuple[str, bool]:
    english, item = services.language == "en", held.item
    if not item.is_task:
        return (
            "stays; whoever asked withdraws it or asks somebody else"
            if english
            else "保留，由征求（加签）人撤销或另请他人"
        ), False
    if item.assignee == login and item.on_behalf_of:
        return ("back to the principal" if english else "回到被代理人"), False
    if item.owner is not None and item.owner != login:
        return ("back to whoever delegated it" if english else "退回委派人"), False
    try:
        given = _without(held, login, services)
    except WorkflowError as error:
        return error.message(services.language), True
    return _said(given, services), given.assigned_by is AssignedBy.INCIDENT


def _without(held: Held, login: str, services: Services) -> Assignment:
    """Return where the task would go if ``login`` were not there; nothing is written."""
    wait = held.node.waiting[held.item.token_id]
    search = Search(wait, held.node, held.tree, services)
    search.barred |= {login}
    return search.assign() or nobody.settle(search, services)


def _said(given: Assignment, services: Services) -> str:
    english = services.language == "en"
    if given.state is WorkItemState.CLAIMED and given.assignee:
        person = services.participant(given.assignee)
        name = person.name if person else given.assignee
        return f"to {name}" if english else f"改由{name}办理"
    zh, en = _WAYS.get(given.assigned_by, ("回到岗位，由同岗位其他人员办理", "back to its post"))
    return en if english else zh
