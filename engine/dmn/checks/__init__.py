"""Looks at models before they are used: gaps, overlaps, idle rules, unknown names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.checks.outputs import check_outputs
from engine.dmn.checks.tables import check_table
from engine.dmn.checks.texts import check_texts
from engine.dmn.findings import FindingLog

if TYPE_CHECKING:
    from engine.dmn.decision_model import DmnModel
    from engine.errors import Finding


def check(model: DmnModel) -> list[Finding]:
    """Return everything an analyst should know about ``model``, errors first.

    Findings of reading, then for every table: inputs that no row covers, rows that overlap under
    UNIQUE or ANY (errors), rows that never apply, each with an example input; and for every FEEL
    text unknown names and functions, wrong arguments and types.
    """
    log = FindingLog(model.definitions.file)
    log.findings.extend(model.findings)
    for table in model.compiler.tables:
        check_table(table, log)
        check_outputs(table.drawn, model.compiler, log)
    check_texts(model.compiler.formulas, log)
    return sorted(log.findings, key=lambda finding: finding.severity != "error")
