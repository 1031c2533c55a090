"""Random sound models: blocks within blocks, and regions without block structure between them.

Every model can always end (``FINISH`` takes every default flow) and nothing is left behind, by
construction; so a walk that cannot end is a fault of whoever executes it. Whatever ends a scope
at once (error, terminate, escalation) stands directly behind a user task: then only one token
moves, and the outcome does not depend on the order of automatic steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.engine.bpmn.walks.blocks import STOCK, Blocks
from tests.engine.bpmn.walks.drawing import Node
from tests.engine.bpmn.walks.regions import inclusive_region, marked_region, state_region

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.engine.bpmn.walks.blocks import Span
    from tests.engine.bpmn.walks.drawing import Level

__all__ = ["EVERYTHING", "JUMPS", "STOCK", "Builder", "model"]

SIMPLE: Final = ("task", "xor", "and", "or", "loop")
JUMPS: Final = (*SIMPLE, "sub", "mi", "call", "catch", "interrupt", "error", "terminate")
EVERYTHING: Final = (
    *JUMPS,
    "implicit",
    "many",
    "side",
    "handler",
    "escalate",
    "state",
    "marked",
    "inclusive",
)


class Builder(Blocks):
    """Draws one model: events and regions beside the plain blocks."""

    def _terminate(self, _size: int) -> Span:
        return self.way_out("terminate_end")

    def _error(self, size: int) -> Span:
        if self.place.codes and self.random.random() < 0.5:
            code = self.random.choice(self.place.codes)
            return self.way_out("error_end", event="error", code=code)
        code = self.name("E")
        thrown = Node("", "error_end", event="error", code=code)
        with self.within(codes=(*self.place.codes, code)):
            host = self.node("sub", inside=self.inside(size, thrown))
        return self._handled(host, "error", self.random.choice([code, ""]))

    def _escalate(self, size: int) -> Span:
        if self.place.depth >= 3 or (self.place.escalations and self.random.random() < 0.5):
            code = self.random.choice([*self.place.escalations, "NOBODY"])
            return self._after_task(self.node("escalate", event="escalation", code=code))
        code = self.name("C")
        thrown = Node("", "escalate", event="escalation", code=code)
        with self.within(escalations=(*self.place.escalations, code)):
            host = self.node("sub", inside=self.inside(size, thrown))
        if self.random.random() < 0.5:
            return self._handled(host, "escalation", code)
        return self._beside(host, "escalation", code)

    def _interrupt(self, size: int) -> Span:
        events = ["timer", "message"] if self.place.is_alone else ["error"]
        first = self._task()[0]
        host = self.node("task") if self.random.random() < 0.5 else self._plain_host(size)
        self.flow(first, host)
        span = self._handled(host, self.random.choice([*events, "error"]), "")
        return first, span[1]

    def _side(self, size: int) -> Span:
        if not self.place.is_alone:
            return self._task()
        host = self._plain_host(size)
        return self._beside(host, self.random.choice(["timer", "message"]), "")

    def _plain_host(self, size: int) -> str:
        kind = self.random.choice(["task", "loop", "call", "sub"])
        if kind == "sub":
            return self.node("sub", inside=self.inside(size))
        if kind == "loop":
            number = self.random.randint(1, 3)
            return self.node("task", loop="parallel", size=number, until=number)
        return self.node(kind)

    def _handled(self, host: str, event: str, code: str) -> Span:
        """Attach an interrupting event whose way comes back behind the host."""
        boundary = self.node("boundary", host=host, event=event, code=code)
        first, last = self.sequence(0)
        merge = self.node("xor")
        self.flow(boundary, first)
        self.flow(last, merge)
        self.flow(host, merge)
        return host, merge

    def _beside(self, host: str, event: str, code: str) -> Span:
        """Attach an event that does not interrupt; its way ends by itself."""
        facts = {"host": host, "event": event, "code": code, "interrupting": False}
        boundary, task, end = self.node("boundary", **facts), self.node("task"), self.node("end")
        self.flow(boundary, task)
        self.flow(task, end)
        return host, host

    # regions

    def _state(self, size: int) -> Span:
        return self._region(state_region, size)

    def _marked(self, size: int) -> Span:
        return self._region(marked_region, size)

    def _inclusive(self, size: int) -> Span:
        return self._region(inclusive_region, size)

    def _region(self, draw: Callable[[Blocks, int], Span], size: int) -> Span:
        with self.within(is_structured=False):
            return draw(self, size)


def model(random: Random, kinds: tuple[str, ...] = EVERYTHING) -> Level:
    """Return a random model of the given kinds of blocks."""
    return Builder(random, kinds).inside(random.choice([3, 6, 6, 10]))
