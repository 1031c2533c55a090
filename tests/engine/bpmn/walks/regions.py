"""Regions without block structure that are sound by the theory of nets.

State machines (one token, any arrows), marked graphs (no choice, no circle) and graphs without
circles whose joins are all inclusive can neither get stuck nor leave a token behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.engine.bpmn.walks.blocks import Blocks, Span


def _stations(builder: Blocks, size: int) -> list[Span]:
    """Return blocks, each beginning with a task, so that no circle is without a wait."""
    found = []
    for _ in range(builder.random.randint(3, 5)):
        task = builder.node("task")
        last = task
        if builder.random.random() < 0.3:
            first, last = builder.block(size // 4)
            builder.flow(task, first)
        found.append((task, last))
    return found


def state_region(builder: Blocks, size: int) -> Span:
    """Draw exclusive gateways with flows anywhere, loops that cross each other included."""
    stations = _stations(builder, size)
    entries = [builder.node("xor") for _ in stations]
    leave = builder.node("xor")
    for number, (first, last) in enumerate(stations):
        builder.flow(entries[number], first)
        choice = builder.node("xor")
        builder.flow(last, choice)
        following = entries[number + 1] if number + 1 < len(entries) else leave
        others = builder.random.sample([*entries, leave], builder.random.randint(0, 2))
        for other in others:
            builder.flow(choice, other, builder.some(2))
        builder.default(choice, following)
    return entries[0], leave


def marked_region(builder: Blocks, size: int) -> Span:
    """Draw parallel gateways that wait for each other across branches."""
    return _forward(builder, size, "and")


def inclusive_region(builder: Blocks, size: int) -> Span:
    """Draw splits of every kind whose joins are inclusive, across branches."""
    return _forward(builder, size, "or")


def _forward(builder: Blocks, size: int, join: str) -> Span:
    stations = _stations(builder, size)
    begin = builder.node("task")
    spans = [(begin, begin), *stations]
    end = builder.node("task")
    arrows: dict[int, set[int]] = {number: set() for number in range(len(spans))}
    for number in range(1, len(spans)):
        before = builder.random.sample(range(number), min(number, builder.random.randint(1, 2)))
        for source in before:
            arrows[source].add(number)
    into: dict[int, str] = {}
    for number, (first, _) in enumerate(spans):
        if number:
            into[number] = builder.node(join)
            builder.flow(into[number], first)
    into[len(spans)] = builder.node(join)
    builder.flow(into[len(spans)], end)
    for number, (_, last) in enumerate(spans):
        targets = [into[target] for target in sorted(arrows[number])] or [into[len(spans)]]
        _split(builder, last, targets, join)
    return begin, end


def _split(builder: Blocks, last: str, targets: list[str], join: str) -> None:
    kind = "and" if join == "and" else builder.random.choice(["and", "or", "xor"])
    split = builder.node(kind)
    builder.flow(last, split)
    for number, target in enumerate(targets):
        if kind == "and" or len(targets) == 1:
            builder.flow(split, target)
        elif number == 0:
            builder.default(split, target)
        else:
            builder.flow(split, target, builder.some())
