"""The FEEL texts of ``process.toml`` must be FEEL; those in models are checked with the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.catalog.checks.subject import fault
from engine.catalog.resources import ResourceKind
from engine.feel import FeelError, compile_expression
from engine.feel.office import OFFICE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.catalog.checks.subject import Subject
    from engine.catalog.info import ProcessInfo
    from engine.errors import Finding


def check_expressions(subject: Subject) -> Iterator[Finding]:
    """Check title, number, summary and the answer to the public."""
    resource = subject.package.of_kind(ResourceKind.INFO)[0]
    for key, text in _texts(subject.package.info):
        if text.startswith("="):
            yield fault(
                resource,
                "leading-equals",
                key,
                f"“{key}”本身就是 FEEL，请去掉开头的“=”。",
                f"{key!r} is FEEL by itself; remove the leading '='",
            )
            continue
        try:
            compile_expression(text, (), OFFICE)
        except FeelError as error:
            yield fault(
                resource,
                "bad-feel",
                key,
                f"“{key}”的表达式有误：{error.message_zh}",
                f"{key!r} is not FEEL: {error.message_en}",
            )


def _texts(info: ProcessInfo) -> Iterator[tuple[str, str]]:
    yield from (
        (key, text)
        for key, text in (
            ("title", info.title),
            ("number", info.number),
            ("public_answer", info.public_answer),
        )
        if text
    )
    for index, field in enumerate(info.summary):
        if field.value:
            yield f"summary[{index}].value", field.value
