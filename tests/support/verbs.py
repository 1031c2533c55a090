"""Few words for tests of the office verbs: who does what at which step, and what is seen then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from engine.errors import ValidationFailedError, WorkflowError
from engine.model.participants import Actor
from engine.queries import Box, WorkItemQuery, Worklist
from engine.store.tables import audit_entry

if TYPE_CHECKING:
    from engine.queries.views import StepEntry, VerbView, WorkItemView
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def do(driver: ProcessDriver, by: str, verb: type[Any], at: str = "handle", **given: Any) -> Any:
    """Execute a verb at the open task of an element."""
    return driver.engine.execute(verb(work_item_key=driver.key_at(at), **given), Actor(login=by))


def page(driver: ProcessDriver, by: str, key: str) -> WorkItemView:
    """Return a task page as somebody sees it."""
    return driver.engine.ask(WorkItemQuery(work_item_key=key), Actor(login=by))


def verb_at(driver: ProcessDriver, by: str, verb: str, at: str = "handle") -> VerbView | None:
    """Return a verb of the open task of an element as somebody sees it."""
    view = page(driver, by, driver.key_at(at))
    return next((one for one in view.verbs if one.verb == verb), None)


def entries(driver: ProcessDriver, at: str = "handle", by: str = "") -> list[StepEntry]:
    """Return what has happened under the latest task of an element."""
    steps = [step for step in driver.view(by=by).timeline if step.element_id == at]
    return [entry for step in steps for entry in step.entries]


def listed(engine: Engine, login: str, box: Box = Box.TODO) -> list[str]:
    """Return the steps on somebody's list."""
    return [row.element_name for row in engine.ask(Worklist(box=box), Actor(login=login)).rows]


def refusals(engine: Engine) -> int:
    """Number of audit lines of refused commands."""
    with engine.database.session(write=False) as session:
        statement = select(func.count()).where(audit_entry.c.action == "refused")
        return session.execute(statement).scalar_one()


def audit_lines(engine: Engine) -> int:
    """Number of all audit lines."""
    with engine.database.session(write=False) as session:
        return session.execute(select(func.count()).select_from(audit_entry)).scalar_one()


def fields_of(error: WorkflowError) -> set[str]:
    """Return the fields at which an error is shown."""
    assert isinstance(error, ValidationFailedError)
    return {fault.field for fault in error.errors}


def part_of(driver: ProcessDriver, login: str) -> str:
    """Return the key of the open part that somebody was given."""
    for item in driver.work_items:
        if not item.is_task and item.is_open and item.assignee == login:
            return str(item.key)
    message = f"{login} was given no part; open: {[i.assignee for i in driver.work_items]}"
    raise AssertionError(message)
