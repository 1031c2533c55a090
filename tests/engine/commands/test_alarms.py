"""Reminders, overdue notices and escalations: told once, at their moment, deciding nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from engine.commands import FireDueAlarm
from engine.errors import NotAllowedError
from engine.model.participants import SYSTEM, Actor
from engine.store.identity import put_org_unit
from engine.store.tables import alarm
from engine.worker import Worker
from tests.support.permit import Permit

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.commands.services import Services
    from engine.runtime import Engine

BOSS = Actor(login="boss")


class LedByBoss:
    """Let the reviewers' unit have a leader."""

    def execute(self, services: Services) -> None:
        put_org_unit(services.store.session, replace(services.person.unit, leader="boss"))


class TestAlarms:
    def test_reminders_come_before_the_due_date_and_once(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "P5WD", remind="P2WD, P1WD")
        permit.matter.claim("review", by="yi")

        permit.pass_to("2026-06-15 08:59")
        assert permit.told("yi") == []
        permit.pass_to("2026-06-15 09:00")
        permit.pass_to("2026-06-15 23:00")
        assert permit.told("yi") == ["due_soon"]
        permit.pass_to("2026-06-16 09:00")
        assert permit.told("yi") == ["due_soon", "due_soon"]
        permit.pass_to("2026-06-17 18:00")

        assert permit.told("yi") == ["due_soon", "due_soon", "overdue"]
        assert len(permit.actions("work_item_reminded")) == 2
        assert len(permit.actions("work_item_overdue")) == 1
        assert Worker(engine).run_due() == 0

    def test_everybody_who_may_take_it_is_told_while_nobody_has_it(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "P2WD")

        permit.pass_to("2026-06-11 09:00")

        assert permit.told("yi") == permit.told("yi2") == ["due_soon"]
        assert permit.told("ding") == permit.told("jia") == []

    def test_what_is_done_rings_no_more(self, engine: Engine, clock: FakeClock) -> None:
        permit = Permit.asked(engine, clock, "P2WD", escalate="P1WD: notify initiator")
        permit.matter.complete("review", "granted", by="yi")

        permit.pass_to("2026-07-10 09:00")

        assert permit.told("yi") == []
        with engine.database.session(write=False) as session:
            states = session.execute(select(alarm.c.state)).scalars().all()
        assert set(states) == {"gone"}

    def test_several_workers_ring_each_alarm_once(self, engine: Engine, clock: FakeClock) -> None:
        permit = Permit.asked(
            engine, clock, "P2WD", remind="P1WD,PT2H,PT1H", escalate="P1WD: notify holder"
        )
        permit.matter.claim("review", by="yi")
        clock.set(permit.clock.now().replace(month=7))

        workers = [Worker(engine, owner=f"worker {number}") for number in range(3)]
        threads = [threading.Thread(target=worker.run_due) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert sorted(permit.told("yi")) == ["due_soon"] * 3 + ["escalated", "overdue"]

    def test_no_reminders_where_the_model_wants_none(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "P5WD", remind="none")

        permit.pass_to("2026-06-17 17:59")

        assert permit.told("yi") == []


class TestEscalation:
    @pytest.mark.parametrize("target", ["leader:1", "role:admin"])
    def test_tells_the_leader_or_the_holders_of_a_role(
        self, engine: Engine, clock: FakeClock, target: str
    ) -> None:
        engine.execute(LedByBoss(), BOSS)
        permit = Permit.asked(engine, clock, "P1WD", escalate=f"P1WD: notify {target}")
        permit.matter.claim("review", by="yi")

        permit.pass_to("2026-06-12 09:00")

        assert permit.told("boss") == ["escalated"]
        assert permit.actions("work_item_escalated") == [
            {"rule": f"P1WD: notify {target}", "people": "管"}
        ]
        assert permit.matter.people_at("review") == {"yi"}

    def test_adds_a_candidate_and_decides_nothing(self, engine: Engine, clock: FakeClock) -> None:
        permit = Permit.asked(engine, clock, "P1WD", escalate="P1WD: add role:admin")
        assert permit.matter.people_at("review") == {"yi", "yi2"}

        permit.pass_to("2026-06-12 09:00")

        assert permit.matter.people_at("review") == {"yi", "yi2", "boss"}
        assert permit.matter.waiting_at == {"review"}
        permit.matter.complete("review", "granted", by="boss")
        assert permit.matter.state == "completed"

    def test_adds_nobody_whom_separation_keeps_away(self, engine: Engine, clock: FakeClock) -> None:
        permit = Permit.asked(engine, clock, "P1WD", escalate="P1WD: add initiator")

        permit.pass_to("2026-06-12 09:00")

        assert permit.told("jia") == ["escalated"]
        with pytest.raises(NotAllowedError):
            permit.matter.complete("review", "granted", by="jia")

    def test_tells_the_administrators_when_nobody_is_found(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "P1WD", escalate="P1WD: notify leader:3")

        permit.pass_to("2026-06-12 09:00")

        assert permit.told("boss") == ["escalated"]
        assert permit.actions("escalation_found_nobody") != []


def test_an_alarm_that_cannot_ring_holds_up_nothing(engine: Engine, clock: FakeClock) -> None:
    Permit.asked(engine, clock, "P1WD", escalate="P1WD: notify leader")
    other = Permit.asked(engine, clock, "P1WD", escalate="P2WD: notify role:admin")

    other.pass_to("2026-06-15 09:00")

    assert "escalated" in other.told("boss")
    assert engine.execute(FireDueAlarm(), SYSTEM) is False
