"""Deployments, their files and the bindings that instances pin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from engine.store.conflicts import insert_missing
from engine.store.tables import binding, deployment, resource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class DeploymentRow:
    """A deployed version of a package; ``manifest`` is the catalog's own document."""

    key: int
    process_id: str
    version: int
    sha256: str
    manifest: Mapping[str, Any]
    deployed_at: datetime
    deployed_by: str


class Definitions:
    """Deployments inside one unit of work."""

    def __init__(self, session: Session) -> None:
        """Use the unit of work's session."""
        self._session = session

    def latest(self) -> list[DeploymentRow]:
        """Return the newest version of every package, by process id."""
        newest = (
            select(deployment.c.process_id, func.max(deployment.c.version).label("version"))
            .group_by(deployment.c.process_id)
            .subquery()
        )
        statement = (
            select(deployment)
            .join(
                newest,
                (newest.c.process_id == deployment.c.process_id)
                & (newest.c.version == deployment.c.version),
            )
            .order_by(deployment.c.process_id)
        )
        return [DeploymentRow(**row._mapping) for row in self._session.execute(statement)]

    def latest_of(self, process_id: str) -> DeploymentRow | None:
        """Return the newest version of one package."""
        row = self._session.execute(
            select(deployment)
            .where(deployment.c.process_id == process_id)
            .order_by(deployment.c.version.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else DeploymentRow(**row._mapping)

    def add(self, row: DeploymentRow, contents: Mapping[str, bytes]) -> None:
        """Store a deployment and those of its files that are new."""
        known = set(
            self._session.execute(
                select(resource.c.sha256).where(resource.c.sha256.in_(contents))
            ).scalars()
        )
        fresh = [
            {"sha256": sha256, "content": content}
            for sha256, content in contents.items()
            if sha256 not in known
        ]
        if fresh:
            self._session.execute(insert(resource), fresh)
        self._session.execute(insert(deployment).values(**vars(row)))

    def content(self, sha256: str) -> bytes | None:
        """Return a deployed file."""
        return self._session.execute(
            select(resource.c.content).where(resource.c.sha256 == sha256)
        ).scalar_one_or_none()

    def binding(self, sha256: str) -> Mapping[str, Any] | None:
        """Return what instances with this binding pinned."""
        return self._session.execute(
            select(binding.c.document).where(binding.c.sha256 == sha256)
        ).scalar_one_or_none()

    def put_binding(self, sha256: str, deployment_key: int, document: Mapping[str, Any]) -> None:
        """Store a binding unless it is there already, also when another start just does."""
        if self.binding(sha256) is None:
            values = {"sha256": sha256, "deployment_key": deployment_key, "document": document}
            insert_missing(self._session, binding, values)
