"""Conditional events: looked at whenever nothing else moves, fired when they become true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.bpmn.events import CatchEvent
from engine.bpmn.facts import EventType
from engine.bpmn.listening import Listener
from engine.bpmn.token import STARTED

if TYPE_CHECKING:
    from engine.bpmn.token import Token

#: Key in a listener's internal data: the condition was true when it was looked at last.
WAS_TRUE: Final = "t"


def test_condition(token: Token) -> bool:
    """Fire the token's conditional event if its condition has become true."""
    spec = token.task_spec
    if isinstance(spec, Listener):
        source = spec.owner.source
    elif isinstance(spec, CatchEvent) and token._state == STARTED:
        source = spec.source
    else:
        return False
    if source.type is not EventType.CONDITIONAL:
        return False
    return _fire_if_new(token, bool(source.condition.is_true(token.workflow.visible(token))))


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
