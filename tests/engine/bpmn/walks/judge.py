"""The token model as seen from outside: what waits, and what somebody does about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.engine.bpmn.walks.token_model import Rules

if TYPE_CHECKING:
    from tests.engine.bpmn.walks.tokens import Place, Token, Work


class Judge(Rules):
    """One instance according to the standard."""

    def waits(self) -> Counter[Place]:
        """Return what waits; events are told apart by their element alone."""
        found: Counter[Place] = Counter()
        for scope in self.root.all():
            found.update((start.id, ()) for start in scope.armed)
            for token in scope.tokens:
                found.update((boundary.id, ()) for boundary in token.listening)
                found.update((token.node.id, w.rounds) for w in token.work if w.scope is None)
        return found

    def act(self, place: Place, pick: int) -> None:
        """Complete the activity or let the event happen that waits at ``place``."""
        self.pick = pick
        for scope in self.root.all():
            for start in scope.armed:
                if start.id == place[0]:
                    self._start_handler(scope, start)
                    return self._settle()
            for token in scope.tokens:
                for boundary in token.listening:
                    if boundary.id == place[0]:
                        self._happen(token, boundary)
                        return self._settle()
        token, work = self._find(place)
        self._finish(token, work)
        return self._settle()

    def throw(self, place: Place, code: str, pick: int) -> bool:
        """Throw an error at an activity; tell whether somebody caught it."""
        before, self.pick = self.pick, pick
        token, _ = self._find(place)
        caught = self._caught(token.scope, token, "error", code) is not None
        self.pick = pick if caught else before
        self._settle()
        return caught

    def _find(self, place: Place) -> tuple[Token, Work]:
        return next(
            (token, work)
            for scope in self.root.all()
            for token in scope.tokens
            for work in token.work
            if work.scope is None and (token.node.id, work.rounds) == place
        )
