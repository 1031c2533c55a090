"""Fire the timer that is due first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn.triggers import next_due
from engine.commands.attempts import attempt, open_incident
from engine.commands.beginning import Beginning, begin, newest
from engine.commands.matter import MatterTree
from engine.commands.progress import Cause, Progress
from engine.errors import ConfigurationError
from engine.model.participants import SYSTEM
from engine.store.incidents import Stopped

if TYPE_CHECKING:
    from engine.commands.services import Services
    from engine.store.waiting import TimerRow


@dataclass(frozen=True, kw_only=True)
class FireDueTimer:
    """One due timer, one matter, one transaction; ``False`` when nothing is due.

    A timer after which the model cannot go on is set aside as an incident; others go on.
    """

    def execute(self, services: Services) -> bool:
        """Fire."""
        due = services.store.waiting.due_timers(services.now, limit=1)
        if not due:
            return start_due(services)
        timer = due[0]
        error = attempt(services, lambda: fire(timer, services))
        if error is not None:
            services.store.incidents.stop_timer(timer.key)
            place = (timer.instance_key, timer.root_key, timer.element_id)
            open_incident(services, place, (Stopped.TIMER, timer.key), error)
        return True


def fire(timer: TimerRow, services: Services) -> None:
    """Let one timer happen; nothing when another worker was faster."""
    tree = MatterTree.load(services, timer.root_key)
    if not services.store.waiting.fire_timer(timer.key):
        return
    node = tree.nodes[timer.instance_key]
    node.fire_timer(timer.token_id, services.now)
    Progress(tree, services, Cause(services.actor.login)).run(node)
    services.note(
        "timer_fired",
        root_key=timer.root_key,
        element_name=node.model.elements[timer.element_id].name,
    )


def start_due(services: Services) -> bool:
    """Start the procedure whose start timer is due first; ``False`` when none is.

    Raises:
        ConfigurationError: process.toml names no unit for matters that a timer starts.
    """
    row = services.store.messages.due_start(services.now)
    if row is None or row.due_at is None:
        return False
    following = next_due(row.cycle, row.due_at, services.now)
    due, cycle = following if following else (None, "")
    if not services.store.messages.move_start(row, due, cycle):
        return True
    deployment, manifest = newest(row.process_id, services)
    unit = services.store.identity.unit(manifest.info.timer_unit)
    if unit is None:
        raise ConfigurationError(
            f"流程“{manifest.info.name}”由定时器发起，但 process.toml 没有写明有效的 timer_unit。",
            f"{row.process_id} starts by a timer, but process.toml names no valid timer_unit.",
        )
    start = Beginning(unit=unit, initiator=SYSTEM.login, start_event=row.element_id)
    begin(deployment, manifest, start, services)
    return True
