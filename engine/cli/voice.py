"""What the command line says: Chinese first, English when asked; results to stdout."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.errors import Finding


class Voice:
    """Speaks one language."""

    def __init__(self, language: str) -> None:
        """Speak ``language``: ``en``, anything else is Chinese."""
        self.language = "en" if language == "en" else "zh"

    def pick(self, zh: str, en: str) -> str:
        """Return the text in this voice's language."""
        return en if self.language == "en" else zh

    def say(self, zh: str, en: str) -> None:
        """Write a line to stdout at once."""
        sys.stdout.write(self.pick(zh, en) + "\n")
        sys.stdout.flush()

    def complain(self, zh: str, en: str) -> None:
        """Write a line to stderr."""
        sys.stderr.write(self.pick("错误：" + zh, "Error: " + en) + "\n")
        sys.stderr.flush()

    def show_json(self, data: Any) -> None:
        """Write indented JSON to stdout."""
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")

    def findings(self, findings: Iterable[Finding]) -> int:
        """Write findings as ``file:line#element severity: text [rule]``; returns the errors."""
        errors = 0
        for item in findings:
            is_error = item.severity == "error"
            errors += is_error
            place = f"{item.file}:{item.line}" if item.line else item.file
            element = f"#{item.element_id}" if item.element_id else ""
            kind = (("错误", "error") if is_error else ("警告", "warning"))[self.language == "en"]
            text = self.pick(item.message_zh, item.message_en)
            sys.stdout.write(f"{place}{element} {kind}: {text} [{item.rule}]\n")
        return errors
