"""Blocks: sequences, choices, parallel branches, loops, sub-processes, multi-instances."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tests.engine.bpmn.walks.drawing import PICKS, Level
from tests.engine.bpmn.walks.pen import Pen

if TYPE_CHECKING:
    from tests.engine.bpmn.walks.drawing import Node

#: (first element, last element).
Span = tuple[str, str]

#: What an unmodified SpiffWorkflow runs rightly, if no join stands in a loop. Its inclusive join
#: opens while a token is still on its way; a multi-instance inside a sub-process, and a parallel
#: block around an error, go wrong now and then.
STOCK: Final = (
    ("task", "xor", "and", "loop", "sub"),
    ("task", "xor", "and", "loop", "stock_mi"),
    ("task", "xor", "loop", "error"),
)


class Blocks(Pen):
    """Draws blocks within blocks; which ones, ``kinds`` says."""

    def inside(self, size: int, thrown: Node | None = None) -> Level:
        """Draw the inside of a sub-process (or the process itself) with a way to ``thrown``."""
        outer, self.level = self.level, Level()
        with self.within(around=(), depth=self.place.depth + 1, in_loop=False, is_structured=True):
            first, last = self.sequence(size)
            self.flow(self.node("start"), first)
            if thrown is not None:
                task, after = self.way_out(thrown.kind, event=thrown.event, code=thrown.code)
                self.flow(last, task)
                last = after
            self.flow(last, self.node("end"))
            if "handler" in self.kinds and self.random.random() < 0.25:
                self._handler()
        found, self.level = self.level, outer
        return found

    def _handler(self) -> None:
        event = self.random.choice(["message", "error"] if self.place.is_alone else ["error"])
        code = self.random.choice(["", "OWN"]) if event == "error" else ""
        interrupting = event == "error" or self.random.random() < 0.5
        outer, self.level = self.level, Level()
        with self.within(around=()):
            facts = {"event": event, "code": code, "interrupting": interrupting}
            start, task, end = self.node("start", **facts), self.node("task"), self.node("end")
            self.flow(start, task)
            self.flow(task, end)
            inside, self.level = self.level, outer
            self.node("event_sub", inside=inside)

    # blocks

    def sequence(self, size: int) -> Span:
        count = self.random.randint(1, 3) if size > 0 else 1
        parts = [self.block(size // 2) for _ in range(count)]
        for (_, last), (first, _) in pairwise(parts):
            self.flow(last, first)
        return parts[0][0], parts[-1][1]

    def block(self, size: int) -> Span:
        small = ("task", "mi", "stock_mi", "call", "catch")
        wanted = [k for k in self.kinds if (size > 0 or k in small) and self._fits(k)]
        kind = self.random.choice([*wanted, "task"])
        return getattr(self, f"_{kind}")(size)  # type: ignore[no-any-return]

    def _fits(self, kind: str) -> bool:
        place = self.place
        if kind in ("sub", "many", "interrupt", "side", "error"):
            return place.depth < 3
        if kind in ("state", "marked", "inclusive"):
            return place.is_alone
        if kind in ("and", "or"):
            return not (place.in_loop and self.kinds in STOCK)
        return kind not in ("handler", "catch") or (kind == "catch" and place.is_alone)

    def _task(self, _size: int = 0) -> Span:
        node = self.node("task")
        return node, node

    def _mi(self, _size: int) -> Span:
        size = self.random.randint(0, 4)
        node = self.node(
            "task",
            loop=self.random.choice(["parallel", "sequential"]),
            size=size,
            until=self.random.randint(1, 5),
        )
        return self._after_task(node)

    def _stock_mi(self, _size: int) -> Span:
        node = self.node("task", loop="parallel", size=self.random.randint(2, 4), until=9)
        return self._after_task(node)

    def _after_task(self, node: str) -> Span:
        task = self.node("task")
        self.flow(task, node)
        return task, node

    def _call(self, _size: int) -> Span:
        node = self.node("call")
        return node, node

    def _catch(self, _size: int) -> Span:
        node = self.node("catch")
        return node, node

    def _xor(self, size: int) -> Span:
        return self._split("xor", self.node("xor"), size)

    def _and(self, size: int) -> Span:
        return self._split("and", self.node("and"), size)

    def _or(self, size: int) -> Span:
        return self._split("or", self.node("or"), size)

    def _implicit(self, size: int) -> Span:
        return self._split(self.random.choice(["and", "or"]), self.node("task"), size)

    def _split(self, kind: str, split: str, size: int) -> Span:
        first = split
        if self.level.nodes[split].kind != "task":
            first = self._task()[0]
            self.flow(first, split)
        join = self.node(kind)
        shares = self._shares(kind)
        for number in range(self.random.randint(2, 3)):
            condition = None if kind == "and" else shares[number - 1]
            if number and self.random.random() < 0.15:
                self.flow(split, join, condition)
                continue
            if kind == "xor":
                start, end = self.sequence(size)
            else:
                with self.branch(split, number):
                    start, end = self.sequence(size)
            if kind != "and" and not number:
                self.default(split, start)
            else:
                self.flow(split, start, condition)
            self.flow(end, join)
        return first, join

    def _shares(self, kind: str) -> tuple[frozenset[int], frozenset[int]]:
        first = self.some()
        if kind == "xor" and self.kinds in STOCK:
            return first, frozenset(range(PICKS + 1)) - first
        return first, self.some()

    def _loop(self, size: int) -> Span:
        enter, leave = self.node("xor"), self.node("xor")
        with self.within(in_loop=True):
            first, last = self.sequence(size)
            task = self.node("task")
        self.flow(enter, first)
        self.flow(last, task)
        self.flow(task, leave)
        after = self.node("task")
        self.flow(leave, enter, self.some())
        self.default(leave, after)
        return enter, after

    def _sub(self, size: int) -> Span:
        node = self.node("sub", inside=self.inside(size))
        return node, node

    def _many(self, size: int) -> Span:
        loop = self.random.choice(["parallel", "sequential"])
        with self.within(is_alone=False):
            inside = self.inside(size // 2)
        facts = {
            "loop": loop,
            "size": self.random.randint(1, 3),
            "until": self.random.randint(1, 4),
        }
        return self._after_task(self.node("sub", inside=inside, **facts))

    def way_out(self, kind: str, **facts: object) -> Span:
        end = self.node(kind, **facts)
        task, choice, after = self.node("task"), self.node("xor"), self.node("task")
        self.flow(task, choice)
        self.flow(choice, end, self.some(2))
        self.default(choice, after)
        if kind == "escalate":
            self.flow(end, after)
        return task, after
