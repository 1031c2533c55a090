"""What people are told beside the bell: by whom it is wanted, when, and what it says."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from engine.catalog import build_package
from engine.clock import OFFICE_ZONE
from engine.commands import AppointSubstitute, ChooseNotices, DeployPackage
from engine.commands.spread_notices import after_quiet
from engine.model.notices import NoticeEvent
from engine.model.participants import Actor
from engine.runtime import Engine
from engine.store.tables import job
from engine.worker import Worker
from tests.support.counting import counted
from tests.support.furniture import PARSED
from tests.support.permit import beijing, permit_files
from tests.support.process_driver import ProcessDriver

if TYPE_CHECKING:
    from engine.clock import FakeClock

ON_BELL = [(str(event), "bell") for event in NoticeEvent]
APPLICANT, REVIEWER = "zzyz_jb", "zzjy_sh"
#: Of another unit: has no work of the permit of its own.
SUBSTITUTE = "zzwj_sh"


@pytest.fixture
def telling(office: Engine) -> Engine:
    """Give the furnished engine with every channel in the development outbox."""
    names = ("sms", "email", "wecom", "dingtalk")
    settings = replace(office.settings, channels=dict.fromkeys(names, "development"))
    engine = Engine(
        settings,
        clock=office.clock,
        registry=office.registry,
        database=office.database,
        parsed=PARSED,
    )
    properties = {"remind": "none"}
    engine.execute(DeployPackage(package=build_package("permit", permit_files("P1WD", properties))))
    return engine


def choose(engine: Engine, login: str, *ways: tuple[str, str], **more: Any) -> None:
    engine.execute(ChooseNotices(wanted=[*ON_BELL, *ways], **more), Actor(login=login))


def asked(engine: Engine) -> ProcessDriver:
    matter = ProcessDriver.start(engine, "permit", by=APPLICANT)
    matter.complete("ask", by=APPLICANT)
    return matter


def sent(engine: Engine) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (handler, state, inputs) of every message, oldest first."""
    with engine.database.session(write=False) as session:
        rows = session.execute(
            select(job).where(job.c.job_type.in_(("sms.send", "bell.deliver"))).order_by(job.c.key)
        ).all()
    return [(row.job_type, row.state, row.inputs) for row in rows]


def test_only_who_wants_it_is_told_and_by_that_way(telling: Engine) -> None:
    choose(telling, REVIEWER, ("task", "sms"), ("task", "email"), email="sh@example.org")

    asked(telling)
    Worker(telling).run_due()

    found = sent(telling)
    assert [(name, state) for name, state, _inputs in found] == [
        ("bell.deliver", "done"),
        ("sms.send", "done"),
    ]
    email, sms = found[0][2], found[1][2]
    assert email["text"] == "您有新的待办“审查”（王某的许可申请），请登录系统办理。"
    assert (email["channel"], email["receiver"]) == ("email", "sh@example.org")
    # a text message is read by others too: neither the matter nor people
    assert sms["text"] == "您有新的待办“审查”，请登录系统办理。"
    assert Worker(telling).run_due() == 0


def test_whoever_stands_in_is_told_of_the_principals_new_tasks(
    telling: Engine, clock: FakeClock
) -> None:
    today = clock.now().astimezone(OFFICE_ZONE).date()
    appoint = AppointSubstitute(
        substitute=SUBSTITUTE, starts_on=today, ends_on=today, reason="年休假"
    )
    telling.execute(appoint, Actor(login=REVIEWER))
    choose(telling, SUBSTITUTE, ("task", "email"), email="dai@example.org")

    asked(telling)
    Worker(telling).run_due()
    clock.advance(timedelta(days=1))
    asked(telling)
    Worker(telling).run_due()

    assert [(inputs["receiver"], inputs["text"]) for _name, _state, inputs in sent(telling)] == [
        ("dai@example.org", "您代理的工作：您有新的待办“审查”（王某的许可申请），请登录系统办理。")
    ]


def test_who_wants_nothing_costs_nothing(telling: Engine) -> None:
    matter = ProcessDriver.start(telling, "permit", by=APPLICANT)
    choose(telling, REVIEWER, ("overdue", "sms"))
    matter.complete("ask", by=APPLICANT)
    Worker(telling).run_due()

    assert sent(telling) == []


def test_a_new_task_costs_one_statement_however_many_may_take_it(telling: Engine) -> None:
    statements = []
    for ways in ([], [("task", "sms")]):
        choose(telling, REVIEWER, *ways)
        asked(telling)  # what is wanted is known from here on
        matter = ProcessDriver.start(telling, "permit", by=APPLICANT)
        with counted(telling) as counts:
            matter.complete("ask", by=APPLICANT)
        statements.append(counts["statements"])

    assert statements[1] <= statements[0] + 1


def test_quiet_hours_put_messages_off(telling: Engine, clock: FakeClock) -> None:
    choose(telling, REVIEWER, ("task", "sms"), quiet_from=time(20), quiet_until=time(8, 30))
    clock.set(beijing("2026-06-10 21:00"))
    asked(telling)

    Worker(telling).run_due()
    assert [state for _name, state, _inputs in sent(telling)] == ["ready"]
    clock.set(beijing("2026-06-11 08:29"))
    Worker(telling).run_due()
    assert [state for _name, state, _inputs in sent(telling)] == ["ready"]
    clock.set(beijing("2026-06-11 08:30"))
    Worker(telling).run_due()

    assert [state for _name, state, _inputs in sent(telling)] == ["done"]


@pytest.mark.parametrize(
    ("now", "begin", "end", "expected"),
    [
        ("21:00", time(20), time(8), "2026-06-11 08:00"),
        ("03:00", time(20), time(8), "2026-06-10 08:00"),
        ("12:30", time(12), time(13), "2026-06-10 13:00"),
        ("13:00", time(12), time(13), "2026-06-10 13:00"),
        ("10:00", time(20), time(8), "2026-06-10 10:00"),
        ("10:00", None, None, "2026-06-10 10:00"),
    ],
)
def test_quiet_hours_end(now: str, begin: time | None, end: time | None, expected: str) -> None:
    found = after_quiet(beijing(f"2026-06-10 {now}").astimezone(UTC), begin, end)

    assert found == beijing(expected)


class Gateway:
    """Takes what a real service would take, over HTTP."""

    def __init__(self, status: int = 200) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.taken.append((self.path, json.loads(body)))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def address(self) -> str:
        return f"json://127.0.0.1:{self.server.server_port}/{{receiver}}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.mark.parametrize(("status", "expected"), [(200, "done"), (500, "incident")])
def test_a_service_is_told_by_its_address(
    telling: Engine, clock: FakeClock, status: int, expected: str
) -> None:
    gateway = Gateway(status)
    settings = replace(telling.settings, channels={"wecom": gateway.address()})
    engine = Engine(settings, clock=clock, registry=telling.registry, database=telling.database)
    choose(engine, REVIEWER, ("task", "wecom"))

    matter = asked(engine)
    for _try in range(5):
        Worker(engine).run_due()
        clock.set(clock.now().replace(hour=clock.now().hour + 1))
    gateway.close()

    path, body = gateway.taken[0]
    assert body["message"] == "您有新的待办“审查”，请登录系统办理。"
    assert path.strip("/").isdigit()
    assert [state for _name, state, _inputs in sent(engine)] == [expected]
    assert len(gateway.taken) == (1 if status == 200 else 4)
    # nothing of it holds up the work
    matter.complete("review", "granted", by=REVIEWER)
    assert matter.state == "completed"
    assert clock.now() > datetime(2026, 6, 10, tzinfo=UTC)
