"""Who catches an error or escalation: the innermost boundary event or event sub-process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.bpmn.facts import EventType
    from engine.bpmn.token import Token


def throw(token: Token, kind: EventType, code: str, variables: Mapping[str, Any]) -> bool:
    """Throw at ``token``; an interrupting catcher ends its host before anything else moves.

    Returns:
        Whether somebody caught it; nothing has changed otherwise.
    """
    place: Token | None = token
    while place is not None:
        catcher = _best(getattr(place.task_spec, "boundaries", ()), kind, code)
        if catcher is not None:
            catcher.trigger(place, variables)
            return True
        scope = place.parent
        if scope is not None and not getattr(place.task_spec, "is_event_sub_process", False):
            catcher = _best(getattr(scope.task_spec, "handlers", ()), kind, code)
            if catcher is not None:
                catcher.trigger(scope, variables)
                return True
        place = scope
    return False


def _best(catchers: Iterable[Any], kind: EventType, code: str) -> Any:
    """Return the catcher of exactly this code, else one that catches every code."""
    fitting = [catcher for catcher in catchers if catcher.element.event.type is kind]
    for wanted in (code, ""):
        for catcher in fitting:
            if catcher.element.event.code == wanted:
                return catcher
    return None
