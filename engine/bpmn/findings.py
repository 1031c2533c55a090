"""Collects what is wrong with a model while it is read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable


class Findings:
    """The findings of one file, in the order in which they are met."""

    def __init__(self, file: str) -> None:
        """Start empty."""
        self.file = file
        self._found: list[Finding] = []

    def error(self, rule: str, place: tuple[str, int], zh: str, en: str) -> None:
        """Add an error at ``place`` = (element id, 1-based line)."""
        self._add(rule, "error", place, (zh, en))

    def warning(self, rule: str, place: tuple[str, int], zh: str, en: str) -> None:
        """Add a warning at ``place`` = (element id, 1-based line)."""
        self._add(rule, "warning", place, (zh, en))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add ready findings."""
        self._found.extend(findings)

    def _add(
        self, rule: str, severity: str, place: tuple[str, int], texts: tuple[str, str]
    ) -> None:
        self._found.append(
            Finding(
                rule=rule,
                severity=severity,
                file=self.file,
                element_id=place[0],
                message_zh=texts[0],
                message_en=texts[1],
                line=place[1],
            )
        )

    @property
    def has_errors(self) -> bool:
        """Whether the file must be refused."""
        return any(finding.severity == "error" for finding in self._found)

    def all(self) -> list[Finding]:
        """Every finding so far."""
        return list(self._found)
