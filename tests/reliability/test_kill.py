"""Nothing that was answered is lost when the server is killed, between requests or in one."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import text

from engine.store.database import Database
from tests.support.http_client import Client, UnansweredError
from tests.support.people import answers_of

if TYPE_CHECKING:
    from tests.support.server import Server

#: Who approves a linked plan of a school in Zhengzhou, in order.
APPROVERS: Final = ("zzjy_sh", "zzyw2_cs", "zzyw2_fh")
#: Milliseconds between sending a completion and the kill; one takes about 50.
MOMENTS: Final = (0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100)


@pytest.mark.timeout(240)
def test_a_kill_between_any_two_requests_loses_nothing(server: Server) -> None:
    plan = answers_of("PL025")
    handler = Client(server.address)
    handler.log_in("zzyz_jb")
    reborn(server)
    start = handler.fields_of("/start", {}, process_id="plan_filing")
    reborn(server)
    task, _page = handler.post("/start", start)
    reborn(server)
    assert handler.get(task)[0] == task
    handler.post(task, handler.fields_of(task, plan, _action="save"))
    reborn(server)
    assert plan["contact_phone"] in handler.get(task)[1]
    handler.post(task, handler.fields_of(task, plan, _outcome="complete"))

    for login in APPROVERS:
        reborn(server)
        approver = Client(server.address)
        approver.log_in(login)
        reborn(server)
        task = first_task(approver)
        approver.post(task, approver.fields_of(task, {}, _outcome="approve", _opinion="同意。"))
    reborn(server)

    matter = re.search(r'href="(/instances/\d+)"', handler.get("/worklist/started")[1])
    assert matter
    page = handler.get(matter[1])[1]
    assert re.search(r"郑财计备-2026-\d{5}", page)
    server.run("doctor")


@pytest.mark.timeout(240)
def test_a_kill_within_a_request_does_it_wholly_or_not_at_all(
    server: Server, office_url: str
) -> None:
    plan = answers_of("PL052")
    handler = Client(server.address)
    handler.log_in("lysw_jb")
    unanswered = 0

    for wait in MOMENTS:
        start = handler.fields_of("/start", {}, process_id="plan_filing")
        task, _page = handler.post("/start", start)
        submission = handler.fields_of(task, plan, _outcome="complete")
        killer = threading.Timer(wait / 1000, server.kill)
        killer.start()
        try:
            handler.post(task, submission)
        except UnansweredError:
            unanswered += 1
        killer.join()
        server.start()
        # The same request again, as a person would send it who saw no answer.
        assert "/finished/" in handler.post(task, submission)[0]

    assert unanswered > 0
    assert completions(office_url) == len(MOMENTS)
    server.run("doctor")


def reborn(server: Server) -> None:
    server.kill()
    server.start()


def first_task(client: Client) -> str:
    found = re.search(r'href="(/tasks/\d+)["?]', client.get("/worklist/todo")[1])
    assert found
    return found[1]


def completions(url: str) -> int:
    database = Database(url)
    with database.engine.connect() as connection:
        query = text("SELECT count(*) FROM audit_entry WHERE action = 'work_item_completed'")
        count = connection.execute(query).scalar_one()
    database.dispose()
    return int(count)
