"""Evaluates a decision of the matter's pinned binding outside a business rule task.

Lists of choices must obey the same table as the process: the DMN file is the one truth.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.catalog import Binding
from engine.dmn import read_model
from engine.errors import NotFoundError
from engine.store.definitions import Definitions
from engine.store.tables import process_instance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.dmn import DmnModel


class PinnedDecisions:
    """The decision tables that one matter pinned at its start."""

    def __init__(self, session: Session, instance_key: int) -> None:
        """Read the binding of the root instance.

        Raises:
            NotFoundError: no such instance.
        """
        self._definitions = Definitions(session)
        digest = session.execute(
            select(process_instance.c.binding).where(process_instance.c.key == instance_key)
        ).scalar_one_or_none()
        document = self._definitions.binding(digest) if digest else None
        if document is None:
            raise NotFoundError("事项", "matter", instance_key)
        self._binding = Binding.from_json(document)

    def evaluate(self, decision_id: str, facts: Mapping[str, object]) -> object:
        """Return the decision's result.

        Raises:
            RuleNoMatchError: no rule matches.
            NotFoundError: the matter did not pin the decision.
        """
        sha256 = self._binding.decision(decision_id)
        content = self._definitions.content(sha256)
        if content is None:
            raise NotFoundError("决策表", "decision", decision_id)
        return _model(content).evaluate(decision_id, facts, require_match=True).value


@lru_cache(maxsize=32)
def _model(content: bytes) -> DmnModel:
    return read_model(content)
