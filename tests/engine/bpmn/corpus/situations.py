"""Situations of which state documents are kept: every kind of wait, and everything remembered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

#: (name, model in ``elements/``, variables, steps). A step is an element id to complete, or
#: ``message:``, ``signal:``, ``days:``, ``voters:`` and a value; ``=`` adds an outcome.
SITUATIONS: Final[tuple[tuple[str, str, dict[str, Any], tuple[str, ...]], ...]] = (
    ("user_task", "none_events", {}, ()),
    ("finished", "none_events", {}, ("review",)),
    ("manual_task", "tasks", {"price": Decimal("1.10"), "clerk": "li"}, ()),
    ("job", "tasks", {"price": Decimal("1.10"), "clerk": "li"}, ("sign",)),
    ("decision", "tasks", {"price": 2, "clerk": "li"}, ("sign", "hold")),
    ("call", "tasks", {"price": 2, "clerk": "li"}, ("sign", "hold", "decide")),
    ("assigned", "tasks", {"price": 2, "clerk": "li"}, ("sign", "hold", "decide", "approve")),
    ("timers", "timer_events", {"deadline": "2026-07-01"}, ()),
    ("timer_cycle", "timer_events", {"deadline": "2026-07-01"}, ("days:2",)),
    ("message", "message_events", {"letter": "x"}, ()),
    ("receive_task", "message_events", {"letter": "x"}, ("message:answer",)),
    ("signal", "signal_events", {}, ()),
    ("event_gateway", "event_gateway", {}, ()),
    ("event_sub_process", "event_sub_process", {}, ("message:question",)),
    ("interrupted", "event_sub_process", {}, ("message:question", "signal:stop")),
    ("sub_process", "sub_process", {"amount": Decimal("10.50")}, ()),
    ("parallel_join", "parallel_gateway", {}, ("legal",)),
    ("parallel_jump", "jump_parallel", {}, ("fill",)),
    ("multi_instance", "multi_instance_parallel", {"signers": ["wang", "li", "zhao"]}, ()),
    (
        "multi_instance_voted",
        "multi_instance_parallel",
        {"signers": ["wang", "li", "zhao"]},
        ("countersign",),
    ),
    ("in_turn", "multi_instance_sequential", {"approvers": ["a", "b"]}, ()),
    ("many_sub_processes", "multi_instance_sub_process", {"packages": ["A", "B"]}, ()),
    ("vote", "vote", {}, ()),
    ("ballots", "vote", {}, ("voters:li,wang,zhao", "countersign=agree")),
    ("standard_loop", "standard_loop", {"complete": False, "reminders": 2}, ("correct",)),
    ("compensation", "compensation", {}, ("hold",)),
    ("transaction", "transaction", {}, ()),
    ("complex_gateway", "complex_gateway", {}, ("a",)),
    ("ad_hoc", "ad_hoc", {"wanted": ["a"], "said": []}, ()),
    ("escalation", "escalation_events", {}, ("try_it",)),
    ("inclusive_loop", "inclusive_with_loop", {}, ()),
)
