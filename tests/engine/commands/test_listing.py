"""Where a work item is listed follows every change of hands, title and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.commands import ReleaseWorkItem, TerminateInstance
from engine.model.participants import Actor
from engine.store.tables import worklist_entry

if TYPE_CHECKING:
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def listed(engine: Engine) -> set[tuple[str, str]]:
    """Return (pool, headline) of everything that is on somebody's list."""
    with engine.database.session(write=False) as session:
        rows = session.execute(select(worklist_entry.c.pool, worklist_entry.c.headline))
        return {(row.pool, row.headline) for row in rows}


def pools(engine: Engine) -> set[str]:
    return {pool for pool, _ in listed(engine)}


def test_what_was_begun_is_a_draft_until_it_is_submitted(
    engine: Engine, leave: ProcessDriver
) -> None:
    before = pools(engine)
    leave.complete("fill_request", by="jia", answers={"reason": "探亲", "days": "3"})

    assert before == {"~jia"}
    assert listed(engine) == {("dept_reviewer@JYJ", "探亲\n")}


def test_a_returned_matter_is_work_and_no_draft(engine: Engine, submitted: ProcessDriver) -> None:
    submitted.complete("approve_request", "return", by="yi", opinion="请改")

    assert pools(engine) == {"@jia"}


def test_a_withdrawn_matter_is_a_draft_again(engine: Engine, submitted: ProcessDriver) -> None:
    submitted.withdraw(by="jia", reason="填错了")

    assert pools(engine) == {"~jia"}


def test_claiming_takes_it_off_the_lists_of_others_and_releasing_puts_it_back(
    engine: Engine, submitted: ProcessDriver
) -> None:
    offered = pools(engine)
    key = submitted.key_at("approve_request")
    submitted.claim("approve_request", by="yi")
    claimed = pools(engine)
    engine.execute(ReleaseWorkItem(work_item_key=key), Actor(login="yi"))

    assert claimed == {"@yi"}
    assert pools(engine) == offered == {"dept_reviewer@JYJ"}


def test_the_next_step_is_listed_for_its_office(engine: Engine, submitted: ProcessDriver) -> None:
    submitted.complete("approve_request", "approve", by="yi")

    assert pools(engine) == {"biz_first@YWC"}


def test_ending_a_matter_clears_its_lists(engine: Engine, submitted: ProcessDriver) -> None:
    submitted.complete("approve_request", "approve", by="yi")
    engine.execute(
        TerminateInstance(instance_key=submitted.instance_key, reason="重复"), Actor(login="boss")
    )

    assert listed(engine) == set()
