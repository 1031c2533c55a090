"""会签, 或签, 依次 and 票签 through the engine: ballots, early ends, rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands import CompleteWorkItem, ReturnWorkItem
from engine.errors import ValidationFailedError
from engine.model.participants import Actor
from engine.store.tables import metadata
from tests.support.counting import counted
from tests.support.panel import IN_TURN, Panel
from tests.support.verbs import audit_lines, fields_of

if TYPE_CHECKING:
    from engine.runtime import Engine

EVERYBODY = ["er", "san", "yi"]


@pytest.mark.parametrize(
    ("rule", "votes", "leads_to"),
    [
        ("all", {"yi": "agree", "er": "agree", "san": "agree"}, "publish"),
        ("all", {"yi": "refuse"}, "fill"),
        ("all", {"yi": "abstain"}, "fill"),
        ("1", {"er": "agree"}, "publish"),
        ("1", {"er": "refuse", "yi": "abstain", "san": "agree"}, "publish"),
        (">50%", {"yi": "agree", "san": "refuse", "er": "agree"}, "publish"),
        (">50%", {"yi": "refuse", "san": "refuse"}, "fill"),
    ],
)
def test_the_rule_decides_as_early_as_it_can(
    office: Engine, rule: str, votes: dict[str, str], leads_to: str
) -> None:
    panel = Panel.convene(office, vote_pass=rule)
    assert panel.voters == EVERYBODY

    panel.vote(**votes)

    assert panel.waiting_at == [leads_to]
    (only,) = panel.rounds
    assert only.vote is not None
    assert only.vote.state == ("passed" if leads_to == "publish" else "rejected")
    assert {e.person.name for e in only.entries if e.answered_at} == {
        {"yi": "易", "er": "尔", "san": "单"}[login] for login in votes
    }


def test_copies_of_a_vote_are_sent_once_and_with_its_result(office: Engine) -> None:
    panel = Panel.convene(office, circulate_to="initiator")
    panel.vote(yi="agree")
    assert panel.matter.view(by="an").copies == []

    panel.vote(san="agree")

    copies = panel.matter.view(by="an").copies
    assert [(one.sender.name, one.receiver.name) for one in copies] == [("单", "安")]


def test_who_votes_in_turn_is_asked_one_after_the_other(office: Engine) -> None:
    panel = Panel.convene(office, multi=IN_TURN, vote_pass="2")

    asked = []
    while panel.waiting_at == ["sign"]:
        (now,) = panel.voters
        asked.append(now)
        panel.vote(**{now: "refuse" if len(asked) == 1 else "agree"})

    assert len(asked) == 3
    assert panel.waiting_at == ["publish"]


def test_weights_and_the_result_are_facts_for_the_diagram(office: Engine) -> None:
    panel = Panel.convene(office, vote_pass="2/3", vote_weights="signer:3", vote_result="vote")

    panel.vote(yi="agree", er="refuse", san="agree")

    facts = panel.matter.root.document
    assert '"passed":true' in facts
    assert '"agreed":6' in facts
    assert '"needed":6' in facts
    assert '"agree"' not in facts


def test_a_return_ends_the_round_and_keeps_its_votes(office: Engine) -> None:
    panel = Panel.convene(office)
    panel.vote(yi="agree")
    sees = panel.seen_by("er")
    verb = next(one for one in sees.verbs if one.verb == "return")
    (target,) = verb.targets

    office.execute(
        ReturnWorkItem(work_item_key=panel.ballot("er"), target="fill", reason="预算有误"),
        Actor(login="er"),
    )
    panel.fill(amount="900")
    panel.vote(san="agree", yi="agree")

    assert any("1 票" in effect for effect in target.effects)
    first, second = panel.rounds
    assert first.vote is not None
    assert second.vote is not None
    assert (first.vote.number, first.vote.state, first.vote.agreed) == (1, "ended", 1)
    assert {(e.person.name, e.outcome) for e in first.entries if e.answered_at} == {
        ("易", "agree"),
        ("尔", "return"),
    }
    assert (second.vote.number, second.vote.state, second.vote.agreed) == (2, "passed", 2)


def test_straight_back_goes_on_with_the_same_round(office: Engine) -> None:
    panel = Panel.convene(office, return_policy="resume", relies="panel.fill#amount")
    panel.vote(yi="agree")
    office.execute(
        ReturnWorkItem(work_item_key=panel.ballot("er"), target="fill", reason="地点不清"),
        Actor(login="er"),
    )

    panel.fill(place="西区")

    assert panel.voters == ["er", "san"]
    panel.vote(er="agree")
    (only,) = panel.rounds
    assert only.vote is not None
    assert (only.vote.state, only.vote.agreed) == ("passed", 2)


def test_nothing_keeps_how_somebody_voted_in_secret(office: Engine) -> None:
    panel = Panel.convene(office, vote_secret="true", vote_pass="all", vote_end="all")
    with pytest.raises(ValidationFailedError) as refused:
        office.execute(
            CompleteWorkItem(work_item_key=panel.ballot("er"), outcome="refuse", opinion="不妥"),
            Actor(login="er"),
        )
    assert fields_of(refused.value) == {"opinion"}

    for login, choice in {"er": "refuse", "yi": "agree"}.items():
        command = CompleteWorkItem(work_item_key=panel.ballot(login), outcome=choice)
        office.execute(command, Actor(login=login))

    (running,) = panel.rounds
    assert running.vote is not None
    assert (running.vote.cast, running.vote.agreed) == (2, None)
    assert {entry.label for entry in running.entries if entry.answered_at} == {"已投票"}
    with office.database.session(write=False) as session:
        for table in metadata.sorted_tables:
            if table.name == "idempotency":
                continue  # digests of requests
            rows = session.execute(table.select()).mappings().all()
            assert not [row for row in rows if "refuse" in {str(v) for v in row.values()}]
    office.execute(
        CompleteWorkItem(work_item_key=panel.ballot("san"), outcome="agree"), Actor(login="san")
    )
    (over,) = panel.rounds
    assert over.vote is not None
    assert (over.vote.agreed, over.vote.refused) == (2, 1)


@pytest.mark.parametrize(("decides", "most"), [(False, 10), (True, 14)])
def test_a_vote_costs_little_and_the_last_one_what_it_ends(
    office: Engine, decides: bool, most: int
) -> None:
    panel = Panel.convene(office, vote_pass="2")
    if decides:
        panel.vote(er="agree")
    command = CompleteWorkItem(work_item_key=panel.ballot("yi"), outcome="agree")
    panel.seen_by("yi")
    lines = audit_lines(office)

    with counted(office) as counts:
        office.execute(command, Actor(login="yi"))

    assert counts["commits"] == 1
    assert counts["statements"] <= most
    assert audit_lines(office) == lines + 1 + decides
