"""What FEEL's own analysis says about the texts of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.dmn.boxed import Place

if TYPE_CHECKING:
    from engine.dmn.findings import FindingLog
    from engine.dmn.formula import FormulaReader

#: Findings of one model; thousands of cells may share one mistake.
MAX_SHOWN: Final = 100


def check_texts(formulas: FormulaReader, log: FindingLog) -> None:
    """Report unknown names and functions, wrong arguments and types.

    A name is unknown only where the inputs are drawn: tables without drawn inputs see all
    variables of the process.
    """
    shown = 0
    for text in formulas.texts:
        for found in formulas.analyse(text):
            if found.rule == "unknown-name" and not text.closed:
                continue
            shown += 1
            if shown > MAX_SHOWN:
                return
            place = Place(id=text.place.id, line=text.place.line + found.line - 1)
            report = log.refuse if found.severity == "error" else log.warn
            report(found.rule, place, found.message_zh, found.message_en)
