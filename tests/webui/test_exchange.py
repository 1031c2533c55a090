"""Administrators see the messages with outside systems and deal with those that stopped."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.partners import Partners, Unconfigured
from engine.runtime import Engine
from tests.outside.test_text_messages import SECRET, Send
from tests.outside.ways import numbered_plan, outbox, receipts, work
from tests.support.partners import PartnerProgram, envelope

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.webui.office_client import Person

ADMIN = "demo_admin"


@pytest.fixture
def strict(office: Engine) -> Engine:
    """Give the office without its development outbox: everything it sends stops."""
    refusing = Partners(unconfigured=Unconfigured.REFUSED)
    return Engine(
        replace(office.settings, partners=refusing), clock=office.clock, database=office.database
    )


def test_nothing_to_deal_with_is_said_so(person: Callable[[str], Person]) -> None:
    text = person(ADMIN).get("/exchange/")

    assert "没有需要处理的消息" in text
    assert "公共资源交易中心" in text


@pytest.mark.parametrize("box", ["stopped", "waiting", "sent", "received", "development"])
def test_only_administrators_see_messages(person: Callable[[str], Person], box: str) -> None:
    clerk = person("pdzx_jb")

    clerk.get(f"/exchange/{box}")

    assert clerk.status == 403
    assert "/exchange/" not in clerk.get("/worklist/todo")


def test_an_unknown_list_is_not_found(person: Callable[[str], Person]) -> None:
    admin = person(ADMIN)

    admin.get("/exchange/nonsense")

    assert admin.status == 404


def test_a_stopped_message_is_sent_again(
    office: Engine, strict: Engine, person: Callable[[str], Person]
) -> None:
    plan = numbered_plan(office)
    work(strict)
    admin = person(ADMIN)
    assert plan.number in admin.get("/exchange/")
    (stopped,) = outbox(office)

    admin.post(f"/exchange/outgoing/{stopped.key}", {"_action": "again"})
    work(office)

    assert plan.state == "completed"
    assert len(receipts(office)) == 1
    assert plan.number in admin.get("/exchange/sent")
    assert "没有需要处理的消息" in admin.get("/exchange/")


def test_giving_up_needs_a_reason(
    office: Engine, strict: Engine, person: Callable[[str], Person]
) -> None:
    plan = numbered_plan(office)
    work(strict)
    (stopped,) = outbox(office)
    admin = person(ADMIN)
    admin.get("/exchange/")

    assert "请填写原因" in admin.post(f"/exchange/outgoing/{stopped.key}", {"_action": "away"})
    assert admin.status == 422
    assert plan.state == "active"
    admin.post(f"/exchange/outgoing/{stopped.key}", {"_action": "away", "reason": "已电话告知"})
    assert plan.state == "completed"

    admin.post(f"/exchange/outgoing/{stopped.key}", {"_action": "away", "reason": "再次"})
    assert admin.status == 409


def test_a_held_message_is_shown_and_put_away(
    office: Engine, person: Callable[[str], Person]
) -> None:
    data = {"plan_number": "X-1", "lots": [{"number": "01", "name": "<b>甲</b>", "amount": "1"}]}
    PartnerProgram(office).send(envelope("m-77", "lots.published", data, "X-1"))
    admin = person(ADMIN)
    page = admin.get("/exchange/")
    assert "m-77" in page
    assert "<b>甲</b>" not in page

    found = re.search(r'action="(/exchange/incoming/\d+)"', page)
    assert found
    admin.post(found[1], {"_action": "away", "reason": "对方误发"})

    assert "没有需要处理的消息" in admin.get("/exchange/")
    assert "对方误发" in admin.get("/exchange/received")


def test_the_development_outbox_shows_what_would_have_been_sent(
    office: Engine, person: Callable[[str], Person]
) -> None:
    office.execute(Send())
    work(office)

    page = person(ADMIN).get("/exchange/development")

    assert SECRET in page
    assert "19900020002" in page


def test_a_waiting_secret_is_masked(office: Engine, person: Callable[[str], Person]) -> None:
    office.execute(Send())

    page = person(ADMIN).get("/exchange/waiting")

    assert SECRET not in page
    assert "******" in page
