"""Collects what is wrong with a model while it is read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Finding

if TYPE_CHECKING:
    from engine.dmn.boxed import Place


class FindingLog:
    """Findings of one file, in the order they were found."""

    def __init__(self, file: str) -> None:
        """Start empty for ``file``."""
        self.file = file
        self.findings: list[Finding] = []

    def refuse(self, rule: str, place: Place, message_zh: str, message_en: str) -> None:
        """Note an error: the model must not be deployed like this."""
        self._add(rule, "error", place, (message_zh, message_en))

    def warn(self, rule: str, place: Place, message_zh: str, message_en: str) -> None:
        """Note something an analyst should look at."""
        self._add(rule, "warning", place, (message_zh, message_en))

    @property
    def errors(self) -> list[Finding]:
        """Return only what refuses the model."""
        return [finding for finding in self.findings if finding.severity == "error"]

    def _add(self, rule: str, severity: str, place: Place, messages: tuple[str, str]) -> None:
        self.findings.append(
            Finding(
                rule=rule,
                severity=severity,
                file=self.file,
                element_id=place.id,
                message_zh=messages[0],
                message_en=messages[1],
                line=place.line,
            )
        )
