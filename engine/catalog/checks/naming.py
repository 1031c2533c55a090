"""Ids are read by people: in tests, logs, forms and differences between versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from engine.catalog.checks.subject import fault, hint
from engine.catalog.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.catalog.checks.subject import Subject
    from engine.errors import Finding

_READABLE: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def check_naming(subject: Subject) -> Iterator[Finding]:
    """Check ids of elements, flows and forms."""
    for resource, model in subject.models:
        ids = [model.process_id, *model.elements, *model.flows]
        for name in ids:
            if not _READABLE.fullmatch(name):
                yield hint(
                    resource,
                    "readable-id",
                    name,
                    f"id“{name}”不易读，请改为小写英文加下划线，例如 approve_request。",
                    f"id {name!r} is not readable; use snake_case such as approve_request",
                )
    for resource in subject.package.of_kind(ResourceKind.FORM):
        _, folder, *_rest, file = resource.file.split("/")
        expected = f"{folder}.{file.removesuffix('.form')}"
        if resource.id != expected:
            yield fault(
                resource,
                "form-id",
                resource.id,
                f"表单 id“{resource.id}”应与文件位置一致：“{expected}”。",
                f"form id {resource.id!r} must follow its file: {expected!r}",
            )
