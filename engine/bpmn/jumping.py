"""An instance that runs, and can be moved against the flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn import jump
from engine.bpmn.activities import Activity
from engine.bpmn.conditional import is_conditional
from engine.bpmn.errors import StuckError, TokenGoneError
from engine.bpmn.gateways import arrivals
from engine.bpmn.instance import InstanceFacts
from engine.bpmn.marking import capture_token
from engine.bpmn.token import STARTED
from engine.bpmn.waits import is_waiting
from engine.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from engine.bpmn.jump import JumpEffect
    from engine.bpmn.marking import Marking
    from engine.errors import JsonValue


class Jumping(InstanceFacts):
    """The verbs of return, withdrawal and move; ``Interpreter`` has those that go forward."""

    def run(self, now: datetime) -> None:
        """Do all automatic steps.

        Raises:
            ElementError: execution cannot go on at an element; discard the interpreter.
        """
        machine = self._machine
        machine.set_now(now)
        machine.run_ready()
        if machine.thrown:
            return
        if not machine.completed and machine.root._state == STARTED and self._is_stuck():
            joins = [name for scope in machine.tasks.values() for name in arrivals(scope)]
            if joins:
                raise StuckError(joins[0])

    def _is_stuck(self) -> bool:
        return not any(
            is_waiting(token) or is_conditional(token) for token in self._machine.tasks.values()
        )

    def jump_targets(self, token_ids: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the elements to which tokens may be moved, document order.

        Args:
            token_ids: the tokens to move; none means whatever waits, each on its own.

        Raises:
            WrongStateError: a token is finished, cancelled or unknown.
        """
        groups = [tuple(token_ids)] if token_ids else [(w.token_id,) for w in self.waits()]
        found = {target for group in groups for target in jump.targets(self._machine, group)}
        return tuple(key for key in self.model.elements if key in found)

    def preview_jump(self, token_ids: Sequence[str], target_element_id: str) -> JumpEffect:
        """Say what a jump would end, without doing it; raises like ``jump``."""
        return jump.preview(self._machine, token_ids, target_element_id)

    def jump(
        self, token_ids: Sequence[str], target_element_id: str, *, now: datetime
    ) -> JumpEffect:
        """Move tokens to an element of their own or an enclosing level, and run on.

        Inside a parallel branch only that branch moves; when the target lies before the split,
        all branches end. A target in a sub-process's surroundings ends the sub-process.

        Raises:
            JumpRefusedError: the structure does not allow it.
            WrongStateError: a token is finished, cancelled or unknown.
        """
        self._machine.set_now(now)
        effect = jump.jump(self._machine, token_ids, target_element_id)
        self.run(now)
        return effect

    def re_enter(self, scope_id: str, target_element_id: str, *, now: datetime) -> JumpEffect:
        """Go back to a step of a parallel branch, also when the branch waits at its join.

        Raises:
            JumpRefusedError: the step is in no branch of that scope, or its join has gone on.
        """
        self._machine.set_now(now)
        effect = jump.re_enter(self._machine, scope_id, target_element_id)
        self.run(now)
        return effect

    def can_re_enter(self, scope_id: str, target_element_id: str) -> bool:
        """Tell whether ``re_enter`` is possible, without doing it."""
        return jump.can_re_enter(self._machine, scope_id, target_element_id)

    def restore(
        self, token_ids: Sequence[str], marking: Marking, *, now: datetime, done: str = ""
    ) -> Mapping[str, str]:
        """End tokens, put back what an earlier jump ended, and run on.

        Args:
            token_ids: what was entered instead.
            marking: what is put back.
            now: the present moment, timezone-aware.
            done: the token among or inside them that was completed (``submit``).

        Returns:
            The new token by the id that it had before.

        Raises:
            JumpRefusedError: something else has begun where it would be put back.
            WrongStateError: a token is finished, cancelled or unknown.
        """
        self._machine.set_now(now)
        tokens = jump.restore(self._machine, token_ids, marking, done)
        self.run(now)
        return tokens

    def can_restore(self, token_ids: Sequence[str], marking: Marking) -> bool:
        """Tell whether ``restore`` would put the marking back."""
        try:
            jump.check_restore(self._machine, token_ids, marking)
        except WrongStateError:
            return False
        return True

    def submit(
        self, token_id: str, variables: Mapping[str, JsonValue], *, now: datetime
    ) -> frozenset[str]:
        """Write the result of an activity by its output mappings, without going on.

        Returns:
            The names of the variables that are others now, in any scope around the activity.

        Raises:
            WrongStateError: the token is finished, cancelled or unknown.
            ElementError: a mapping cannot be evaluated; discard the interpreter.
        """
        token = self._machine.tasks.get(token_id)
        if token is None or not isinstance(token.task_spec, Activity):
            raise TokenGoneError(token_id)
        self._machine.set_now(now)
        before = dict(self._machine.visible(token.parent))
        token.result = variables
        token.task_spec.write_outputs(token, token.task_spec.accepted(variables))
        after = dict(self._machine.visible(token.parent))
        return frozenset(
            name for name, value in after.items() if name not in before or before[name] != value
        )

    def scope_of(self, token_id: str, element_id: str) -> str:
        """Return the token of the (sub-)process in which both a token and an element are.

        Returns:
            Its id, ``""`` when the token is not inside the element's (sub-)process.
        """
        return jump.scope_of(self._machine, token_id, element_id)

    def capture(self, token_id: str) -> Marking:
        """Keep one token with what is inside it, as it is now."""
        return capture_token(self._machine, self._machine.tasks[token_id])
