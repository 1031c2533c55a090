"""Clocks that stand still: of one task for a ground, of a suspended matter altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.commands.clock_changes import resume_clocks, stop_clocks
from engine.errors import NotAllowedError, ValidationFailedError, WrongStateError
from engine.model.participants import Actor
from tests.support.permit import Permit

if TYPE_CHECKING:
    from engine.clock import FakeClock
    from engine.commands.services import Services
    from engine.runtime import Engine

BOSS = Actor(login="boss")


class TestStoppedClock:
    def stopped(self, engine: Engine, clock: FakeClock) -> Permit:
        permit = Permit.asked(
            engine, clock, "P3WD", clock_stops="补正、听证", escalate="P1WD: notify initiator"
        )
        permit.matter.claim("review", by="yi")
        permit.pass_to("2026-06-11 15:00")
        permit.stop()
        return permit

    def test_there_is_no_due_date_while_it_stands_still(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = self.stopped(engine, clock)

        assert permit.due == "-"
        assert permit.item.clock_stopped_at is not None
        permit.pass_to("2026-07-20 09:00")
        assert permit.told("yi") == []
        assert permit.actions("clock_stopped") == [
            {"ground": "补正", "document": "补正〔2026〕3号", "reason": ""}
        ]

    def test_what_was_left_is_left_when_it_runs_again(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = self.stopped(engine, clock)
        permit.pass_to("2026-06-16 10:00")

        permit.resume(reason="材料已补齐")

        # the 11th to the 15th do not count: 16, 17, 18
        assert permit.due == "2026-06-18 18:00"
        permit.pass_to("2026-06-17 09:00")
        assert permit.told("yi") == ["due_soon"]
        permit.pass_to("2026-06-18 18:00")
        assert permit.told("yi") == ["due_soon", "overdue"]

    def test_it_can_stand_still_again(self, engine: Engine, clock: FakeClock) -> None:
        permit = self.stopped(engine, clock)
        permit.pass_to("2026-06-16 10:00")
        permit.resume()
        permit.pass_to("2026-06-17 10:00")
        permit.stop(ground="听证", document="听证〔2026〕1号")
        permit.pass_to("2026-06-22 10:00")

        permit.resume()

        # 16 | 17 to 21 stopped | 22, 23
        assert permit.due == "2026-06-23 18:00"

    def test_the_task_can_be_decided_meanwhile(self, engine: Engine, clock: FakeClock) -> None:
        permit = self.stopped(engine, clock)

        permit.matter.complete("review", "granted", by="yi")

        assert permit.matter.state == "completed"

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"ground": "度假"}, "ground"),
            ({"document": " "}, "document"),
            ({"document": "文" * 121}, "document"),
            ({"reason": "字" * 501}, "reason"),
        ],
    )
    def test_ground_and_document_are_needed(
        self, engine: Engine, clock: FakeClock, values: dict[str, str], field: str
    ) -> None:
        permit = Permit.asked(engine, clock, "P3WD", clock_stops="补正、听证")

        with pytest.raises(ValidationFailedError) as refused:
            permit.stop(**values)

        assert [error.field for error in refused.value.errors] == [field]
        assert permit.due == "2026-06-15 18:00"

    def test_it_is_refused_with_the_reason(self, engine: Engine, clock: FakeClock) -> None:
        permit = self.stopped(engine, clock)

        with pytest.raises(WrongStateError, match="already"):
            permit.stop()
        with pytest.raises(NotAllowedError):
            permit.resume(by="yi2")
        permit.resume()
        with pytest.raises(WrongStateError, match="running"):
            permit.resume()
        permit.pass_to("2026-07-20 09:00")
        with pytest.raises(WrongStateError, match="over"):
            permit.stop()

    def test_steps_without_grounds_or_periods_have_nothing_to_stop(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        with pytest.raises(WrongStateError, match="cannot be stopped"):
            Permit.asked(engine, clock, "P3WD").stop()
        with pytest.raises(WrongStateError, match="no period"):
            Permit.asked(engine, clock, "2026-06-30", clock_stops="补正").stop()


class TestASuspendedMatter:
    class Suspend:
        def __init__(self, key: str, *, resume: bool = False) -> None:
            self.key, self.resume = int(key), resume

        def execute(self, services: Services) -> int:
            change = resume_clocks if self.resume else stop_clocks
            items = services.store.work_items.of_matter(self.key)
            return change(self.key, items, "争议待裁", services)

    def test_rests_with_all_its_clocks_and_goes_on_with_what_was_left(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "P3WD", timer="P4WD")
        key = permit.matter.instance_key
        permit.pass_to("2026-06-11 15:00")

        assert engine.execute(self.Suspend(key), BOSS) == 2
        permit.pass_to("2026-06-24 10:00")
        assert permit.told("yi") == []
        assert permit.matter.waiting_at == {"review"}

        assert engine.execute(self.Suspend(key, resume=True), BOSS) == 2
        assert permit.due == "2026-06-26 18:00"
        permit.pass_to("2026-06-29 17:59")
        assert permit.matter.waiting_at == {"review"}
        permit.pass_to("2026-06-29 18:00")
        assert permit.matter.waiting_at == {"review", "note_delay"}

    def test_hours_go_on_with_the_time_that_was_left(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "PT4H", timer="PT6H")
        key = permit.matter.instance_key
        permit.pass_to("2026-06-10 10:00")
        engine.execute(self.Suspend(key), BOSS)
        permit.pass_to("2026-06-12 10:00")

        engine.execute(self.Suspend(key, resume=True), BOSS)

        assert permit.due == "2026-06-12 13:00"
        permit.pass_to("2026-06-12 14:59")
        assert permit.matter.waiting_at == {"review"}
        permit.pass_to("2026-06-12 15:00")
        assert permit.matter.waiting_at == {"review", "note_delay"}

    def test_leaves_a_clock_alone_that_stands_still_for_its_own_ground(
        self, engine: Engine, clock: FakeClock
    ) -> None:
        permit = Permit.asked(engine, clock, "P3WD", clock_stops="补正")
        permit.stop()
        engine.execute(self.Suspend(permit.matter.instance_key), BOSS)
        engine.execute(self.Suspend(permit.matter.instance_key, resume=True), BOSS)

        assert permit.due == "-"
        permit.resume()
        assert permit.due == "2026-06-15 18:00"
