"""The door for outside systems speaks JSON and HTTP statuses, and no browser comes in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from engine.commands.message_body import MESSAGE_BYTES
from tests.support.partners import PartnerProgram, envelope

if TYPE_CHECKING:
    from flask import Flask

    from engine.runtime import Engine

PLAN = "平财计备-2026-77777"


@pytest.fixture
def centre(office: Engine) -> PartnerProgram:
    return PartnerProgram(office)


def lots(message_id: str = "m1") -> bytes:
    data = {"plan_number": PLAN, "lots": [{"number": "01", "name": "甲", "amount": "1.00"}]}
    return envelope(message_id, "lots.published", data, PLAN)


def post(
    app: Flask, centre: PartnerProgram, body: bytes, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    signed = centre.signed(body) if headers is None else headers
    answer = app.test_client().post(
        centre.path, data=body, headers=signed, content_type="application/cloudevents+json"
    )
    assert answer.content_type == "application/json; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    return answer.status_code, json.loads(answer.data)


def test_a_message_for_an_unknown_plan_is_held(app: Flask, centre: PartnerProgram) -> None:
    status, said = post(app, centre, lots())

    assert (status, said["status"], said["code"]) == (202, "held", "ERR_UNMATCHED")
    assert post(app, centre, lots()) == (status, said)


def test_a_message_of_another_type_is_rejected(app: Flask, centre: PartnerProgram) -> None:
    status, said = post(app, centre, envelope("m1", "lots.dissolved", {}))

    assert (status, said["status"]) == (422, "rejected")


@pytest.mark.scenario("BAD-01")
def test_refusals_have_a_status_a_code_and_both_languages(
    app: Flask, centre: PartnerProgram
) -> None:
    body = lots()
    used = centre.signed(body)
    post(app, centre, body, used)
    large = b"x" * (MESSAGE_BYTES + 1)
    seen = {
        "unsigned": post(app, centre, body, {}),
        "replayed": post(app, centre, body, used),
        "malformed": post(app, centre, b"{"),
        "too large": post(app, centre, large),
        "other content": post(app, centre, envelope("m1", "lots.published", {})),
    }

    assert {name: (status, said["code"]) for name, (status, said) in seen.items()} == {
        "unsigned": (401, "ERR_SIGNATURE"),
        "replayed": (409, "ERR_REPLAYED"),
        "malformed": (400, "ERR_MALFORMED"),
        "too large": (413, "ERR_TOO_LARGE"),
        "other content": (409, "ERR_MESSAGE_ID_REUSED"),
    }
    for _status, said in seen.values():
        assert said["status"] == "refused"
        assert said["message"]
        assert said["message_en"]


def test_a_form_of_a_browser_is_no_message(app: Flask, centre: PartnerProgram) -> None:
    answer = app.test_client().post(centre.path, data={"id": "m1"})

    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["%00", "x" * 300, "%ED%A0%80", "<b>", "trading_centre%20"])
def test_an_odd_name_is_an_unknown_partner(app: Flask, name: str) -> None:
    answer = app.test_client().post(f"/api/partners/{name}/messages", data=b"{}")

    assert (answer.status_code, answer.get_json()["code"]) == (401, "ERR_SIGNATURE")


def test_nothing_can_be_read_there(app: Flask, centre: PartnerProgram) -> None:
    answer = app.test_client().get(centre.path)

    assert (answer.status_code, answer.headers["Location"][:6]) == (303, "/login")
