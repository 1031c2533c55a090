"""Evaluates a decision of the matter's pinned binding outside a business rule task.

Lists of choices must obey the same table as the process: the DMN file is the one truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from engine.catalog import Binding
from engine.catalog.definitions import BoundedCache
from engine.dmn import DmnModel, read_model
from engine.errors import NotFoundError
from engine.store.definitions import Definitions
from engine.store.tables import binding, process_instance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

#: Parsed tables by the hash of their file, shared by all threads.
_MODELS: Final[BoundedCache[str, DmnModel]] = BoundedCache()


class PinnedDecisions:
    """The decision tables that one matter pinned at its start."""

    def __init__(self, session: Session, instance_key: int) -> None:
        """Read the binding of the root instance.

        Raises:
            NotFoundError: no such instance.
        """
        self._session = session
        document = session.execute(
            select(binding.c.document)
            .join(process_instance, process_instance.c.binding == binding.c.sha256)
            .where(process_instance.c.key == instance_key)
        ).scalar_one_or_none()
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
        model = _MODELS.get(sha256, lambda: self._read(decision_id, sha256))
        return model.evaluate(decision_id, facts, require_match=True).value

    def _read(self, decision_id: str, sha256: str) -> DmnModel:
        content = Definitions(self._session).content(sha256)
        if content is None:
            raise NotFoundError("决策表", "decision", decision_id)
        return read_model(content)
