"""Who votes: people join and leave while it runs, nobody is left, and a vote is not given away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text, update

from engine.commands import (
    AddRecusal,
    AddVoters,
    AppointSubstitute,
    CompleteWorkItem,
    FollowStaffChange,
    RemoveVoters,
    TransferWorkItem,
)
from engine.errors import (
    ConfigurationError,
    NotAllowedError,
    TaskGoneError,
    ValidationFailedError,
    WrongStateError,
)
from engine.model.participants import Actor
from engine.queries import EligiblePeople
from engine.store.tables import participant
from tests.support.panel import Panel
from tests.support.verbs import fields_of, listed

if TYPE_CHECKING:
    from engine.runtime import Engine

EVERYBODY = ["er", "san", "yi"]


def test_voters_join_and_leave_while_it_runs(office: Engine) -> None:
    panel = Panel.convene(office, vote_pass="all", vote_people="anybody")
    panel.vote(yi="agree")
    add = AddVoters(work_item_key=panel.ballot("er"), people=["fa", "lu"], reason="涉及合同")

    office.execute(add, Actor(login="er"))

    assert panel.voters == ["er", "fa", "lu", "san"]
    assert listed(office, "fa") == ["会签"]
    for people in (["yi"], ["an"], ["er"], ["nobody"], []):  # voted, initiator, himself, unknown
        with pytest.raises(ValidationFailedError) as refused:
            office.execute(
                AddVoters(work_item_key=panel.ballot("er"), people=people, reason="请投票"),
                Actor(login="er"),
            )
        assert fields_of(refused.value) == {"people"}
    with pytest.raises(ValidationFailedError) as refused:  # added by somebody else
        office.execute(
            RemoveVoters(
                work_item_key=panel.ballot("san"), ballots=[panel.ballot("fa")], reason="不必"
            ),
            Actor(login="san"),
        )
    assert fields_of(refused.value) == {"ballots"}
    panel.vote(san="agree", er="agree", lu="agree")
    office.execute(
        AddVoters(work_item_key=panel.ballot("fa"), people=["cai"], reason="涉及经费"),
        Actor(login="fa"),
    )
    panel.vote(fa="agree")
    assert panel.voters == ["cai"]


def test_the_last_one_to_leave_lets_the_rest_decide(office: Engine) -> None:
    panel = Panel.convene(office, vote_pass=">50%", vote_people="anybody")
    office.execute(
        AddVoters(work_item_key=panel.ballot("er"), people=["fa"], reason="涉及合同"),
        Actor(login="er"),
    )
    panel.vote(yi="agree", san="agree")
    assert panel.waiting_at == ["sign", "sign"]

    done = office.execute(
        RemoveVoters(work_item_key=panel.ballot("er"), ballots=[panel.ballot("fa")], reason="不必"),
        Actor(login="er"),
    )

    assert list(done.next_steps) == ["发布"]
    assert [row.action for row in panel.matter.audit()][-2:] == ["vote_passed", "voters_removed"]


def test_a_disabled_voter_is_taken_out_by_any_other(office: Engine) -> None:
    panel = Panel.convene(office, vote_pass="all")
    with office.database.session(write=True) as session:
        session.execute(
            update(participant).where(participant.c.login == "san").values(active=False)
        )
        session.commit()
    panel.vote(yi="agree")

    office.execute(
        RemoveVoters(
            work_item_key=panel.ballot("er"), ballots=[panel.ballot("san")], reason="已调离"
        ),
        Actor(login="er"),
    )
    panel.vote(er="agree")

    assert panel.waiting_at == ["publish"]


def test_who_is_kept_away_or_disabled_has_no_vote(office: Engine) -> None:
    with office.database.session(write=True) as session:
        session.execute(update(participant).where(participant.c.login == "er").values(active=False))
        session.execute(text("UPDATE membership SET role = 'signer' WHERE participant = 'an'"))
        session.execute(
            text(
                "INSERT INTO membership (participant, role, unit) VALUES ('an','applicant','KY01')"
            )
        )
        session.commit()

    panel = Panel.convene(office, vote_pass="all")

    assert panel.voters == ["san", "yi"]  # 安 has started the matter


def test_nobody_left_is_an_incident_and_too_few_a_refusal(office: Engine) -> None:
    with pytest.raises(ConfigurationError, match="4"):
        Panel.convene(office, vote_pass="4")
    with office.database.session(write=True) as session:
        session.execute(
            update(participant).where(participant.c.login.in_(EVERYBODY)).values(active=False)
        )
        session.commit()

    panel = Panel.convene(office, vote_pass="all")

    assert panel.waiting_at == ["sign"]
    assert panel.matter.root.state == "active"
    assert "incident_opened" in {row.action for row in panel.matter.audit()}


def test_a_vote_is_its_voters_own(office: Engine) -> None:
    panel = Panel.convene(office)
    key = panel.ballot("er")

    verbs = {verb.verb for verb in panel.seen_by("er").verbs if verb.allowed}
    assert not verbs & {"transfer", "delegate", "sign", "release"}
    with pytest.raises(WrongStateError):
        office.execute(
            TransferWorkItem(work_item_key=key, to="fa", reason="请代投"), Actor(login="er")
        )
    with pytest.raises(NotAllowedError):
        office.execute(CompleteWorkItem(work_item_key=key, outcome="agree"), Actor(login="san"))
    panel.vote(yi="agree", san="agree")
    with pytest.raises(TaskGoneError):
        office.execute(CompleteWorkItem(work_item_key=key, outcome="agree"), Actor(login="er"))


def test_who_may_not_vote_any_more_leaves_the_round(office: Engine) -> None:
    panel = Panel.convene(office, vote_pass="all")
    panel.vote(yi="agree")
    recusal = AddRecusal(instance_key=panel.matter.instance_key, reason="亲属关系")
    for login in ("san", "er"):
        office.execute(recusal, Actor(login=login))
        while office.execute(FollowStaffChange()):
            pass

    assert panel.waiting_at == ["publish"]  # 易 alone is left, and has agreed
    assert [row.action for row in panel.matter.audit()].count("voters_removed") == 2


def test_a_substitute_votes_for_the_principal_unless_he_votes_himself(office: Engine) -> None:
    for principal, substitute in (("yi", "er"), ("san", "fa")):
        office.execute(
            AppointSubstitute(
                substitute=substitute,
                starts_on=date(2026, 6, 10),
                ends_on=date(2026, 6, 12),
                reason="出差",
            ),
            Actor(login=principal),
        )
    panel = Panel.convene(office, vote_pass="all")
    yi, san = panel.ballot("yi"), panel.ballot("san")

    with pytest.raises(NotAllowedError, match=r"twice|一人只能投一次"):
        office.execute(CompleteWorkItem(work_item_key=yi, outcome="agree"), Actor(login="er"))
    office.execute(CompleteWorkItem(work_item_key=san, outcome="agree"), Actor(login="fa"))

    (round_,) = panel.rounds
    assert [e.person.name for e in round_.entries if e.answered_at] == ["法（代单）"]


def test_the_picker_says_who_votes_already(office: Engine) -> None:
    panel = Panel.convene(office, vote_people="anybody")

    found = office.ask(
        EligiblePeople(work_item_key=panel.ballot("er"), purpose="vote", search="易"),
        Actor(login="er"),
    )

    assert [(one.name, one.allowed) for one in found.people] == [("易", False)]
