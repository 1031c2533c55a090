"""Uploaded files of a field as the page lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webui.forms.nodes import FileNode
from webui.forms.texts import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.forms.components import FileField
    from engine.queries.views import AttachmentView

_UNITS = ("B", "KB", "MB", "GB")


def file_nodes(
    attachments: Iterable[AttachmentView], address: Callable[[str], str]
) -> tuple[FileNode, ...]:
    """Return the files in the order of their upload."""
    return tuple(
        FileNode(
            key=one.key,
            name=one.name,
            size=readable_size(one.size),
            url=address(one.key),
            by=one.uploaded_by,
        )
        for one in attachments
    )


def accepted(field: FileField) -> str:
    """Return the input's ``accept`` attribute."""
    return ",".join(field.accept)


def file_hint(field: FileField, language: str) -> str:
    """Return how many files of which types are taken."""
    words = texts(language)
    parts = [words["files_hint"].format(count=field.maximum)]
    if field.accept:
        types = "、".join(one.removeprefix(".") for one in field.accept)
        if language == "en":
            types = types.replace("、", ", ")
        parts.append(words["files_accept"].format(types=types))
    return ("; " if language == "en" else "，").join(parts)


def readable_size(size: int) -> str:
    """Return a number of bytes as people read it, e.g. ``1.4 MB``."""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{size} B" if unit == 0 else f"{amount:.1f} {_UNITS[unit]}"
