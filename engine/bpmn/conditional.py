"""Conditional events: looked at whenever nothing else moves, fired when they become true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.events import CatchEvent
from engine.bpmn.facts import EventType
from engine.bpmn.listening import WAS_TRUE, Listener
from engine.bpmn.token import STARTED

if TYPE_CHECKING:
    from engine.bpmn.listening import EventSource
    from engine.bpmn.token import Token


def _source(token: Token) -> EventSource | None:
    spec = token.task_spec
    if isinstance(spec, Listener):
        source: EventSource = spec.owner.source
        return source
    return spec.source if isinstance(spec, CatchEvent) and token._state == STARTED else None


def is_conditional(token: Token) -> bool:
    """Tell whether the token waits for a condition."""
    source = _source(token)
    return source is not None and source.type is EventType.CONDITIONAL


def test_condition(token: Token) -> bool:
    """Fire the token's conditional event if its condition has become true."""
    source = _source(token)
    if source is None or source.type is not EventType.CONDITIONAL:
        return False
    return _fire_if_new(token, source.condition.is_true(token.workflow.visible(token)))


def _fire_if_new(token: Token, is_true: bool) -> bool:
    was_true = token.internal_data.pop(WAS_TRUE, False)
    if not is_true:
        return False
    if was_true:
        token.internal_data[WAS_TRUE] = True
        return False
    spec = token.task_spec
    if isinstance(spec, Listener):
        spec.fire(token, {})
    else:
        token.complete()
    return True
