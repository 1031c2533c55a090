"""Who may be chosen for a verb, and why somebody may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.errors import NotAllowedError, NotFoundError
from engine.model.participants import Actor
from engine.queries import EligiblePeople

if TYPE_CHECKING:
    from engine.queries.views import PeoplePage
    from engine.runtime import Engine
    from tests.support.process_driver import ProcessDriver


def asked(driver: ProcessDriver, purpose: str, by: str = "yi", **more: object) -> PeoplePage:
    key = driver.key_at("approve_request")
    query = EligiblePeople(work_item_key=key, purpose=purpose, **more)  # type: ignore[arg-type]
    return driver.engine.ask(query, Actor(login=by))


def logins(page: PeoplePage, *, allowed: bool = True) -> list[str]:
    return [one.login for one in page.people if one.allowed is allowed]


def test_a_transfer_offers_the_holders_of_the_post_only(submitted: ProcessDriver) -> None:
    page = asked(submitted, "transfer")

    assert logins(page) == ["yi2"]
    refused = {one.login: one.reason for one in page.people if not one.allowed}
    assert refused == {"boss": "管未担任此环节的岗位，请选择担任该岗位的人员。"}


def test_who_chooses_is_shown_only_when_searched_for(submitted: ProcessDriver) -> None:
    found = {one.login: one.reason for one in asked(submitted, "transfer", search="乙").people}

    assert found == {"yi": "不能选择自己，请选择其他人员。", "yi2": ""}


def test_a_delegation_offers_colleagues_too(submitted: ProcessDriver) -> None:
    assert logins(asked(submitted, "delegate")) == ["yi2", "boss"]


@pytest.mark.parametrize("words", ["业务", "丁", "DING", "业务 丁"])
def test_a_search_finds_by_name_login_or_unit(submitted: ProcessDriver, words: str) -> None:
    page = asked(submitted, "consult", search=words)

    assert logins(page) == ["ding"]
    assert page.people[0].posts == ["biz_first岗"]


def test_every_word_of_a_search_counts_and_signs_are_letters(submitted: ProcessDriver) -> None:
    assert asked(submitted, "consult", search="业务 甲").people == []
    assert asked(submitted, "consult", search="%").people == []


def test_the_initiator_may_be_asked_but_not_decide(submitted: ProcessDriver) -> None:
    assert logins(asked(submitted, "consult", search="jia")) == ["jia"]

    page = asked(submitted, "sign", search="jia")

    assert logins(page) == []
    assert "职责分离" in page.people[0].reason


def test_who_is_chosen_stays_in_sight(submitted: ProcessDriver) -> None:
    page = asked(submitted, "consult", search="丁", chosen=("other",))

    assert [(one.login, one.nearness) for one in page.people] == [
        ("other", "chosen"),
        ("ding", "other"),
    ]


def test_people_are_chosen_for_another_step(submitted: ProcessDriver) -> None:
    page = asked(submitted, "next", element_id="review_request")

    assert logins(page) == ["ding"]
    with pytest.raises(NotFoundError):
        asked(submitted, "next", element_id="no_such_step")


def test_strangers_do_not_look_people_up(engine: Engine, submitted: ProcessDriver) -> None:
    with pytest.raises(NotAllowedError):
        asked(submitted, "transfer", by="other")
