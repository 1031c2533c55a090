"""S4-O01 to S4-O03 with a power cut at every commit and call: the same end, one push each.

The power fails here by an exception that nothing catches, at the places where a killed process
makes a difference: what was not committed is lost, what was committed is not answered. Programs
that are really killed (SIGKILL), at moments of the clock: ``tests/reliability``.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import text

from engine.cli.installation import load_handlers
from engine.clock import OFFICE_ZONE, SystemClock
from engine.settings import Settings
from handlers.clients import partner
from handlers.clients.transport import post
from tests.outside.power_cuts import MortalEngine, PowerCut, fragile, work_until_done
from tests.outside.ways import SCHOOL
from tests.processes.expert_draw import APPLICATION, applied, draw
from tests.processes.interconnected import TWO_LOTS, lots_message
from tests.processes.notice_publication import CONFIRM, lot_choices, open_draft, submit
from tests.processes.plan_filing import approve, file_plan
from tests.support.furniture import furnished
from tests.support.partners import PartnerProgram
from tests.support.standins import OfficeClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.commands import Answered
    from tests.support.databases import ThrowawayDatabases
    from tests.support.standins import Standins

#: What an installation has come to, without keys and moments.
STATE: Final = {
    "matters": "SELECT process_id, state, number FROM process_instance",
    "tasks": "SELECT element_id, state, outcome, ended_by FROM work_item",
    "steps": "SELECT element_id, event FROM element_history",
    # a try that failed and a message that came again are lines more
    "audit": (
        "SELECT action, login FROM audit_entry"
        " WHERE action NOT IN ('job_failed', 'message_repeated')"
    ),
    "jobs": "SELECT job_type, state FROM job",
    "incidents": "SELECT kind FROM incident",
    "projects": "SELECT number, stage, platform_number FROM project WHERE number IS NOT NULL",
    "lots": "SELECT number, name, amount, state, revision FROM lot",
    "notices": (
        "SELECT notice.kind, title, version FROM notice_version"
        " JOIN notice ON notice.key = notice_version.notice"
    ),
    "draws": "SELECT number, drawn_at IS NULL, void_at IS NULL FROM draw",
    "sent": "SELECT partner, type FROM sent_message",
    "received": "SELECT partner, type, message_id, state FROM received_message",
}
#: 评审时间 of the application.
REVIEW: Final = datetime.fromisoformat(str(APPLICATION["review_at"])).replace(tzinfo=OFFICE_ZONE)
#: What reached the partners: one push each.
PUSHED: Final = {
    "trading_centre": ["plan.filed", "experts.drawn"],
    "website": ["notice.published"],
}


def state_of(office: MortalEngine) -> dict[str, Counter[Any]]:
    with office.database.session(write=False) as session:
        return {
            name: Counter(tuple(row) for row in session.execute(text(query)))
            for name, query in STATE.items()
        }


def push_lots(office: MortalEngine, number: str) -> Answered:
    """Let the centre push its lots; it sends them again, signed anew, until it has an answer."""
    centre, message = PartnerProgram(office), lots_message("M-1", number, *TWO_LOTS)
    while True:
        try:
            return centre.send(message, centre.signed(message, created=SystemClock().now()))
        except PowerCut:
            office.restart()


def live_through(office: MortalEngine, clock: OfficeClock, standins: Standins) -> None:
    """File a plan, take its lots, publish its call, draw its experts."""
    plan = file_plan(office, "PL055")
    approve(plan, *SCHOOL)
    work_until_done(office, clock)
    assert push_lots(office, plan.number).status == 200
    work_until_done(office, clock)
    call = open_draft(office, plan.number)
    submit(call, lot_choices(office, call))
    call.complete(CONFIRM, "publish", by=call.initiator, opinion="")
    work_until_done(office, clock)
    review = applied(office, number=plan.number)
    draw(review)
    work_until_done(office, clock)
    assert standins.received("trading_centre", "experts.drawn") == []

    clock.set(REVIEW)
    work_until_done(office, clock)

    assert {matter.state for matter in (plan, call, review)} == {"completed"}
    for system, kinds in PUSHED.items():
        assert [row["type"] for row in standins.received(system)] == kinds


@pytest.mark.scenario("KILL-01")
@pytest.mark.timeout(240)
def test_a_power_cut_at_any_point_ends_in_the_same_state_with_one_push_each(
    database_kind: str,
    throwaway_databases: Callable[[str], ThrowawayDatabases],
    standins: Standins,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends = []
    for dies in (False, True):
        standins.reset()
        clock = OfficeClock()
        with throwaway_databases(database_kind).copy("furnished", furnished) as url:
            settings = Settings(
                data_dir=standins.data_dir, database_url=url, partners=standins.partners
            )
            load_handlers(settings.handler_package)
            office = MortalEngine(settings, clock, dies=dies)
            with monkeypatch.context() as patch:
                patch.setattr(partner, "post", fragile(post, office, standins))
                live_through(office, clock, standins)
            ends.append(state_of(office))
            office.close()

    whole, broken = ends
    for name, rows in whole.items():
        assert broken[name] == rows, name
    commits = {what for what, when in office.cuts if when == "after its commit"}
    assert {"StartInstance", "CompleteWorkItem", "ReceiveMessage", "ClaimJobs"} <= commits
    assert {"CompleteJob", "FailJob", "FireDueTimer"} <= commits
    calls = Counter(when for _what, when in office.cuts if when.endswith("the call"))
    assert calls == {"before the call": 3, "after the call": 3}
