"""Deploy a package: checked whole, stored by hash, versioned; nothing is half deployed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn.triggers import start_triggers
from engine.catalog import Package, ResourceKind, check_package, resolve
from engine.errors import DeploymentRefusedError, Finding
from engine.model.keys import new_key
from engine.store.definitions import DeploymentRow
from engine.store.messages import StartRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.commands.services import Services


@dataclass(frozen=True)
class Deployment:
    """What a deployment did.

    Attributes:
        process_id: the package.
        version: 1-based; unchanged content keeps its version.
        changed: a new version was made.
        warnings: findings that do not refuse.
    """

    process_id: str
    version: int
    changed: bool
    warnings: Sequence[Finding]


@dataclass(frozen=True, kw_only=True)
class DeployPackage:
    """部署: running instances keep what they pinned; new ones take the new version.

    Raises:
        DeploymentRefusedError: any file has an error; says file, element and reason.
    """

    package: Package

    def execute(self, services: Services) -> Deployment:
        """Check everything, then store."""
        roles = frozenset(services.store.identity.roles())
        findings = check_package(self.package, services.registry, roles=roles or None)
        if any(finding.severity == "error" for finding in findings):
            raise DeploymentRefusedError(findings)
        manifest = self.package.manifest()
        before = services.store.definitions.latest_of(manifest.process_id)
        if before is not None and before.sha256 == manifest.sha256:
            return Deployment(manifest.process_id, before.version, False, findings)
        version = before.version + 1 if before else 1
        services.store.definitions.add(
            DeploymentRow(
                key=new_key(),
                process_id=manifest.process_id,
                version=version,
                sha256=manifest.sha256,
                manifest=manifest.to_json(),
                deployed_at=services.now,
                deployed_by=services.actor.login,
            ),
            self.package.contents,
        )
        services.store.messages.replace_starts(manifest.process_id, _starts(self.package, services))
        services.note(
            "package_deployed",
            detail={
                "process": manifest.process_id,
                "version": version,
                "sha256": manifest.sha256,
            },
        )
        return Deployment(manifest.process_id, version, True, findings)


def _starts(package: Package, services: Services) -> list[StartRow]:
    """Return what can start the base process from outside, timers counted from now."""
    base = resolve(package.resources, ResourceKind.PROCESS, package.process_id, "")
    if base is None:
        return []
    model = package.catalog.model(base.sha256)
    return [
        StartRow(
            process_id=package.process_id,
            element_id=trigger.element_id,
            kind=trigger.kind,
            name=trigger.name,
            due_at=trigger.due,
            cycle=trigger.cycle,
        )
        for trigger in start_triggers(model, services.now)
    ]
