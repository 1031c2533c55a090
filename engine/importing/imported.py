"""The result of an import."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.errors import Finding
    from engine.importing.dialect import Dialect
    from engine.importing.report import Change


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A foreign file, its copy that runs here, and the differences.

    Attributes:
        dialect: the product for which the file was drawn.
        evidence: what speaks for that (and for others), strongest first.
        original: the bytes as they came.
        normalised: the copy: same element ids, same diagram, zeebe dialect.
        changes: every difference, by element.
        findings: what a person has to look at, errors first; an error means that the copy would
            run wrongly and must not be deployed.
        forms: form-js JSON by ``<process id>/<element id>.form``.
    """

    dialect: Dialect
    evidence: tuple[str, ...] = ()
    original: bytes
    normalised: bytes
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    forms: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def is_runnable(self) -> bool:
        """Whether the copy can be deployed as it is."""
        return all(finding.severity != "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """Return the report without the files: plain dicts, lists and texts."""
        return {
            "dialect": self.dialect.value,
            "evidence": list(self.evidence),
            "runnable": self.is_runnable,
            "changes": [asdict(change) for change in self.changes],
            "findings": [asdict(finding) for finding in self.findings],
            "forms": sorted(self.forms),
        }
