"""The little markdown that form texts may use: headings, lists, bold; values stay plain text.

The markup is read before the values of ``{{ FEEL }}`` are put in, so that no answer can become
markup; the templates escape every piece.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.forms.expressions import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.forms.expressions import Template

_MARK = "\ue000{}\ue001"
_MARKS = re.compile("\ue000(\\d+)\ue001")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"[-*]\s+(.*)")


@dataclass(frozen=True)
class Piece:
    """Some characters in one style."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or list item; ``kind`` is ``heading``, ``paragraph`` or ``item``."""

    kind: str
    pieces: Sequence[Piece]


def blocks_of(template: Template, names: Mapping[str, object]) -> tuple[Block, ...]:
    """Return the blocks of a text with the values of its formulas put in."""
    values: list[str] = []
    pieces: list[str] = []
    for part in template.parts:
        if isinstance(part, str):
            pieces.append(_MARKS.sub("", part))
        else:
            pieces.append(_MARK.format(len(values)))
            values.append(plain_text(part.value(names)))
    lines = "".join(pieces).splitlines()
    return tuple(_block(line.strip(), values) for line in lines if line.strip())


def _block(line: str, values: Sequence[str]) -> Block:
    heading = _HEADING.fullmatch(line)
    if heading:
        return Block("heading", _inline(heading[2], values))
    item = _ITEM.fullmatch(line)
    if item:
        return Block("item", _inline(item[1], values))
    return Block("paragraph", _inline(line, values))


def _inline(text: str, values: Sequence[str]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    end = 0
    for match in _BOLD.finditer(text):
        found += [Piece(text[end : match.start()]), Piece(match[1], bold=True)]
        end = match.end()
    found.append(Piece(text[end:]))
    return tuple(
        Piece(_MARKS.sub(lambda mark: values[int(mark[1])], piece.text), piece.bold)
        for piece in found
        if piece.text
    )
