"""指定下一环节办理人 and 选择下一环节: who gets what comes next, and which step that is."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from engine.catalog import check_package, read_package
from engine.commands import CompleteWorkItem
from engine.errors import ValidationFailedError
from engine.handler import HandlerRegistry
from engine.model.participants import Actor
from engine.queries import WayAhead
from tests.support.panel import Panel
from tests.support.process_driver import ProcessDriver
from tests.support.small_office import FILLED, PACKAGES, Desk, small_office
from tests.support.verbs import fields_of, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from engine.clock import FakeClock
    from engine.commands import Completed
    from engine.runtime import Engine
    from engine.settings import Settings


@pytest.fixture
def office(settings: Settings, clock: FakeClock) -> Iterator[Engine]:
    engine = small_office(settings, clock, "routed")
    yield engine
    engine.close()


def hand_in(desk: Desk, amount: str, **people: Sequence[str]) -> Completed:
    command = CompleteWorkItem(
        work_item_key=desk.matter.key_at("fill"),
        outcome="complete",
        answers={**FILLED, "amount": amount},
        next_people=people,
    )
    return desk.matter.engine.execute(command, Actor(login="an"))


def holders(desk: Desk) -> set[str]:
    """Who has, or may take, what is open."""
    items = [item for item in desk.matter.work_items if item.is_open]
    return {
        login
        for item in items
        for login in ([item.assignee] if item.assignee else [c.login for c in item.candidates])
        if login
    }


def test_the_page_asks_for_the_people_of_every_step_that_may_come(office: Engine) -> None:
    desk = Desk.begin(office, "routed", fill=False)

    asked = page(desk.matter, "an", desk.matter.key_at("fill")).next_steps

    assert [(one.element_id, one.required, one.conditional) for one in asked] == [
        ("sign", True, True),
        ("review", False, True),
    ]


@pytest.mark.parametrize(("chosen", "state"), [(["er"], "claimed"), (["er", "san"], "offered")])
def test_one_has_it_and_several_share_it(office: Engine, chosen: list[str], state: str) -> None:
    desk = Desk.begin(office, "routed", fill=False)

    hand_in(desk, "1200", sign=chosen)

    assert holders(desk) == set(chosen)
    assert [i.state for i in desk.matter.work_items if i.is_open] == [state]


def test_who_must_be_named_is_asked_for_only_where_the_matter_comes(office: Engine) -> None:
    desk = Desk.begin(office, "routed", fill=False)
    wrong: list[dict[str, list[str]]] = [
        {},
        {"sign": []},
        {"sign": ["fa"]},  # another post
        {"sign": ["an"]},  # himself
        {"review": ["fu"]},  # for another step
    ]
    for people in wrong:
        with pytest.raises(ValidationFailedError) as refused:
            hand_in(desk, "1200", **people)
        assert fields_of(refused.value) == {"next.sign"}
    assert desk.waiting_at == ["fill"]

    hand_in(desk, "900")

    assert desk.waiting_at == ["review"]


@pytest.mark.parametrize(
    ("amount", "way"),
    [
        ("", {}),
        ("many", {}),
        ("1200", {"sign": True, "review": False}),
        ("900", {"sign": False, "review": True}),
    ],
)
def test_what_is_filled_in_says_which_step_comes(
    office: Engine, amount: str, way: dict[str, bool]
) -> None:
    desk = Desk.begin(office, "routed", fill=False)
    query = WayAhead(
        work_item_key=desk.matter.key_at("fill"), answers={"amount": amount, "subject": ""}
    )

    assert office.ask(query, Actor(login="an")) == way
    assert desk.waiting_at == ["fill"]


def test_what_is_void_is_said(office: Engine) -> None:
    desk = Desk.begin(office, "routed", fill=False)

    done = hand_in(desk, "900", sign=["er"], review=["ping"])

    assert holders(desk) == {"ping"}
    assert [one.message_zh for one in done.remarks] == [
        "事项没有经过“会审”，您为该环节选择的尔未生效。"
    ]


def test_the_next_step_is_chosen_by_its_name(office: Engine) -> None:
    desk = Desk.begin(office, "routed", fill=False)
    hand_in(desk, "1200", sign=["er"])
    view = page(desk.matter, "er", desk.matter.key_at("sign"))

    assert [(one.key, one.label) for one in view.outcomes] == [
        ("where_to_review", "送复核"),
        ("where_to_finance", "财务审核"),
    ]
    assert [(one.element_id, list(one.outcomes)) for one in view.next_steps] == [
        ("review", ["送复核"]),
        ("finance", ["财务审核"]),
    ]
    office.execute(
        CompleteWorkItem(
            work_item_key=view.key,
            outcome="where_to_finance",
            opinion="请财务把关",
            next_people={"finance": ["ping"], "review": ["fu"]},
        ),
        Actor(login="er"),
    )
    assert desk.waiting_at == ["finance"]
    assert holders(desk) == {"ping"}


def test_a_returned_step_is_asked_again(office: Engine) -> None:
    desk = Desk.begin(office, "routed", fill=False)
    hand_in(desk, "1200", sign=["er"])
    desk.matter.return_to("sign", "fill", by="er", reason="请补充")

    hand_in(desk, "1200", sign=["san"])

    assert holders(desk) == {"san"}


def test_voters_are_chosen_by_whoever_convenes_them(office: Engine) -> None:
    with pytest.raises(ValidationFailedError) as refused:
        Panel.convene(office, vote_voters="chosen", vote_pass="all")
    assert fields_of(refused.value) == {"next.sign"}
    panel = Panel(ProcessDriver.start(office, "panel", by="an"))

    hand_in(panel, "1200", sign=["er", "yi"])

    assert panel.voters == ["er", "yi"]


def test_the_package_contradicts_itself_nowhere() -> None:
    package = read_package(PACKAGES / "processes" / "routed", PACKAGES / "forms" / "routed")
    roles = {"applicant", "signer", "reviewer", "finance"}

    assert check_package(package, HandlerRegistry(), roles=roles) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name="next.people" value="post"', 'name="recall" value="never"'),
        (
            'name="next.people" value="unit"',
            'name="assignee" value="leader" /><zeebe:property name="next.people" value="unit"',
        ),
        ('id="where_to"', 'id="where_to" default="where_to_review"'),
    ],
)
def test_choices_that_cannot_be_made_are_refused(tmp_path: Path, old: str, new: str) -> None:
    folder = tmp_path / "routed"
    shutil.copytree(PACKAGES / "processes" / "routed", folder)
    file = folder / "routed.bpmn"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")

    package = read_package(folder, PACKAGES / "forms" / "routed")

    assert "next-people" in {one.rule for one in check_package(package, HandlerRegistry())}
